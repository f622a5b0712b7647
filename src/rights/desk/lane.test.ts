/** What lanes need: judgements without events, admission at the decision, backing out, rights of a credential. */
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY, HOUR, MINUTE } from "../../kernel/instant.ts";
import type { CardRight } from "../card.ts";
import { DESK_CONFIG, StoryDesk, contract, plate, tariff } from "../testing/desks.ts";
import { chargesOf } from "./billing.ts";
import { countOf } from "./counting.ts";
import { decideRights, nextDeadline } from "./decide.ts";
import { judgeExit } from "./exit.ts";
import { restoreRights, snapshotOf } from "./snapshot.ts";
import { emptyRights } from "./state.ts";

/** A Monday. */
const NOON = Date.UTC(2026, 2, 2, 12);
const agreement = { type: "MakeAgreement", account: "firm", agreement: { id: "p", from: null, until: null, parkers: null, tariff: null } } as const;
const signed = (id: string, some = {}) => ({ type: "SignContract", account: "firm", contract: contract(id, some) }) as const;
const openStayOf = (desk: StoryDesk, ref: string): string => desk.state.openByCredential.get(ref) ?? "none";
const card = (some: Partial<CardRight>): CardRight => ({
  right: "s1", kind: "season", facilities: ["f"], validFrom: NOON - DAY, validUntil: NOON + 30 * DAY, days: [1, 2, 3, 4, 5], blocked: false, ...some,
});
const external = (some = {}) => ({ provider: "app", right: "r1", credential: "X", from: NOON, until: NOON + HOUR, ...some });

describe("admission at the decision", () => {
  test("two cars of one account cannot use one space; the one that backs out was never there", () => {
    const desk = new StoryDesk(NOON, {}, [signed("c1"), agreement]);
    expect(desk.enter("A")).toBe("contract in contract");
    expect(desk.enter("B")).toBe("payAsYouGo in shortTerm");
    desk.now += 5 * MINUTE;
    desk.tell({ type: "BackOut", stay: openStayOf(desk, "A") });
    desk.now += HOUR;
    expect(chargesOf(desk.state, desk.state.accounts.get("firm")!, desk.now)).toMatchObject({ ok: true, value: { totalMinor: 0 } });
    expect([countOf(desk.state, "contract").stays, countOf(desk.state, "shortTerm").stays]).toEqual([1, 0]);
    expect(desk.refusalOf({ type: "BackOut", stay: "s1" })).toBe("noStay");
  });

  test("a booking keeps its space when its car backs out", () => {
    const desk = new StoryDesk(NOON, {}, [{ type: "MakeBooking", account: "firm", parker: "a", from: NOON, to: NOON + HOUR }]);
    expect(desk.enter("A")).toBe("booking in shortTerm");
    desk.tell({ type: "BackOut", stay: openStayOf(desk, "A") });
    expect(desk.state.reservations.length).toBe(1);
  });

  test("spaces are asked of whoever counts them", () => {
    const desk = new StoryDesk(NOON, {}, [signed("c1")]);
    const asked: string[] = [];
    const decided = decideRights(desk.state, { type: "Enter", credential: plate("A") }, { now: NOON, actor: null }, {
      capacity: (group) => { asked.push(group); return 3; }, occupied: () => 3,
    });
    expect(decided.events).toMatchObject([{ type: "EntryRefused", refusal: { type: "groupFull", group: "contract", spaces: 3, taken: 3 } }]);
    expect(asked).toEqual(["contract"]);
  });
});

describe("exit", () => {
  test("is judged without an event and closes at the passage", () => {
    const desk = new StoryDesk(NOON, {}, [agreement]);
    desk.enter("A");
    const before = canonicalJson(desk.state);
    const judged = judgeExit(desk.state, plate("A"), NOON + HOUR);
    expect(judged).toMatchObject({ type: "release", stay: "s1", why: { rule: "onAccount" } });
    expect(canonicalJson(desk.state)).toBe(before);
    desk.now += HOUR + MINUTE;
    const exited = { type: "ConfirmExit", credential: plate("A"), stay: "s1", why: judged.why } as const;
    expect(desk.tell(exited)).toMatchObject([{ type: "StayClosed", cause: "exit", end: { type: "seen", at: desk.now } }]);
    expect(desk.refusalOf(exited)).toBe("noStay");
  });

  test("unpaid: the amount; paid: released; nobody's: the attendant; known but not inside: by the rule", () => {
    const desk = new StoryDesk(NOON, {}, []);
    desk.enter("X");
    desk.now += 90 * MINUTE;
    expect(judgeExit(desk.state, plate("X"), desk.now)).toMatchObject({ type: "paymentDue", dueMinor: 400, currency: "EUR" });
    desk.tell({ type: "Pay", credential: plate("X") });
    expect(judgeExit(desk.state, plate("X"), desk.now + 15 * MINUTE)).toMatchObject({ type: "release", why: { rule: "withinGrace" } });
    expect(judgeExit(desk.state, plate("Y"), desk.now)).toMatchObject({ type: "attendant", stay: null });
    const known = judgeExit(desk.state, plate("A"), desk.now);
    expect(known).toMatchObject({ type: "release", stay: null, why: { rule: "notPresent" } });
    expect(desk.tell({ type: "ConfirmExit", credential: plate("A"), stay: null, why: known.why })[0]?.type).toBe("ExitWithoutEntry");
  });

  test("a car park without a tariff asks nobody for an unknown price", () => {
    const state = emptyRights();
    const tell = (command: Parameters<typeof decideRights>[1]) => decideRights(state, command, { now: NOON, actor: null });
    tell({ type: "ConfigureRights", config: DESK_CONFIG, tariff: null, policy: {} });
    tell({ type: "Enter", credential: plate("X") });
    expect(judgeExit(state, plate("X"), NOON + HOUR)).toMatchObject({ type: "attendant", why: { facts: { reason: "tariffMissing" } } });
    tell({ type: "SetTariff", tariff });
    expect(judgeExit(state, plate("X"), NOON + HOUR).type).toBe("paymentDue");
  });
});

describe("rights of a credential", () => {
  test("come in the documented order: booking, season ticket, contract, provider's right, service, pay-as-you-go", () => {
    const found: string[] = [];
    const desk = new StoryDesk(NOON, {}, [
      { type: "MakeBooking", account: "firm", parker: "a", from: NOON, to: NOON + HOUR },
      { type: "LearnCardRight", card: "A", right: card({}) }, signed("c1"), agreement,
      { type: "LearnExternalRight", right: external({ credential: "A", until: NOON + DAY }) },
    ]);
    const then: readonly (() => void)[] = [
      () => { desk.now += HOUR; },
      () => desk.tell({ type: "LearnCardRight", card: "A", right: card({ kind: "service", days: [1, 2, 3, 4, 5, 6, 7] }) }),
      () => desk.tell({ type: "EndContract", account: "firm", contract: "c1", until: desk.now }),
      () => desk.tell({ type: "RevokeExternalRight", provider: "app", right: "r1", credential: "A" }),
      () => desk.tell({ type: "LearnCardRight", card: "A", right: card({ blocked: true }) }),
      () => desk.tell({ type: "LearnCardRight", card: "A", right: card({ validUntil: NOON }) }),
      () => desk.tell({ type: "SwitchPayAsYouGo", account: "firm", enabled: false }),
    ];
    for (const next of [...then, () => {}]) {
      found.push(desk.enter("A"));
      const stay = openStayOf(desk, "A");
      if (stay !== "none") desk.tell({ type: "BackOut", stay });
      next();
    }
    expect(found).toEqual([
      "booking in shortTerm", "seasonTicket in contract", "contract in contract", "external in shortTerm", "service in shortTerm",
      "credentialBlocked", "payAsYouGo in shortTerm", "shortTerm in shortTerm",
    ]);
  });

  test("a card of another car park, an expired one, one of the week; a right elsewhere", () => {
    const desk = new StoryDesk(NOON, { cardWithoutRight: "refuse" }, [
      { type: "LearnCardRight", card: "C1", right: card({ facilities: ["elsewhere"] }) },
      { type: "LearnCardRight", card: "C2", right: card({ validUntil: NOON - HOUR }) },
      { type: "LearnCardRight", card: "C3", right: card({ days: [7] }) },
      { type: "NoteRightElsewhere", account: "firm", right: { id: "e", parkers: ["a"], from: null, until: null } },
      { type: "SetPolicy", policy: { shortTermOffered: false } },
    ]);
    expect(["C1", "C2", "C3"].map((ref) => desk.enter(ref, "card")))
      .toEqual(["notAuthorised wrongFacility", "notAuthorised expired", "notAuthorised outsideWindow"]);
    expect([desk.enter("A"), desk.enter("B")]).toEqual(["notAuthorised wrongFacility", "notAuthorised noRight"]);
  });

  test("a provider's right covers its time, and the provider pays; one that arrives late covers from its beginning", () => {
    const desk = new StoryDesk(NOON, {}, []);
    desk.enter("X");
    desk.now += 30 * MINUTE;
    desk.tell({ type: "LearnExternalRight", right: external({ from: NOON + 10 * MINUTE, until: NOON + 2 * HOUR }) });
    expect(desk.state.visitors.get("s1")?.cover).toMatchObject({ type: "external", provider: "app" });
    desk.now = NOON + 3 * HOUR;
    // Ten minutes before and an hour after, on one clock.
    expect(judgeExit(desk.state, plate("X"), desk.now)).toMatchObject({ type: "paymentDue", dueMinor: 400 });
    desk.tell({ type: "LearnExternalRight", right: external({ credential: "Y", from: desk.now, until: desk.now + HOUR }) });
    expect(desk.enter("Y")).toBe("external in shortTerm");
    expect(judgeExit(desk.state, plate("Y"), desk.now + 5 * HOUR)).toMatchObject({ type: "release", why: { rule: "onProvider" } });
    expect(desk.refusalOf({ type: "Pay", credential: plate("Y") })).toBe("payerIsProvider");
  });

  test("an account's car with a provider's right is not charged for that time", () => {
    const desk = new StoryDesk(NOON, {}, [agreement]);
    desk.enter("A");
    desk.now += MINUTE;
    const learnt = { type: "LearnExternalRight", right: external({ credential: "A" }) } as const;
    expect(desk.tell(learnt)).toMatchObject([{ type: "ExternalRightLearnt" }, { type: "CoverageAdvanced", changes: [{ cover: { type: "external" } }] }]);
    expect(desk.refusalOf(learnt)).toBe("nothingToDo");
    expect(nextDeadline(desk.state, desk.now)).toBe(NOON + HOUR);
    desk.now = NOON + HOUR;
    expect(desk.tell({ type: "Advance" })).toMatchObject([{ type: "CoverageAdvanced", changes: [{ cover: { type: "uncovered" }, notice: "uncovered" }] }]);
    desk.now = NOON + 90 * MINUTE;
    expect(chargesOf(desk.state, desk.state.accounts.get("firm")!, desk.now)).toMatchObject({ ok: true, value: { totalMinor: 200 } });
  });

  test("a season ticket that ends while its car is inside is kept where policy says free", () => {
    for (const [expiredRight, totalMinor] of [["free", 0], ["charge", 200]] as const) {
      const desk = new StoryDesk(NOON, { expiredRight }, [agreement, { type: "LearnCardRight", card: "A", right: card({ validUntil: NOON + HOUR }) }]);
      expect(desk.enter("A")).toBe("seasonTicket in contract");
      desk.now += 2 * HOUR;
      desk.tell({ type: "Advance" });
      expect(chargesOf(desk.state, desk.state.accounts.get("firm")!, desk.now), expiredRight).toMatchObject({ value: { totalMinor } });
    }
  });
});

describe("clock", () => {
  test("the next deadline is the next edge of a contract or booking that can matter; a dated policy is one too", () => {
    const desk = new StoryDesk(NOON, {}, [signed("c1", { until: NOON + 5 * HOUR }), agreement]);
    expect(nextDeadline(desk.state, NOON)).toBeNull();
    desk.enter("A");
    expect(nextDeadline(desk.state, NOON)).toBe(NOON + 5 * HOUR);
    desk.tell({ type: "SetPolicy", policy: { expiredRight: "free" }, from: NOON + HOUR });
    desk.tell({ type: "MakeBooking", account: "firm", parker: "b", from: NOON + 2 * HOUR, to: NOON + 3 * HOUR });
    expect(nextDeadline(desk.state, NOON)).toBe(NOON + HOUR);
    expect(desk.refusalOf({ type: "SetPolicy", policy: { expiredRight: "free" }, from: NOON - 1 })).toBe("datedBack");
    desk.now = NOON + 6 * HOUR;
    desk.tell({ type: "Advance" });
    expect([...(desk.state.accounts.get("firm")?.stays.values() ?? [])][0]?.cover.type).toBe("kept");
    expect(nextDeadline(desk.state, desk.now)).toBeNull();
  });

  test("a snapshot of another version is not read", () => {
    const { state } = new StoryDesk(NOON, {}, []);
    expect(restoreRights({ ...snapshotOf(state), version: 0 })).toBeNull();
  });
});
