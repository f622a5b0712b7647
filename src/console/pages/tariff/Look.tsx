/** A tariff seen at once: the price by length for an entry, and a week of hours. Worked out here, by the engine itself. */
import { Button, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { DAY, HOUR } from "../../../kernel/instant.ts";
import type { Zone } from "../../../kernel/zone.ts";
import type { CompiledTariff } from "../../../tariff/compile.ts";
import { priceLadder, type Step } from "../../../tariff/ladder.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { PriceCurve } from "./PriceCurve.tsx";
import { WeekMap } from "./WeekMap.tsx";
import { tariffWords } from "./words.ts";

export const HORIZONS = [12 * HOUR, 24 * HOUR, 3 * DAY, 7 * DAY] as const;
/** More lines than this nobody reads. */
const STEPS_LISTED_MAX = 60;

export type Named = { readonly name: string; readonly compiled: CompiledTariff };
type CurvesProps = {
  readonly tariffs: readonly Named[]; readonly zone: Zone; readonly currency: string; readonly now: number;
};

/** What a datetime field holds, at the car park. */
export const localField = (zone: Zone, at: number): string => zone.localText(at).slice(0, 16).replace(" ", "T");

export function Curves({ tariffs, zone, currency, now }: CurvesProps) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const [entry, setEntry] = useState(() => localField(zone, zone.startOfDay(now) + 9 * HOUR));
  const [horizon, setHorizon] = useState<number>(HORIZONS[1]);
  const [listed, setListed] = useState(false);
  const local = zone.parseLocal(entry);
  const from = local.ok ? local.value : null;
  const series = useMemo(() => (from === null ? [] : tariffs.flatMap(({ name, compiled }) => {
    const ladder = priceLadder(compiled, from, horizon);
    return ladder.ok ? [{ name, steps: ladder.value }] : [];
  })), [tariffs, from, horizon]);
  return (
    <Panel title={t("curve")} tools={<Button size="xs" variant="default" aria-pressed={listed} onClick={() => setListed(!listed)}>{t("stepsList")}</Button>}>
      <div className="filters">
        <TextInput
          type="datetime-local" label={t("entersAt")} value={entry}
          onChange={(event) => setEntry(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("horizon")} value={horizon} onChange={(event) => setHorizon(Number(event.currentTarget.value))}
          data={HORIZONS.map((ms) => ({ value: String(ms), label: ms <= DAY ? t("hoursN", { count: ms / HOUR }) : t("daysN", { count: ms / DAY }) }))}
        />
      </div>
      {from === null && <Text size="sm">{t("notATimeYet")}</Text>}
      {from !== null && series.length < tariffs.length && <Text size="sm">{t("tooLong")}</Text>}
      {from !== null && (listed
        ? series.map(({ name, steps }) => <StepList key={name} name={name} steps={steps} currency={currency} />)
        : <PriceCurve label={t("curveFor", { from: format.dateTime(from, zone.name) })} series={series} horizonMs={horizon} currency={currency} />)}
    </Panel>
  );
}

function StepList({ name, steps, currency }: {
  readonly name: string; readonly steps: readonly Step[]; readonly currency: string;
}) {
  const t = useWords(tariffWords);
  const format = useFormat();
  return (
    <DataTable<Step>
      label={name} rows={steps.slice(0, STEPS_LISTED_MAX)} rowKey={(step) => String(step.afterMs)}
      columns={[
        {
          key: "above", head: `${t("above")} (${name})`, number: true,
          cell: (step) => format.duration(step.afterMs),
        },
        {
          key: "price", head: t("upTo"), number: true,
          cell: (step) => (step.price.type === "price" ? format.money(step.price.totalMinor, currency) : t("noPrice")),
        },
      ]}
    />
  );
}

type LookProps = {
  readonly compiled: CompiledTariff | null; readonly name: string; readonly zone: Zone;
  readonly currency: string; readonly now: number;
};

export function Look({ compiled, name, zone, currency, now }: LookProps) {
  const t = useWords(tariffWords);
  const tariffs = useMemo(() => (compiled ? [{ name, compiled }] : []), [compiled, name]);
  if (compiled === null) return <Panel title={t("curve")}><Text size="sm">{t("needsFix")}</Text></Panel>;
  return (
    <Stack gap="sm">
      <Curves tariffs={tariffs} zone={zone} currency={currency} now={now} />
      <Panel title={t("week")}><WeekMap compiled={compiled} from={zone.startOfDay(now)} /></Panel>
    </Stack>
  );
}
