/**
 * Rights in the core, without journal or network: the entry and exit of an account of 200 contracts and 500 parkers
 * with 150 cars inside, and the recomputation of an account's month of 5,000 stays after a correction. Beside them,
 * in the same minute, what a tariff quote of one stay costs on the same machine. Decisions by the clock, the median
 * says what they cost; the month in processor time.
 *
 *   npm run bench rights
 */
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { DAY, HOUR, MINUTE } from "../src/kernel/instant.ts";
import { priceOf } from "../src/rights/coverage/price.ts";
import { chargesOf } from "../src/rights/desk/billing.ts";
import type { RightsCommand } from "../src/rights/desk/command.ts";
import { zoneAt } from "../src/rights/desk/deciding.ts";
import { type PreviewedAct, previewOf } from "../src/rights/desk/preview.ts";
import { decideRights } from "../src/rights/desk/decide.ts";
import { prepareCloseStay } from "../src/rights/desk/staff.ts";
import { type Rights, emptyRights } from "../src/rights/desk/state.ts";
import type { Contract } from "../src/rights/timeline/facts.ts";
import type { Tariff } from "../src/tariff/tariff.ts";

const CONTRACTS = 200;
const PARKERS = 500;
const INSIDE = 150;
const MONTH_STAYS = 5_000;
/** The first third warms up: a server runs for months, and the compiler is done with this path in its first seconds. */
const ROUNDS = 9_000;
/** Monday, 2 March 2026, 06:00 UTC. */
const START = Date.UTC(2026, 2, 2, 6);

const loadBefore = loadavg()[0]?.toFixed(1);
const tariff: Tariff = { id: "t", version: 1, currency: "EUR", tables: [{ id: "h", version: 1, rateLineCollections: [{
  id: "c", collectionSequence: 1, applicableCurrency: "EUR", relativeTimes: true, taxIncluded: true, maxValueCollection: 20, resetTime: "00:00",
  rateLines: [{ id: "l", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited", value: 2 }],
}] }] };
const contract = (index: number, parkers: readonly string[] | null): Contract => ({
  id: `c${String(index).padStart(5, "0")}`, from: null, until: null, window: null, parkers, group: "contract",
  overflow: null, overflowLimit: null, monthlyFeeMinor: 0,
});
const credential = (parker: number) => ({ ref: `k${parker}`, kind: "plate" }) as const;

class Desk {
  readonly state: Rights = emptyRights();
  now = START;
  readonly times: number[] = [];

  constructor(contracts: readonly Contract[]) {
    this.tell({ type: "ConfigureRights", tariff, policy: { unknownExit: "untilNoticed" }, config: {
      facility: "f", zone: "Europe/Vienna", currency: "EUR", issuer: "I", vatRatePercent: "20", lostTicketMinor: null,
      shortTermGroup: "shortTerm", contractGroup: "contract", seasonGroup: "contract", serviceGroup: "all",
      groups: [{ id: "all", within: null, spaces: 2_000 }, { id: "shortTerm", within: "all", spaces: 1_000 }, { id: "contract", within: "all", spaces: 1_000 }],
    } });
    this.tell({ type: "OpenAccount", account: "firm", terms: { overflow: null, overflowLimit: null } });
    for (let i = 0; i < PARKERS; i++) this.tell({ type: "AddParker", account: "firm", parker: `p${i}`, credentials: [credential(i)] });
    for (const one of contracts) this.tell({ type: "SignContract", account: "firm", contract: one });
    this.tell({ type: "MakeAgreement", account: "firm", agreement: { id: "a", from: null, until: null, parkers: null, tariff: null } });
  }

  /** How long the decision took by the clock, in microseconds. */
  tell(command: RightsCommand): number {
    const from = performance.now();
    const { refusal, events } = decideRights(this.state, command, { now: this.now, actor: null });
    const took = (performance.now() - from) * 1_000;
    if (refusal || events.some(({ type }) => type === "EntryRefused")) throw new Error(JSON.stringify(refusal ?? events));
    return took;
  }
}

/** Cars come and go with `inside` of them inside; each entry and each exit is timed. */
function comings(contracts: readonly Contract[], inside: number) {
  const desk = new Desk(contracts);
  const order: number[] = [];
  for (let i = 0; i < inside; i++) {
    desk.now += 30_000;
    desk.tell({ type: "Enter", credential: credential(i) });
    order.push(i);
  }
  const outside = Array.from({ length: PARKERS - inside }, (_, i) => inside + i);
  const entries: number[] = [];
  const exits: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const comes = outside.shift()!;
    desk.now += 20_000;
    const entry = desk.tell({ type: "Enter", credential: credential(comes) });
    order.push(comes);
    desk.now += 20_000;
    const [leaves] = order.splice((round * 7) % order.length, 1);
    const exit = desk.tell({ type: "Exit", credential: credential(leaves!) });
    outside.push(leaves!);
    if (round < ROUNDS / 3) continue;
    entries.push(entry);
    exits.push(exit);
  }
  return { contracts: contracts.length, inside, entryMicros: summary(entries), exitMicros: summary(exits) };
}

/** A month with many cars beyond the contingent; then the time of one unseen exit at its beginning is found. */
function month() {
  const desk = new Desk(Array.from({ length: 60 }, (_, i) => contract(i, null)));
  const every = (28 * DAY) / MONTH_STAYS;
  const leaving: { at: number; parker: number }[] = [];
  for (let i = 0; i < MONTH_STAYS; i++) {
    const at = START + Math.floor(i * every);
    while (leaving[0] && leaving[0].at <= at) {
      const { at: left, parker } = leaving.shift()!;
      desk.now = left;
      desk.tell(parker === 0 ? { type: "CloseStay", credential: "k0", enteredAt: null, exitedAt: null, reason: "bench" } : { type: "Exit", credential: credential(parker) });
    }
    desk.now = at;
    desk.tell({ type: "Enter", credential: credential(i % PARKERS) });
    leaving.push({ at: at + 6 * HOUR + ((i * 37) % 360) * MINUTE, parker: i % PARKERS });
    leaving.sort((a, b) => a.at - b.at);
  }
  const account = desk.state.accounts.get("firm")!;
  const first = [...account.stays.values()].find(({ end }) => end?.type === "unseen")!;
  const charges = (): number => {
    const owed = chargesOf(desk.state, account, desk.now);
    if (!owed.ok) throw new Error(owed.error.type);
    return owed.value.totalMinor;
  };
  const firstPriceMs = processorMs(charges);
  const before = charges();
  const correctMs: number[] = [];
  const repriceMs: number[] = [];
  for (let i = 0; i < 15; i++) {
    desk.now += MINUTE;
    const exitedAt = first.enteredAt + (i + 1) * 20 * MINUTE;
    correctMs.push(processorMs(() => desk.tell({ type: "CloseStay", credential: "k0", enteredAt: first.enteredAt, exitedAt, reason: "bench" })));
    repriceMs.push(processorMs(charges));
  }
  const slices: number[] = [];
  desk.now += MINUTE;
  const act = { credential: "k0", enteredAt: first.enteredAt, exitedAt: first.enteredAt + 5 * HOUR + MINUTE };
  const work = prepareCloseStay(desk.state, act, desk.now);
  for (let done = false; !done;) slices.push(processorMs(() => { done = work.next().done === true; }));
  const preparedMs = processorMs(() => desk.tell({ type: "CloseStay", ...act, reason: "bench" }));
  const total = correctMs.map((ms, i) => ms + repriceMs[i]!);
  return {
    stays: MONTH_STAYS, firstPriceProcessorMs: round(firstPriceMs), changedMinor: charges() - before,
    correctionProcessorMs: summary(correctMs), chargesAgainProcessorMs: summary(repriceMs), totalProcessorMs: summary(total),
    preview: previews(desk, first.enteredAt),
    inSlices: { slices: slices.length, longestSliceProcessorMs: round(Math.max(...slices)), decisionAfterProcessorMs: round(preparedMs) },
  };
}

/** Who would owe what: one slice is one account, and nothing else is done meanwhile. */
function previews(desk: Desk, enteredAt: number) {
  const until = desk.now + DAY;
  const all = { copyOfAllProcessorMs: round(processorMs(() => structuredClone(desk.state))) };
  const longest = (act: PreviewedAct): number => {
    const slices: number[] = [];
    const work = previewOf(desk.state, act, desk.now, until);
    for (let done = false; !done;) slices.push(processorMs(() => { done = work.next().done === true; }));
    return round(Math.max(...slices));
  };
  return {
    ...all,
    neutralStayLongestSliceMs: longest({ type: "SetNeutral", scope: { type: "stay", credential: [...desk.state.openByCredential.keys()][0]! }, reason: "bench" }),
    closeStayLongestSliceMs: longest({ type: "CloseStay", credential: "k0", enteredAt, exitedAt: enteredAt + 7 * HOUR, reason: "bench" }),
  };
}

function quoteMicros(): number {
  const { state } = new Desk([]);
  const times: number[] = [];
  for (let i = 0; i < 4_000; i++) {
    const from = START + i * MINUTE;
    times.push(timed(() => priceOf([{ from, to: from + 8 * HOUR }], state.tariffs, zoneAt(state))) * 1_000);
  }
  return summary(times.slice(1_000)).p50;
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** Processor time, so that other work on the machine does not count. */
function processorMs(work: () => unknown): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}

const round = (value: number): number => Number(value.toFixed(1));

function summary(list: readonly number[]): { readonly p50: number; readonly p99: number; readonly mean: number } {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return { p50: at(0.5), p99: at(0.99), mean: round(list.reduce((sum, one) => sum + one, 0) / list.length) };
}

const plain = comings(Array.from({ length: CONTRACTS }, (_, i) => contract(i, null)), INSIDE);
/** Every contract is for five parkers; each parker may use two of them. */
const limited = comings(Array.from({ length: CONTRACTS }, (_, i) =>
  contract(i, Array.from({ length: 5 }, (_unused, j) => `p${(Math.floor(i / 2) * 5 + j) % PARKERS}`))), INSIDE);
const beyond = comings(Array.from({ length: 100 }, (_, i) => contract(i, null)), INSIDE);
const quote = round(quoteMicros());
const figures = {
  measuredAt: new Date().toISOString().slice(0, 10), cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, loadBefore,
  parkers: PARKERS, withinContingent: plain, contractsLimitedToParkers: limited, beyondContingent: beyond, month: month(),
  quoteOfOneStayMicros: quote, ratioEntryToQuote: round(plain.entryMicros.p50 / quote),
};
console.log(JSON.stringify(figures, null, 2));
if (process.argv.includes("--write")) writeFileSync(join(import.meta.dirname, "rights.json"), `${JSON.stringify(figures, null, 2)}\n`);
