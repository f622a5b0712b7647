/** The accounts a new installation begins with: the demo's, or one administrator. */
import type { Role } from "../api/contract/login.ts";
import type { HolderLogins } from "../api/logins/holder-logins.ts";
import type { Logins } from "../api/logins/logins.ts";
import type { ReadonlyOperator } from "../carpark/operator/state.ts";
import { DEMO_ACCOUNTS } from "./demo-accounts.ts";

export type DemoLogin = { readonly name: string; readonly password: string; readonly roles: readonly Role[]; readonly company?: string };

/** Shown on the login page of the demo and nowhere else; they open simulated barriers only. */
export const DEMO_LOGINS: readonly DemoLogin[] = [
  { name: "attendant", password: "demo-attendant", roles: ["attendant"] },
  { name: "manager", password: "demo-manager", roles: ["manager"] },
  { name: "maintenance", password: "demo-maintenance", roles: ["maintenance"] },
  { name: "northguard", password: "demo-northguard", roles: ["security"], company: "northguard" },
  { name: "administrator", password: "demo-administrator", roles: ["administrator"] },
];

export async function makeFirstAccounts(logins: Logins, options: { readonly demo: boolean; readonly adminPassword: string | undefined }): Promise<void> {
  if (logins.accounts.length > 0) return;
  if (options.demo) {
    await Promise.all(DEMO_LOGINS.map(({ company, ...login }) => logins.createAccount({ ...login, company: company ?? null })));
    return;
  }
  if (options.adminPassword === undefined) return;
  await logins.createAccount({ name: "administrator", password: options.adminPassword, roles: ["administrator"], company: null });
}

export type DemoHolder = { readonly account: string; readonly email: string; readonly password: string; readonly name: string };

/** One-click logins to My parking: of the demo's accounts that are open, each given its password once. */
export async function demoHolders(logins: HolderLogins, operator: ReadonlyOperator): Promise<readonly DemoHolder[]> {
  const holders = DEMO_ACCOUNTS.filter(({ id }) => operator.directory.accounts.get(id)?.closedAt === null)
    .map(({ id, contact }) => ({ account: id, email: contact.email, password: `demo-${id}`, name: contact.name }));
  await Promise.all(holders.filter(({ account }) => logins.stateOf(account).state === "none")
    .map(({ account, email, password }) => logins.give(account, email, password)));
  return holders;
}
