/** Handlers of the reports on rights: who keeps entering without leaving, what was done by hand, what no longer agrees. */
import { decisions, supersedings } from "../../carpark/readmodels/rights.ts";
import { priceOf } from "../../rights/coverage/price.ts";
import { chargeable } from "../../rights/coverage/coverage.ts";
import { tariffsOf } from "../../rights/desk/billing.ts";
import { segmentsUntil, visitorSegments } from "../../rights/desk/covering.ts";
import { zoneAt } from "../../rights/desk/deciding.ts";
import type { Account, Rights, Stay } from "../../rights/desk/state.ts";
import type { Routes } from "../contract/routes.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { personOf } from "../views/person.ts";
import { rightsOf } from "../views/account.ts";
import { endedAtOf, staysOf } from "../views/right-stays.ts";
import { oversoldSheet, sheetPaper, supersedingSheet } from "../views/right-sheets.ts";
import { oversoldOf } from "./contracts.ts";
import { decisionView } from "./right-stays.ts";

type ReportRoutes = Pick<Routes, "supersedingReport" | "irregularReport" | "machineDifferences" | "oversoldReport">;

/** Rows of one report; more than this nobody reads. */
const ROWS_MAX = 500;

export function rightReportHandlers(site: Site): { readonly [N in keyof ReportRoutes]: RouteHandler<ReportRoutes[N]> } {
  const places = (facility: string | undefined) => rightsOf(site).filter((one) => facility === undefined || one.facility === facility);
  return {
    supersedingReport: async ({ query: { format, locale: _locale, ...query }, locale }) => {
      await site.reads.caughtUp("rights");
      const rows = await supersedings(site.reads.db, query, ROWS_MAX);
      const answer = { rows: await Promise.all(rows.map(async ({ last_at, ...row }) => {
        const known = site.operator.state.directory.accounts.get(row.account);
        const contact = known ? await site.people.contact(known.contact) : null;
        return { ...row, name: contact?.name ?? null, lastAt: last_at };
      })) };
      return format === "csv" ? { document: sheetPaper(site, "superseding", supersedingSheet(answer, locale), locale) } : { answer };
    },
    irregularReport: async ({ query, locale }) => {
      await site.reads.caughtUp("rights");
      const page = await decisions(site.reads.db, { ...query, irregular: true, rows: 200 });
      const labels = await site.credentials.labels(page.rows.flatMap(({ credential }) => credential ?? []));
      return { answer: { rows: page.rows.map((row) => {
        const { seq: _seq, credential: _credential, ...rest } = decisionView(row, labels, personOf(site.logins, locale));
        return rest;
      }) } };
    },
    machineDifferences: async ({ query }) => {
      const found = places(query.facility).flatMap(({ facility, rights }) => differencesOf(facility, rights, query)).slice(0, ROWS_MAX);
      const labels = await site.credentials.labels(found.map(({ credential }) => credential));
      return { answer: { rows: found.map(({ credential, ...row }) => ({ ...row, label: labels.get(credential) ?? null })) } };
    },
    oversoldReport: ({ query, locale }) => {
      const answer = { rows: places(query.facility).flatMap(({ facility, rights }) => {
        const handle = site.facilities.get(facility);
        return handle ? (rights.config?.groups ?? []).flatMap(({ id }) => {
          const oversold = oversoldOf(site, handle, id);
          return oversold ? [{ facility, ...oversold }] : [];
        }) : [];
      }) };
      return query.format === "csv" ? { document: sheetPaper(site, "oversold", oversoldSheet(answer, locale), locale) } : { answer };
    },
  };
}

type Period = { readonly from?: number | undefined; readonly to?: number | undefined };

/** Closed stays that were paid at the machine and, by what was learnt since, are worth something else. */
function differencesOf(facility: string, rights: Rights, { from, to }: Period) {
  const paid = (stay: Stay): boolean => stay.end !== null && stay.paidMinor > 0;
  const visitors = [...rights.goneVisitors.values()].filter(paid).map((stay) => ({ stay, account: null as Account | null }));
  const known = [...rights.accounts.values()].flatMap((account) => staysOf(account).filter(paid).map((stay) => ({ stay, account: account as Account | null })));
  return [...visitors, ...known].flatMap(({ stay, account }) => {
    const closedAt = endedAtOf(rights, stay);
    if (closedAt === null || (from !== undefined && closedAt < from) || (to !== undefined && closedAt >= to)) return [];
    const segments = account ? segmentsUntil(rights, account, stay, closedAt) : visitorSegments(rights, stay, closedAt);
    const price = priceOf(chargeable(segments), tariffsOf(rights, account, stay.agreement), zoneAt(rights));
    if (!price.ok || price.value.amountMinor === stay.paidMinor) return [];
    const worthMinor = price.value.amountMinor;
    return [{
      facility, stay: stay.id, credential: stay.credential, closedAt, paidMinor: stay.paidMinor, worthMinor,
      differenceMinor: stay.paidMinor - worthMinor, currency: price.value.currency,
    }];
  });
}
