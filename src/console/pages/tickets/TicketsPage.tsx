/** Find a ticket by number, entry time or machine; the filters are part of the address. */
import { Badge, Button, Group, NativeSelect, SimpleGrid, Text, TextInput } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { TicketView } from "../../../api/contract/ticket.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { siteOf } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { useFacility } from "../../shell/live.tsx";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { TicketCard, machineText } from "./TicketCard.tsx";
import { ticketWords } from "./words.ts";
import type { SiteWords } from "../../../messages/site.ts";

const STATES = ["live", "paid", "used", "void", "ordered", "printed", "taken"] as const;
const ROWS = "50";

type Filters = { readonly number?: string; readonly from?: string; readonly to?: string; readonly machine?: string; readonly state?: string };

export function TicketsPage() {
  const t = useWords(ticketWords);
  const { facility } = useParams({ from: "/shell/f/$facility/tickets" });
  const view = useFacility(facility);
  return (
    <>
      <PageHead title={t("title")} note={view.data?.name} />
      <Loaded query={view}>{(data) => <Find facility={facility} site={siteOf(data)} lanes={data.lanes} />}</Loaded>
    </>
  );
}

type FindProps = { readonly facility: string; readonly site: SiteWords; readonly lanes: readonly { readonly id: string; readonly name: string }[] };

function Find({ facility, site, lanes }: FindProps) {
  const t = useWords(ticketWords);
  const shared = useShared();
  const format = useFormat();
  const navigate = useNavigate();
  const { ticket, ...filters } = useSearch({ from: "/shell/f/$facility/tickets" });
  const show = (next: string | undefined) => void navigate({ to: "/f/$facility/tickets", params: { facility }, search: { ...filters, ...(next === undefined ? {} : { ticket: next }) } });
  const found = useInfiniteQuery({
    queryKey: ["tickets", facility, filters],
    queryFn: ({ pageParam }) => read<Page<TicketView>>(`/facilities/${facility}/tickets`, { ...asked(filters, site.zone), rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData,
  });
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <FilterForm key={JSON.stringify(filters)} filters={filters} lanes={lanes} onSearch={(next) => void navigate({ to: "/f/$facility/tickets", params: { facility }, search: next })} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <div>
          {ticket === undefined ? <section className="panel"><Text c="dimmed">{t("choose")}</Text></section> : <TicketCard key={ticket} facility={facility} number={ticket} site={site} onReplaced={show} />}
        </div>
        <Panel title={t("results")}>
          <Loaded query={found}>{() => (
            <DataTable<TicketView>
              label={t("results")} rows={rows} rowKey={(row) => row.number} selected={ticket ?? null} empty={t("none")} minWidth={460}
              columns={[
                { key: "number", head: t("number"), sort: (row) => row.number, cell: (row) => <Link className="mono" to="/f/$facility/tickets" params={{ facility }} search={{ ...filters, ticket: row.number }} aria-label={t("open", { number: row.number })}>{row.number}</Link> },
                { key: "state", head: t("state"), sort: (row) => row.state, cell: (row) => <Badge color={row.state === "paid" ? "green" : row.state === "void" ? "red" : row.state === "live" ? "blue" : "gray"}>{shared(`ticketState.${row.state}`)}</Badge> },
                { key: "entered", head: t("entered"), sort: (row) => row.issuedAt, cell: (row) => <span className="number">{format.dateTime(row.issuedAt, site.zone)}</span> },
                { key: "machine", head: t("machine"), sort: (row) => row.machine, cell: (row) => machineText(row.machine, site, t("office")) },
              ]}
            />
          )}</Loaded>
          <MoreButton query={found} />
        </Panel>
      </SimpleGrid>
    </>
  );
}

/** Wall-clock filters become instants of the car park's zone; one that is no time is left out by the form. */
function asked(filters: Filters, zoneName: string) {
  const zone = zoneOf(zoneName);
  const instant = (text: string | undefined) => {
    const at = text === undefined || !zone.ok ? null : zone.value.parseLocal(text);
    return at?.ok === true ? at.value : undefined;
  };
  return { number: filters.number, from: instant(filters.from), to: instant(filters.to), machine: filters.machine, state: filters.state };
}

type FilterFormProps = { readonly filters: Filters; readonly lanes: FindProps["lanes"]; readonly onSearch: (filters: Filters) => void };

function FilterForm({ filters, lanes, onSearch }: FilterFormProps) {
  const t = useWords(ticketWords);
  const shared = useShared();
  const [typed, setTyped] = useState<Filters>(filters);
  const set = (name: keyof Filters) => (event: { currentTarget: { value: string } }) => {
    const value = event.currentTarget.value;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const digits = typed.number?.replace(/\D/g, "").slice(0, 11);
    onSearch({ ...typed, ...(digits === undefined ? {} : { number: digits }) });
  };
  return (
    <form onSubmit={submit} role="search">
      <section className="panel filters">
        <TextInput label={t("number")} placeholder={t("numberHint")} value={typed.number ?? ""} onChange={set("number")} inputMode="numeric" autoFocus />
        <TextInput type="datetime-local" label={t("from")} value={typed.from ?? ""} onChange={set("from")} />
        <TextInput type="datetime-local" label={t("to")} value={typed.to ?? ""} onChange={set("to")} />
        <NativeSelect label={t("machine")} value={typed.machine ?? ""} onChange={set("machine")} data={[{ value: "", label: t("any") }, ...lanes.map((lane) => ({ value: lane.id, label: lane.name })), { value: "office", label: t("office") }]} />
        <NativeSelect label={t("state")} value={typed.state ?? ""} onChange={set("state")} data={[{ value: "", label: t("any") }, ...STATES.map((state) => ({ value: state, label: shared(`ticketState.${state}`) }))]} />
        <Group gap={6} align="flex-end"><Button type="submit">{t("search")}</Button><Button variant="default" onClick={() => onSearch({})}>{t("reset")}</Button></Group>
      </section>
    </form>
  );
}
