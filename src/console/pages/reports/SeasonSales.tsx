/** Season tickets sold and renewed in a period. */
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { SeasonReport } from "../../../api/contract/reports.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { PeriodFilter, usePeriod } from "./Revenue.tsx";
import { reportWords } from "./words.ts";

export function SeasonSales() {
  const t = useWords(reportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const period = usePeriod();
  const query = useQuery({ queryKey: ["report", "seasons", period], queryFn: () => read<SeasonReport>("/reports/seasons", period) });
  return (
    <Stack gap="sm">
      <PeriodFilter path="/reports/seasons" />
      <Panel title={t("seasons")}>
        <Loaded query={query}>{(report) => (
          <>
            <Facts rows={[[t("total"), <b key="t">{format.money(report.totalMinor, report.currency)}</b>]]} />
            <DataTable
              label={t("seasons")} rows={report.rows} rowKey={(row) => `${row.facility} ${row.months}`} empty={t("none")}
              columns={[
                { key: "facility", head: t("carPark"), sort: (row) => carPark(row.facility), cell: (row) => carPark(row.facility) },
                { key: "months", head: t("months"), number: true, sort: (row) => row.months, cell: (row) => row.months },
                { key: "sold", head: t("sold"), number: true, sort: (row) => row.sold, cell: (row) => format.number(row.sold) },
                { key: "renewed", head: t("renewed"), number: true, sort: (row) => row.renewed, cell: (row) => format.number(row.renewed) },
                { key: "amount", head: t("amount"), number: true, sort: (row) => row.amountMinor, cell: (row) => format.money(row.amountMinor, report.currency) },
              ]}
            />
          </>
        )}</Loaded>
      </Panel>
    </Stack>
  );
}
