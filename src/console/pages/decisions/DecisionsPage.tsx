/** Why each car was let in or not: the lanes' decisions at one car park, and what staff do by hand. */
import { Button, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { DecisionView } from "../../../api/contract/right-stays.ts";
import { useActs } from "../../act/acts.tsx";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityNow, useSites } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import type { Words } from "../../words/words.ts";
import { accountWords } from "../accounts/words.ts";
import { useRightStayActs } from "../accounts/stayActs.tsx";
import { decisionWords } from "./words.ts";

type Keys = typeof decisionWords extends Words<infer En> ? keyof En & `what.${string}` : never;
const ROWS = 50;
const POLL_MS = 5_000;
/** The line that tells how a car went: there its plate may still be needed. */
const LEFT: readonly string[] = ["exit", "superseded", "closedByStaff", "releasedByStaff"];
const KINDS = ["plate", "card", "qr", "paymentCard"] as const;

export function DecisionsPage() {
  const t = useWords(decisionWords);
  const accounts = useWords(accountWords);
  const { facility } = useParams({ from: "/shell/f/$facility/decisions" });
  const name = useCarParkName()(facility);
  const { zone } = useSites()(facility);
  const acts = useActs();
  const byHand = useRightStayActs(facility, zone);
  const query = useInfiniteQuery({
    queryKey: ["decisions", facility], queryFn: ({ pageParam }) => read<Page<DecisionView>>(`/facilities/${facility}/decisions`, { rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined, refetchInterval: POLL_MS,
  });
  const admit = () => acts.ask({
    title: t("admit"), explain: t("admitExplain"), confirm: t("admit"),
    fields: [
      { kind: "choice", name: "kind", label: t("kind"), initial: "plate", choices: KINDS.map((value) => ({ value, label: t(value) })) },
      { kind: "text", name: "text", label: t("text"), lengthMax: 60 }, { kind: "text", name: "reason", label: t("reason") },
    ],
    path: `/facilities/${facility}/rights/admit`, body: (values) => values, done: t("admitted"),
  });
  return (
    <>
      <PageHead title={t("title")} note={`${name}. ${t("note")}`}>
        <Button variant="default" onClick={() => byHand.neutralFacility(name)}>{accounts("neutral")} …</Button>
        <Button variant="default" onClick={admit}>{t("admit")} …</Button>
      </PageHead>
      <Panel title={t("list")}>
        <Loaded query={query}>{(data) => <Decisions rows={data.pages.flatMap((page) => page.rows)} zone={zone} facility={facility} />}</Loaded>
        <MoreButton query={query} />
      </Panel>
    </>
  );
}

function Decisions({ rows, zone, facility }: { readonly rows: readonly DecisionView[]; readonly zone: string; readonly facility: string }) {
  const t = useWords(decisionWords);
  const format = useFormat();
  const accounts = useWords(accountWords);
  const acts = useRightStayActs(facility, zone);
  const { now } = useCityNow();
  const whatOf = (what: string) => (`what.${what}` in decisionWords.en ? t(`what.${what}` as Keys) : what);
  return (
    <DataTable<DecisionView>
      label={t("list")} rows={rows} rowKey={({ seq, stay }) => `${seq} ${stay ?? ""}`} empty={t("none")} minWidth={720}
      columns={[
        { key: "at", head: t("at"), cell: ({ at }) => <span className="nowrap number">{format.dateTime(at, zone)}</span> },
        { key: "what", head: t("what"), cell: ({ what, by }) => <>{whatOf(what)}{by !== null && <Text size="xs" c="dimmed">{t("by", { by })}</Text>}</> },
        {
          key: "who", head: t("who"),
          cell: ({ label, account, credential }) => <><span className="mono">{label ?? credential ?? ""}</span>{account !== null && <div><Link to="/accounts/$account" params={{ account }}>{t("accountOf")} {account}</Link></div>}</>,
        },
        {
          key: "why", head: t("why"),
          cell: ({ why }) => <>{why.text[format.locale]}<Text size="xs" c="dimmed">{t("rules", { rule: why.rule, rules: why.rules })}{why.policy === null ? "" : `. ${t("policy", why.policy)}`}</Text></>,
        },
        {
          key: "acts", head: accounts("keep"), headHidden: true,
          cell: ({ stay, label, what }) => (stay === null || label === null || !LEFT.includes(what) ? null
            : <Button size="compact-xs" variant="default" aria-label={`${accounts("keep")}: ${label}`} onClick={() => acts.keepPlate(stay, now)}>{accounts("keep")} …</Button>),
        },
      ]}
    />
  );
}
