import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MONDAY, cityMonday } from "../../../test/carpark/city-days.ts";
import { type ReadModelDatabase, readModelDatabase } from "../../../test/carpark/read-model-database.ts";
import { DAY, HOUR } from "../../kernel/instant.ts";
import { chits } from "./chits.ts";
import { faults, faultsOpenIn } from "./faults.ts";
import { duties, visits } from "./guards.ts";
import { type LogWord, logBook, logText } from "./log-book.ts";
import { payments, paymentSums } from "./payments.ts";
import { shifts } from "./shifts.ts";
import { seasonSales, seasons } from "./seasons.ts";
import { occupancyBetween, stays } from "./stays.ts";
import { ticketHistory, tickets } from "./tickets.ts";
import { siteWordsOf } from "../../messages/site.ts";

let base: ReadModelDatabase;
beforeAll(async () => {
  base = await readModelDatabase();
});
afterAll(() => base.stop());
beforeEach(() => base.recreate());

const words = (text: string, more: Partial<LogWord> = {}): LogWord[] =>
  text.toLowerCase().split(" ").map((word) => ({ word, parts: [], actors: [], ...more }));
const SITE = siteWordsOf({ zone: "Australia/Sydney", currency: "AUD", lanes: [], groups: [], payStations: [] });

describe("following the journal", () => {
  it("F8: any batches, and any events met again, give the rows of one pass", async () => {
    await fc.assert(fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 200 }),
      async (seed, batch, again) => {
        const journal = cityMonday(seed, 12);
        await base.recreate();
        await base.follow(journal, journal.length);
        const once = await base.dump();
        await base.recreate();
        await base.follow(journal, batch);
        expect(await base.dump()).toEqual(once);
        await base.follow(journal.slice(-again), batch);
        await base.follow(journal, 70);
        expect(await base.dump()).toEqual(once);
      },
    ), { numRuns: 8 });
  });

  it("counts what is inside: the open stays and the corrections of each group", async () => {
    const journal = cityMonday(7, 120);
    await base.follow(journal);
    const points = await occupancyBetween(base.db, "central", MONDAY, MONDAY + 2 * DAY);
    const last = points.filter(({ grp }) => grp === "ordinary").at(-1);
    const events = journal.filter(({ stream }) => stream === "facility/central");
    const open = await stays(base.db, { facility: "central", open: true, rows: 200 });
    const adjusted = events.filter(({ type }) => type === "OccupancyAdjusted").length;
    expect(last?.occupied).toBe(open.rows.filter(({ grp }) => grp === "ordinary").length - adjusted);
    const later = await occupancyBetween(base.db, "central", MONDAY + 2 * DAY, MONDAY + 3 * DAY);
    expect(later.find(({ grp }) => grp === "ordinary")?.occupied).toBe(last?.occupied);
  });
});

describe("the office", () => {
  const shift = {
    till: "office", shift: 1, openedBy: "anna", openedAt: MONDAY, floatMinor: 10_000, cashMinor: 500,
    cardMinor: 0, waivedMinor: 0,
    refundedMinor: 0, cardRefundedMinor: 0, chitsMinor: 100, payments: 1, chits: 1, refunds: 0,
  };
  const events: readonly [string, object][] = [
    ["ShiftOpened", { till: "office", shift: 1, floatMinor: 10_000 }],
    ["OfficePaymentTaken", {
      till: "office", shift: 1, payment: 9, ticket: "01000000100", charge: "stay",
      tender: { kind: "cash", givenMinor: 1_000 }, dueMinor: 500,
      chargeMinor: 500, taxMinor: 45, changeMinor: 500, leaveBy: 0, reason: null, secondPerson: null,
    }],
    ["OfficePaymentTaken", {
      till: "office", shift: 1, payment: 10, ticket: "01000000200", charge: "stay", tender: { kind: "waived" },
      dueMinor: 500,
      chargeMinor: 0, taxMinor: 0, changeMinor: 0, leaveBy: 0, reason: "machine broken", secondPerson: null,
    }],
    ["ChitIssued", { station: "P1", chit: 4, payment: 9, ticket: null, amountMinor: 100 }],
    ["ChitRedeemed", { till: "office", shift: 1, chit: 4, amountMinor: 100 }],
    ["PaymentRefunded", {
      till: "office", shift: 1, payment: 9, ticket: "01000000100", amountMinor: 250, taxMinor: 23,
      cardReference: null, reason: "overcharged",
      secondPerson: null,
    }],
    ["ShiftClosed", { ...shift, expectedMinor: 10_150, countedMinor: 10_100, varianceMinor: -50, reason: "a coin fell" }],
  ];

  it("keeps payments, refunds, chits and shifts, and every act in the log book", async () => {
    await base.follow(events.map(([type, payload], index) =>
      ({ stream: "facility/central", seq: index + 1, at: MONDAY + index, type, payload: { ...payload, by: "anna" } })));
    expect((await payments(base.db, { facility: "central" })).rows.map(({ kind, means, amount_minor, inserted_minor }) => [kind, means, amount_minor, inserted_minor]))
      .toEqual([["refund", "cash", 250, 0], ["chit", "cash", 100, 0], ["payment", "waived", 0, 0], ["payment", "cash", 500, 1_000]]);
    expect((await shifts(base.db, {})).rows).toMatchObject([{ opened_by: "anna", closed_at: MONDAY + 6, variance_minor: -50, chits: 1 }]);
    expect((await chits(base.db, { open: false })).rows).toMatchObject([{ chit: 4, amount_minor: 100, redeemed_by: "anna" }]);
    expect((await chits(base.db, { open: true })).rows).toEqual([]);
    expect((await logBook(base.db, { by: ["anna"] })).rows).toHaveLength(events.length);
    const [payment] = await paymentSums(base.db, [{ day: "2026-03-02", from: MONDAY, until: MONDAY + DAY }], ["central"]);
    expect(payment).toMatchObject({ day: "2026-03-02", kind: "chit", amountMinor: 100 });
  });
});

describe("looking things up", () => {
  beforeEach(() => base.follow(cityMonday(3, 40)));

  it("finds tickets by number, time, machine and state, with their history", async () => {
    const used = await tickets(base.db, { facility: "central", state: "used", rows: 5 });
    expect(used.rows).toHaveLength(5);
    const first = used.rows[0]!;
    expect((await tickets(base.db, { number: first.number.slice(0, 9) })).rows).toEqual([first]);
    const history = await ticketHistory(base.db, "central", first.number);
    expect(history.map(({ type }) => type).filter((type) => type.startsWith("Ticket")))
      .toEqual(["TicketOrdered", "TicketPrinted", "TicketTaken", "TicketPaid", "TicketUsed"]);
    expect((await tickets(base.db, { machine: "E9" })).rows).toEqual([]);
  });

  it("gives every row of a list once, page by page", async () => {
    const all = await logBook(base.db, { facility: "central", rows: 200 });
    expect(all.next).toBeNull();
    const paged: unknown[] = [];
    for (let after: string | undefined; ;) {
      const page = await logBook(base.db, { facility: "central", rows: 7, after });
      paged.push(...page.rows);
      if (page.next === null) break;
      after = page.next;
    }
    expect(paged).toEqual(all.rows);
    expect((await logBook(base.db, { after: "not ours" })).rows.length).toBeGreaterThan(0);
  });

  it("finds an ordinary visit in the log book: entry, payment and exit", async () => {
    const [used] = (await tickets(base.db, { facility: "central", state: "used", rows: 1 })).rows;
    const lines = (await logBook(base.db, { words: words(used!.number) })).rows.map(({ category, event }) => [category, (event as { readonly type: string }).type]);
    expect(lines).toEqual([["movement", "StayClosed"], ["money", expect.stringMatching(/^(CashSettled|CardSaleApproved)$/)], ["movement", "StayOpened"]]);
    expect((await logBook(base.db, { category: "movement", words: words("no longer inside") })).rows.length).toBeGreaterThan(0);
  });

  it("searches the log book in the words of any language, and words a line in either", async () => {
    const [line] = (await logBook(base.db, { words: words("SNOW top") })).rows;
    expect(line).toMatchObject({ category: "note", by_staff: "anna" });
    const german = await logBook(base.db, { words: words("störung"), category: "fault", facility: "central" });
    expect(german.rows.length).toBeGreaterThan(0);
    expect(logText("en", german.rows[0]!, SITE)).not.toBe(logText("de", german.rows[0]!, SITE));
    expect((await logBook(base.db, { words: words("100%_") })).rows).toEqual([]);
  });

  it("finds a part of a car park and a member of staff by the names that people read", async () => {
    const named = async (more: Partial<LogWord>) => (await logBook(base.db, { words: words("nowhere in a line", more).slice(0, 1), rows: 200 })).rows;
    const [first] = (await logBook(base.db, { words: words("p1"), rows: 200 })).rows;
    const found = await named({ parts: [{ facility: first!.facility, id: "p1" }] });
    expect(found.length).toBeGreaterThan(0);
    for (const row of found) expect([row.facility, row.search]).toEqual([first!.facility, expect.stringMatching(/\bp1\b/)]);
    expect(await named({ parts: [{ facility: "nowhere", id: "p1" }] })).toEqual([]);
    expect((await named({ actors: ["anna"] })).every(({ by_staff }) => by_staff === "anna")).toBe(true);
  });

  it("keeps faults with the intervals in which they were open", async () => {
    const page = await faults(base.db, { facility: "central", state: "fixed" });
    for (const row of page.rows) {
      expect(row.intervals.every(({ until }) => until !== null)).toBe(true);
      expect(row.intervals.at(-1)?.until).toBe(row.fixed_at);
    }
    expect((await faultsOpenIn(base.db, MONDAY, MONDAY + DAY)).length).toBe(24);
    expect(await faultsOpenIn(base.db, MONDAY - DAY, MONDAY)).toEqual([]);
  });

  it("keeps guard visits, missing departures and the duties of the contract", async () => {
    const rows = (await visits(base.db, { facility: "central" })).rows;
    expect(rows.map(({ departure_missing, left_at }) => [departure_missing, left_at === null]))
      .toEqual([[false, false], [true, true], [false, false], [false, false]]);
    expect(await duties(base.db, { facility: "central" })).toEqual([
      { company: "northguard", facility: "central", from: MONDAY + 2, until: null, visitsPerDay: 4, minVisitMs: 10 * 60_000, maxVisitMs: 3 * HOUR },
    ]);
  });

  it("keeps season tickets as they stand, and each sale", async () => {
    expect((await seasons(base.db, { ticket: "season-000001" })).rows[0]).toMatchObject({
      first_day: "2026-03-02", expires_on: "2026-12-03", months: 6, renewals: 1, blocked: false,
    });
    expect((await seasons(base.db, { ticket: "season-000002" })).rows[0]).toMatchObject({ card: "s3", blocked: false });
    expect((await seasons(base.db, { validOn: "2026-03-08" })).rows).toHaveLength(1);
    const sales = await seasonSales(base.db, MONDAY, MONDAY + DAY);
    expect(sales.map(({ kind, price_minor, means }) => [kind, price_minor, means]))
      .toEqual([["sold", 20_000, "visa"], ["sold", 50_000, "cash"], ["renewed", 37_500, "cash"]]);
  });
});
