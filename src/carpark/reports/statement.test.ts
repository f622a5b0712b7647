/** Statements on paper: issued by the real decider, rendered twice, added up. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, type Instant } from "../../kernel/instant.ts";
import { present } from "../../kernel/assert.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import { decideRights } from "../../rights/desk/decide.ts";
import type { RightsCommand } from "../../rights/desk/command.ts";
import { type Rights, emptyRights } from "../../rights/desk/state.ts";
import type { Statement } from "../../rights/desk/statement.ts";
import { pdfOf } from "./pdf.ts";
import { csvDownload } from "./reports.ts";
import { type StatementParties, statementDocument, vatLinesOf } from "./statement.ts";

const ZONE = "Europe/Vienna";
/** Sunday, 1 March 2026, midnight in Vienna. */
const MARCH: Instant = Date.UTC(2026, 1, 28, 23);
const APRIL: Instant = Date.UTC(2026, 2, 31, 22);
const MAY: Instant = Date.UTC(2026, 3, 30, 22);

const tariffOf = (value: number): Tariff => ({ id: "t", version: 1, currency: "EUR", tables: [{ id: "h", version: 1, rateLineCollections: [{
  id: "c", collectionSequence: 1, applicableCurrency: "EUR", relativeTimes: true, taxIncluded: true,
  rateLines: [{ id: "l", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited", value }],
}] }] });

class Desk {
  readonly state: Rights = emptyRights();
  give(at: Instant, command: RightsCommand): void {
    const { refusal } = decideRights(this.state, command, { now: at, actor: "anna" });
    if (refusal) throw new Error(`${command.type}: ${JSON.stringify(refusal)}`);
  }
  statement(month: string): Statement {
    return present(this.state.accounts.get("firm")?.statements.get(month), `statement of ${month}`);
  }
}

const plate = (ref: string) => ({ ref, kind: "plate" as const });

/** One contract, three cars: one covered, one beyond it, one whose exit nobody saw and was given a time a month later. */
function story(vatRatePercent: string | null, hourly = 2, feeMinor = 8_990): Desk {
  const desk = new Desk();
  const groups = [{ id: "all", within: null, spaces: 9 }, { id: "shortTerm", within: "all", spaces: 5 }, { id: "contract", within: "all", spaces: 4 }];
  desk.give(MARCH, { type: "ConfigureRights", tariff: tariffOf(hourly), policy: { unknownExit: "untilNoticed" }, config: {
    facility: "north", zone: ZONE, currency: "EUR", issuer: "NORTH", vatRatePercent, lostTicketMinor: null, groups,
    shortTermGroup: "shortTerm", contractGroup: "contract", seasonGroup: "contract", serviceGroup: "all",
  } });
  desk.give(MARCH, { type: "OpenAccount", account: "firm", terms: { overflow: null, overflowLimit: null } });
  for (const id of ["a", "b", "c"]) desk.give(MARCH, { type: "AddParker", account: "firm", parker: id, credentials: [plate(`ref-${id}`)] });
  desk.give(MARCH, { type: "MakeAgreement", account: "firm", agreement: { id: "payg", from: null, until: null, parkers: null, tariff: null } });
  desk.give(MARCH, { type: "SignContract", account: "firm", contract: {
    id: "space-1", from: MARCH, until: null, window: null, parkers: null, group: "contract", overflow: null, overflowLimit: null, monthlyFeeMinor: feeMinor,
  } });
  const monday = MARCH + DAY;
  desk.give(monday + 8 * HOUR, { type: "Enter", credential: plate("ref-a") });
  desk.give(monday + 9 * HOUR, { type: "Enter", credential: plate("ref-b") });
  desk.give(monday + 12 * HOUR, { type: "Exit", credential: plate("ref-a") });
  desk.give(monday + 17 * HOUR, { type: "Exit", credential: plate("ref-b") });
  desk.give(monday + 18 * HOUR, { type: "Enter", credential: plate("ref-a") });
  desk.give(monday + 19 * HOUR, { type: "Enter", credential: plate("ref-c") });
  desk.give(monday + 29 * HOUR, { type: "CloseStay", credential: "ref-c", enteredAt: null, exitedAt: null, reason: "not seen" });
  desk.give(monday + 30 * HOUR, { type: "Exit", credential: plate("ref-a") });
  desk.give(APRIL, { type: "IssueStatement", account: "firm", month: "2026-03" });
  desk.give(APRIL + DAY, { type: "CloseStay", credential: "ref-c", enteredAt: monday + 19 * HOUR, exitedAt: monday + 22 * HOUR, reason: "seen on video" });
  desk.give(MAY, { type: "IssueStatement", account: "firm", month: "2026-04" });
  return desk;
}

const PLATES: Readonly<Record<string, string>> = { "ref-a": "W 12345 A", "ref-b": "KI-WI 9", "ref-c": "=1+1" };
const parties = (erased = false): StatementParties => ({
  issuer: { name: "Garagen Nord GmbH", address: "Hauptstraße 1, 1010 Wien", vatNumber: "ATU12345678" },
  facility: { name: "Nord", address: "Nordkai 3", zone: ZONE },
  recipient: erased ? null : { name: "Müller & Söhne", address: "Ring 7, 1010 Wien" },
  labelOf: (ref) => (erased ? null : PLATES[ref] ?? null),
});

const golden = (name: string): string => join(import.meta.dirname, "../../../test/carpark/golden", name);
const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("a monthly statement", () => {
  const desk = story("20");

  it.each(["2026-03", "2026-04"])("of %s: figures, letter and spreadsheet are golden", async (month) => {
    const statement = desk.statement(month);
    await expect(JSON.stringify(statement, null, 1)).toMatchFileSnapshot(golden(`statement-${month}.json`));
    for (const locale of ["en", "de"] as const) {
      const document = statementDocument(statement, parties(), locale);
      await expect(JSON.stringify(document, null, 1)).toMatchFileSnapshot(golden(`statement-${month}.${locale}.document.json`));
      await expect(csvDownload(document)).toMatchFileSnapshot(golden(`statement-${month}.${locale}.csv`));
    }
  });

  it("I2: run again it is the same to the byte, on paper and as a spreadsheet, whenever it is printed", async () => {
    const again = story("20");
    again.give(MAY + DAY, { type: "IssueStatement", account: "firm", month: "2026-03" });
    for (const locale of ["en", "de"] as const) {
      const [first, second] = [desk, again].map((one) => statementDocument(one.statement("2026-03"), parties(), locale));
      expect(csvDownload(present(second, "second"))).toBe(csvDownload(present(first, "first")));
      const bytes = await Promise.all([first, second].map((document) => pdfOf(present(document, "document"))));
      expect(bytes.map(digest)[0]).toBe(bytes.map(digest)[1]);
      expect(bytes[0]!.subarray(0, 5).toString()).toBe("%PDF-");
    }
  });

  it("a correction names the original and is a credit where the stay became cheaper", () => {
    const original = desk.statement("2026-03");
    const billed = original.lines.find((line) => line.type === "stay" && line.credential === "ref-c");
    const correction = desk.statement("2026-04").lines.find((line) => line.type === "correction");
    expect(billed).toMatchObject({ amountMinor: 2_000 });
    expect(correction).toMatchObject({ original: original.number, item: billed?.type === "stay" ? billed.item : "", billedMinor: 2_000, amountMinor: -1_400 });
  });

  it("once names and plates are erased the figures stand, and the letter says so", () => {
    const document = statementDocument(desk.statement("2026-03"), parties(true), "de");
    const text = JSON.stringify(document);
    expect(text).toContain("Name auf Wunsch gelöscht");
    expect(text).toContain("Kennzeichen gelöscht");
    expect(text).not.toContain("Müller");
    expect(document.tables[0]?.totals).toEqual(statementDocument(desk.statement("2026-03"), parties(), "de").tables[0]?.totals);
  });

  it("I4: lines add up to the total, net and tax to the gross, at any rate, price and fee; credits too", () => {
    fc.assert(fc.property(
      fc.constantFrom("0", "7.7", "10", "13", "19", "20", "25.5", null), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 20_000 }),
      (rate, cents, fee) => {
        const { statements } = present(story(rate, cents / 100, fee).state.accounts.get("firm"), "firm");
        for (const statement of statements.values()) {
          expect(statement.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(statement.totalMinor);
          const vat = vatLinesOf(statement);
          expect(vat).toHaveLength(rate === null ? 0 : 1);
          for (const { netMinor, taxMinor, grossMinor } of vat) {
            expect(netMinor + taxMinor).toBe(grossMinor);
            expect(Math.sign(taxMinor) * Math.sign(grossMinor)).toBeGreaterThanOrEqual(0);
          }
          if (vat.length > 0) expect(vat.reduce((sum, { grossMinor }) => sum + grossMinor, 0)).toBe(statement.totalMinor);
        }
      },
    ), { numRuns: 40 });
  });
});
