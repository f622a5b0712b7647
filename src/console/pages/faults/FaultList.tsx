/** The fault book: what is broken where, who was told and when, what was done. */
import { Badge, Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FaultView } from "../../../api/contract/faults.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FacilityFilter, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useSites } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { useFaultActs } from "./acts.ts";
import { faultWords } from "./words.ts";

const ROWS = 50;
const ORGANISATIONS = ["maintenance", "directLabour"] as const;

export function FaultList({ mayAct }: { readonly mayAct: boolean }) {
  const t = useWords(faultWords);
  const shared = useShared();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/faults" });
  const state = search.state ?? "open";
  const filter = (changed: { facility?: string | undefined; state?: string; organisation?: string }) => {
    const { facility, ...rest } = { ...search, ...changed };
    void navigate({ to: "/faults", search: facility === undefined ? rest : { ...rest, facility } });
  };
  const asked = { facility: search.facility, state: state === "all" ? undefined : state, organisation: search.organisation };
  const query = useInfiniteQuery({
    queryKey: ["faults", asked], queryFn: ({ pageParam }) => read<Page<FaultView>>("/faults", { ...asked, rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <>
      <section className="panel filters" role="search">
        <FacilityFilter value={search.facility} onChange={(facility) => filter({ facility })} />
        <NativeSelect label={t("state")} value={state} onChange={(event) => filter({ state: event.currentTarget.value })} data={[{ value: "open", label: t("open") }, { value: "fixed", label: t("fixed") }, { value: "all", label: t("all") }]} />
        <NativeSelect label={t("organisation")} value={search.organisation ?? ""} onChange={(event) => filter({ organisation: event.currentTarget.value })} data={[{ value: "", label: t("all") }, ...ORGANISATIONS.map((each) => ({ value: each, label: shared(`organisation.${each}`) }))]} />
      </section>
      <Panel title={t("list")}>
        <Loaded query={query}>{(data) => <Faults rows={data.pages.flatMap((page) => page.rows)} mayAct={mayAct} />}</Loaded>
        <MoreButton query={query} />
      </Panel>
    </>
  );
}

function Faults({ rows, mayAct }: { readonly rows: readonly FaultView[]; readonly mayAct: boolean }) {
  const t = useWords(faultWords);
  const shared = useShared();
  const format = useFormat();
  const nameOf = useCarParkName();
  const sites = useSites();
  return (
    <DataTable<FaultView>
      label={t("list")} rows={rows} rowKey={(row) => `${row.facility} ${row.fault}`} empty={t("none")} minWidth={980}
      columns={[
        { key: "fault", head: t("number"), sort: (row) => row.fault, cell: (row) => row.fault },
        { key: "facility", head: t("carPark"), sort: (row) => nameOf(row.facility), cell: (row) => nameOf(row.facility) },
        { key: "asset", head: t("asset"), sort: (row) => row.asset.kind, cell: (row) => `${shared(`asset.${row.asset.kind}`)} ${row.asset.id}` },
        { key: "details", head: t("details"), cell: (row) => <Stack gap={0}><Text size="sm">{row.details}</Text>{row.count > 1 && <Text size="xs" c="dimmed">{t("times", { count: row.count })}</Text>}</Stack> },
        { key: "reported", head: t("reported"), sort: (row) => row.reportedAt, cell: (row) => <><span className="number nowrap">{format.dateTime(row.reportedAt, sites(row.facility).zone)}</span><Text size="xs" c="dimmed">{row.reportedBy === null ? t("byDevice") : t("by", { name: row.reportedBy })}</Text></> },
        { key: "organisation", head: t("organisation"), sort: (row) => row.organisation, cell: (row) => shared(`organisation.${row.organisation}`) },
        { key: "progress", head: t("progress"), cell: (row) => <Progress fault={row} zone={sites(row.facility).zone} /> },
        { key: "acts", head: t("fix"), headHidden: true, cell: (row) => (mayAct ? <FaultActs fault={row} /> : null) },
      ]}
    />
  );
}

function Progress({ fault, zone }: { readonly fault: FaultView; readonly zone: string }) {
  const t = useWords(faultWords);
  const format = useFormat();
  const time = (at: number) => format.dateTime(at, zone);
  return (
    <Group gap={4}>
      {fault.state === "fixed" && fault.fixedAt !== null ? <Badge color="green">{t("fixedAt", { time: time(fault.fixedAt) })}</Badge> : (
        <>
          {fault.notifiedAt === null ? <Badge color="orange">{t("notNotified")}</Badge> : <Badge color="gray">{t("notified", { time: time(fault.notifiedAt) })}</Badge>}
          {fault.acknowledgedAt !== null && <Badge color="blue">{t("acknowledged", { time: time(fault.acknowledgedAt) })}</Badge>}
          {fault.escalatedAt !== null && fault.acknowledgedAt === null && <Badge color="red">{t("escalated", { time: time(fault.escalatedAt) })}</Badge>}
          {fault.reopenedAt !== null && <Badge color="orange">{t("reopened", { time: time(fault.reopenedAt) })}</Badge>}
        </>
      )}
    </Group>
  );
}

function FaultActs({ fault }: { readonly fault: FaultView }) {
  const t = useWords(faultWords);
  const acts = useFaultActs();
  return (
    <Group gap={4} wrap="nowrap" role="group" aria-label={t("actsOn", { fault: fault.fault })}>
      {fault.state === "open" && fault.acknowledgedAt === null && <Button size="compact-xs" variant="default" onClick={() => acts.acknowledge(fault)}>{t("acknowledge")}</Button>}
      {fault.state === "open"
        ? <Button size="compact-xs" variant="default" onClick={() => acts.fix(fault)}>{t("fix")} …</Button>
        : <Button size="compact-xs" variant="default" onClick={() => acts.reopen(fault)}>{t("reopen")} …</Button>}
    </Group>
  );
}
