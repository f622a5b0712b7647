/** Revenue by means of payment: the total, and every day stacked by means. */
import { Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { RevenueReport } from "../../../api/contract/reports.ts";
import { DAY } from "../../../kernel/instant.ts";
import { read } from "../../http/client.ts";
import { Chart } from "../../parts/Chart.tsx";
import { DataTable } from "../../parts/DataTable.tsx";
import { Downloads } from "../../parts/Downloads.tsx";
import { FacilityFilter } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useCityNow } from "../../parts/site.ts";
import type { Drawing } from "../../parts/drawing.ts";
import { isoDay, useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useMeansName } from "../office/Lists.tsx";
import { barsOf } from "./bars.ts";
import { reportWords } from "./words.ts";

/** A week until somebody asks for more. */
const DAYS_SHOWN = 7;

export function usePeriod() {
  const search = useSearch({ from: "/shell/reports" });
  const { now, zone } = useCityNow();
  return { from: search.from ?? isoDay(now - (DAYS_SHOWN - 1) * DAY, zone), to: search.to ?? isoDay(now, zone), facility: search.facility };
}

/** `path`: where the downloads are; without one there are none. */
export function PeriodFilter({ path }: { readonly path?: string }) {
  const t = useWords(reportWords);
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/reports" });
  const period = usePeriod();
  const set = (name: "from" | "to" | "facility", value: string | undefined) => void navigate({ to: "/reports", search: { ...search, [name]: value ?? "" } });
  return (
    <section className="panel filters">
      <TextInput type="date" label={t("from")} value={period.from} onChange={(event) => set("from", event.currentTarget.value)} />
      <TextInput type="date" label={t("to")} value={period.to} onChange={(event) => set("to", event.currentTarget.value)} />
      <FacilityFilter value={search.facility} onChange={(facility) => set("facility", facility)} />
      {path !== undefined && <div className="row"><Downloads path={path} query={period} /></div>}
    </section>
  );
}

export function Revenue() {
  const period = usePeriod();
  const query = useQuery({ queryKey: ["report", "revenue", period], queryFn: () => read<RevenueReport>("/reports/revenue", period) });
  return (
    <Stack gap="sm">
      <PeriodFilter path="/reports/revenue" />
      <Loaded query={query}>{(report) => <Figures report={report} />}</Loaded>
    </Stack>
  );
}

function Figures({ report }: { readonly report: RevenueReport }) {
  const t = useWords(reportWords);
  const format = useFormat();
  const meansName = useMeansName();
  const money = (minor: number) => format.money(minor, report.currency);
  const drawing = useMemo<Drawing>(() => {
    const bars = barsOf(report, meansName);
    return {
      kind: "stackedBars", unit: report.currency, series: bars.series, valueText: (minor) => format.money(minor, report.currency),
      labels: bars.labels.map((day) => format.day(Date.parse(`${day}T12:00:00Z`), "UTC")),
    };
    // The names of the means change with the language only, as the formatter does.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [report, format]);
  const table = (
    <DataTable
      label={t("means")} rows={report.means} rowKey={(row) => row.means} empty={t("none")}
      columns={[
        { key: "means", head: t("means"), cell: (row) => meansName(row.means) },
        { key: "payments", head: t("payments"), number: true, sort: (row) => row.payments, cell: (row) => format.number(row.payments) },
        { key: "amount", head: t("amount"), number: true, sort: (row) => row.amountMinor, cell: (row) => money(row.amountMinor) },
      ]}
    />
  );
  return (
    <>
      <Panel title={t("total")}>
        <Facts rows={[[t("total"), <b key="t">{money(report.totalMinor)}</b>], [t("tax"), money(report.taxMinor)], [t("retained"), money(report.retainedMinor)], [t("refunded"), money(report.refundedMinor)]]} />
      </Panel>
      <Chart title={t("revenueBy")} drawing={drawing} table={table} />
      <Panel title={t("means")}>{table}</Panel>
    </>
  );
}
