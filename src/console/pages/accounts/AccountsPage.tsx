/** Who pays: all accounts, and finding one by name, address, e-mail or plate. */
import { Badge, Button, Checkbox, Group, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { MANAGERS } from "../../../api/contract/access.ts";
import type { AccountRow } from "../../../api/contract/accounts.ts";
import { ProblemAlert } from "../../act/ProblemAlert.tsx";
import { act, newKey, read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { FacilityFilter, useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useAccountActs } from "./acts.ts";
import { accountWords } from "./words.ts";

const ROWS = 50;

export function AccountsPage() {
  const t = useWords(accountWords);
  const acts = useAccountActs();
  const me = useMe().data;
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/accounts" });
  const [hits, setHits] = useState<readonly AccountRow[] | null>(null);
  const go = (change: { readonly facility?: string; readonly inside?: string }) => void navigate({ to: "/accounts", search: { ...search, ...change } });
  return (
    <>
      <PageHead title={t("title")}>
        {allowed(me, MANAGERS) && <Button onClick={() => acts.open((account) => void navigate({ to: "/accounts/$account", params: { account } }))}>{t("open")} …</Button>}
      </PageHead>
      <section className="panel filters">
        <Find onFound={setHits} found={hits !== null} />
        <FacilityFilter value={search.facility} onChange={(facility) => go({ facility: facility ?? "" })} />
        <Checkbox label={t("onlyInside")} checked={search.inside === "true"} onChange={(event) => go({ inside: event.currentTarget.checked ? "true" : "" })} mb={8} />
      </section>
      {hits === null ? <AllAccounts /> : <Panel title={t("hits")}><Accounts rows={hits} /></Panel>}
    </>
  );
}

function AllAccounts() {
  const t = useWords(accountWords);
  const { facility, inside } = useSearch({ from: "/shell/accounts" });
  const query = useInfiniteQuery({
    queryKey: ["accounts", facility, inside], queryFn: ({ pageParam }) => read<Page<AccountRow>>("/accounts", { facility, inside, rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <Panel title={t("list")}>
      <Loaded query={query}>{(data) => <Accounts rows={data.pages.flatMap((page) => page.rows)} />}</Loaded>
      <MoreButton query={query} />
    </Panel>
  );
}

function Accounts({ rows }: { readonly rows: readonly AccountRow[] }) {
  const t = useWords(accountWords);
  const format = useFormat();
  const carPark = useCarParkName();
  return (
    <DataTable<AccountRow>
      label={t("list")} rows={rows} rowKey={(row) => row.account} empty={t("none")} minWidth={760}
      columns={[
        {
          key: "name", head: t("name"), sort: (row) => row.name ?? "",
          cell: (row) => <Link to="/accounts/$account" params={{ account: row.account }}>{row.name ?? `${t("erased")} (${row.account})`}</Link>,
        },
        { key: "kind", head: t("kind"), sort: (row) => row.kind ?? "", cell: (row) => (row.kind === null ? "" : t(`kind.${row.kind}`)) },
        { key: "parkers", head: t("parkers"), number: true, sort: (row) => row.parkers, cell: (row) => format.number(row.parkers) },
        { key: "inside", head: t("inside"), number: true, sort: (row) => row.inside, cell: (row) => (row.inside > 0 ? <b>{format.number(row.inside)}</b> : 0) },
        { key: "contracts", head: t("contracts"), number: true, sort: (row) => row.contracts, cell: (row) => format.number(row.contracts) },
        { key: "payAsYouGo", head: t("payAsYouGo"), cell: (row) => (row.payAsYouGo ? <Badge color="green">{t("yes")}</Badge> : t("no")) },
        { key: "carParks", head: t("carParks"), cell: (row) => row.facilities.map(carPark).join(", ") },
      ]}
    />
  );
}

type FindProps = { readonly onFound: (hits: readonly AccountRow[] | null) => void; readonly found: boolean };

/** A POST, so that no name and no plate stands in an address or a log. */
function Find({ onFound, found }: FindProps) {
  const t = useWords(accountWords);
  const [text, setText] = useState("");
  const finding = useMutation({
    mutationFn: () => act<{ readonly rows: readonly AccountRow[] }>("/accounts/search", { text: text.trim() }, newKey()),
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
