/**
 * Handlers of what account holders see. The account is the login's own and never a parameter, so another's cannot
 * even be asked for; what is named (a statement) must belong to it or does not exist.
 */
import { statements } from "../../carpark/readmodels/rights.ts";
import type { ReadonlyAccount } from "../../carpark/operator/directory.ts";
import { DAY } from "../../kernel/instant.ts";
import type { MyOverview } from "../contract/my.ts";
import type { RightStay } from "../contract/right-stays.ts";
import type { Routes } from "../contract/routes.ts";
import { PAGE_ROWS_MAX } from "../contract/words.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { HolderWho } from "../logins/holder-logins.ts";
import type { Site } from "../site.ts";
import { agreementsOf, bookingsOf, contractsOf, facilitiesOf, parkerViews, rightsOf } from "../views/account.ts";
import { staysIn, unbilledMinor } from "../views/right-stays.ts";
import { statementHead } from "../views/statement.ts";
import { viewsOf } from "./right-stays.ts";
import { printed } from "./statements.ts";

type MyRoutes = Pick<Routes, "myOverview" | "myStays" | "myStatements" | "myStatement" | "myExport">;

/** What the page shows without being asked for more. */
const STAYS_BACK_MS = 35 * DAY;

export function myHandlers(site: Site): { readonly [N in keyof MyRoutes]: RouteHandler<MyRoutes[N]> } {
  return {
    myOverview: async ({ holder }) => {
      const own = ownAccount(site, holder);
      return "trouble" in own ? own : { answer: await overviewOf(site, own.account) };
    },
    myStays: async ({ holder, query }) => {
      const own = ownAccount(site, holder);
      if ("trouble" in own) return own;
      const all = await staysOfAll(site, own.account.id, site.now() - STAYS_BACK_MS);
      const rows = all.filter(({ facility }) => query.facility === undefined || facility === query.facility);
      return { answer: { at: site.now(), rows: [...rows].sort((a, b) => b.enteredAt - a.enteredAt) } };
    },
    myStatements: async ({ holder }) => {
      const own = ownAccount(site, holder);
      return "trouble" in own ? own : { answer: { rows: await headsOf(site, own.account.id) } };
    },
    myStatement: async ({ holder, params, query, locale }) => {
      const own = ownAccount(site, holder);
      return "trouble" in own ? own : printed(site, params.facility, params.number, own.account.id, query.format ?? "json", locale);
    },
    myExport: async ({ holder }) => {
      const own = ownAccount(site, holder);
      if ("trouble" in own) return own;
      const { at, ...overview } = await overviewOf(site, own.account);
      const answer = {
        account: own.account.id, exportedAt: at, openedAt: own.account.openedAt, terms: { ...own.account.terms },
        login: site.holderLogins.stateOf(own.account.id), ...overview,
        stays: await staysOfAll(site, own.account.id, 0), statements: await headsOf(site, own.account.id),
      };
      return { answer };
    },
  };
}

/** The account of whoever is logged in; one that was closed meanwhile is none. */
export function ownAccount(site: Site, holder: HolderWho | null): { readonly account: ReadonlyAccount } | { readonly trouble: Trouble } {
  const account = holder ? site.operator.state.directory.accounts.get(holder.account) : undefined;
  return account && account.closedAt === null ? { account } : { trouble: trouble("notLoggedIn") };
}

async function staysOfAll(site: Site, accountId: string, from: number): Promise<readonly RightStay[]> {
  const all = await Promise.all(rightsOf(site).map(async ({ facility, rights }) => {
    const [handle, account] = [site.facilities.get(facility), rights.accounts.get(accountId)];
    return handle && account ? viewsOf(site, handle, rights, account, staysIn(rights, account, from, Number.MAX_SAFE_INTEGER)) : [];
  }));
  return all.flat();
}

async function headsOf(site: Site, account: string) {
  await site.reads.caughtUp("rights");
  const page = await statements(site.reads.db, { account, rows: PAGE_ROWS_MAX });
  return Promise.all(page.rows.map((row) => statementHead(site, row)));
}

async function overviewOf(site: Site, account: ReadonlyAccount): Promise<MyOverview> {
  const facilities = facilitiesOf(site, account);
  const all = await staysOfAll(site, account.id, 0);
  return {
    at: site.now(), contact: await site.people.contact(account.contact),
    places: facilities.flatMap((id) => {
      const config = site.facilities.get(id)?.core.state.config;
      return config ? [{ facility: id, name: config.name, address: config.address, zone: config.zone, currency: config.currency }] : [];
    }),
    stays: all.filter(({ exitedAt }) => exitedAt === null),
    charges: rightsOf(site).flatMap(({ facility, rights }) => {
      const here = rights.accounts.get(account.id);
      return here && rights.config && facilities.includes(facility)
        ? [{ facility, currency: rights.config.currency, totalMinor: unbilledMinor(rights, here, all.filter((stay) => stay.facility === facility)) }] : [];
    }),
    parkers: [...(await parkerViews(site, account))], contracts: contractsOf(site, account), agreements: agreementsOf(site, account),
    bookings: [...bookingsOf(site, account.id)],
  };
}
