/** Occupancy over one day: every car park as a line, or the groups of one. */
import { Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { OccupancyReport } from "../../../api/contract/reports.ts";
import { read } from "../../http/client.ts";
import { Chart } from "../../parts/Chart.tsx";
import { DataTable } from "../../parts/DataTable.tsx";
import { Downloads } from "../../parts/Downloads.tsx";
import { FacilityFilter, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { useCityNow } from "../../parts/site.ts";
import type { Drawing } from "../../parts/drawing.ts";
import { isoDay, useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { linesOf, outermost, peakOf, stepLabels } from "./series.ts";
import { reportWords } from "./words.ts";

export function Occupancy() {
  const t = useWords(reportWords);
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/reports" });
  const { now, zone } = useCityNow();
  const asked = { day: search.day ?? isoDay(now, zone), facility: search.facility };
  const query = useQuery({ queryKey: ["report", "occupancy", asked], queryFn: () => read<OccupancyReport>("/reports/occupancy", asked) });
  return (
    <Stack gap="sm">
      <section className="panel filters">
        <TextInput type="date" label={t("day")} value={asked.day} onChange={(event) => void navigate({ to: "/reports", search: { ...search, day: event.currentTarget.value } })} />
        <FacilityFilter value={search.facility} onChange={(facility) => void navigate({ to: "/reports", search: { ...search, facility: facility ?? "" } })} />
        <div className="row"><Downloads path="/reports/occupancy" query={asked} /></div>
      </section>
      <Loaded query={query}>{(report) => <OccupancyChart report={report} facility={search.facility} />}</Loaded>
    </Stack>
  );
}

function OccupancyChart({ report, facility }: { readonly report: OccupancyReport; readonly facility: string | undefined }) {
  const t = useWords(reportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const rows = useMemo(() => (facility === undefined ? outermost(report.series) : report.series.filter((row) => row.facility === facility)), [report, facility]);
  const nameOf = (row: (typeof rows)[number]) => (facility === undefined ? carPark(row.facility) : row.name);
  const labels = useMemo(() => stepLabels(rows[0]), [rows]);
  const names = rows.map(nameOf).join("\n");
  const drawing = useMemo<Drawing>(() => {
    const named = names.split("\n");
    return { kind: "lines", labels, unit: t("vehicles"), valueText: format.number, series: linesOf(rows, (row) => named[rows.indexOf(row)] ?? row.group) };
  }, [rows, labels, names, format, t]);
  return (
    <>
      <Chart title={t("occupancyOf")} drawing={drawing} table={(
        <DataTable
          label={t("occupancyOf")} rows={rows} rowKey={(row) => `${row.facility} ${row.group}`} empty={t("none")}
          columns={[
            { key: "name", head: t("carPark"), sort: nameOf, cell: nameOf },
            { key: "capacity", head: t("capacity"), number: true, sort: (row) => row.capacity, cell: (row) => format.number(row.capacity) },
            { key: "max", head: t("max"), number: true, sort: (row) => peakOf(row)?.occupied ?? -1, cell: (row) => { const peak = peakOf(row); return peak === null ? "–" : format.number(peak.occupied); } },
            { key: "busiest", head: t("busiest"), number: true, cell: (row) => { const peak = peakOf(row); return peak === null ? "–" : labels[peak.step] ?? "–"; } },
          ]}
        />
      )} />
      {facility === undefined && <Text size="sm" c="dimmed">{t("pick")}</Text>}
    </>
  );
}
