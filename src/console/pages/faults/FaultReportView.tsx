/** The monthly statistical report of seed 002: all faults, whom they went to, how long they took. */
import { Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { FaultReport } from "../../../api/contract/reports.ts";
import { MINUTE } from "../../../kernel/instant.ts";
import { read } from "../../http/client.ts";
import { Chart } from "../../parts/Chart.tsx";
import { DataTable } from "../../parts/DataTable.tsx";
import { Downloads } from "../../parts/Downloads.tsx";
import { FacilityFilter, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import type { Drawing } from "../../parts/drawing.ts";
import { useOverview } from "../../shell/live.tsx";
import { isoDay, useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { faultWords } from "./words.ts";

export function FaultReportView() {
  const t = useWords(faultWords);
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/faults" });
  const zone = useCityZone();
  const now = useOverview().data?.at;
  const month = search.month ?? (now === undefined ? undefined : isoDay(now, zone).slice(0, 7));
  const asked = { month, facility: search.facility };
  const query = useQuery({ queryKey: ["report", "faults", asked], queryFn: () => read<FaultReport>("/reports/faults", asked), enabled: month !== undefined });
  return (
    <Stack gap="sm">
      <section className="panel filters">
        <TextInput type="month" label={t("month")} value={month ?? ""} onChange={(event) => void navigate({ to: "/faults", search: { ...search, month: event.currentTarget.value } })} />
        <FacilityFilter value={search.facility} onChange={(facility) => {
          const { facility: _, ...rest } = search;
          void navigate({ to: "/faults", search: facility === undefined ? rest : { ...rest, facility } });
        }} />
        <div className="row"><Downloads path="/reports/faults" query={asked} /></div>
      </section>
      <Loaded query={query}>{(report) => <Report report={report} />}</Loaded>
    </Stack>
  );
}

function useMinutes(): (minutes: number | null) => string {
  const format = useFormat();
  return (minutes) => (minutes === null ? "–" : format.duration(minutes * MINUTE));
}

function Report({ report }: { readonly report: FaultReport }) {
  const t = useWords(faultWords);
  const shared = useShared();
  const { locale } = useFormat();
  const drawing = useMemo<Drawing>(() => ({
    kind: "bars", unit: "", valueText: String,
    labels: report.organisations.map((each) => shared(`organisation.${each.organisation}`)),
    series: [
      { name: t("reportedN"), values: report.organisations.map((each) => each.reported) },
      { name: t("fixedN"), values: report.organisations.map((each) => each.fixed) },
      { name: t("stillOpen"), values: report.organisations.map((each) => each.stillOpen) },
      { name: t("beyond"), values: report.organisations.map((each) => each.beyondServiceLevel) },
    ],
  }), [report, shared, t]);
  return (
    <>
      <Organisations report={report} />
      <Chart title={t("chart")} drawing={drawing} table={<Organisations report={report} />} />
      <Rows report={report} locale={locale} />
    </>
  );
}

type Organisation = FaultReport["organisations"][number];

function Organisations({ report }: { readonly report: FaultReport }) {
  const t = useWords(faultWords);
  const shared = useShared();
  const minutes = useMinutes();
  const number = (key: string, head: string, of: (row: Organisation) => number | string) => ({ key, head, number: true, cell: of });
  return (
    <Panel title={t("timeToFix")}>
      <DataTable<Organisation>
        label={t("timeToFix")} rows={report.organisations} rowKey={(row) => row.organisation} minWidth={820}
        columns={[
          { key: "organisation", head: t("organisation"), cell: (row) => <Text size="sm" fw={600}>{shared(`organisation.${row.organisation}`)}</Text> },
          number("reported", t("reportedN"), (row) => row.reported), number("fixed", t("fixedN"), (row) => row.fixed), number("open", t("stillOpen"), (row) => row.stillOpen),
          number("min", t("shortest"), (row) => minutes(row.timeToFix.minMinutes)), number("median", t("median"), (row) => minutes(row.timeToFix.medianMinutes)),
          number("mean", t("mean"), (row) => minutes(row.timeToFix.meanMinutes)), number("max", t("longest"), (row) => minutes(row.timeToFix.maxMinutes)),
          number("target", t("serviceLevel"), (row) => (row.serviceLevelMinutes === null ? t("noTarget") : minutes(row.serviceLevelMinutes))),
          number("within", t("within"), (row) => row.withinServiceLevel), number("beyond", t("beyond"), (row) => row.beyondServiceLevel),
        ]}
      />
    </Panel>
  );
}

function Rows({ report, locale }: { readonly report: FaultReport; readonly locale: "en" | "de" }) {
  const t = useWords(faultWords);
  const format = useFormat();
  const minutes = useMinutes();
  const nameOf = useCarParkName();
  const zone = useCityZone();
  return (
    <Panel title={t("rows")}>
      <DataTable
        label={t("rows")} rows={report.rows} rowKey={(row) => `${row.facility} ${row.fault}`} empty={t("none")} minWidth={860}
        columns={[
          { key: "fault", head: t("number"), sort: (row) => row.fault, cell: (row) => row.fault },
          { key: "facility", head: t("carPark"), sort: (row) => nameOf(row.facility), cell: (row) => nameOf(row.facility) },
          { key: "asset", head: t("asset"), cell: (row) => row.asset },
          { key: "details", head: t("details"), cell: (row) => row.details },
          { key: "organisation", head: t("organisation"), sort: (row) => row.organisation, cell: (row) => wordOf(locale, "organisation", row.organisation) },
          { key: "reported", head: t("reported"), sort: (row) => row.reportedAt, cell: (row) => <span className="number nowrap">{format.dateTime(row.reportedAt, zone)}</span> },
          { key: "fixed", head: t("fixed"), sort: (row) => row.fixedAt ?? Infinity, cell: (row) => (row.fixedAt === null ? "–" : <span className="number nowrap">{format.dateTime(row.fixedAt, zone)}</span>) },
          { key: "minutes", head: t("minutes"), number: true, sort: (row) => row.minutesToFix ?? Infinity, cell: (row) => minutes(row.minutesToFix) },
          { key: "count", head: t("countN"), number: true, cell: (row) => row.count },
        ]}
      />
    </Panel>
  );
}
