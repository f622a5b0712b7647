/** What staff are shown and may do beside the lanes: plates on hold, reports, and amounts that later facts change. */
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "../../kernel/instant.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import { StoryDesk, contract, plate, tariff } from "../testing/desks.ts";
import { whyText } from "../why.ts";
import { chargesOf } from "./billing.ts";
import { judgeExit } from "./exit.ts";
import { HOLD_MAX, UNPAID_HOLD } from "./hold.ts";
import { irregularActOf, oftenSuperseded, oversoldGroups, paidDifferences } from "./reports.ts";
import { vaultRows } from "./vault-rows.ts";

const NOON = Date.UTC(2026, 2, 2, 12);
const agreement = { type: "MakeAgreement", account: "firm", agreement: { id: "p", from: null, until: null, parkers: null, tariff: null } } as const;
const reason = "test";
const perHour = (value: number, version: number): Tariff => {
  const [table] = tariff.tables;
  const [collection] = table!.rateLineCollections;
  return { ...tariff, version, tables: [{ ...table!, rateLineCollections: [{ ...collection!, rateLines: [{ ...collection!.rateLines[0]!, value }] }] }] };
};

describe("holds", () => {
  test("who is let out unpaid keeps the plate on a hold that expires, or ends when it is released", () => {
    const desk = new StoryDesk(NOON, {}, []);
    desk.enter("X");
    desk.now += 90 * MINUTE;
    const events = desk.tell({ type: "StaffRelease", credential: plate("X"), reason });
    expect(events).toMatchObject([{ type: "CredentialHeld", hold: { because: "unpaid", owner: "staff" } }, { type: "StayClosed", unpaidMinor: 400 }]);
    expect(vaultRows(events, desk.state, () => undefined)).toMatchObject({
      deadlines: [{ ref: "X", eraseAt: desk.now + DAY }], holds: [{ ref: "X", owner: "staff", reason: "unpaid", until: desk.now + UNPAID_HOLD }],
    });
    desk.now += 5 * DAY;
    const released = desk.tell({ type: "ReleaseHold", stay: "s1", reason: "paid by transfer" });
    expect(vaultRows(released, desk.state, () => undefined)).toMatchObject({ deadlines: [{ ref: "X", eraseAt: desk.now + DAY }], releases: ["X"] });
    expect(desk.refusalOf({ type: "ReleaseHold", stay: "s1", reason })).toBe("nothingToDo");
  });

  test("a dispute holds a plate, never longer than the law of the house", () => {
    const desk = new StoryDesk(NOON, {}, []);
    desk.enter("X");
    const hold = (until: number) => ({ type: "HoldCredential", stay: "s1", because: "disputed", until, reason }) as const;
    expect(desk.refusalOf(hold(NOON))).toBe("holdImpossible");
    expect(desk.refusalOf(hold(NOON + HOLD_MAX + 1))).toBe("holdImpossible");
    expect(desk.refusalOf({ ...hold(NOON + DAY), stay: "s9" })).toBe("noStay");
    desk.tell(hold(NOON + HOLD_MAX));
    desk.now += DAY;
    // Going on with it does not begin it anew.
    expect(desk.refusalOf(hold(desk.now + HOLD_MAX))).toBe("holdImpossible");
  });
});

describe("payments", () => {
  test("the grace begins anew with each payment", () => {
    const desk = new StoryDesk(NOON, {}, []);
    desk.enter("X");
    desk.now += 55 * MINUTE;
    desk.tell({ type: "Pay", credential: plate("X") });
    expect(judgeExit(desk.state, plate("X"), desk.now + 15 * MINUTE).type).toBe("release");
    desk.now += 16 * MINUTE;
    expect(judgeExit(desk.state, plate("X"), desk.now)).toMatchObject({ type: "paymentDue", dueMinor: 200 });
    desk.tell({ type: "Pay", credential: plate("X") });
    expect(judgeExit(desk.state, plate("X"), desk.now + 15 * MINUTE).type).toBe("release");
    expect(judgeExit(desk.state, plate("X"), desk.now + 16 * MINUTE).type).toBe("release");
    expect(judgeExit(desk.state, plate("X"), NOON + 2 * HOUR + 1)).toMatchObject({ type: "paymentDue", dueMinor: 200 });
  });

  test("each instant is priced by the tariff then in force, also after a correction", () => {
    const desk = new StoryDesk(NOON, { unknownExit: "untilNoticed" }, [agreement]);
    desk.enter("A");
    desk.enter("X");
    desk.now = NOON + HOUR + 30 * MINUTE;
    desk.tell({ type: "SetTariff", tariff: perHour(5, 2) });
    desk.tell({ type: "SetTariff", tariff: perHour(7, 3), from: NOON + 4 * HOUR });
    desk.now = NOON + 5 * HOUR;
    // 12:00 and 13:00 at 2; 14:00 and 15:00 at 5; 16:00 at 7 (the cap of each tariff is 9).
    expect(judgeExit(desk.state, plate("X"), desk.now)).toMatchObject({ dueMinor: 400 + 900 + 700 });
    desk.tell({ type: "CloseStay", credential: "A", enteredAt: null, exitedAt: null, reason });
    expect(chargesOf(desk.state, desk.state.accounts.get("firm")!, desk.now)).toMatchObject({ value: { totalMinor: 400 + 900 + 700 } });
    desk.now += DAY;
    desk.tell({ type: "SetTariff", tariff: perHour(1, 4) });
    desk.tell({ type: "CloseStay", credential: "A", enteredAt: NOON, exitedAt: NOON + 3 * HOUR, reason });
    expect(chargesOf(desk.state, desk.state.accounts.get("firm")!, desk.now)).toMatchObject({ value: { totalMinor: 400 + 500 } });
  });
});

describe("reports", () => {
  test("parkers whose exits are missed again and again", () => {
    const desk = new StoryDesk(NOON, { doubleEntry: "allowPlateReentry" }, [agreement]);
    for (let i = 0; i < 4; i++) {
      desk.enter("A");
      if (i < 2) desk.enter("B");
      desk.now += HOUR;
    }
    expect(oftenSuperseded(desk.state, NOON)).toEqual([{ account: "firm", parker: "a", times: 3, lastAt: NOON + 3 * HOUR }]);
    expect(oftenSuperseded(desk.state, NOON + 2 * HOUR)).toEqual([]);
  });

  test("what was paid at the machine and what it costs by what is known now", () => {
    const desk = new StoryDesk(NOON, { unknownExit: "untilNoticed" }, []);
    for (const ref of ["X", "Y", "Z"]) desk.enter(ref);
    desk.now += 90 * MINUTE;
    for (const ref of ["X", "Y"]) desk.tell({ type: "Pay", credential: plate(ref) });
    desk.now += 10 * MINUTE;
    desk.tell({ type: "Exit", credential: plate("X") });
    desk.now += 20 * MINUTE;
    expect(desk.tell({ type: "CloseStay", credential: "Z", enteredAt: null, exitedAt: null, reason })).toMatchObject([{ unpaidMinor: 400 }]);
    desk.tell({ type: "CloseStay", credential: "Y", enteredAt: null, exitedAt: NOON + 30 * MINUTE, reason });
    expect(paidDifferences(desk.state, NOON).map(({ credential, paidMinor, priceMinor, differenceMinor }) => [credential, paidMinor, priceMinor, differenceMinor]))
      .toEqual([["Y", 400, 200, -200], ["Z", 0, 400, 400]]);
  });

  test("groups with more contracts than spaces, counted when they are valid", () => {
    const contracts = Array.from({ length: 6 }, (_, i) => ({ type: "SignContract", account: "firm", contract: contract(`c${i}`, i === 5 ? { from: NOON + DAY } : {}) }) as const);
    const desk = new StoryDesk(NOON, {}, contracts);
    expect(oversoldGroups(desk.state, NOON)).toEqual([]);
    expect(oversoldGroups(desk.state, NOON + DAY)).toEqual([{ group: "contract", contracts: 6, spaces: 5 }]);
  });

  test("acts out of the ordinary, each with actor and reason", () => {
    const desk = new StoryDesk(NOON, {}, []);
    desk.tell({ type: "StaffAdmit", credential: plate("A"), reason: "phone" });
    desk.tell({ type: "SetNeutral", scope: { type: "facility" }, reason: "fire" });
    desk.now += HOUR;
    desk.tell({ type: "StaffRelease", credential: plate("A"), reason: "power cut" });
    desk.tell({ type: "Exit", credential: plate("B") });
    desk.tell({ type: "AdjustOccupancy", group: "shortTerm", delta: -1, reason: "recount" });
    expect(desk.events.flatMap((event) => irregularActOf(event) ?? []).map(({ act, by, reason: why, unpaidMinor }) => [act, by, why, unpaidMinor])).toEqual([
      ["admitted", "staff", "phone", null], ["neutral", "staff", "fire", null], ["held", "staff", "power cut", null], ["released", "staff", "power cut", 200],
      ["exitWithoutEntry", "staff", null, null], ["adjusted", "staff", "recount", null],
    ]);
  });
});

test("a change of cover says why, in both languages", () => {
  const desk = new StoryDesk(NOON, {}, [agreement, { type: "SignContract", account: "firm", contract: contract("c1") }]);
  for (const ref of ["A", "B"]) desk.enter(ref);
  desk.now += HOUR;
  const changes = desk.tell({ type: "Exit", credential: plate("A") }).flatMap((event) => (event.type === "CoverageAdvanced" ? event.changes : []));
  expect(changes.map(({ notice, why }) => [notice, whyText(why, "en"), whyText(why, "de")])).toEqual([[
    "promoted", "Covered by contract c1: its spaces go to the cars that have stood longest.",
    "Gedeckt durch Vertrag c1: Die Plätze gehören den Autos, die am längsten stehen.",
  ]]);
});
