/** The entry as a story: one car for which every refusal applies; each row takes the first away and meets the next. */
import { describe, expect, test } from "vitest";
import type { Tariff } from "../../tariff/tariff.ts";
import type { RightsCommand } from "./command.ts";
import { decideRights } from "./decide.ts";
import { ENTRY_REFUSALS } from "./refusal.ts";
import { emptyRights } from "./state.ts";

const tariff: Tariff = { id: "t", version: 1, currency: "EUR", tables: [{ id: "h", version: 1, rateLineCollections: [{
  id: "c", collectionSequence: 1, applicableCurrency: "EUR", relativeTimes: true, taxIncluded: true,
  rateLines: [{ id: "l", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited", value: 2 }],
}] }] };
const NOW = Date.UTC(2026, 2, 2, 12);
const a = { ref: "A", kind: "plate" } as const;
const card = { ref: "CA", kind: "card" } as const;
const b = { ref: "B", kind: "plate" } as const;
const group = (spaces: number) => [{ id: "shortTerm", within: null, spaces }, { id: "contract", within: null, spaces: 5 }];
const contract = (id: string, parkers: readonly string[]) => ({
  id, from: null, until: null, window: null, parkers, group: "contract", overflow: null, overflowLimit: null, monthlyFeeMinor: 0,
});
const config = { facility: "f", zone: "UTC", currency: "EUR", issuer: "I", vatRatePercent: null, lostTicketMinor: null,
  shortTermGroup: "shortTerm", contractGroup: "contract", seasonGroup: "contract", serviceGroup: "shortTerm" };

/** Parker `a` is inside by card, blocked by plate, and has no right; the facility is closed and full. */
const BEGINNING: readonly RightsCommand[] = [
  { type: "ConfigureRights", tariff, config: { ...config, groups: group(1) }, policy: { shortTermOffered: false } },
  { type: "OpenAccount", account: "firm", terms: { overflow: null, overflowLimit: null } },
  { type: "AddParker", account: "firm", parker: "a", credentials: [a, card] },
  { type: "AddParker", account: "firm", parker: "b", credentials: [b] },
  { type: "StaffAdmit", credential: { ref: "X", kind: "plate" }, reason: "full" },
  { type: "StaffAdmit", credential: card, reason: "inside" },
  { type: "BlockCredential", credential: "A", blocked: true, reason: "unpaid" },
  { type: "SetOpening", open: false, reason: "night" },
];

const STORY: readonly { readonly refused: (typeof ENTRY_REFUSALS)[number]; readonly then: readonly RightsCommand[] }[] = [
  { refused: "facilityClosed", then: [{ type: "SetOpening", open: true, reason: "day" }] },
  { refused: "credentialBlocked", then: [{ type: "BlockCredential", credential: "A", blocked: false, reason: "paid" }] },
  { refused: "alreadyPresent", then: [{ type: "StaffRelease", credential: card, reason: "out" }] },
  { refused: "notAuthorised", then: [{ type: "SetPolicy", policy: { shortTermOffered: true } }, { type: "SignContract", account: "firm", contract: contract("c", ["b"]) }] },
  { refused: "overflowRefused", then: [{ type: "MakeAgreement", account: "firm", agreement: { id: "p", from: null, until: null, parkers: null, tariff: null } }] },
  { refused: "groupFull", then: [{ type: "StaffRelease", credential: { ref: "X", kind: "plate" }, reason: "out" }] },
];

describe("entry", () => {
  test("refusals come in the documented order, and behind the last the car is admitted", () => {
    const state = emptyRights();
    const tell = (command: RightsCommand) => decideRights(state, command, { now: NOW, actor: "staff" });
    for (const command of BEGINNING) expect(tell(command).refusal).toBeNull();
    expect(STORY.map(({ refused }) => refused)).toEqual(ENTRY_REFUSALS);
    for (const { refused, then } of STORY) {
      const event = tell({ type: "Enter", credential: a }).events.find(({ type }) => type === "EntryRefused");
      expect(event?.type === "EntryRefused" && event.refusal.type).toBe(refused);
      for (const command of then) expect(tell(command).refusal).toBeNull();
    }
    expect(tell({ type: "Enter", credential: a }).events.map(({ type }) => type)).toContain("StayOpened");
  });

  test.each<[string, RightsCommand, string]>([
    ["an unknown account", { type: "MakeBooking", account: "nobody", parker: "a", from: NOW, to: NOW + 1 }, "accountUnknown"],
    ["a booking that ends before it begins", { type: "MakeBooking", account: "firm", parker: "a", from: NOW + 2, to: NOW + 1 }, "bookingImpossible"],
    ["a booking of the past", { type: "MakeBooking", account: "firm", parker: "a", from: NOW - 2, to: NOW - 1 }, "bookingImpossible"],
    ["a window of no day", { type: "SignContract", account: "firm", contract: { ...contract("w", ["a"]), parkers: null, window: { days: [], fromMs: 0, toMs: 1 } } }, "contractImpossible"],
    ["a contract for a parker nobody knows", { type: "SignContract", account: "firm", contract: contract("z", ["zz"]) }, "contractImpossible"],
    ["a plate kept for longer than a day", { type: "SetPolicy", policy: { erasePlateAfter: 90_000_000 } }, "policyImpossible"],
    ["a month that is not over", { type: "IssueStatement", account: "firm", month: "2026-03" }, "monthNotOver"],
    ["no month", { type: "IssueStatement", account: "firm", month: "2026-13" }, "notAMonth"],
    ["a credential of somebody else", { type: "AddParker", account: "firm", parker: "c", credentials: [a] }, "credentialTaken"],
    ["closing what nobody opened", { type: "CloseStay", credential: "B", enteredAt: null, exitedAt: null, reason: "r" }, "noStay"],
    ["an exit before the entry", { type: "CloseStay", credential: "CA", enteredAt: null, exitedAt: NOW - 1, reason: "r" }, "timeImpossible"],
    ["a staff act without reason", { type: "SetNeutral", scope: { type: "facility" }, reason: " " }, "reasonMissing"],
  ])("%s is refused and changes nothing", (_name, command, refusal) => {
    const state = emptyRights();
    for (const one of BEGINNING) decideRights(state, one, { now: NOW, actor: "staff" });
    const decided = decideRights(state, command, { now: NOW, actor: "staff" });
    expect(decided.refusal?.type).toBe(refusal);
    expect(decided.events).toEqual([]);
  });
});
