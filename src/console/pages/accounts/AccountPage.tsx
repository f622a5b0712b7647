/** One account: whose cars, by which rights, what they did and what that costs. */
import { NativeSelect, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { AccountDetails } from "../../../api/contract/accounts.ts";
import { read } from "../../http/client.ts";
import { useCarParkChoices } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { PageTabs } from "../../parts/PageTabs.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { useWords } from "../../words/locale.tsx";
import { StatementList } from "../statements/StatementList.tsx";
import { AccountStays } from "./AccountStays.tsx";
import { AccountTimeline } from "./AccountTimeline.tsx";
import { Bookings } from "./Bookings.tsx";
import { Contact } from "./Contact.tsx";
import { Parkers } from "./Parkers.tsx";
import { Rights } from "./Rights.tsx";
import { accountWords } from "./words.ts";
import "./accounts.css";

/** Cars come and go while one looks. */
const POLL_MS = 10_000;

export function AccountPage() {
  const t = useWords(accountWords);
  const { account } = useParams({ from: "/shell/accounts/$account" });
  const query = useQuery({ queryKey: ["account", account], queryFn: () => read<AccountDetails>(`/accounts/${account}`), refetchInterval: POLL_MS });
  return (
    <>
      <PageHead title={query.data?.contact?.name ?? (query.data ? t("erased") : t("account"))} note={<Link to="/accounts">{t("back")}</Link>} />
      <Loaded query={query}>{(details) => <AccountTabs account={details} />}</Loaded>
    </>
  );
}

function AccountTabs({ account }: { readonly account: AccountDetails }) {
  const t = useWords(accountWords);
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/accounts/$account" });
  const carParks = useCarParkChoices();
  const facility = search.facility ?? account.facilities[0] ?? carParks[0]?.value;
  const go = (change: { readonly tab?: string; readonly facility?: string; readonly from?: string; readonly to?: string }) =>
    void navigate({ to: "/accounts/$account", params: { account: account.account }, search: { ...search, ...change }, replace: true, resetScroll: false });
  const place = (
    <NativeSelect label={t("chooseCarPark")} value={facility ?? ""} data={[...carParks]} onChange={(event) => go({ facility: event.currentTarget.value })} />
  );
  return (
    <PageTabs value={search.tab} onChange={(tab) => go({ tab })} tabs={[
      { value: "overview", label: t("overview"), content: () => <Stack gap="sm"><Contact account={account} /><Parkers account={account} /><Rights account={account} /></Stack> },
      ...(facility === undefined ? [] : [
        { value: "stays", label: t("stays"), content: () => <AccountStays key={facility} account={account.account} facility={facility} place={place} search={search} onSearch={go} /> },
        { value: "timeline", label: t("timeline"), content: () => <AccountTimeline key={facility} account={account.account} facility={facility} place={place} search={search} onSearch={go} /> },
        { value: "bookings", label: t("bookings"), content: () => <Bookings key={facility} account={account} facility={facility} place={place} /> },
      ]),
      { value: "statements", label: t("statements"), content: () => <StatementList asked={{ account: account.account }} named={false} /> },
    ]} />
  );
}
