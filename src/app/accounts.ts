/** The accounts a new installation begins with: the demo's, or one administrator. */
import type { Role } from "../api/contract/login.ts";
import type { Logins } from "../api/logins/logins.ts";

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
