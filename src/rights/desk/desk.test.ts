/**
 * Random days at a facility's desk: whatever is done, in whatever order, what is kept is what the journal and the
 * timeline say.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../kernel/instant.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import { coverage } from "../coverage/coverage.ts";
import { sameCover } from "../coverage/sweep.ts";
import type { Policy } from "../policy.ts";
import { whyText } from "../why.ts";
import type { Contract } from "../timeline/facts.ts";
import { chargesOf, owedBy } from "./billing.ts";
import type { RightsCommand } from "./command.ts";
import { countOf } from "./counting.ts";
import { factsOf, sceneOf, segmentsUntil, viewOf } from "./covering.ts";
import { decideRights } from "./decide.ts";
import type { RecordedRights } from "./event.ts";
import { evolveRights } from "./evolve.ts";
import { type Account, type Rights, emptyRights } from "./state.ts";

const RUNS = Number(process.env["GATEHOUSE_PROPERTY_RUNS"] ?? 80);
const seed = process.env["GATEHOUSE_PROPERTY_SEED"];
const settings = { numRuns: RUNS, ...(seed === undefined ? {} : { seed: Number(seed) }) };
/** Saturday, 28 March 2026: a clock change and the end of a month are near. */
const START: Instant = Date.UTC(2026, 2, 28, 6);

const tariff: Tariff = { id: "t", version: 1, currency: "EUR", tables: [{ id: "h", version: 1, rateLineCollections: [{
  id: "c", collectionSequence: 1, applicableCurrency: "EUR", relativeTimes: true, taxIncluded: true, maxValueCollection: 9, resetTime: "00:00",
  rateLines: [{ id: "l", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited", value: 2 }],
}] }] };
const contract = (id: string, some: Partial<Contract> = {}): Contract => ({
  id, from: null, until: null, window: null, parkers: null, group: "contract", overflow: null, overflowLimit: null, monthlyFeeMinor: 0, ...some,
});
const night = { days: [1, 2, 3, 4, 5, 6, 7], fromMs: 18 * HOUR, toMs: 8 * HOUR };

const setup = (policy: Partial<Policy>): readonly RightsCommand[] => [
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

const policies: fc.Arbitrary<Partial<Policy>> = fc.record({
  doubleEntry: fc.constantFrom("refuse" as const, "allowPlateReentry" as const), unknownExit: fc.constantFrom("inFavour" as const, "untilNoticed" as const),
  overflow: fc.constantFrom("payAsYouGo" as const, "report" as const), expiredRight: fc.constantFrom("charge" as const, "free" as const),
  windowEnd: fc.constantFrom("charge" as const, "free" as const), neutralCountsAs: fc.constantFrom("absent" as const, "present" as const),
  neutralProof: fc.constantFrom("waive" as const, "charge" as const), removePresentCredential: fc.constantFrom("refuse" as const, "afterExit" as const),
  exitWithoutEntryCharge: fc.constantFrom("none" as const, "minimum" as const),
});

type Act = { readonly wait: number; readonly kind: number; readonly who: string; readonly back: number };
const acts: fc.Arbitrary<readonly Act[]> = fc.array(fc.record({
  wait: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) }, { weight: 1, arbitrary: fc.integer({ min: 500, max: 2_500 }) }),
  kind: fc.nat(37), back: fc.nat(100),
  who: fc.constantFrom("firm0", "firm1", "firm2", "mia0", "mia1", "mia2", "firm0c", "mia0c", "x1", "x2"),
}), { minLength: 5, maxLength: 60 });

/** Months with statements between, and stays closed unseen whose time is found after they were billed. */
const longActs = fc.tuple(acts, acts, acts, fc.array(fc.nat(100), { minLength: 4, maxLength: 4 })).map(([a, b, c, found]): readonly Act[] => {
  const act = (kind: number, who: string, wait = 0, back = 0): Act => ({ kind, who, wait, back });
  const statements = [act(30, "firm0", 400), act(30, "mia0")];
  return [
    act(0, "firm0"), act(0, "firm1", 1), act(0, "firm2", 1), act(0, "mia0", 1), act(21, "firm0", 8), act(21, "mia0", 20), ...a, ...statements,
    ...b, ...found.map((back, i) => act(33, i % 2 === 0 ? "firm0" : "mia0", 1, back)), act(37, "x1", 3_000), ...statements, ...c,
  ];
});

const monthBefore = (now: Instant): string => new Date(new Date(now).setUTCDate(0)).toISOString().slice(0, 7);

/** `wait` is in quarters of an hour; long ones cross horizons and months. */
function commandOf({ kind, who, back }: Act, now: Instant, state: Rights): RightsCommand {
  const credential = { ref: who, kind: who.endsWith("c") ? "card" as const : "plate" as const };
  const account = who.startsWith("mia") ? "mia" : "firm";
  const parker = `p${who.replace(/\D/g, "")}`;
  const reason = "test";
  const past = now - back * 30 * MINUTE;
  const ended = [...(state.accounts.get(account)?.frozen.values() ?? [])].map(({ stay }) => stay)
    .concat([...(state.accounts.get(account)?.stays.values() ?? [])]).filter(({ end }) => end?.type === "unseen");
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
    default: return { type: "SetPolicy", policy: { unknownExit: back % 2 === 0 ? "inFavour" : "untilNoticed" } };
  }
}

type Told = { readonly state: Rights; readonly events: readonly RecordedRights[]; now: Instant };

function live(policy: Partial<Policy>, list: readonly Act[], after: (told: Told, command: RightsCommand, events: readonly RecordedRights[]) => void): Told {
  const state = emptyRights();
  const events: RecordedRights[] = [];
  const told: Told = { state, events, now: START };
  const tell = (command: RightsCommand): void => {
    const decided = decideRights(state, command, { now: told.now, actor: null });
    if (decided.refusal) expect(decided.events.filter(({ type }) => type !== "CoverageAdvanced")).toEqual([]);
    events.push(...decided.events);
    after(told, command, decided.events);
  };
  for (const command of setup(policy)) tell(command);
  for (const act of list) {
    told.now += act.wait * 15 * MINUTE;
    tell(commandOf(act, told.now, state));
  }
  return told;
}

const allStays = (account: Account) => [...[...account.frozen.values()].map(({ stay }) => stay), ...account.stays.values()];

function checkCovered({ state, now }: Told): void {
  for (const account of state.accounts.values()) {
    const truth = coverage({ scene: sceneOf(state, account), stays: allStays(account).map(factsOf) }, now);
    for (const stay of allStays(account)) expect(segmentsUntil(state, account, stay, now), stay.id).toEqual(truth.get(stay.id) ?? []);
    for (const [id, { cover }] of viewOf(state, account, now).live) {
      const stay = account.stays.get(id);
      if (stay && stay.end === null) expect(sameCover(stay.cover, cover), `${id} ${JSON.stringify([stay.cover, cover])}`).toBe(true);
    }
  }
}

function checkCounted({ state }: Told): void {
  const open = [...state.accountOfOpen.keys()].sort();
  expect([...state.groups.values()].flatMap((stays) => [...stays]).sort()).toEqual(open);
  expect(countOf(state, "all").stays).toBe(open.length);
}

describe("a desk", () => {
  test("what is kept of coverage equals coverage of the whole timeline, after every command (F7)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      live(policy, list, (told) => { checkCovered(told); checkCounted(told); });
    }), settings);
  });

  test("the journal folded anew gives the same state (F9)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      const { state, events } = live(policy, list, () => {});
      const again = emptyRights();
      for (const event of JSON.parse(JSON.stringify(events)) as RecordedRights[]) evolveRights(again, event);
      expect(canonicalJson(again)).toBe(canonicalJson(state));
    }), settings);
  });

  test("an entry is admitted only where there is space, an exit is never a bare refusal, and all is explained (A3, C8)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      live(policy, list, ({ state }, command, events) => {
        for (const event of events) {
          if ("why" in event) for (const locale of ["en", "de"] as const) expect(whyText(event.why, locale)).not.toMatch(/[{}]/);
        }
        if (command.type === "Exit") {
          const outcomes = events.filter(({ type }) => ["StayClosed", "ExitWithoutEntry", "PaymentDemanded", "AttendantCalled"].includes(type));
          expect(outcomes.length).toBe(1);
        }
        const opened = events.find((event) => event.type === "StayOpened");
        if (command.type !== "Enter" || opened?.type !== "StayOpened") return;
        for (const [id, spaces] of [["all", 6], [opened.group, 4]] as const) expect(countOf(state, id).stays).toBeLessThanOrEqual(spaces);
      });
    }), settings);
  });

  test("one open stay of a parker, and of a credential (C1)", () => {
    fc.assert(fc.property(policies, acts, (policy, list) => {
      live(policy, list, ({ state }) => {
        for (const account of state.accounts.values()) {
          const parkers = [...account.open].map((id) => account.stays.get(id)?.parker);
          expect(new Set(parkers).size).toBe(parkers.length);
        }
      });
    }), { ...settings, numRuns: Math.ceil(RUNS / 2) });
  });
});

describe("statements", () => {
  test("an issued statement never changes, numbers have no gap, each stay is on one (I2, I3, I4)", () => {
    let corrections = 0;
    let thawed = 0;
    fc.assert(fc.property(policies, longActs, (policy, list) => {
      const issued = new Map<string, string>();
      const numbers: string[] = [];
      const firstLines = new Set<string>();
      const told = live(policy, list, ({ state }, command, events) => {
        for (const event of events) {
          if (event.type !== "StatementIssued") continue;
          numbers.push(event.statement.number);
          for (const line of event.statement.lines) {
            if (line.type === "correction") corrections += 1;
            if (line.type !== "stay" && line.type !== "exitWithoutEntry") continue;
            const key = `${event.statement.account} ${line.item}`;
            expect(firstLines.has(key), key).toBe(false);
            firstLines.add(key);
          }
          const { vat, totalMinor, lines } = event.statement;
          expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(totalMinor);
          if (vat) expect(vat.netMinor + vat.taxMinor).toBe(totalMinor);
        }
        for (const account of state.accounts.values()) {
          if (command.type === "CloseStay" && account.statements.size > 0 && account.base.sweep.at < START) thawed += 1;
          for (const [month, statement] of account.statements) {
            const key = `${account.id} ${month}`;
            const text = canonicalJson(statement);
            expect(issued.get(key) ?? text).toBe(text);
            issued.set(key, text);
          }
        }
        for (const year of new Set(numbers.map((number) => number.slice(2, 6)))) {
          const ofYear = numbers.filter((number) => number.startsWith(`I-${year}-`));
          expect(ofYear).toEqual(ofYear.map((_, i) => `I-${year}-${String(i + 1).padStart(6, "0")}`));
        }
      });
      for (const account of told.state.accounts.values()) {
        const owed = owedBy(told.state, account, told.now);
        const charges = chargesOf(told.state, account, told.now);
        if (!owed.ok || !charges.ok) throw new Error("not priced");
        const stated = [...account.statements.values()].reduce((sum, { totalMinor }) => sum + totalMinor, 0);
        expect(stated + charges.value.totalMinor).toBe(owed.value.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
      }
    }), settings);
    if (RUNS >= 80) expect(corrections).toBeGreaterThan(0);
    if (RUNS >= 80) expect(thawed).toBeGreaterThan(0);
  });

  test("simultaneous exits in any order give the same charges (D8)", () => {
    fc.assert(fc.property(policies, acts, fc.shuffledSubarray(["firm0", "firm1", "mia0", "mia1"]), (policy, list, order) => {
      const charged = (refs: readonly string[]): string => {
        const told = live({ ...policy, exitWithoutEntryCharge: "none" }, list, () => {});
        for (const ref of refs) decideRights(told.state, { type: "Exit", credential: { ref, kind: "plate" } }, { now: told.now + HOUR, actor: null });
        return canonicalJson([...told.state.accounts.values()].map((account) => chargesOf(told.state, account, told.now + 5 * HOUR)));
      };
      expect(charged(order)).toBe(charged([...order].sort()));
    }), { ...settings, numRuns: Math.ceil(RUNS / 2) });
  });
});
