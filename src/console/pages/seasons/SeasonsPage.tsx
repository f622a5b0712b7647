/** Season tickets: sold, found by holder, renewed, cards replaced and blocked. */
import { Badge, Button, Group, NativeSelect, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { SeasonDetails, SeasonTicketView } from "../../../api/contract/seasons.ts";
import { ProblemAlert } from "../../act/ProblemAlert.tsx";
import { act, newKey, read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FacilityFilter, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { SeasonCard } from "./SeasonCard.tsx";
import { useSeasonActs } from "./acts.ts";
import { seasonWords } from "./words.ts";

const ROWS = 50;
const STATE_COLOUR = { future: "blue", valid: "green", expired: "gray", blocked: "red" } as const;

export function SeasonsPage() {
  const t = useWords(seasonWords);
  const acts = useSeasonActs();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/seasons" });
  const [hits, setHits] = useState<readonly SeasonDetails[] | null>(null);
  return (
    <>
      <PageHead title={t("title")}><Button onClick={() => acts.sell(search.facility, (season) => void navigate({ to: "/seasons", search: { ...search, season } }))}>{t("sell")} …</Button></PageHead>
      <section className="panel filters">
        <Find onFound={setHits} found={hits !== null} />
        <FacilityFilter value={search.facility} onChange={(facility) => void navigate({ to: "/seasons", search: { ...search, facility: facility ?? "" } })} />
        <NativeSelect label={t("state")} value={search.valid ?? ""} onChange={(event) => void navigate({ to: "/seasons", search: { ...search, valid: event.currentTarget.value } })} data={[{ value: "", label: t("all") }, { value: "true", label: t("onlyValid") }]} />
      </section>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        {search.season === undefined ? <section className="panel"><Text c="dimmed">{t("choose")}</Text></section> : <SeasonCard key={search.season} season={search.season} />}
        {hits === null ? <AllSeasons /> : <Panel title={t("hits")}><Seasons rows={hits.map((hit) => hit.season)} names={new Map(hits.map((hit) => [hit.season.season, hit.holder?.name ?? ""]))} /></Panel>}
      </SimpleGrid>
    </>
  );
}

function AllSeasons() {
  const t = useWords(seasonWords);
  const { facility, valid } = useSearch({ from: "/shell/seasons" });
  const query = useInfiniteQuery({
    queryKey: ["seasons", facility, valid], queryFn: ({ pageParam }) => read<Page<SeasonTicketView>>("/seasons", { facility, valid, rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <Panel title={t("list")}>
      <Loaded query={query}>{(data) => <Seasons rows={data.pages.flatMap((page) => page.rows)} names={null} />}</Loaded>
      <MoreButton query={query} />
    </Panel>
  );
}

type SeasonsProps = { readonly rows: readonly SeasonTicketView[]; readonly names: ReadonlyMap<string, string> | null };

function Seasons({ rows, names }: SeasonsProps) {
  const t = useWords(seasonWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const search = useSearch({ from: "/shell/seasons" });
  const day = (civil: string) => format.date(Date.parse(`${civil}T12:00:00Z`), "UTC");
  return (
    <DataTable<SeasonTicketView>
      label={t("list")} rows={rows} rowKey={(row) => row.season} selected={search.season ?? null} empty={t("none")} minWidth={560}
      columns={[
        { key: "season", head: t("one"), cell: (row) => <Link to="/seasons" search={{ ...search, season: row.season }} aria-label={t("show", { season: row.season })} className="mono">{row.season}</Link> },
        ...(names === null ? [] : [{ key: "name", head: t("name"), sort: (row: SeasonTicketView) => names.get(row.season) ?? "", cell: (row: SeasonTicketView) => names.get(row.season) ?? "" }]),
        { key: "facility", head: t("carPark"), sort: (row) => carPark(row.facility), cell: (row) => carPark(row.facility) },
        { key: "until", head: t("until"), sort: (row) => row.expiresOn, cell: (row) => <span className="number nowrap">{day(row.expiresOn)}</span> },
        { key: "state", head: t("state"), sort: (row) => row.state, cell: (row) => <Badge color={STATE_COLOUR[row.state]}>{t(`state.${row.state}`)}</Badge> },
      ]}
    />
  );
}

type FindProps = { readonly onFound: (hits: readonly SeasonDetails[] | null) => void; readonly found: boolean };

/** A POST, so that no name stands in an address or a log. */
function Find({ onFound, found }: FindProps) {
  const t = useWords(seasonWords);
  const [text, setText] = useState("");
  const finding = useMutation({
    mutationFn: () => act<{ readonly rows: readonly SeasonDetails[] }>("/seasons/search", { text: text.trim() }, newKey()),
    onSuccess: (answer) => onFound(answer.rows),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim().length >= 2) finding.mutate();
  };
  return (
    <form onSubmit={submit} role="search" className="wide">
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput label={t("search")} placeholder={t("searchHint")} value={text} onChange={(event) => setText(event.currentTarget.value)} style={{ flex: 1 }} autoComplete="off" />
        <Button type="submit" loading={finding.isPending}>{t("find")}</Button>
        {found && <Button variant="default" onClick={() => { setText(""); onFound(null); }}>{t("clear")}</Button>}
      </Group>
      {finding.error !== null && <ProblemAlert failure={finding.error} />}
    </form>
  );
}
