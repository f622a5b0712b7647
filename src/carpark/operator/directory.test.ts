/** Everything the directory refuses, with nothing lost by a refusal; and what it records. */
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY, HOUR } from "../../kernel/instant.ts";
import { SEED_SEASON_PRICES } from "../../rights/season.ts";
import { seed002Tariff } from "../../tariff/examples/seed-002.ts";
import type { Agreement, Contract, WeeklyWindow } from "../../rights/timeline/facts.ts";
import type { FacilityId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { windowsMeet } from "./directory-terms.ts";
import { type OperatorCommand, type OperatorEvent, decideOperator, evolveOperator } from "./operator.ts";
import type { HolderRef } from "./season-ticket.ts";
import { emptyOperator } from "./state.ts";

const NORTH = "north" as FacilityId;
const SOUTH = "south" as FacilityId;
const NOW = Date.UTC(2026, 0, 30, 22);
const TERMS = { overflow: null, overflowLimit: null };
const CONTACT = "holder-1" as HolderRef;
const where = (id: FacilityId) => ({ id, zone: "Australia/Sydney", currency: "AUD", groups: ["all", "ordinary", "contract"] });

function desk() {
  const state = emptyOperator();
  const log: Recorded<OperatorEvent>[] = [];
  const give = (command: OperatorCommand, at = NOW): string => {
    const before = canonicalJson(state);
    const { events, refusal } = decideOperator(state, command, { now: at, actor: "mia" });
    log.push(...events);
    if (!refusal) return events.map((e) => (e.type === "DirectoryChanged" ? e.act.type : e.type)).join(" ");
    expect(canonicalJson(state)).toBe(before);
    return "why" in refusal ? `${refusal.type} ${refusal.why}` : refusal.type;
  };
  give({ type: "ConfigureOperator", config: { facilities: [where(NORTH), where(SOUTH)], seasonPrices: SEED_SEASON_PRICES } });
  give({ type: "OpenAccount", account: "co", kind: "company", contact: CONTACT, terms: TERMS });
  give({ type: "AddParker", account: "co", parker: "ann", name: null, credentials: [{ ref: "p-ann", kind: "plate" }] });
  give({ type: "AddParker", account: "co", parker: "bob", name: null, credentials: [] });
  return { state, log, give };
}

const contract = (more: Partial<Contract> = {}, facility = NORTH): OperatorCommand => ({
  type: "SignContract", facility, account: "co", contract: {
    id: "c1", from: null, until: null, window: null, parkers: null, group: "contract", overflow: null, overflowLimit: null, monthlyFeeMinor: 9_000, ...more,
  },
});
const agreement = (more: Partial<Agreement> = {}, facility = NORTH): OperatorCommand =>
  ({ type: "MakeAgreement", facility, account: "co", agreement: { id: "a1", from: null, until: null, parkers: null, tariff: null, ...more } });
const window = (more: Partial<WeeklyWindow> = {}): WeeklyWindow => ({ days: [1, 2, 3], fromMs: 8 * HOUR, toMs: 18 * HOUR, ...more });

describe("refused, and nothing is lost", () => {
  it.each<[string, OperatorCommand, string]>([
    ["an account twice", { type: "OpenAccount", account: "co", kind: "person", contact: CONTACT, terms: TERMS }, "accountExists"],
    ["an account that cannot be written", { type: "OpenAccount", account: "co/../x", kind: "person", contact: CONTACT, terms: TERMS }, "rightImpossible id"],
    ["a limit of half a car", { type: "SetAccountTerms", account: "co", terms: { overflow: null, overflowLimit: 0.5 } }, "rightImpossible overflowLimit"],
    ["an unknown account", { type: "SetAccountTerms", account: "xx", terms: TERMS }, "accountUnknown"],
    ["a parker twice", { type: "AddParker", account: "co", parker: "ann", name: null, credentials: [] }, "parkerExists"],
    ["somebody's plate", { type: "AddParker", account: "co", parker: "cyd", name: null, credentials: [{ ref: "p-ann", kind: "plate" }] }, "credentialTaken"],
    ["a plate twice at once", { type: "AddParker", account: "co", parker: "cyd", name: null, credentials: [{ ref: "p-1", kind: "plate" }, { ref: "p-1", kind: "plate" }] }, "credentialTaken"],
    ["a plate for nobody", { type: "AddCredential", account: "co", parker: "zoe", credential: { ref: "p-9", kind: "plate" } }, "parkerUnknown"],
    ["blocking what nobody has", { type: "BlockCredential", credential: "p-9", blocked: true, reason: "x" }, "credentialUnknown"],
    ["blocking without a reason", { type: "BlockCredential", credential: "p-ann", blocked: true, reason: " " }, "reasonMissing"],
    ["unblocking what is not blocked", { type: "BlockCredential", credential: "p-ann", blocked: false, reason: "x" }, "nothingToDo"],
    ["removing another account's plate", { type: "RemoveCredential", account: "co", credential: "p-9", presentIn: [] }, "credentialUnknown"],
    ["removing a plate inside", { type: "RemoveCredential", account: "co", credential: "p-ann", presentIn: [{ facility: NORTH, removePresentCredential: "afterExit" }, { facility: SOUTH, removePresentCredential: "refuse" }] }, "credentialPresent"],
    ["finishing a removal nobody waits for", { type: "FinishRemoval", credential: "p-ann" }, "nothingToDo"],
    ["closing with a car inside", { type: "CloseAccount", account: "co", presentIn: [{ facility: NORTH, removePresentCredential: "afterExit" }], reason: "x" }, "credentialPresent"],
    ["a contract at no car park", contract({}, "west" as FacilityId), "facilityUnknown"],
    ["a contract that ends before it begins", contract({ from: NOW + DAY, until: NOW + DAY }), "contractImpossible period"],
    ["a window without days", contract({ window: window({ days: [] }) }), "contractImpossible window"],
    ["a window on an eighth day", contract({ window: window({ days: [8] }) }), "contractImpossible window"],
    ["a window at 25 o'clock", contract({ window: window({ fromMs: 25 * HOUR }) }), "contractImpossible window"],
    ["a contract for strangers", contract({ parkers: ["zoe"] }), "contractImpossible parkers"],
    ["a contract for nobody", contract({ parkers: [] }), "contractImpossible parkers"],
    ["a negative fee", contract({ monthlyFeeMinor: -1 }), "contractImpossible fee"],
    ["a group that is not there", contract({ group: "roof" }), "contractImpossible group"],
    ["ending what was never signed", { type: "EndContract", account: "co", contract: "c9", until: NOW }, "contractUnknown"],
    ["an agreement in another currency", agreement({ tariff: { ...seed002Tariff, currency: "EUR" } }), "rightImpossible tariff"],
    ["ending an agreement never made", { type: "EndAgreement", account: "co", agreement: "a9", until: NOW }, "contractUnknown"],
  ])("%s", (_, command, refusal) => {
    expect(desk().give(command)).toBe(refusal);
  });

  it("a season card is nobody's parker card", () => {
    const d = desk();
    d.give({ type: "SellSeasonTicket", facility: NORTH, months: 3, firstDay: "2026-01-31", holder: CONTACT, card: "k-1" as CredentialRef, priceMinor: 20_000, means: "visa", till: null });
    expect(d.give({ type: "AddCredential", account: "co", parker: "ann", credential: { ref: "k-1", kind: "card" } })).toBe("credentialTaken");
  });

  it("overlapping agreements, and more contracts than the parkers they are for", () => {
    const d = desk();
    expect(d.give(agreement({ parkers: ["ann"] }))).toBe("AgreementMade");
    expect(d.give(agreement({ id: "a2" }))).toBe("rightImpossible overlap");
    expect(d.give(agreement({ id: "a2", parkers: ["bob"] }))).toBe("AgreementMade");
    expect(d.give(agreement({ id: "a3" }, SOUTH))).toBe("AgreementMade");
    expect(d.give(contract({ parkers: ["ann"], window: window() }))).toBe("ContractSigned");
    expect(d.give(contract({ id: "c2", parkers: ["ann"], window: window({ fromMs: 17 * HOUR, toMs: 20 * HOUR }) }))).toBe("contractImpossible overlap");
    expect(d.give(contract({ id: "c2", parkers: ["ann"], window: window({ fromMs: 18 * HOUR, toMs: 8 * HOUR }) }))).toBe("ContractSigned");
    expect(d.give(contract({ id: "c3", parkers: ["bob"] }))).toBe("ContractSigned");
    expect(d.give(contract({ id: "c5", parkers: ["ann", "bob"] }))).toBe("contractImpossible overlap");
    expect(d.give(contract({ id: "c5", parkers: ["ann", "bob"] }, SOUTH))).toBe("ContractSigned");
    expect(d.give(contract({ id: "c4" }))).toBe("ContractSigned");
    expect(d.give(contract({ id: "c4" }))).toBe("contractExists");
  });

  it("the past is not changed by an end", () => {
    const d = desk();
    d.give(contract());
    expect(d.give({ type: "EndContract", account: "co", contract: "c1", until: NOW - 1 })).toBe("contractImpossible period");
    expect(d.give({ type: "EndContract", account: "co", contract: "c1", until: NOW + DAY })).toBe("ContractEnded");
    expect(d.give({ type: "EndContract", account: "co", contract: "c1", until: NOW + DAY })).toBe("nothingToDo");
  });
});

it("a closed account ends its rights and gives its plates free; its records stay", () => {
  const d = desk();
  d.give(contract());
  d.give(agreement());
  expect(d.give({ type: "CloseAccount", account: "co", presentIn: [], reason: "moved" }))
    .toBe("ContractEnded AgreementEnded CredentialRemoved AccountClosed");
  expect(d.give({ type: "AddCredential", account: "co", parker: "ann", credential: { ref: "p-ann", kind: "plate" } })).toBe("accountClosed");
  expect(d.state.directory.holders.size).toBe(0);
  const again = emptyOperator();
  for (const event of d.log) evolveOperator(again, JSON.parse(JSON.stringify(event)) as Recorded<OperatorEvent>);
  expect(canonicalJson(again)).toBe(canonicalJson(d.state));
});

it.each([
  [window(), window({ days: [4] }), false],
  [window(), window({ days: [3, 4], fromMs: 18 * HOUR, toMs: 20 * HOUR }), false],
  [window({ days: [7], fromMs: 20 * HOUR, toMs: 6 * HOUR }), window({ days: [1], fromMs: 5 * HOUR, toMs: 7 * HOUR }), true],
  [window({ days: [7], fromMs: 20 * HOUR, toMs: 6 * HOUR }), window({ days: [1], fromMs: 6 * HOUR, toMs: 7 * HOUR }), false],
  [null, window(), true],
] as const)("windows %# meet: %s", (a, b, meet) => {
  expect([windowsMeet(a, b), windowsMeet(b, a)]).toEqual([meet, meet]);
});
