/** What managers should look at about accounts: entries without exits, acts by hand, machine payments, oversold groups. */
import { Alert, Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { z } from "zod";
import type { irregularReport, machineDifferences, oversoldReport, supersedingReport } from "../../../api/contract/right-stays.ts";
import { read, urlOf } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FacilityFilter, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { rightsReportWords } from "./rightsWords.ts";

type Superseding = z.infer<typeof supersedingReport>["rows"][number];
type Irregular = z.infer<typeof irregularReport>["rows"][number];
type Difference = z.infer<typeof machineDifferences>["rows"][number];
type Oversold = z.infer<typeof oversoldReport>["rows"][number];

function useReport<Row>(name: string) {
  const { facility } = useSearch({ from: "/shell/reports" });
  return useQuery({ queryKey: ["rightsReport", name, facility], queryFn: () => read<{ readonly rows: readonly Row[] }>(`/reports/rights/${name}`, { facility }) });
}

export function RightsReports() {
  const search = useSearch({ from: "/shell/reports" });
  const navigate = useNavigate();
  return (
    <Stack gap="sm">
      <section className="panel filters"><FacilityFilter value={search.facility} onChange={(facility) => void navigate({ to: "/reports", search: { ...search, facility: facility ?? "" } })} /></section>
      <OversoldGroups /><SupersedingAccounts /><IrregularActs /><MachineDifferences />
    </Stack>
  );
}

function Csv({ name }: { readonly name: "oversold" | "superseding" }) {
  const t = useWords(rightsReportWords);
  const { locale } = useFormat();
  const { facility } = useSearch({ from: "/shell/reports" });
  return <Button component="a" href={urlOf(`/reports/rights/${name}`, { format: "csv", locale, facility })} download size="compact-xs" variant="default" aria-label={`${t(name)}: CSV`}>CSV</Button>;
}

function OversoldGroups() {
  const t = useWords(rightsReportWords);
  const carPark = useCarParkName();
  return (
    <Panel title={t("oversold")} tools={<Csv name="oversold" />}>
      <Loaded query={useReport<Oversold>("oversold")}>{({ rows }) => (rows.length === 0 ? <Text size="sm">{t("oversoldNone")}</Text> : (
        <Stack gap={6}>{rows.map((row) => <Alert key={`${row.facility} ${row.group}`} color="orange">{t("oversoldOne", { ...row, carPark: carPark(row.facility) })}</Alert>)}</Stack>
      ))}</Loaded>
    </Panel>
  );
}

function SupersedingAccounts() {
  const t = useWords(rightsReportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const zone = useCityZone();
  return (
    <Panel title={t("superseding")} tools={<Csv name="superseding" />}>
      <Text size="sm" mb={6}>{t("supersedingNote")}</Text>
      <Loaded query={useReport<Superseding>("superseding")}>{({ rows }) => (
        <DataTable<Superseding>
          label={t("superseding")} rows={rows} rowKey={(row) => `${row.facility} ${row.account}`} empty={t("none")} minWidth={560}
          columns={[
            { key: "account", head: t("account"), cell: (row) => <Link to="/accounts/$account" params={{ account: row.account }} search={{ tab: "stays", facility: row.facility }}>{row.name ?? row.account}</Link> },
            { key: "carPark", head: t("carPark"), cell: (row) => carPark(row.facility) },
            { key: "superseded", head: t("superseded"), number: true, sort: (row) => row.superseded, cell: (row) => format.number(row.superseded) },
            { key: "stays", head: t("ofStays"), number: true, cell: (row) => format.number(row.stays) },
            { key: "last", head: t("lastAt"), cell: (row) => (row.lastAt === null ? "–" : <span className="nowrap number">{format.dateTime(row.lastAt, zone)}</span>) },
          ]}
        />
      )}</Loaded>
    </Panel>
  );
}

function IrregularActs() {
  const t = useWords(rightsReportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const zone = useCityZone();
  return (
    <Panel title={t("irregular")}>
      <Loaded query={useReport<Irregular>("irregular")}>{({ rows }) => (
        <DataTable<Irregular>
          label={t("irregular")} rows={rows} rowKey={(row) => `${row.facility} ${row.at} ${row.stay ?? row.label ?? ""}`} empty={t("none")} minWidth={680}
          columns={[
            { key: "at", head: t("time"), sort: (row) => row.at, cell: (row) => <span className="nowrap number">{format.dateTime(row.at, zone)}</span> },
            { key: "carPark", head: t("carPark"), cell: (row) => carPark(row.facility) },
            { key: "car", head: t("car"), cell: (row) => <span className="mono">{row.label ?? row.stay ?? ""}</span> },
            { key: "by", head: t("by"), cell: (row) => row.by ?? "–" },
            { key: "why", head: t("why"), cell: (row) => row.why.text[format.locale] },
          ]}
        />
      )}</Loaded>
    </Panel>
  );
}

function MachineDifferences() {
  const t = useWords(rightsReportWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const zone = useCityZone();
  return (
    <Panel title={t("differences")}>
      <Text size="sm" mb={6}>{t("differencesNote")}</Text>
      <Loaded query={useReport<Difference>("machine-differences")}>{({ rows }) => (
        <DataTable<Difference>
          label={t("differences")} rows={rows} rowKey={(row) => `${row.facility} ${row.stay}`} empty={t("none")} minWidth={680}
          columns={[
            { key: "at", head: t("closedAt"), sort: (row) => row.closedAt, cell: (row) => <span className="nowrap number">{format.dateTime(row.closedAt, zone)}</span> },
            { key: "carPark", head: t("carPark"), cell: (row) => carPark(row.facility) },
            { key: "car", head: t("car"), cell: (row) => <span className="mono">{row.label ?? row.stay}</span> },
            { key: "paid", head: t("paid"), number: true, cell: (row) => format.money(row.paidMinor, row.currency) },
            { key: "worth", head: t("worth"), number: true, cell: (row) => format.money(row.worthMinor, row.currency) },
            { key: "difference", head: t("difference"), number: true, sort: (row) => row.differenceMinor, cell: (row) => <b>{format.money(row.differenceMinor, row.currency)}</b> },
          ]}
        />
      )}</Loaded>
    </Panel>
  );
}
