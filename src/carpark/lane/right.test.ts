/** Every row of the entry's refusals and of the exit, at a lane; counting, waiting, backing out and restarts with rights. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import type { Policy } from "../../rights/policy.ts";
import { account, contract, kindOf, parker, payAsYouGo } from "../../../test/carpark/account.ts";
import { type Site, local, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { freeSpaces, occupancy } from "../counting/counting.ts";
import type { RightsAct } from "../operator/directory.ts";
import type { FacilityConfig, FacilityId, GroupId, LaneId } from "../facility/config.ts";
import { createFacility, evolve } from "../facility/decide.ts";
import { violations } from "../facility/invariants.ts";
import { decodeState, digestState, encodeState } from "../facility/snapshot.ts";
import { ENTRY_REFUSALS } from "./lane.ts";

const ordinary = "ordinary" as GroupId;
const contractGroup = "contract" as GroupId;
const all = "all" as GroupId;

/** Three spaces for tickets, `contracts` of their own for contracts. */
function config(policy: Partial<Policy> = {}, spaces = { ordinary: 3, contracts: 2 }): FacilityConfig {
  const base = siteConfig({ ordinary: spaces.ordinary, season: 0 });
  return {
    ...base, rightsPolicy: policy, contractGroup,
    groups: [
      { id: all, name: "all", within: null, capacity: [{ spaces: spaces.ordinary + spaces.contracts }] },
      { id: "season" as GroupId, name: "season", within: all, capacity: [{ spaces: 0 }] },
      { id: contractGroup, name: "contract", within: all, capacity: [{ spaces: spaces.contracts }] },
      { id: ordinary, name: "ordinary", within: all, capacity: [{ spaces: spaces.ordinary }] },
    ],
  };
}
const own = { group: contractGroup };
/** A company with two contracts and three parkers; Ann has a plate and a card. */
const company = (s: Site, ...more: readonly RightsAct[]): Site => s.learn(
  account("co"), ...parker("co", "ann", "p-ann", "k-ann"), ...parker("co", "bob", "p-bob"), ...parker("co", "cyd", "p-cyd"),
  contract("co", "c1", own), contract("co", "c2", own), ...more,
);
const site = (policy: Partial<Policy> = {}, spaces?: { ordinary: number; contracts: number }): Site =>
  siteOf(config(policy, spaces), testTariff).at("08:00");
const show = (s: Site, lane: string, ref: string): Site => s.show(lane, kindOf(ref), ref);
const come = (s: Site, ref: string): Site => s.comeIn("E1", kindOf(ref), ref);
const go = (s: Site, ref: string): Site => {
  s.arrive("X1").show("X1", kindOf(ref), ref);
  if (kindOf(ref) === "card") s.takeCard("X1");
  return s.driveThrough("X1");
};
const counts = (s: Site): number[] => [contractGroup, ordinary, all].map((group) => occupancy(s.state, group));

describe("entry: refusals in the documented order", () => {
  const rows: readonly [string, Partial<Policy>, (s: Site) => void, string, string][] = [
    ["the car park is closed", {}, (s) => { s.give({ type: "SetFacilityMode", mode: "closed", reason: "x" }, "amy"); }, "p-ann", "facilityClosed"],
    ["blocked by staff", {}, (s) => { s.learn({ type: "CredentialBlocked", credential: "p-ann", blocked: true, reason: "x" }); }, "p-ann", "credentialBlocked"],
    ["waiting for removal", {}, (s) => { come(s, "p-ann").learn({ type: "CredentialRemovalAwaited", credential: "p-ann" }); }, "p-ann", "credentialBlocked"],
    ["the same plate twice", {}, (s) => { come(s, "p-ann"); }, "p-ann", "alreadyPresent"],
    ["plate inside, card shown", { doubleEntry: "allowPlateReentry" }, (s) => { come(s, "p-ann"); }, "k-ann", "alreadyPresent"],
    ["card inside, plate shown", { doubleEntry: "allowPlateReentry" }, (s) => { come(s, "k-ann"); }, "p-ann", "alreadyPresent"],
    ["an unknown plate where unknown parkers are kept out", { unknownParkers: false }, () => {}, "p-nobody", "noRight"],
    ["an unknown plate where there is no short-term parking", { shortTermOffered: false }, () => {}, "p-nobody", "noRight"],
    ["a contract of another car park", { shortTermOffered: false }, (s) => {
      s.learn(account("far"), ...parker("far", "fay", "p-fay"), contract("far", "f1", {}, "south" as FacilityId));
    }, "p-fay", "wrongFacility"],
    ["a contract that is over", { shortTermOffered: false }, (s) => {
      s.learn(account("old"), ...parker("old", "oda", "p-oda"), contract("old", "o1", { until: local("07:00") }));
    }, "p-oda", "expired"],
    ["a night contract by day", { shortTermOffered: false }, (s) => {
      s.learn(account("res"), ...parker("res", "rae", "p-rae"), contract("res", "r1", { window: { days: [1, 2, 3, 4, 5, 6, 7], fromMs: 18 * HOUR, toMs: 8 * HOUR } }));
    }, "p-rae", "outsideWindow"],
    ["a third car of two contracts, overflow refused", { overflow: "refuse" }, (s) => { come(come(s, "p-ann"), "p-bob"); }, "p-cyd", "overflowRefused"],
    ["a third car of two contracts without agreement", {}, (s) => { come(come(s, "p-ann"), "p-bob"); }, "p-cyd", "overflowRefused"],
    ["a contract whose group is full", {}, (s) => { s.give({ type: "AdjustCount", group: contractGroup, delta: 2, reason: "x" }, "amy"); }, "p-ann", "groupFull"],
    ["an unknown plate when tickets are full", {}, (s) => { s.give({ type: "AdjustCount", group: ordinary, delta: 3, reason: "x" }, "amy"); }, "p-nobody", "groupFull"],
  ];
  it.each(rows)("%s: %#", (_, policy, given, ref, reason) => {
    const s = company(site(policy));
    given(s);
    show(s.arrive("E1"), "E1", ref);
    expect(s.last("EntryRefused").reason).toBe(reason);
    expect(s.output("E1").barrier).not.toBe("open");
    if (reason !== "groupFull" && reason !== "facilityClosed") expect(s.output("E1").display).toMatchObject({ key: "refused", reason });
    expect(violations(s.state)).toEqual([]);
  });

  it("the order is the list's", () => {
    const given = rows.map(([, , , , reason]) => ENTRY_REFUSALS.indexOf(reason as (typeof ENTRY_REFUSALS)[number]));
    expect(given.every((place) => place >= 0)).toBe(true);
    const s = company(site({ overflow: "refuse" }));
    come(come(s, "p-ann"), "p-bob");
    s.give({ type: "AdjustCount", group: ordinary, delta: 9, reason: "x" }, "amy");
    show(s.arrive("E1"), "E1", "p-cyd");
    expect(s.last("EntryRefused").reason).toBe("overflowRefused");
    s.learn({ type: "CredentialBlocked", credential: "p-cyd", blocked: true, reason: "x" });
    show(s, "E1", "p-cyd");
    expect(s.last("EntryRefused").reason).toBe("credentialBlocked");
    s.give({ type: "SetFacilityMode", mode: "closed", reason: "x" }, "amy");
    show(s, "E1", "p-cyd");
    expect(s.last("EntryRefused").reason).toBe("facilityClosed");
  });

  it("a reading older than 10 s opens nothing; a code nobody knows says so", () => {
    const s = company(site()).arrive("E1");
    expect(s.give({ type: "PresentCredential", lane: "E1" as LaneId, credential: { kind: "plate", ref: "p-ann" }, readAt: s.now - 10 * SECOND - 1 }))
      .toMatchObject({ type: "readStale" });
    s.show("E1", "qr", null);
    expect(s.last("EntryRefused")).toMatchObject({ reason: "noRight", right: null });
    s.show("E1", "plate", "p-ann", s.now - 10 * SECOND);
    expect(s.output("E1").barrier).toBe("open");
  });
});

describe("counting is one truth (A1, A3, A8)", () => {
  it("a contract car counts in its group, an overflow car among tickets, and moves when it is promoted", () => {
    const s = company(site(), payAsYouGo("co", "payg"));
    come(come(come(s, "p-ann"), "p-bob"), "p-cyd");
    expect(counts(s)).toEqual([2, 1, 3]);
    expect(s.last("StayOpened")).toMatchObject({ basis: "payAsYouGo", group: ordinary });
    go(s.at("09:00"), "p-ann");
    expect(s.last("StayGroupChanged")).toMatchObject({ from: ordinary, group: contractGroup });
    expect(counts(s)).toEqual([2, 0, 2]);
    expect(violations(s.state)).toEqual([]);
  });

  it("two cars of one account at two lanes never use one contract space (A3)", () => {
    const s = company(site({ overflow: "refuse" }, { ordinary: 3, contracts: 2 }));
    come(s, "p-ann");
    show(s.arrive("E1"), "E1", "p-bob");
    show(s.arrive("E2"), "E2", "p-cyd");
    expect(s.last("EntryRefused").reason).toBe("overflowRefused");
    expect(freeSpaces(s.state, contractGroup, s.now)).toBe(0);
  });

  it("a full car park still admits a contract car whose group has a space", () => {
    const s = company(site({}, { ordinary: 1, contracts: 2 }));
    s.enter("E1");
    expect(s.sign()).toBe("carParkFull");
    s.arrive("E1");
    expect(s.output("E1").display.key).toBe("full");
    show(s, "E1", "p-ann");
    expect(s.output("E1").barrier).toBe("open");
  });

  it("a booking keeps a space among tickets until its car has come and gone", () => {
    const s = company(site({}, { ordinary: 1, contracts: 0 }), ...parker("co", "dot", "p-dot"));
    s.give({ type: "AskRights", command: { type: "MakeBooking", account: "co", parker: "dot", from: local("09:00"), to: local("11:00") } });
    expect(freeSpaces(s.state, ordinary, s.now)).toBe(1);
    s.at("09:00");
    expect([freeSpaces(s.state, ordinary, s.now), s.sign()]).toEqual([0, "carParkFull"]);
    s.arrive("E1");
    expect(s.output("E1").display.key).toBe("full");
    show(s.arrive("E2"), "E2", "p-dot").driveThrough("E2");
    expect(s.last("StayOpened")).toMatchObject({ basis: "booking", group: ordinary });
    go(s, "p-dot");
    expect(s.output("E1").display.key).toBe("pressButton");
  });
});

describe("waiting respects the group a right would occupy (A9, A10)", () => {
  it("a contract car waits for its group and is let in by itself, past ticket cars that wait for theirs", () => {
    const s = company(site({}, { ordinary: 1, contracts: 1 }));
    s.enter("E1");
    come(s, "p-ann");
    s.arrive("E1").wait(SECOND);
    show(s.arrive("E2"), "E2", "p-bob");
    expect(s.state.waiting.map(({ lane }) => lane)).toEqual(["E1", "E2"]);
    go(s, "p-ann");
    expect(s.output("E2").barrier).toBe("open");
    expect(s.output("E1").display.key).toBe("full");
    s.driveThrough("E2");
    expect(counts(s)).toEqual([1, 1, 2]);
    expect(violations(s.state)).toEqual([]);
  });

  it("what stands against it by then is shown, and it waits no more", () => {
    const s = company(site({}, { ordinary: 3, contracts: 1 }));
    come(s, "p-ann");
    show(s.arrive("E2"), "E2", "p-bob");
    s.learn({ type: "CredentialBlocked", credential: "p-bob", blocked: true, reason: "x" });
    go(s, "p-ann");
    expect(s.output("E2").display).toMatchObject({ key: "refused", reason: "credentialBlocked" });
    expect(s.state.waiting).toEqual([]);
  });

  it("where tickets have a space, the button still gives one", () => {
    const s = company(site({}, { ordinary: 3, contracts: 1 }));
    come(s, "p-ann");
    show(s.arrive("E2"), "E2", "p-bob").press("E2");
    expect(s.last("TicketOrdered").lane).toBe("E2");
  });
});

describe("a car that does not come in", () => {
  it("backing out leaves nothing covered and nothing charged (A13)", () => {
    const s = company(site());
    show(s.arrive("E1"), "E1", "p-ann").armOpens("E1").backOut("E1");
    expect(s.last("MovementEnded").how).toBe("backedOut");
    expect(s.state.rights.openByCredential.size).toBe(0);
    expect(counts(s)).toEqual([0, 0, 0]);
    come(s, "p-ann");
    expect(counts(s)).toEqual([1, 0, 1]);
  });

  it("the stay it superseded stays closed: its car was outside", () => {
    const s = company(site({ doubleEntry: "allowPlateReentry" }));
    come(s, "p-ann");
    show(s.at("09:00").arrive("E1"), "E1", "p-ann");
    expect(s.last("StayClosed").how).toBe("superseded");
    s.backOut("E1");
    expect(counts(s)).toEqual([0, 0, 0]);
  });

  it("a tailgater behind a contract car is irregular, not the contract's (B6)", () => {
    const s = company(site());
    show(s.arrive("E1"), "E1", "p-ann").armOpens("E1");
    s.sense("E1", "underArm", true).sense("E1", "arming", false).sense("E1", "closing", true).sense("E1", "underArm", false);
    s.sense("E1", "arming", true).sense("E1", "underArm", true).sense("E1", "closing", false);
    s.sense("E1", "arming", false).sense("E1", "closing", true).sense("E1", "underArm", false).sense("E1", "closing", false);
    expect(s.last("StayOpened")).toMatchObject({ basis: "irregular", flags: ["tailgate"], group: ordinary });
    expect(counts(s)).toEqual([1, 1, 2]);
  });

  it("a card in the slot is taken before the arm rises; staff open when it is not", () => {
    const s = company(site());
    s.arrive("E1").card("E1", "k-ann");
    expect(s.output("E1")).toMatchObject({ display: { key: "takeCard" } });
    expect(s.output("E1").barrier).not.toBe("open");
    s.give({ type: "OpenByStaff", lane: "E1" as LaneId, reason: "card jammed" }, "amy");
    s.driveThrough("E1");
    expect(s.last("StayOpened")).toMatchObject({ basis: "contract", credential: { kind: "right" } });
  });
});

describe("exit", () => {
  it.each([
    ["covered by contract: released", "p-ann", "09:00", "ExitReleased"],
    ["an unknown plate owes at the machine", "p-visitor", "09:00", "PaymentAsked"],
    ["an unknown plate owes from the first moment", "p-visitor", "08:00", "PaymentAsked"],
  ] as const)("%s", (_, ref, at, type) => {
    const s = company(site());
    come(s, ref);
    show(s.at(at === "08:00" ? s.now : at).arrive("X1"), "X1", ref);
    expect(s.log.at(-1)!.type).toBe(type);
  });

  it("paid by phone the arm rises by itself, and within the grace it may come back (E20)", () => {
    const s = company(site());
    show(come(s, "p-visitor").at("09:30").arrive("X1"), "X1", "p-visitor");
    expect(s.output("X1").display).toMatchObject({ key: "payHere", amountMinor: 500 });
    const { right, dueMinor } = s.last("PaymentAsked");
    const pay = (amountMinor: number) => s.give({ type: "PayStay", stay: right.stay ?? "", amountMinor, means: "phone", reference: "R1" });
    expect(pay(dueMinor - 1)).toMatchObject({ type: "amountTooSmall" });
    expect(pay(dueMinor + 1)).toMatchObject({ type: "amountTooLarge" });
    expect(pay(dueMinor)).toBeNull();
    expect(s.output("X1").barrier).toBe("open");
    expect(pay(dueMinor)).toMatchObject({ type: "nothingToDo" });
    s.backOut("X1").wait(14 * MINUTE);
    show(s.arrive("X1"), "X1", "p-visitor").driveThrough("X1");
    expect(counts(s)).toEqual([0, 0, 0]);
  });

  it("nobody is trapped: unpaid after two minutes the attendant is called and may open", () => {
    const s = company(site());
    show(come(s, "p-visitor").at("09:30").arrive("X1"), "X1", "p-visitor").wait(2 * MINUTE);
    expect(s.last("CallRang").reason).toBe("paymentDue");
    s.give({ type: "OpenByStaff", lane: "X1" as LaneId, reason: "terminal broken" }, "amy");
    s.driveThrough("X1");
    expect(s.last("Rights").rights).toMatchObject({ type: "StayClosed", cause: "releasedByStaff", unpaidMinor: 500 });
    expect(counts(s)).toEqual([0, 0, 0]);
  });

  it("shown again while the attendant is called, the amount stands there again and one call rings on; when it ends there is time anew", () => {
    const s = company(site());
    const rang = () => s.log.filter(({ type }) => type === "CallRang").length;
    show(come(s, "p-visitor").at("09:30").arrive("X1"), "X1", "p-visitor").wait(2 * MINUTE);
    show(s, "X1", "p-visitor").wait(10 * MINUTE);
    expect(s.output("X1").display).toMatchObject({ key: "payHere" });
    expect([rang(), s.state.calls.size]).toEqual([1, 1]);
    s.give({ type: "EndCall", call: s.last("CallRang").call, outcome: "advised" }, "amy");
    s.wait(2 * MINUTE - 1);
    expect(rang()).toBe(1);
    s.wait(1);
    expect(rang()).toBe(2);
  });

  it("a block never stops an exit; neutral leaves as present", () => {
    const s = company(site());
    come(s, "p-ann").learn({ type: "CredentialBlocked", credential: "p-ann", blocked: true, reason: "x" });
    s.give({ type: "SetNeutral", stay: [...s.state.stays.keys()][0]!, reason: "doubt" }, "amy");
    expect(s.last("StayNeutralSet").reason).toBe("doubt");
    go(s, "p-ann");
    expect(counts(s)).toEqual([0, 0, 0]);
  });

  it.each([
    ["known", false, "ExitReleased"], ["authorised", false, "ExitReleased"], ["present", false, "ExitRefused"],
    // Somebody is inside by ticket: it may be the card in that driver's pocket.
    ["known", true, "ExitRefused"],
  ] as const)("a card not inside, exit rule %s, ticket inside: %s -> %s", (exitRule, ticket, outcome) => {
    const s = company(site({ exitRule }));
    if (ticket) s.enter("E1");
    show(s.arrive("X1"), "X1", "k-ann");
    expect(s.seen().findLast((type) => type.startsWith("Exit"))).toBe(outcome);
    if (outcome === "ExitReleased") {
      s.takeCard("X1").driveThrough("X1");
      expect(s.log.some((e) => e.type === "Rights" && e.rights.type === "ExitWithoutEntry")).toBe(true);
      expect(s.last("AnomalousExit").lane).toBe("X1");
    } else expect(s.last("CallRang").reason).toBe("notPresent");
  });

  it("a plate that came in by ticket is asked for its ticket", () => {
    const s = company(site());
    s.arrive("E1").give({ type: "AttachPlate", lane: "E1" as LaneId, plate: "p-ann" as never });
    s.press("E1").print("E1");
    const ticket = s.ticketAt("E1");
    s.take("E1").driveThrough("E1");
    show(s.at("09:00").arrive("X1"), "X1", "p-ann");
    expect(s.last("ExitRefused").reason).toBe("enteredByTicket");
    expect(s.last("CallRang").ticket).toBe(ticket);
  });

  it("in safe mode the attendant decides", () => {
    const s = company(site());
    come(s, "p-ann").give({ type: "EnterSafeMode", reason: "test" });
    show(s.arrive("X1"), "X1", "p-ann");
    expect(s.last("ExitRefused").reason).toBe("safeMode");
  });
});

describe("staff", () => {
  it("open for a refused car as what it showed: listed as irregular, by its right from now", () => {
    const s = company(site({ overflow: "refuse" }));
    show(come(come(s, "p-ann"), "p-bob").arrive("E1"), "E1", "p-cyd");
    s.give({ type: "OpenByStaff", lane: "E1" as LaneId, reason: "the boss" }, "amy");
    s.driveThrough("E1");
    expect(s.last("StayOpened")).toMatchObject({ credential: { kind: "right", credential: { ref: "p-cyd" } }, flags: ["manual"] });
    expect(violations(s.state)).toEqual([]);
  });

  it("let in and out by hand, close with a time and without", () => {
    const s = company(site());
    const admit = (ref: string) => s.give({ type: "DecideRights", command: { type: "StaffAdmit", credential: { ref, kind: "plate" }, reason: "power cut" } }, "amy");
    expect(admit("p-ann")).toBeNull();
    expect(s.last("StayOpened")).toMatchObject({ basis: "contract", group: contractGroup, flags: ["manual"] });
    expect(s.give({ type: "ReleaseByHand", stay: s.last("StayOpened").stay, reason: "third party" }, "amy")).toBeNull();
    expect(s.last("StayClosed").how).toBe("manualRelease");
    admit("p-bob");
    s.at("10:00");
    expect(s.give({ type: "CloseStay", stay: s.last("StayOpened").stay, exitedAt: local("09:00"), reason: "gone" }, "amy")).toBeNull();
    expect(s.last("StayClosed")).toMatchObject({ how: "closedByStaff", exitedAt: local("09:00") });
    expect(counts(s)).toEqual([0, 0, 0]);
    expect(s.give({ type: "DecideRights", command: { type: "StaffAdmit", credential: { ref: "p-ann", kind: "plate" }, reason: " " } }, "amy")).toEqual({ type: "reasonMissing" });
  });

  it("set an account or the whole car park neutral; a fire does it for all", () => {
    const s = company(site());
    come(come(s, "p-ann"), "p-visitor");
    s.give({ type: "DecideRights", command: { type: "SetNeutral", scope: { type: "account", account: "co" }, reason: "audit" } }, "amy");
    const neutral = () => [...s.state.stays.values()].map(({ flags }) => flags.includes("neutral"));
    expect(neutral()).toEqual([true, false]);
    s.give({ type: "RaiseFireAlarm" });
    s.give({ type: "ResetFireAlarm", reason: "false alarm" }, "amy");
    expect(neutral()).toEqual([true, true]);
    expect([...s.state.rights.visitors.values()][0]!.neutralAt).toBe(s.now);
  });

  it("a window that closes while inside moves the stay at that instant, without any command", () => {
    const s = site().learn(account("res"), ...parker("res", "rae", "p-rae"), payAsYouGo("res", "payg"),
      contract("res", "r1", { ...own, window: { days: [1], fromMs: 7 * HOUR, toMs: 9 * HOUR } }));
    come(s, "p-rae");
    expect(counts(s)).toEqual([1, 0, 1]);
    s.at("12:00");
    expect(s.last("StayGroupChanged")).toMatchObject({ group: ordinary, at: local("09:00") });
    expect(counts(s)).toEqual([0, 1, 1]);
  });
});

it("snapshot, replay and restart agree with rights inside and at the lanes (F6, F7, F9)", () => {
  const s = company(site(), payAsYouGo("co", "payg"));
  come(come(come(s, "p-ann"), "p-bob"), "p-visitor");
  show(s.arrive("E1"), "E1", "p-cyd");
  const copy = decodeState(JSON.parse(JSON.stringify(encodeState(s.state))));
  expect(digestState(copy)).toBe(s.digest());
  const again = createFacility(s.state.id).state;
  for (const event of s.log) evolve(again, JSON.parse(JSON.stringify(event)));
  expect(digestState(again)).toBe(s.digest());
  s.restart().readAll();
  expect(s.last("StayOpened")).toMatchObject({ flags: ["passageUnknown"], credential: { kind: "right", credential: { ref: "p-cyd" } } });
  expect(counts(s)).toEqual([2, 2, 4]);
});

it("a policy in the file holds from the beginning, a changed file from now on, and what staff set else stays", () => {
  const s = site({ overflow: "refuse" });
  const policy = () => s.state.rights.policy.at(-1)!;
  s.give({ type: "DecideRights", command: { type: "SetPolicy", policy: { windowEnd: "free" } } }, "mia");
  s.at("09:00").give({ type: "ConfigureFacility", config: config({ overflow: "report" }) });
  expect(policy()).toMatchObject({ from: local("09:00"), value: { overflow: "report", windowEnd: "free" } });
});
