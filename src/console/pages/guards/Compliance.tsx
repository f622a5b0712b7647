/** Per company, car park and day: visits made of due, durations, short and missing ones, gaps between visits. */
import { Badge, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { GuardReport } from "../../../api/contract/reports.ts";
import { DAY, MINUTE } from "../../../kernel/instant.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Downloads } from "../../parts/Downloads.tsx";
import { FacilityFilter, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityNow } from "../../parts/site.ts";
import { isoDay, useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useCompanies, useCompanyName } from "./companies.ts";
import { guardWords } from "./words.ts";

type Row = GuardReport["rows"][number];
const DAYS_SHOWN = 7;

export function Compliance() {
  const t = useWords(guardWords);
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/guards" });
  const { now, zone } = useCityNow();
  const companies = useCompanies();
  const asked = {
    from: search.from ?? isoDay(now - (DAYS_SHOWN - 1) * DAY, zone), to: search.to ?? isoDay(now, zone), facility: search.facility, company: search.company,
  };
  const query = useQuery({ queryKey: ["report", "guards", asked], queryFn: () => read<GuardReport>("/reports/guards", asked) });
  const set = (name: "from" | "to" | "company" | "facility", value: string | undefined) => void navigate({ to: "/guards", search: { ...search, [name]: value ?? "" } });
  return (
    <Stack gap="sm">
      <section className="panel filters">
        <TextInput type="date" label={t("from")} value={asked.from} onChange={(event) => set("from", event.currentTarget.value)} />
        <TextInput type="date" label={t("to")} value={asked.to} onChange={(event) => set("to", event.currentTarget.value)} />
        <FacilityFilter value={search.facility} onChange={(facility) => set("facility", facility)} />
        <NativeSelect label={t("company")} value={search.company ?? ""} onChange={(event) => set("company", event.currentTarget.value)} data={[{ value: "", label: t("all") }, ...(companies.data?.rows ?? []).map((each) => ({ value: each.company, label: each.name }))]} />
        <div className="row"><Downloads path="/reports/guards" query={asked} /></div>
      </section>
      <Panel title={t("compliance")}><Loaded query={query}>{({ rows }) => <Rows rows={rows} />}</Loaded></Panel>
    </Stack>
  );
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  const t = useWords(guardWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const company = useCompanyName();
  return (
    <DataTable<Row>
      label={t("compliance")} rows={rows} rowKey={(row) => `${row.company} ${row.facility} ${row.day}`} empty={t("none")} minWidth={860}
      columns={[
        { key: "day", head: t("day"), sort: (row) => row.day, cell: (row) => format.date(Date.parse(`${row.day}T12:00:00Z`), "UTC") },
        { key: "company", head: t("company"), sort: (row) => company(row.company), cell: (row) => company(row.company) },
        { key: "facility", head: t("carPark"), sort: (row) => carPark(row.facility), cell: (row) => carPark(row.facility) },
        { key: "due", head: t("due"), number: true, cell: (row) => row.due },
        { key: "made", head: t("made"), number: true, sort: (row) => row.made - row.due, cell: (row) => <b>{row.made}</b> },
        { key: "short", head: t("short"), number: true, cell: (row) => row.short },
        { key: "missing", head: t("missing"), number: true, cell: (row) => row.departureMissing },
        { key: "durations", head: t("durations"), cell: (row) => row.minutes.map((minutes) => format.duration(minutes * MINUTE)).join(", ") },
        { key: "gap", head: t("gap"), number: true, sort: (row) => row.longestGapMinutes ?? 0, cell: (row) => (row.longestGapMinutes === null ? "–" : format.duration(row.longestGapMinutes * MINUTE)) },
        { key: "fulfilled", head: t("fulfilled"), sort: (row) => Number(row.fulfilled), cell: (row) => <Badge color={row.fulfilled ? "green" : "red"}>{row.fulfilled ? t("yes") : t("no")}</Badge> },
      ]}
    />
  );
}
