/** The books of a period against counted cash and the card company's file, difference by difference. */
import { Alert, Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Reconciliation, ReconciliationBody } from "../../../api/contract/reports.ts";
import { ProblemAlert } from "../../act/ProblemAlert.tsx";
import { act, newKey } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useSites } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { PeriodFilter, usePeriod } from "./Revenue.tsx";
import { reportWords } from "./words.ts";

export function Reconcile() {
  const t = useWords(reportWords);
  const { from, to, facility } = usePeriod();
  const [text, setText] = useState("");
  const comparing = useMutation({
    mutationFn: () => {
      const body: ReconciliationBody = { from, to, ...(facility === undefined || facility === "" ? {} : { facility }), ...(text.trim() === "" ? {} : { settlement: text }) };
      return act<Reconciliation>("/reports/reconciliation", body, newKey());
    },
  });
  return (
    <Stack gap="sm">
      <PeriodFilter />
      <Panel title={t("reconciliation")}>
        <Text size="sm" c="dimmed" mb="sm">{t("reconcileText")}</Text>
        <Textarea label={t("settlement")} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={4} maxRows={12} classNames={{ input: "mono" }} />
        <Group mt="sm" gap="xs">
          <Button onClick={() => comparing.mutate()} loading={comparing.isPending}>{t("compare")}</Button>
          <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={(file) => { if (file !== null) void file.text().then(setText); }}>
            {(props) => <Button variant="default" {...props}>{t("choose")}</Button>}
          </FileButton>
        </Group>
        {comparing.error !== null && <ProblemAlert failure={comparing.error} />}
      </Panel>
      {comparing.data !== undefined && <Found found={comparing.data} />}
    </Stack>
  );
}

function Found({ found }: { readonly found: Reconciliation }) {
  return (
    <>
      <Cards found={found} />
      <Counts found={found} />
    </>
  );
}

function Cards({ found: { cards, bookedCardMinor, currency, unreadable } }: { readonly found: Reconciliation }) {
  const t = useWords(reportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const sites = useSites();
  const money = (minor: number | null) => (minor === null ? "" : format.money(minor, currency));
  return (
    <Panel title={t("cards")}>
      <Facts rows={[
        [t("bookedCards"), money(bookedCardMinor)],
        ...(cards === null ? [] : [[t("settled"), money(cards.settledMinor)] as const, [t("matched"), format.number(cards.matched)] as const, [t("differences"), <b key="d">{format.number(cards.items.length)}</b>] as const]),
      ]} />
      {unreadable.length > 0 && <Alert color="orange" variant="light" my="sm">{t("unreadable", { lines: unreadable.join(", ") })}</Alert>}
      {cards !== null && (
        <DataTable
          label={t("differences")} rows={cards.items.map((item, index) => ({ ...item, index }))} rowKey={(row) => String(row.index)} empty={t("noDifference")} minWidth={760}
          columns={[
            { key: "kind", head: t("what"), sort: (row) => row.kind, cell: (row) => t(`kind.${row.kind}`) },
            { key: "reference", head: t("reference"), cell: (row) => <span className="mono">{row.reference}</span> },
            { key: "facility", head: t("carPark"), cell: (row) => (row.facility === null ? "" : `${carPark(row.facility)}, ${row.place ?? ""}`) },
            { key: "at", head: t("at"), cell: (row) => (row.at === null || row.facility === null ? "" : <span className="number">{format.dateTime(row.at, sites(row.facility).zone)}</span>) },
            { key: "booked", head: t("booked"), number: true, cell: (row) => money(row.bookedMinor) },
            { key: "file", head: t("inFile"), number: true, cell: (row) => money(row.settledMinor) },
            { key: "line", head: t("line"), number: true, cell: (row) => row.line ?? "" },
          ]}
        />
      )}
    </Panel>
  );
}

function Counts({ found: { counts, countedDifferenceMinor, currency } }: { readonly found: Reconciliation }) {
  const t = useWords(reportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const sites = useSites();
  const money = (minor: number) => format.money(minor, currency);
  return (
    <Panel title={t("counts")}>
      <Facts rows={[[t("difference"), <b key="d">{money(countedDifferenceMinor)}</b>]]} />
      <DataTable
        label={t("counts")} rows={counts} rowKey={(row) => `${row.facility} ${row.seq}`} empty={t("none")} minWidth={760}
        columns={[
          { key: "facility", head: t("carPark"), sort: (row) => carPark(row.facility), cell: (row) => `${carPark(row.facility)}, ${row.place}` },
          { key: "what", head: t("what"), sort: (row) => row.what, cell: (row) => t(`what.${row.what}`) },
          { key: "at", head: t("at"), sort: (row) => row.at, cell: (row) => <span className="number">{format.dateTime(row.at, sites(row.facility).zone)}</span> },
          { key: "expected", head: t("expected"), number: true, cell: (row) => money(row.bookedMinor) },
          { key: "counted", head: t("counted"), number: true, cell: (row) => money(row.countedMinor) },
          { key: "difference", head: t("difference"), number: true, sort: (row) => row.differenceMinor, cell: (row) => <span className={row.differenceMinor === 0 ? "" : "alarm"}>{money(row.differenceMinor)}</span> },
        ]}
      />
    </Panel>
  );
}
