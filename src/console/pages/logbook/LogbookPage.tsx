/** All problems, overrides and notes in time order, newest first; found by words, person, car park and time. */
import { Badge, Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { FIXERS, OPERATORS } from "../../../api/contract/access.ts";
import type { LogEntry } from "../../../api/contract/logbook.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import { useActs } from "../../act/acts.tsx";
import { read, urlOf } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { PrintedDocument } from "../../parts/PrintedDocument.tsx";
import { FacilityFilter, useCarParkChoices, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityZone, useSites } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useLocale, useWords } from "../../words/locale.tsx";
import { logbookWords } from "./words.ts";

const CATEGORIES = ["problem", "override", "money", "note", "fault", "guard", "system", "movement"] as const;
const COLOUR = { problem: "red", override: "orange", money: "blue", note: "gray", fault: "red", guard: "grape", system: "gray", movement: "teal" } as const;
/** Acts with a paper to sign. */
const PRINTED = ["HopperFilled", "HopperEmptied", "CashBoxExchanged", "TillCashMoved"];
const ROWS = 100;

type Filters = { readonly facility?: string; readonly category?: string; readonly by?: string; readonly search?: string; readonly from?: string; readonly to?: string };

export function LogbookPage() {
  const t = useWords(logbookWords);
  const me = useMe().data;
  const filters = useSearch({ from: "/shell/logbook" });
  const navigate = useNavigate();
  const zone = useCityZone();
  const { locale } = useLocale();
  const asked = { ...askedOf(filters, zone), locale };
  const query = useInfiniteQuery({
    queryKey: ["logbook", asked], queryFn: ({ pageParam }) => read<Page<LogEntry>>("/logbook", { ...asked, rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t("title")}>
        {allowed(me, OPERATORS) && <Button component="a" href={urlOf("/logbook.csv", asked)} download variant="default" leftSection={<IconDownload size={16} aria-hidden />}>{t("csv")}</Button>}
        {allowed(me, FIXERS) && <NoteButton facility={filters.facility} />}
      </PageHead>
      <FilterForm key={JSON.stringify(filters)} filters={filters} onSearch={(next) => void navigate({ to: "/logbook", search: next })} />
      <Panel title={t("title")}>
        <Loaded query={query}>{(data) => <Entries rows={data.pages.flatMap((page) => page.rows)} />}</Loaded>
        <MoreButton query={query} />
      </Panel>
    </>
  );
}

function askedOf(filters: Filters, zoneName: string) {
  const zone = zoneOf(zoneName);
  const instant = (text: string | undefined) => {
    const at = text === undefined || !zone.ok ? null : zone.value.parseLocal(text);
    return at?.ok === true ? at.value : undefined;
  };
  return { ...filters, from: instant(filters.from), to: instant(filters.to) };
}

function Entries({ rows }: { readonly rows: readonly LogEntry[] }) {
  const t = useWords(logbookWords);
  const format = useFormat();
  const sites = useSites();
  const nameOf = useCarParkName();
  const category = (name: string) => CATEGORIES.find((each) => each === name);
  return (
    <DataTable<LogEntry>
      label={t("title")} rows={rows} rowKey={(row) => `${row.facility} ${row.seq}`} empty={t("none")} minWidth={760}
      columns={[
        { key: "at", head: t("at"), cell: (row) => <span className="number nowrap">{format.date(row.at, sites(row.facility).zone)} {format.seconds(row.at, sites(row.facility).zone)}</span> },
        { key: "facility", head: t("carPark"), cell: (row) => nameOf(row.facility) },
        { key: "category", head: t("category"), cell: (row) => { const known = category(row.category); return known === undefined ? row.category : <Badge color={COLOUR[known]}>{t(`category.${known}`)}</Badge>; } },
        { key: "text", head: t("entry"), cell: (row) => (
          <>{row.text}{PRINTED.includes(row.event.type) && <> <PrintedDocument compact path={`/facilities/${row.facility}/cash-acts/${row.seq}/document`} title={t("printed")} /></>}</>
        ) },
        { key: "by", head: t("by"), cell: (row) => row.by ?? "" },
      ]}
    />
  );
}

function NoteButton({ facility }: { readonly facility: string | undefined }) {
  const t = useWords(logbookWords);
  const acts = useActs();
  const choices = useCarParkChoices();
  return (
    <Button onClick={() => acts.ask({
      title: t("note"), confirm: t("note"),
      fields: [{ kind: "choice", name: "facility", label: t("where"), choices, initial: facility ?? "" }, { kind: "lines", name: "text", label: t("noteText") }, { kind: "text", name: "subject", label: t("subject"), optional: true, lengthMax: 60 }],
      path: (values) => `/facilities/${values.facility}/notes`, body: ({ text, subject }) => ({ text, subject }), done: t("noteDone"),
    })}>{t("note")} …</Button>
  );
}

function FilterForm({ filters, onSearch }: { readonly filters: Filters; readonly onSearch: (filters: Filters) => void }) {
  const t = useWords(logbookWords);
  const [typed, setTyped] = useState<Filters>(filters);
  const set = (name: keyof Filters) => (event: { currentTarget: { value: string } }) => {
    const value = event.currentTarget.value;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed);
  };
  return (
    <form onSubmit={submit} role="search">
      <section className="panel filters">
        <TextInput label={t("search")} value={typed.search ?? ""} onChange={set("search")} />
        <FacilityFilter value={typed.facility} onChange={(facility) => setTyped(({ facility: _, ...rest }) => (facility === undefined ? rest : { ...rest, facility }))} />
        <NativeSelect label={t("category")} value={typed.category ?? ""} onChange={set("category")} data={[{ value: "", label: t("any") }, ...CATEGORIES.map((each) => ({ value: each, label: t(`category.${each}`) }))]} />
        <TextInput label={t("by")} value={typed.by ?? ""} onChange={set("by")} />
        <TextInput type="datetime-local" label={t("from")} value={typed.from ?? ""} onChange={set("from")} />
        <TextInput type="datetime-local" label={t("to")} value={typed.to ?? ""} onChange={set("to")} />
        <Group gap={6}><Button type="submit">{t("apply")}</Button><Button variant="default" onClick={() => onSearch({})}>{t("reset")}</Button></Group>
      </section>
    </form>
  );
}
