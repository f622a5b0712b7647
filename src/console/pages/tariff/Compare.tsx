/** Two tariffs: curves over each other, and what typical stays cost under both. */
import { Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { weekdayOf } from "../../../kernel/calendar.ts";
import type { Zone } from "../../../kernel/zone.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { Curves } from "./Look.tsx";
import { type Source, SourceSelect } from "./sources.tsx";
import { type Compared, compare, typicalStays } from "./typical.ts";
import { tariffWords } from "./words.ts";

type CompareProps = {
  readonly sources: readonly Source[]; readonly inForce: string; readonly zone: Zone;
  readonly currency: string; readonly now: number;
};

export function Compare({ sources, inForce, zone, currency, now }: CompareProps) {
  const t = useWords(tariffWords);
  const [keys, setKeys] = useState<readonly [string, string]>([inForce, "draft"]);
  const [first, second] = keys.map((key) => sources.find((source) => source.key === key) ?? sources[0]);
  const named = useMemo(
    () => [first, second].flatMap((source, i) => (source?.compiled ? [{ name: `${i + 1}: ${source.name}`, compiled: source.compiled }] : [])),
    [first, second],
  );
  const today = zone.dayNumberAt(now);
  const monday = zone.boundaryOf(today - weekdayOf(today) + 1, 0);
  return (
    <Stack gap="sm">
      <section className="panel filters">
        <SourceSelect
          label={t("first")} sources={sources} value={keys[0]} onChange={(key) => setKeys([key, keys[1]])}
        />
        <SourceSelect
          label={t("second")} sources={sources} value={keys[1]} onChange={(key) => setKeys([keys[0], key])}
        />
      </section>
      {!first?.compiled || !second?.compiled ? <Panel title={t("typical")}><Text size="sm">{t("needsFix")}</Text></Panel> : (
        <>
          <Curves tariffs={named} zone={zone} currency={currency} now={now} />
          <Typical
            rows={compare(first.compiled, second.compiled, typicalStays(first.compiled, monday))}
            names={[first.name, second.name]} zone={zone} currency={currency}
          />
        </>
      )}
    </Stack>
  );
}

type TypicalProps = {
  readonly rows: readonly Compared[]; readonly names: readonly [string, string]; readonly zone: Zone;
  readonly currency: string;
};

function Typical({ rows, names, zone, currency }: TypicalProps) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const money = (minor: number | undefined) => (minor === undefined ? t("noPrice") : format.money(minor, currency));
  const change = ({ first, second }: Compared) => (first === undefined || second === undefined ? undefined : second - first);
  return (
    <Panel title={t("typical")}>
      <DataTable<Compared>
        label={t("typical")} rows={rows} rowKey={(row) => `${row.from} ${row.lengthMs}`} minWidth={560}
        columns={[
          {
            key: "entry", head: t("entry"), sort: (row) => row.from,
            cell: (row) => `${format.day(row.from, zone.name)} ${format.time(row.from, zone.name)}`,
          },
          {
            key: "length", head: t("length"), number: true, sort: (row) => row.lengthMs,
            cell: (row) => format.duration(row.lengthMs),
          },
          { key: "first", head: names[0], number: true, cell: (row) => money(row.first) },
          { key: "second", head: names[1], number: true, cell: (row) => money(row.second) },
          {
            key: "difference", head: t("difference"), number: true, sort: (row) => change(row) ?? 0,
            cell: (row) => { const by = change(row); return by === undefined ? "–" : `${by > 0 ? "+" : ""}${format.money(by, currency)}`; },
          },
        ]}
      />
    </Panel>
  );
}
