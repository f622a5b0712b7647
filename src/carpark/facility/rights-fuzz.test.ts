/**
 * Account holders, visitors by plate and ticket customers in any order, with staff, the operator and the clock between them:
 * no assertion breaks, the rights and the count are one picture, a replay agrees.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import { account, contract, kindOf, parker, payAsYouGo } from "../../../test/carpark/account.ts";
import { type Site, local, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { capacity, occupancy, reserved } from "../counting/counting.ts";
import type { RightsAct } from "../operator/directory.ts";
import type { FacilityCommand, HolderRightsCommand, StaffRightsCommand } from "./command.ts";
import type { FacilityConfig, GroupId, LaneId } from "./config.ts";
import { createFacility, evolve } from "./decide.ts";
import type { Recorded } from "./event.ts";
import { violations } from "./invariants.ts";
import { decodeState, digestState, encodeState } from "./snapshot.ts";

const RUNS = Number(process.env["GATEHOUSE_FUZZ_RUNS"] ?? 300);

const ordinary = "ordinary" as GroupId;
const contracts = "contract" as GroupId;
const all = "all" as GroupId;

function config(policy: FacilityConfig["rightsPolicy"]): FacilityConfig {
  const base = siteConfig({ ordinary: 2, season: 0 });
  return {
    ...base, rightsPolicy: policy ?? {}, contractGroup: contracts,
    groups: [
      { id: all, name: "all", within: null, capacity: [{ spaces: 4 }] }, { id: "season" as GroupId, name: "season", within: all, capacity: [{ spaces: 0 }] },
      { id: contracts, name: "contract", within: all, capacity: [{ spaces: 2 }] }, { id: ordinary, name: "ordinary", within: all, capacity: [{ spaces: 2 }] },
    ],
  };
}

const REFS = ["p-ann", "k-ann", "p-bob", "p-cyd", "p-dot", "p-vis", "q-vis"] as const;
const ref = fc.constantFrom(...REFS);
const entry = fc.constantFrom("E1", "E2");
const lane = fc.constantFrom("E1", "E2", "X1") as fc.Arbitrary<LaneId>;
const shown = (credential: string) => ({ ref: credential, kind: kindOf(credential) });

type Step = (s: Site) => void;
const give = (command: FacilityCommand): Step => (s) => void s.give(command, "amy");
const staff = (command: StaffRightsCommand): Step => give({ type: "DecideRights", command });
const ask = (command: HolderRightsCommand): Step => give({ type: "AskRights", command });
const edges = (at: string, way: readonly (readonly ["arming" | "underArm" | "closing", boolean])[]): Step => (s) => { for (const [loop, on] of way) s.sense(at, loop, on); };
const through = (at: string): Step => edges(at, [["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]]);
const show = (at: string, credential: string): Step => (s) => {
  s.arrive(at).show(at, kindOf(credential), credential);
  if (kindOf(credential) === "card") s.takeCard(at);
};
const pass = (at: string, credential: string): Step => (s) => { show(at, credential)(s); through(at)(s); };

const way: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(entry, ref).map(([at, credential]) => pass(at, credential)) },
  { weight: 5, arbitrary: ref.map((credential) => pass("X1", credential)) },
  { weight: 4, arbitrary: fc.tuple(lane, ref).map(([at, credential]) => show(at, credential)) },
  // More cars of the company than it has contracts.
  { weight: 2, arbitrary: entry.map((at): Step => (s) => { for (const credential of ["p-ann", "p-bob", "p-cyd"]) pass(at, credential)(s); }) },
  { weight: 2, arbitrary: lane.map((at) => edges(at, [["arming", false]])) },
  { weight: 2, arbitrary: entry.map((at): Step => (s) => { s.arrive(at).press(at); }) },
  { weight: 2, arbitrary: lane.map((at) => edges(at, [["underArm", false], ["closing", false], ["arming", false]])) },
  { weight: 2, arbitrary: fc.tuple(lane, fc.constantFrom("arming", "underArm", "closing") as fc.Arbitrary<"arming" | "underArm" | "closing">, fc.boolean()).map(([at, loop, on]) => edges(at, [[loop, on]])) },
  { weight: 4, arbitrary: fc.tuple(entry, fc.constantFrom("p-vis", "q-vis")).map(([at, credential]): Step => (s) => {
    pass(at, credential)(s);
    s.wait(20 * MINUTE);
    show("X1", credential)(s);
    const movement = s.state.lanes.get("X1" as LaneId)?.movement;
    if (movement?.phase.step !== "paymentDue" || !movement.right?.stay) return;
    s.give({ type: "PayStay", stay: movement.right.stay, amountMinor: movement.phase.dueMinor, means: "terminal", reference: "R" });
    through("X1")(s);
  }) },
  { weight: 2, arbitrary: lane.map((at) => give({ type: "OpenByStaff", lane: at, reason: "queue" })) },
  { weight: 1, arbitrary: ref.map((credential) => staff({ type: "StaffAdmit", credential: shown(credential), reason: "x" })) },
  { weight: 1, arbitrary: ref.map((credential) => staff({ type: "StaffRelease", credential: shown(credential), reason: "x" })) },
  { weight: 1, arbitrary: ref.map((credential) => staff({ type: "CloseStay", credential, enteredAt: null, exitedAt: null, reason: "x" })) },
  { weight: 1, arbitrary: ref.map((credential) => staff({ type: "SetNeutral", scope: { type: "stay", credential }, reason: "x" })) },
  { weight: 1, arbitrary: fc.constant(staff({ type: "SetNeutral", scope: { type: "account", account: "co" }, reason: "x" })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }).map((n): Step => (s) => {
    const stay = [...s.state.stays.keys()][n];
    if (stay) s.give({ type: n % 2 ? "CloseStay" : "SetNeutral", stay, reason: "x" }, "amy");
  }) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: -60, max: 180 }), fc.integer({ min: 1, max: 240 })).map(([from, minutes]): Step => (s) =>
    ask({ type: "MakeBooking", account: "co", parker: "dot", from: s.now + from * MINUTE, to: s.now + (from + minutes) * MINUTE })(s)) },
  { weight: 3, arbitrary: entry.map((at): Step => (s) => {
    ask({ type: "MakeBooking", account: "co", parker: "dot", from: s.now, to: s.now + HOUR })(s);
    pass(at, "p-dot")(s);
  }) },
  { weight: 1, arbitrary: fc.constant<Step>((s) => ask({ type: "LearnExternalRight", right: { provider: "app", right: "r1", credential: "p-vis", from: s.now - HOUR, until: s.now + HOUR } })(s)) },
  { weight: 2, arbitrary: fc.tuple(entry, ref, fc.boolean()).map(([at, credential, blocked]): Step => (s) => {
    s.learn({ type: "CredentialBlocked", credential, blocked, reason: "x" });
    show(at, credential)(s);
  }) },
  { weight: 1, arbitrary: fc.constant<Step>((s) => { s.learn({ type: "CredentialRemoved", credential: "p-bob" }, ...parker("co", "bob", "p-bob").slice(1)); }) },
  { weight: 1, arbitrary: fc.constantFrom<RightsAct>(
    { type: "CredentialRemoved", credential: "p-bob" }, ...parker("co", "bob", "p-bob"), contract("co", "c3", { group: contracts }),
    { type: "ContractEnded", facility: "north" as never, account: "co", contract: "c1", until: local("09:00") }, payAsYouGo("co", "payg"),
    { type: "AgreementEnded", facility: "north" as never, account: "co", agreement: "payg", until: local("10:00") },
  ).map((act): Step => (s) => { s.learn(act); }) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }).map((delta) => give({ type: "AdjustCount", group: contracts, delta, reason: "recount" })) },
  { weight: 1, arbitrary: fc.constantFrom<FacilityCommand>({ type: "RaiseFireAlarm" }, { type: "ResetFireAlarm", reason: "x" }, { type: "SetFacilityMode", mode: "open", reason: "x" }, { type: "ClosePeriod" }).map(give) },
  { weight: 1, arbitrary: fc.constant<Step>((s) => { s.restart().readAll(); }) },
);

const policy: fc.Arbitrary<NonNullable<FacilityConfig["rightsPolicy"]>> = fc.record({
  doubleEntry: fc.constantFrom("refuse", "allowPlateReentry"), unknownExit: fc.constantFrom("inFavour", "untilNoticed"),
  overflow: fc.constantFrom("payAsYouGo", "refuse", "report"), windowEnd: fc.constantFrom("charge", "free"), expiredRight: fc.constantFrom("charge", "free"),
  neutralCountsAs: fc.constantFrom("absent", "present"), neutralProof: fc.constantFrom("waive", "charge"),
  removePresentCredential: fc.constantFrom("refuse", "afterExit"), exitRule: fc.constantFrom("known", "authorised", "present"),
});
const steps = fc.array(fc.record({
  waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * SECOND }), fc.integer({ min: 0, max: 90 * MINUTE })), way,
}), { minLength: 8, maxLength: 45 });

function siteWith(rightsPolicy: NonNullable<FacilityConfig["rightsPolicy"]>, agreement: boolean): Site {
  const s = siteOf(config(rightsPolicy), testTariff, local("07:00"));
  s.learn(account("co"), ...parker("co", "ann", "p-ann", "k-ann"), ...parker("co", "bob", "p-bob"), ...parker("co", "cyd", "p-cyd"), ...parker("co", "dot", "p-dot"),
    contract("co", "c1", { group: contracts }), contract("co", "c2", { group: contracts, window: { days: [1], fromMs: 8 * HOUR, toMs: 11 * HOUR } }));
  if (agreement) s.learn(payAsYouGo("co", "p1"));
  return s;
}

const GROUPS = [contracts, ordinary, all];
const overfull = (s: Site): GroupId[] => GROUPS.filter((group) => occupancy(s.state, group) + reserved(s.state, group) > capacity(s.state, group, s.now));

/** Who let more in than there is room for: staff, a tailgater, a correction of the count, a right that changed, doubt about who is inside. */
const isCause = (e: Recorded): boolean => {
  switch (e.type) {
    case "OccupancyAdjusted": case "IrregularPassage": case "StayGroupChanged": case "StayNeutralSet": return true;
    case "EntryAdmitted": return e.pass.by === "staff";
    case "Rights": return e.rights.type === "StayOpened" && e.rights.irregular || e.rights.type === "CoverageAdvanced";
    default: return false;
  }
};

describe("any sequence with account holders", () => {
  const reached = new Map<string, number>();

  it("keeps A1, A3, A4, A7, A8, A11, C1, C3 and replays to the same state (F6, F7, F9)", () => {
    fc.assert(fc.property(policy, fc.constantFrom(true, true, true, false), steps, (rightsPolicy, agreement, sequence) => {
      const s = siteWith(rightsPolicy, agreement);
      for (const step of sequence) {
        s.wait(step.waitMs);
        const [before, full] = [s.log.length, overfull(s)];
        step.way(s);
        expect(violations(s.state)).toEqual([]);
        const newly = overfull(s).filter((group) => !full.includes(group));
        if (newly.length > 0) expect([newly, s.log.slice(before).some(isCause)]).toEqual([newly, true]);
      }
      for (const e of s.log) {
        const mark = e.type === "Rights" ? `Rights ${e.rights.type}` : e.type === "EntryRefused" || e.type === "ExitRefused" ? `${e.type} ${e.reason}`
          : e.type === "StayOpened" || e.type === "EntryAdmitted" ? `${e.type} ${e.type === "StayOpened" ? e.basis : e.pass.by}` : e.type;
        reached.set(mark, (reached.get(mark) ?? 0) + 1);
        expect(e.type === "RightsLearnt" ? e.problem : null).not.toBe("rightsNotConfigured");
      }
      const again = createFacility(s.state.id);
      for (const event of s.log) evolve(again.state, JSON.parse(JSON.stringify(event)));
      expect(digestState(again.state)).toBe(s.digest());
      expect(digestState(decodeState(JSON.parse(JSON.stringify(encodeState(s.state)))))).toBe(s.digest());
    }), { numRuns: RUNS });
  }, 30 * MINUTE);

  it("reached what it is there to try", () => {
    const needed = [
      "EntryAdmitted right", "StayOpened contract", "StayOpened payAsYouGo", "StayOpened shortTerm", "StayOpened booking", "StayOpened reportedOverflow",
      "StayOpened irregular", "StayGroupChanged", "VehicleWaiting", "PaymentAsked", "StayPaymentTaken", "EntryRefused alreadyPresent", "EntryRefused overflowRefused",
      "EntryRefused groupFull", "EntryRefused credentialBlocked", "ExitRefused notPresent", "ExitRefused credentialUnknown", "Rights StayClosed", "Rights NeutralSet",
      "Rights ExitWithoutEntry", "Rights CredentialRemoved", "Rights CoverageAdvanced", "AnomalousExit", "OwnerStarted",
    ];
    expect(needed.filter((mark) => !reached.has(mark))).toEqual([]);
  });
});
