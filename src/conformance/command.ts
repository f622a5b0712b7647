/**
 *   gatehouse conformance --url URL --fixture FILE [--json] [--only 22-40,57]
 *   gatehouse conformance --url URL --role sp1 --client-id ID --client-secret SECRET
 *
 * With one client only what that role can show is judged; the rest is listed as unseen.
 */
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { CHECKLIST } from "./checklist.ts";
import { ROLES, type Fixture, fixtureOf, readFixture } from "./fixture.ts";
import { checklistTable, jsonReport, lastLine, outcomeLines, restLine } from "./report.ts";
import { runChecklist } from "./run.ts";

type Options = {
  readonly url?: string; readonly fixture?: string; readonly json?: boolean; readonly only?: string; readonly list?: boolean;
  readonly role: string; readonly clientId?: string; readonly clientSecret?: string; readonly organisation?: string; readonly tokenUrl?: string;
};

export function addConformanceCommand(program: Command): void {
  program.command("conformance")
    .description("run the numbered black-box checklist against an exchange")
    .option("--url <url>", "where the exchange is; the fixture's url when absent")
    .option("--fixture <file>", "YAML or JSON: which client plays which role (docs/exchange/conformance.md)")
    .option("--client-id <id>", "one client instead of, or added to, a fixture")
    .option("--client-secret <secret>", "its secret")
    .option("--role <role>", `what it plays: ${ROLES.join(", ")}`, "sp1")
    .option("--organisation <id>", "its organisation's id")
    .option("--token-url <url>", "token endpoint; URL/auth when absent")
    .option("--only <numbers>", "only these items, as 1-21,57")
    .option("--list", "print the checklist as a table and judge nothing")
    .option("--json", "print everything as JSON")
    .action(conformance);
}

async function conformance(options: Options): Promise<void> {
  if (options.list) return void process.stdout.write(checklistTable(CHECKLIST));
  const fixture = fixtureFrom(options);
  const url = options.url ?? (typeof fixture === "string" ? undefined : fixture.url);
  if (typeof fixture === "string" || url === undefined) return complain(typeof fixture === "string" ? fixture : "no --url and no url in the fixture");
  const only = options.only === undefined ? undefined : numbersOf(options.only);
  if (only === null) return complain(`--only ${options.only}: numbers and ranges, as 1-21,57`);
  if (!(await answers(url))) return complain(`Nobody answers at ${url}.`);
  const run = `${Date.now().toString(36)}${randomBytes(2).toString("hex")}`;
  const summary = await runChecklist({
    url, fixture, run, ...(only ? { only } : {}),
    ...(options.json ? {} : { onOutcome: (outcome) => { for (const line of outcomeLines(outcome)) console.log(line); } }),
  });
  console.log(options.json ? jsonReport(url, summary) : `${restLine(summary)}\n${lastLine(summary)}`);
  process.exitCode = summary.failed === 0 ? 0 : 1;
}

/** Any answer will do: a wrong address is told once and not a hundred times. */
async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(10_000), redirect: "manual" }).then(() => true, () => false);
}

function complain(text: string): void {
  console.error(text);
  process.exitCode = 2;
}

function fixtureFrom(options: Options): Fixture | string {
  const base = options.fixture === undefined ? fixtureOf({ clients: {} }) : readFixture(options.fixture);
  if (typeof base === "string") return base;
  const { clientId, clientSecret, organisation, tokenUrl, role } = options;
  if (clientId === undefined) return options.fixture === undefined ? "no --fixture and no --client-id" : { ...base, tokenUrl: tokenUrl ?? base.tokenUrl };
  if (clientSecret === undefined) return "--client-id without --client-secret";
  const client = { clientId, clientSecret, ...(organisation === undefined ? {} : { organisation }) };
  const clients = { ...base.clients, [role]: client };
  return fixtureOf({ ...base, clients, ...(tokenUrl === undefined ? {} : { tokenUrl }) });
}

/** `1-3,7` as the set of 1, 2, 3 and 7; null when it is something else. */
function numbersOf(text: string): ReadonlySet<number> | null {
  const numbers = new Set<number>();
  for (const part of text.split(",")) {
    const [, from, to] = /^\s*(\d{1,3})(?:-(\d{1,3}))?\s*$/.exec(part) ?? [];
    if (from === undefined) return null;
    for (let no = Number(from); no <= Number(to ?? from); no++) numbers.add(no);
  }
  return numbers;
}
