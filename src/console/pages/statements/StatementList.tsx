/** Issued statements with their files; of one account or of all. */
import { Badge, Button, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { StatementHead } from "../../../api/contract/statements.ts";
import { useActs } from "../../act/acts.tsx";
import { read, urlOf } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useSites } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { statementWords } from "./words.ts";

const ROWS = 50;
const MAIL_COLOUR = { none: "gray", waiting: "blue", sent: "green", failed: "red" } as const;

type StatementListProps = { readonly asked: { readonly facility?: string; readonly account?: string; readonly month?: string }; readonly named: boolean };

export function StatementList({ asked, named }: StatementListProps) {
  const t = useWords(statementWords);
  const query = useInfiniteQuery({
    queryKey: ["statements", asked], queryFn: ({ pageParam }) => read<Page<StatementHead>>("/statements", { ...asked, rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <Panel title={t("list")}>
      <Loaded query={query}>{(data) => <Statements rows={data.pages.flatMap((page) => page.rows)} named={named} />}</Loaded>
      <MoreButton query={query} />
    </Panel>
  );
}

function Statements({ rows, named }: { readonly rows: readonly StatementHead[]; readonly named: boolean }) {
  const t = useWords(statementWords);
  const format = useFormat();
  const carPark = useCarParkName();
  const sites = useSites();
  return (
    <DataTable<StatementHead>
      label={t("list")} rows={rows} rowKey={({ facility, number }) => `${facility} ${number}`} empty={t("none")} minWidth={named ? 860 : 720}
      columns={[
        { key: "number", head: t("number"), sort: ({ number }) => number, cell: ({ number }) => <span className="mono nowrap">{number}</span> },
        { key: "month", head: t("month"), sort: ({ month }) => month, cell: ({ month }) => <span className="number">{month}</span> },
        ...(named ? [{ key: "account", head: t("account"), sort: (row: StatementHead) => row.name ?? "", cell: (row: StatementHead) => <Link to="/accounts/$account" params={{ account: row.account }} search={{ tab: "statements" }}>{row.name ?? `${t("erased")} (${row.account})`}</Link> }] : []),
        { key: "carPark", head: t("carPark"), sort: ({ facility }) => carPark(facility), cell: ({ facility }) => carPark(facility) },
        { key: "issued", head: t("issued"), sort: ({ issuedAt }) => issuedAt, cell: ({ issuedAt, facility }) => <span className="nowrap number">{format.date(issuedAt, sites(facility).zone)}</span> },
        { key: "total", head: t("total"), number: true, sort: ({ totalMinor }) => totalMinor, cell: ({ totalMinor, currency }) => <b>{format.money(totalMinor, currency)}</b> },
        { key: "mail", head: t("mail"), cell: ({ mail, mailDetail }) => <Badge color={MAIL_COLOUR[mail]} {...(mailDetail === null ? {} : { title: mailDetail })}>{t(`mail.${mail}`)}</Badge> },
        { key: "files", head: t("download"), headHidden: true, cell: (row) => <Files statement={row} /> },
      ]}
    />
  );
}

function Files({ statement: { facility, number, mail, name } }: { readonly statement: StatementHead }) {
  const t = useWords(statementWords);
  const { locale } = useFormat();
  const acts = useActs();
  const at = `/facilities/${facility}/statements/${number}`;
  const again = () => acts.ask({
    title: t("againTitle", { number }), explain: t("againExplain", { name: name ?? t("erased") }), confirm: t("again"), fields: [], path: `${at}/mail`, body: () => undefined, done: t("againDone"),
  });
  return (
    <Group gap={4} wrap="nowrap">
      <Button component="a" href={urlOf(at, { format: "pdf", locale })} download size="compact-xs" variant="default" aria-label={t("pdfOf", { number })}>PDF</Button>
      <Button component="a" href={urlOf(at, { format: "csv", locale })} download size="compact-xs" variant="default" aria-label={t("csvOf", { number })}>CSV</Button>
      {(mail === "sent" || mail === "failed") && <Button size="compact-xs" variant="default" aria-label={t("againOf", { number })} onClick={again}>{t("again")} …</Button>}
    </Group>
  );
}
