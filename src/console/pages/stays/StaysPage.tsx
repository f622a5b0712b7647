/** Who is inside, which record needs a look, and the counters. */
import { Badge, Button, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { StayView } from "../../../api/contract/acts.ts";
import type { FacilityView } from "../../../api/contract/live.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import { read } from "../../http/client.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { PageTabs } from "../../parts/PageTabs.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { siteOf } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { useFacility } from "../../shell/live.tsx";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { Groups } from "../live/Groups.tsx";
import { useLiveActs } from "../live/acts.ts";
import { useStayActs } from "./acts.ts";
import { KeptPlates } from "./KeptPlates.tsx";
import { stayWords } from "./words.ts";

type Asked = Readonly<Record<string, string | number | boolean>>;
const ROWS = 100;

export function StaysPage() {
  const t = useWords(stayWords);
  const { facility } = useParams({ from: "/shell/f/$facility/stays" });
  const { tab } = useSearch({ from: "/shell/f/$facility/stays" });
  const navigate = useNavigate();
  const query = useFacility(facility);
  return <Loaded query={query}>{(view) => <CarParkStays view={view} tab={tab} onTab={(next) => void navigate({ to: "/f/$facility/stays", params: { facility }, search: { tab: next } })} title={t("title")} />}</Loaded>;
}

type PageProps = { readonly view: FacilityView; readonly tab: string | undefined; readonly onTab: (tab: string) => void; readonly title: string };

function CarParkStays({ view, tab, onTab, title }: PageProps) {
  const t = useWords(stayWords);
  const acts = useStayActs(view.id, view.zone);
  const counts = useLiveActs(view.id, view.currency);
  const zone = zoneOf(view.zone);
  const today = zone.ok ? zone.value.startOfDay(view.at) : view.at;
  return (
    <>
      <PageHead title={title} note={view.name}><Button variant="default" onClick={acts.admit}>{t("admit")} …</Button></PageHead>
      <PageTabs value={tab} onChange={onTab} tabs={[
        { value: "check", label: t("check"), content: () => <Stays view={view} title={t("check")} asked={{ check: true }} empty={t("noneCheck")} /> },
        { value: "inside", label: t("inside"), content: () => <Stays view={view} title={t("inside")} asked={{ open: true }} empty={t("none")} /> },
        { value: "ended", label: t("ended"), content: () => <Stays view={view} title={t("ended")} asked={{ open: false, from: today }} empty={t("none")} /> },
        { value: "plates", label: t("plates"), content: () => <KeptPlates facility={view.id} zone={view.zone} /> },
        { value: "counts", label: t("counts"), content: () => <Panel title={t("counts")}><Groups view={view} acts={counts} /></Panel> },
      ]} />
    </>
  );
}

type StaysProps = { readonly view: FacilityView; readonly title: string; readonly asked: Asked; readonly empty: string };

function Stays({ view, title, asked, empty }: StaysProps) {
  const columns = useStayColumns(view, asked["open"] === false);
  const query = useInfiniteQuery({
    queryKey: ["stays", view.id, asked], queryFn: ({ pageParam }) => read<Page<StayView>>(`/facilities/${view.id}/stays`, { ...asked, rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <Panel title={title}>
      <Loaded query={query}>{(data) => (
        <DataTable<StayView> label={title} rows={data.pages.flatMap((page) => page.rows)} rowKey={(row) => row.stay} empty={empty} minWidth={820} columns={columns} />
      )}</Loaded>
      <MoreButton query={query} />
    </Panel>
  );
}

function useStayColumns(view: FacilityView, ended: boolean): readonly Column<StayView>[] {
  const t = useWords(stayWords);
  const shared = useShared();
  const format = useFormat();
  const site = siteOf(view);
  return [
    { key: "entered", head: t("entered"), sort: (row) => row.enteredAt, cell: (row) => <span className="number nowrap">{format.dateTime(row.enteredAt, view.zone)}</span> },
    { key: "for", head: t("for"), number: true, sort: (row) => (row.exitedAt ?? view.at) - row.enteredAt, cell: (row) => <span className="nowrap">{format.duration((row.exitedAt ?? view.at) - row.enteredAt)}</span> },
    { key: "credential", head: t("credential"), cell: (row) => (row.ticket === null
      ? (row.card ? t("card") : t("nothing"))
      : <Link className="mono" to="/f/$facility/tickets" params={{ facility: view.id }} search={{ ticket: row.ticket }}>{row.ticket}</Link>) },
    { key: "basis", head: t("basis"), sort: (row) => row.basis, cell: (row) => shared(`basis.${row.basis}`) },
    { key: "group", head: t("group"), sort: (row) => row.group, cell: (row) => site.group(row.group) },
    { key: "flags", head: t("flags"), cell: (row) => <Group gap={4}>{row.flags.map((flag) => <Badge key={flag} color="orange">{flag === "overdue" ? t("overdue") : wordOf(format.locale, "stayFlag", flag)}</Badge>)}</Group> },
    ended
      ? { key: "end", head: t("end"), cell: (row) => (row.end === null ? "" : wordOf(format.locale, "stayEnd", row.end)) }
      : { key: "acts", head: t("close"), headHidden: true, cell: (row) => (row.exitedAt === null ? <StayActs view={view} stay={row.stay} /> : null) },
  ];
}

function StayActs({ view, stay }: { readonly view: FacilityView; readonly stay: string }) {
  const t = useWords(stayWords);
  const acts = useStayActs(view.id, view.zone);
  return (
    <Group gap={4} wrap="nowrap" role="group" aria-label={t("actsOn", { stay })}>
      <Button size="compact-xs" variant="default" onClick={() => acts.close(stay)}>{t("close")} …</Button>
      <Button size="compact-xs" variant="default" onClick={() => acts.setNeutral(stay)}>{t("neutral")} …</Button>
      <Button size="compact-xs" variant="default" onClick={() => acts.release(stay)}>{t("release")} …</Button>
    </Group>
  );
}
