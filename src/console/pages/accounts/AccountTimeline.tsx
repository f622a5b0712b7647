/** The Rule lab's picture of a real account and period. */
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Timeline } from "../../../api/contract/right-stays.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import { read } from "../../http/client.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityNow } from "../../parts/site.ts";
import { StayTimeline } from "../../parts/timeline/StayTimeline.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { PeriodFilter, type PeriodProps } from "./AccountStays.tsx";
import { periodOf } from "./period.ts";
import { accountWords } from "./words.ts";

export function AccountTimeline({ account, facility, place, search, onSearch }: PeriodProps) {
  const { now, zone } = useCityNow();
  const period = periodOf(search, zone, now);
  const query = useQuery({
    queryKey: ["accountTimeline", facility, account, period?.fromAt, period?.toAt], enabled: period !== null,
    queryFn: () => read<Timeline>(`/facilities/${facility}/accounts/${account}/timeline`, { from: period?.fromAt, to: period?.toAt }),
  });
  return (
    <Stack gap="sm">
      <PeriodFilter place={place} search={search} onSearch={onSearch} now={now} zone={zone} />
      <Loaded query={query}>{(timeline) => <Picture timeline={timeline} />}</Loaded>
    </Stack>
  );
}

function Picture({ timeline }: { readonly timeline: Timeline }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const zone = zoneOf(timeline.zone);
  if (!zone.ok) return null;
  const bars = timeline.bars.map((bar) => ({ ...bar, account: null, why: bar.why.map(({ why }) => why) }));
  const total = timeline.totalMinor === null ? t("noPrice") : format.money(timeline.totalMinor, timeline.currency);
  return (
    <Panel title={t("timeline")} tools={<b className="number">{t("together")}: {total}</b>}>
      <StayTimeline
        label={t("timeline")} bars={bars} from={timeline.from} until={Math.min(timeline.to, Math.max(timeline.at, timeline.from))} zone={zone.value} currency={timeline.currency}
        now={timeline.at >= timeline.from && timeline.at <= timeline.to ? timeline.at : null}
      />
    </Panel>
  );
}
