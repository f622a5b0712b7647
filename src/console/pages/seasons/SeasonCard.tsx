/** One season ticket, its holder, and what can be done with it. */
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { SeasonDetails } from "../../../api/contract/seasons.ts";
import { read } from "../../http/client.ts";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useSeasonActs } from "./acts.ts";
import { seasonWords } from "./words.ts";

const COLOUR = { future: "blue", valid: "green", expired: "gray", blocked: "red" } as const;

export function SeasonCard({ season }: { readonly season: string }) {
  const t = useWords(seasonWords);
  const query = useQuery({ queryKey: ["season", season], queryFn: () => read<SeasonDetails>(`/seasons/${season}`) });
  return <Panel title={t("details", { season })}><Loaded query={query}>{(details) => <Details details={details} />}</Loaded></Panel>;
}

function Details({ details: { season, holder } }: { readonly details: SeasonDetails }) {
  const t = useWords(seasonWords);
  const format = useFormat();
  const acts = useSeasonActs();
  const carPark = useCarParkName();
  const zone = useCityZone();
  const day = (civil: string) => format.date(Date.parse(`${civil}T12:00:00Z`), "UTC");
  return (
    <Stack gap="sm">
      <Group gap={6}><Badge size="lg" variant="light" color={COLOUR[season.state]}>{t(`state.${season.state}`)}</Badge></Group>
      <Facts rows={[
        [t("carPark"), carPark(season.facility)], [t("from"), day(season.validFrom)], [t("until"), day(season.expiresOn)], [t("issued"), format.dateTime(season.issuedAt, zone)],
        [t("periods"), season.periods.map((period) => <div key={period.firstDay}>{t("period", { from: day(period.firstDay), to: day(period.expiresOn), months: period.months })}</div>)],
      ]} />
      <Text component="h3" fw={650} size="sm" m={0}>{t("holder")}</Text>
      {holder === null ? <Text c="dimmed" size="sm">{t("erased")}</Text> : <Facts rows={[[t(holder.kind), holder.name], [t("address"), holder.address], [t("phone"), holder.phone]]} />}
      <Group gap={6}>
        <Button onClick={() => acts.renew(season)}>{t("renew")} …</Button>
        <Button variant="default" onClick={() => acts.replaceCard(season)}>{t("replace")} …</Button>
        {season.state === "blocked"
          ? <Button variant="default" onClick={() => acts.unblock(season)}>{t("unblock")} …</Button>
          : <Button variant="subtle" color="red" onClick={() => acts.block(season)}>{t("block")} …</Button>}
      </Group>
    </Stack>
  );
}
