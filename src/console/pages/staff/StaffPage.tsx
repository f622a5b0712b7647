/** Who may sign in and as what. */
import { Badge, Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ChangeStaffBody, CreateStaffBody, Role, StaffAccount } from "../../../api/contract/login.ts";
import { useActs } from "../../act/acts.tsx";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { PageHead } from "../../shell/Shell.tsx";
import { ROLE_NAMES } from "../../shell/roles.ts";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { useCompanies, useCompanyName } from "../guards/companies.ts";
import { staffWords } from "./words.ts";

/** The server's own limit, which this page only repeats. */
const PASSWORD_MIN = 10;
const NAME_MAX = 40;

export function StaffPage() {
  const t = useWords(staffWords);
  const shared = useShared();
  const format = useFormat();
  const acts = useStaffActs();
  const zone = useCityZone();
  const company = useCompanyName();
  const query = useQuery({ queryKey: ["staff"], queryFn: () => read<{ readonly rows: readonly StaffAccount[] }>("/staff") });
  return (
    <>
      <PageHead title={t("title")}><Button onClick={acts.create}>{t("create")} …</Button></PageHead>
      <Panel title={t("list")}>
        <Loaded query={query}>{({ rows }) => (
          <DataTable<StaffAccount>
            label={t("list")} rows={rows} rowKey={(row) => row.id} empty={t("none")} minWidth={640}
            columns={[
              { key: "name", head: t("name"), sort: (row) => row.name, cell: (row) => <b>{row.name}</b> },
              { key: "roles", head: t("roles"), cell: (row) => <Group gap={4}>{row.roles.map((role) => <Badge key={role} color="indigo">{shared(`role.${role}`)}</Badge>)}</Group> },
              { key: "company", head: t("company"), cell: (row) => (row.company === null ? "" : company(row.company)) },
              { key: "state", head: t("state"), sort: (row) => Number(row.active), cell: (row) => <Badge color={row.active ? "green" : "red"}>{row.active ? t("active") : t("inactive")}</Badge> },
              { key: "login", head: t("lastLogin"), sort: (row) => row.lastLoginAt ?? 0, cell: (row) => (row.lastLoginAt === null ? t("never") : format.dateTime(row.lastLoginAt, zone)) },
              { key: "act", head: t("change"), headHidden: true, cell: (row) => <Button size="compact-xs" variant="default" onClick={() => acts.change(row)} aria-label={t("changeTitle", { name: row.name })}>{t("change")} …</Button> },
            ]}
          />
        )}</Loaded>
      </Panel>
    </>
  );
}

const rolesOf = (names: readonly string[]): Role[] => ROLE_NAMES.filter((role) => names.includes(role));

function useStaffActs() {
  const t = useWords(staffWords);
  const shared = useShared();
  const acts = useActs();
  const companies = useCompanies();
  const companyChoices = (companies.data?.rows ?? []).map((each) => ({ value: each.company, label: each.name }));
  const roles = (initial: readonly Role[]) => ({ kind: "many", name: "roles", label: t("roles"), initial, choices: ROLE_NAMES.map((role) => ({ value: role, label: shared(`role.${role}`) })) }) as const;
  const company = (initial: string) => ({ kind: "choice", name: "company", label: t("company"), hint: t("companyHint"), optional: true, initial, choices: companyChoices }) as const;
  return {
    create: () => acts.ask({
      title: t("create"), confirm: t("create"),
      fields: [{ kind: "text", name: "name", label: t("name"), hint: t("nameHint"), lengthMax: NAME_MAX }, { kind: "password", name: "password", label: t("password"), hint: t("passwordHint", { min: PASSWORD_MIN }), lengthMin: PASSWORD_MIN }, roles(["attendant"]), company("")],
      path: "/staff", body: (values): CreateStaffBody => ({ name: values.name.toLowerCase(), password: values.password, roles: rolesOf(values.roles), company: values.company ?? null }), done: t("created"),
    }),
    change: (account: StaffAccount) => acts.ask({
      title: t("changeTitle", { name: account.name }), confirm: t("change"), method: "PATCH",
      fields: [roles(account.roles), company(account.company ?? ""), { kind: "password", name: "password", label: t("password"), hint: t("changeHint"), lengthMin: PASSWORD_MIN, optional: true }, { kind: "yes", name: "active", label: t("active"), initial: account.active }],
      path: `/staff/${account.id}`,
      body: (values): ChangeStaffBody => ({ roles: rolesOf(values.roles), active: values.active, company: values.company ?? null, ...(values.password === undefined ? {} : { password: values.password }) }), done: t("changed"),
    }),
  };
}
