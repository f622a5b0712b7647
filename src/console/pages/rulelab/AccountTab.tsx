/** The picture of any account and period, as the rules made it in a real car park. */
import { NativeSelect, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { AccountRow } from "../../../api/contract/accounts.ts";
import { read } from "../../http/client.ts";
import { useCarParkChoices } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import type { Page } from "../../parts/MoreButton.tsx";
import { useWords } from "../../words/locale.tsx";
import { AccountTimeline } from "../accounts/AccountTimeline.tsx";
import { labWords } from "./words.ts";

/** One page of the API; more are found on the page of accounts, whose timeline is the same. */
const ACCOUNTS_OFFERED = 200;

export function AccountTab() {
  const query = useQuery({ queryKey: ["accounts", "lab"], queryFn: () => read<Page<AccountRow>>("/accounts", { rows: ACCOUNTS_OFFERED }) });
  return <Loaded query={query}>{({ rows }) => <Chosen accounts={rows} />}</Loaded>;
}

function Chosen({ accounts }: { readonly accounts: readonly AccountRow[] }) {
  const t = useWords(labWords);
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/rule-lab" });
  const carParks = useCarParkChoices();
  const go = (change: Readonly<Record<string, string>>) => void navigate({ to: "/rule-lab", search: { ...search, ...change }, replace: true, resetScroll: false });
  const account = accounts.find((each) => each.account === search.account) ?? accounts[0];
  if (account === undefined) return <Text c="dimmed">{t("noAccounts")}</Text>;
  const facility = search.facility ?? account.facilities[0] ?? carParks[0]?.value ?? "";
  return (
    <Stack gap="sm">
      <AccountTimeline
        key={`${account.account} ${facility}`} account={account.account} facility={facility} search={search} onSearch={go}
        place={
          <>
            <NativeSelect label={t("accountColumn")} value={account.account} data={accounts.map((each) => ({ value: each.account, label: each.name ?? each.account }))} onChange={(event) => go({ account: event.currentTarget.value })} />
            <NativeSelect label={t("carPark")} value={facility} data={[...carParks]} onChange={(event) => go({ facility: event.currentTarget.value })} />
          </>
        }
      />
    </Stack>
  );
}
