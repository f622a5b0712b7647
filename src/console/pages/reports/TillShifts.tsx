/** Shifts of all tills in a period, with what was expected, counted and amiss. */
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ShiftReport } from "../../../api/contract/reports.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useSites } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { PeriodFilter, usePeriod } from "./Revenue.tsx";
import { reportWords } from "./words.ts";

export function TillShifts() {
  const t = useWords(reportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const sites = useSites();
  const period = usePeriod();
  const query = useQuery({ queryKey: ["report", "shifts", period], queryFn: () => read<ShiftReport>("/reports/shifts", period) });
  return (
    <Stack gap="sm">
      <PeriodFilter path="/reports/shifts" />
      <Panel title={t("shifts")}>
        <Loaded query={query}>{(report) => {
          const money = (minor: number | null) => (minor === null ? "" : format.money(minor, report.currency));
          return (
            <>
              <Facts rows={[[t("difference"), <b key="d">{money(report.varianceMinor)}</b>]]} />
              <DataTable
                label={t("shifts")} rows={report.rows} rowKey={(row) => `${row.facility} ${row.shift}`} empty={t("none")} minWidth={760}
                columns={[
                  { key: "facility", head: t("carPark"), sort: (row) => carPark(row.facility), cell: (row) => carPark(row.facility) },
                  { key: "till", head: t("till"), cell: (row) => row.till },
                  { key: "opened", head: t("opened"), sort: (row) => row.openedAt, cell: (row) => <span className="number">{format.dateTime(row.openedAt, sites(row.facility).zone)}</span> },
                  { key: "closed", head: t("closed"), cell: (row) => (row.closedAt === null ? t("stillOpen") : <span className="number">{format.dateTime(row.closedAt, sites(row.facility).zone)}</span>) },
                  { key: "staff", head: t("staff"), sort: (row) => row.openedBy, cell: (row) => row.openedBy },
                  { key: "expected", head: t("expected"), number: true, cell: (row) => money(row.expectedMinor) },
                  { key: "counted", head: t("counted"), number: true, cell: (row) => money(row.countedMinor) },
                  { key: "difference", head: t("difference"), number: true, sort: (row) => row.varianceMinor ?? 0, cell: (row) => <span className={(row.varianceMinor ?? 0) === 0 ? "" : "alarm"}>{money(row.varianceMinor)}</span> },
                ]}
              />
            </>
          );
        }}</Loaded>
      </Panel>
    </Stack>
  );
}
