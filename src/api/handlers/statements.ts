/** Handlers of monthly statements: issued by the car park's owner, read from the read model, printed on demand. */
import { type StatementRow, statementOf, statements } from "../../carpark/readmodels/rights.ts";
import { linesOf, monthOf } from "../../rights/desk/statement.ts";
import type { Rights } from "../../rights/desk/state.ts";
import type { RunStatementsAnswer, StatementView } from "../contract/statements.ts";
import type { Routes } from "../contract/routes.ts";
import type { Locale } from "../contract/words.ts";
import type { Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { statementHead, statementPaper, statementView, type Paper } from "../views/statement.ts";
import { unknownTrouble } from "./account-words.ts";
import { type Asking, carry, facilityOf, recordedOf, refusalTrouble } from "./carry.ts";
import { accountOf } from "./directory.ts";

type StatementRoutes = Pick<Routes, "statements" | "statement" | "mailStatement" | "runStatements">;

export function statementHandlers(site: Site): { readonly [N in keyof StatementRoutes]: RouteHandler<StatementRoutes[N]> } {
  return {
    statements: async ({ query }) => {
      await site.reads.caughtUp("rights");
      const page = await statements(site.reads.db, query);
      return { answer: { rows: await Promise.all(page.rows.map((row) => statementHead(site, row))), next: page.next } };
    },
    statement: async ({ params, query, locale }) => {
      const found = facilityOf(site, params.facility);
      return "trouble" in found ? found : printed(site, params.facility, params.number, null, query.format ?? "json", locale);
    },
    mailStatement: async (asked) => {
      const { facility, number } = asked.params;
      const found = facilityOf(site, facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("rights");
      const row = await statementOf(site.reads.db, facility, number);
      if (!row) return { trouble: unknownTrouble({ statement: number }, asked.locale) };
      const { account, month, totalMinor, currency } = row.statement;
      return recordedOf(site, facility, { type: "SendStatement", account, number, month, totalMinor, currency }, asked);
    },
    runStatements: async (asked) => {
      const found = facilityOf(site, asked.params.facility);
      if ("trouble" in found) return found;
      if (asked.body.account !== undefined) {
        const known = accountOf(site, asked.body.account, asked.locale);
        if ("trouble" in known) return known;
      }
      return runMonth(site, found.facility, asked.body.month, asked.body.account, asked, asked.locale);
    },
  };
}

/** `account`: only if it is this account's. */
export async function printed(
  site: Site, facility: string, number: string, account: string | null, format: "json" | "csv" | "pdf", locale: Locale,
): Promise<{ readonly answer: StatementView } | { readonly document: Paper } | { readonly trouble: Trouble }> {
  await site.reads.caughtUp("rights");
  const row = await statementOf(site.reads.db, facility, number);
  if (!row || (account !== null && row.account !== account)) return { trouble: unknownTrouble({ statement: number }, locale) };
  return format === "json" ? { answer: await statementView(site, row) } : { document: await statementPaper(site, row, format, locale) };
}

/** Why an account gets no statement of a month; null: it gets one. */
export function nothingToState(rights: Rights, accountId: string, month: string, now: number): "nothing" | "later" | null {
  const account = rights.accounts.get(accountId);
  const period = monthOf(rights, month);
  if (!account || !period) return "nothing";
  const lines = linesOf(rights, account, period, now);
  return lines.ok && lines.value.length === 0 ? "nothing" : null;
}

/** What is stated already is given as it is: running a month again changes nothing. */
async function runMonth(
  site: Site, facility: FacilityHandle, month: string, only: string | undefined, asking: Asking, locale: Locale,
): Promise<{ readonly answer: RunStatementsAnswer } | { readonly trouble: Trouble }> {
  const { rights } = facility.core.state;
  const refused = (because: Parameters<typeof refusalTrouble>[0]) => ({ trouble: refusalTrouble(because, locale, facility) });
  if (!rights.config) return refused({ type: "rightsRefused", because: { type: "rightsNotConfigured" } });
  const period = monthOf(rights, month);
  if (!period) return refused({ type: "rightsRefused", because: { type: "notAMonth", text: month } });
  if (site.now() < period.until) return refused({ type: "rightsRefused", because: { type: "monthNotOver", until: period.until } });
  const before = new Set((await rowsOf(site, facility.id, month)).map(({ account }) => account));
  const without: { account: string; because: string }[] = [];
  for (const account of only === undefined ? [...rights.accounts.keys()].sort() : [only]) {
    if (before.has(account)) continue;
    if (nothingToState(rights, account, month, site.now()) !== null) {
      without.push({ account, because: locale === "de" ? "Nichts zu verrechnen." : "Nothing to charge." });
      continue;
    }
    // One key would be one act; each account's is an act of its own, harmless when repeated.
    const done = await carry(site, facility.id, { type: "DecideRights", command: { type: "IssueStatement", account, month } }, { ...asking, key: null });
    if ("trouble" in done) without.push({ account, because: done.trouble.detail });
  }
  const rows = (await rowsOf(site, facility.id, month)).filter(({ account }) => only === undefined || account === only);
  const heads = await Promise.all(rows.map((row) => statementHead(site, row)));
  return { answer: {
    month, issued: heads.filter(({ account }) => !before.has(account)), already: heads.filter(({ account }) => before.has(account)), without,
  } };
}

/** All statements of a month of one car park. */
async function rowsOf(site: Site, facility: string, month: string): Promise<readonly StatementRow[]> {
  await site.reads.caughtUp("rights");
  const rows: StatementRow[] = [];
  for (let after: string | undefined; ;) {
    const page = await statements(site.reads.db, { facility, month, rows: 200, after });
    rows.push(...page.rows);
    if (page.next === null) return rows.sort((a, b) => (a.number < b.number ? -1 : 1));
    after = page.next;
  }
}
