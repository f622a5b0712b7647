/**
 * Desks for tests: a facility's rights that are told commands, and random days at one. Small enough that contracts,
 * windows, bookings, doubt, statements and corrections meet often.
 */
import * as fc from "fast-check";
import { expect } from "vitest";
import { DAY, HOUR, type Instant, MINUTE } from "../../kernel/instant.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { RightsCommand } from "../desk/command.ts";
import { decideRights } from "../desk/decide.ts";
import type { RecordedRights } from "../desk/event.ts";
import { type Account, type Rights, type RightsConfig, type Stay, emptyRights } from "../desk/state.ts";
import type { Policy } from "../policy.ts";
import { factsOf } from "../desk/covering.ts";
import type { BookedSpan } from "../timeline/booked.ts";
import type { Contract, StayFacts, StayId } from "../timeline/facts.ts";
import { presenceOf } from "../timeline/presence.ts";

/** Saturday, 28 March 2026: a clock change and the end of a month are near. */
export const START: Instant = Date.UTC(2026, 2, 28, 6);

export const tariff: Tariff = { id: "t", version: 1, currency: "EUR", tables: [{ id: "h", version: 1, rateLineCollections: [{
  id: "c", collectionSequence: 1, applicableCurrency: "EUR", relativeTimes: true, taxIncluded: true, maxValueCollection: 9, resetTime: "00:00",
  rateLines: [{ id: "l", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited", value: 2 }],
}] }] };
export const contract = (id: string, some: Partial<Contract> = {}): Contract => ({
  id, from: null, until: null, window: null, parkers: null, group: "contract", overflow: null, overflowLimit: null, monthlyFeeMinor: 0, ...some,
});
const night = { days: [1, 2, 3, 4, 5, 6, 7], fromMs: 18 * HOUR, toMs: 8 * HOUR };

export const setup = (policy: Partial<Policy>): readonly RightsCommand[] => [
  { type: "ConfigureRights", tariff, policy, config: {
    facility: "f", zone: "Europe/Vienna", currency: "EUR", issuer: "I", vatRatePercent: "20", lostTicketMinor: null,
    shortTermGroup: "shortTerm", contractGroup: "contract", seasonGroup: "contract", serviceGroup: "all",
    groups: [{ id: "all", within: null, spaces: 6 }, { id: "shortTerm", within: "all", spaces: 4 }, { id: "contract", within: "all", spaces: 4 }],
  } },
  ...["firm", "mia"].flatMap((account): RightsCommand[] => [
    { type: "OpenAccount", account, terms: { overflow: null, overflowLimit: null } },
    ...[0, 1, 2].map((i): RightsCommand => ({ type: "AddParker", account, parker: `p${i}`, credentials: [
      { ref: `${account}${i}`, kind: "plate" }, { ref: `${account}${i}c`, kind: "card" },
    ] })),
    { type: "MakeAgreement", account, agreement: { id: "a", from: null, until: null, parkers: null, tariff: null } },
  ]),
  { type: "SignContract", account: "firm", contract: contract("c1", { parkers: ["p0", "p1"] }) },
  { type: "SignContract", account: "firm", contract: contract("c2", { until: START + 3 * DAY }) },
  { type: "SignContract", account: "mia", contract: contract("n1", { window: night }) },
];

export const policies: fc.Arbitrary<Partial<Policy>> = fc.record({
  doubleEntry: fc.constantFrom("refuse" as const, "allowPlateReentry" as const), unknownExit: fc.constantFrom("inFavour" as const, "untilNoticed" as const),
  overflow: fc.constantFrom("payAsYouGo" as const, "report" as const), expiredRight: fc.constantFrom("charge" as const, "free" as const),
  windowEnd: fc.constantFrom("charge" as const, "free" as const), neutralCountsAs: fc.constantFrom("absent" as const, "present" as const),
  neutralProof: fc.constantFrom("waive" as const, "charge" as const), removePresentCredential: fc.constantFrom("refuse" as const, "afterExit" as const),
  exitWithoutEntryCharge: fc.constantFrom("none" as const, "minimum" as const),
});

export type Act = { readonly wait: number; readonly kind: number; readonly who: string; readonly back: number };
export const acts: fc.Arbitrary<readonly Act[]> = fc.array(fc.record({
  wait: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) }, { weight: 1, arbitrary: fc.integer({ min: 500, max: 2_500 }) }),
  kind: fc.nat(40), back: fc.nat(100),
  who: fc.constantFrom("firm0", "firm1", "firm2", "mia0", "mia1", "mia2", "firm0c", "mia0c", "x1", "x2"),
}), { minLength: 5, maxLength: 60 });

/** Months with statements between, and stays closed unseen whose time is found after they were billed. */
export const longActs = fc.tuple(acts, acts, acts, fc.array(fc.nat(100), { minLength: 4, maxLength: 4 })).map(([a, b, c, found]): readonly Act[] => {
  const act = (kind: number, who: string, wait = 0, back = 0): Act => ({ kind, who, wait, back });
  const statements = [act(30, "firm0", 400), act(30, "mia0")];
  return [
    act(0, "firm0"), act(0, "firm1", 1), act(0, "firm2", 1), act(0, "mia0", 1), act(21, "firm0", 8), act(21, "mia0", 20), ...a, ...statements,
    ...b, ...found.map((back, i) => act(33, i % 2 === 0 ? "firm0" : "mia0", 1, back)), act(37, "x1", 3_000), ...statements, ...c,
  ];
});

const monthBefore = (now: Instant): string => new Date(new Date(now).setUTCDate(0)).toISOString().slice(0, 7);

/** `wait` is in quarters of an hour; long ones cross horizons and months. */
function commandOf({ kind, who, back }: Act, now: Instant, state: Rights, memories: Told["memories"]): RightsCommand {
  const credential = { ref: who, kind: who.endsWith("c") ? "card" as const : "plate" as const };
  const account = who.startsWith("mia") ? "mia" : "firm";
  const parker = `p${who.replace(/\D/g, "")}`;
  const reason = "test";
  const past = now - back * 30 * MINUTE;
  const ended = [...(state.accounts.get(account)?.stays.values() ?? [])].filter(({ end }) => end?.type === "unseen");
  const older = ended[back % Math.max(1, ended.length)];
  if (kind < 9) return { type: "Enter", credential };
  if (kind < 17) return { type: "Exit", credential };
  switch (kind) {
    case 17: case 18: return { type: "Pay", credential };
    case 19: return { type: "SetNeutral", scope: { type: "facility" }, reason };
    case 20: return { type: "SetNeutral", scope: { type: "stay", credential: who }, reason };
    case 21: return { type: "CloseStay", credential: who, enteredAt: null, exitedAt: null, reason };
    case 22: return { type: "CloseStay", credential: who, enteredAt: null, exitedAt: past, reason };
    case 23: case 33: case 34: case 35: return older
      ? { type: "CloseStay", credential: older.credential, enteredAt: older.enteredAt, exitedAt: older.enteredAt + back * MINUTE, reason }
      : { type: "Advance" };
    case 24: return { type: "StaffAdmit", credential, reason };
    case 25: return { type: "StaffRelease", credential, reason };
    case 26: return { type: "MakeBooking", account, parker, from: past, to: now + (back + 1) * HOUR };
    case 27: case 30: case 31: case 32: return { type: "IssueStatement", account, month: monthBefore(now) };
    case 28: return { type: "RemoveCredential", account, credential: who };
    case 38: return { type: "BackOut", stay: state.openByCredential.get(who) ?? "none" };
    case 39: return { type: "LearnExternalRight", right: { provider: "app", right: `r-${who}`, credential: who, from: past, until: now + (back + 1) * 15 * MINUTE } };
    case 40: return { type: "RevokeExternalRight", provider: "app", right: `r-${who}`, credential: who };
    case 41: case 42: case 43: return lateExit(state, account, memories.get(account), back);
    case 44: return { type: "SignContract", account, contract: contract(`late${now}`, {
      from: START + back * 6 * HOUR, until: START + (back + 40) * 6 * HOUR, parkers: back % 2 === 0 ? null : [parker],
    }) };
    default: return { type: "SetPolicy", policy: { unknownExit: back % 2 === 0 ? "inFavour" : "untilNoticed" } };
  }
}

/** Of any stay whose exit nobody saw, let go of by the desk or not. */
function lateExit(state: Rights, account: string, memory: Memory | undefined, back: number): RightsCommand {
  const unseen = [...(memory?.facts.values() ?? [])].filter(({ end }) => end === null || end.type === "unseen");
  const facts = unseen[back % Math.max(1, unseen.length)];
  if (!facts) return { type: "Advance" };
  const { id: stay, enteredAt, end } = facts;
  const known = state.accounts.get(account)?.stays.get(stay);
  const noticedAt = end?.type === "unseen" ? end.noticedAt : state.now;
  const exitedAt = Math.min(noticedAt, enteredAt + back * 20 * MINUTE);
  return known ? { type: "CloseStay", credential: known.credential, enteredAt, exitedAt, reason: "found" }
    : { type: "GivePastExit", account, stay, enteredAt, noticedAt, exitedAt, reason: "found" };
}

export type Told = {
  readonly state: Rights; readonly events: readonly RecordedRights[]; readonly memories: ReadonlyMap<string, Memory>; now: Instant;
};

/** All facts of an account since its beginning, also those the desk has forgotten. */
export class Memory {
  readonly facts = new Map<StayId, StayFacts>();
  readonly booked = new Map<string, BookedSpan>();
  /** A fact reached back before what can be corrected; from then on only the desk's own view counts. */
  beyondReach = false;
  #horizon = -Infinity;

  note(state: Rights, account: Account, events: readonly RecordedRights[]): void {
    for (const stay of account.stays.values()) {
      const [was, is] = [this.facts.get(stay.id), structuredClone(factsOf(stay))];
      const ends = [was, is].map((facts) => (facts ? presenceOf(facts, state.policy).to : Infinity));
      if (was && ends[0] !== ends[1] && Math.min(...ends) < this.#horizon) this.beyondReach = true;
      this.facts.set(stay.id, is);
    }
    for (const event of events) {
      if (event.type === "StayClosed" && event.cause === "backedOut") this.facts.delete(event.stay);
      // Superseded and let go of in one decision.
      if (event.type === "StayClosed" && event.cause !== "backedOut" && !account.stays.has(event.stay)) this.#ended(event.stay, event.end, event.at);
      if (event.type === "ExitTimeGiven" && event.past?.account === account.id) this.#given(event.stay, event.exitedAt, event.at);
    }
    for (const span of account.booked) this.booked.set(span.booking, span);
    this.#horizon = account.marks[0]?.sweep.at ?? -Infinity;
  }

  #given(id: StayId, givenAt: Instant, now: Instant): void {
    const facts = this.facts.get(id);
    if (facts?.end?.type !== "unseen") throw new Error(`${id} was not closed unseen`);
    this.#ended(id, { ...facts.end, givenAt }, now);
  }

  #ended(id: StayId, end: NonNullable<StayFacts["end"]>, now: Instant): void {
    const facts = this.facts.get(id);
    if (!facts) return;
    const proves = facts.neutralAt !== null && (end.type === "seen" || end.givenAt !== null);
    this.facts.set(id, { ...facts, end, provenAt: proves ? facts.provenAt ?? now : facts.provenAt });
  }
}

type After = (told: Told, command: RightsCommand, events: readonly RecordedRights[]) => void;

export function live(policy: Partial<Policy>, list: readonly Act[], after: After, reach?: number): Told {
  return day(emptyRights(reach), START, setup(policy), list, after);
}

/** The same desk, or one read back, on further days. */
export const goOn = (state: Rights, now: Instant, list: readonly Act[], after: After): Told => day(state, now, [], list, after);

function day(state: Rights, from: Instant, first: readonly RightsCommand[], list: readonly Act[], after: After): Told {
  const events: RecordedRights[] = [];
  const memories = new Map<string, Memory>();
  const told: Told = { state, events, memories, now: from };
  const tell = (command: RightsCommand): void => {
    const decided = decideRights(state, command, { now: told.now, actor: null });
    if (decided.refusal) expect(decided.events.filter(({ type }) => type !== "CoverageAdvanced")).toEqual([]);
    events.push(...decided.events);
    for (const account of state.accounts.values()) {
      const memory = memories.get(account.id) ?? new Memory();
      memories.set(account.id, memory);
      memory.note(state, account, decided.events);
    }
    after(told, command, decided.events);
  };
  for (const command of first) tell(command);
  for (const act of list) {
    told.now += act.wait * 15 * MINUTE;
    tell(commandOf(act, told.now, state, memories));
  }
  return told;
}

export const allStays = (account: Account): readonly Stay[] => [...account.stays.values()];

export const DESK_CONFIG: RightsConfig = {
  facility: "f", zone: "UTC", currency: "EUR", issuer: "I", vatRatePercent: null, lostTicketMinor: null,
  shortTermGroup: "shortTerm", contractGroup: "contract", seasonGroup: "contract", serviceGroup: "shortTerm",
  groups: [{ id: "shortTerm", within: null, spaces: 5 }, { id: "contract", within: null, spaces: 5 }],
};
export const plate = (ref: string) => ({ ref, kind: "plate" }) as const;

/** A desk to tell a story at: one account `firm` of parkers a to e with plates A to E. */
export class StoryDesk {
  readonly state: Rights = emptyRights();
  readonly events: RecordedRights[] = [];
  now: Instant;

  constructor(now: Instant, policy: Partial<Policy>, more: readonly RightsCommand[]) {
    this.now = now;
    const parkers = ["a", "b", "c", "d", "e"].map((parker): RightsCommand =>
      ({ type: "AddParker", account: "firm", parker, credentials: [plate(parker.toUpperCase())] }));
    for (const command of [
      { type: "ConfigureRights", tariff, policy, config: DESK_CONFIG } as const,
      { type: "OpenAccount", account: "firm", terms: { overflow: null, overflowLimit: null } } as const,
      ...parkers, ...more,
    ]) this.tell(command);
  }

  /** What happened; a refusal fails the test. */
  tell(command: RightsCommand): readonly RecordedRights[] {
    const { events, refusal } = decideRights(this.state, command, { now: this.now, actor: "staff" });
    expect(refusal).toBeNull();
    this.events.push(...events);
    return events;
  }

  refusalOf(command: RightsCommand): string | undefined {
    return decideRights(this.state, command, { now: this.now, actor: "staff" }).refusal?.type;
  }

  /** How the entry was answered: basis and group, or what refused it. */
  enter(ref: string, kind: "plate" | "card" | "qr" | "paymentCard" = "plate"): string {
    for (const event of this.tell({ type: "Enter", credential: { ref, kind } })) {
      if (event.type === "StayOpened") return `${event.basis} in ${event.group}`;
      if (event.type === "EntryRefused") {
        return event.refusal.type === "notAuthorised" ? `notAuthorised ${event.refusal.reason}` : event.refusal.type;
      }
    }
    throw new Error("neither admitted nor refused");
  }
}
