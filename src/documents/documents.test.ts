import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MINUTE } from "../kernel/instant.ts";
import { parseChitRef, parsePaymentRef, chitRef, paymentRef } from "../carpark/paystation/reference.ts";
import { ticketNumberOf } from "../carpark/ticket/ticket-number.ts";
import { ZONE, local, siteConfig } from "../../test/carpark/site.ts";
import { barcodeTextOf, code128, ticketReadOf } from "./barcode.ts";
import type { StationId } from "../carpark/facility/config.ts";
import { cashPaper } from "./cash.ts";
import { chitPaper } from "./chit.ts";
import { type Paper, paperOf, text } from "./paper.ts";
import { type Receipt, receiptPaper } from "./receipt.ts";
import { shiftPaper } from "./shift.ts";
import { ticketSvg } from "./ticket.ts";
import { DOCUMENT_WORDS } from "./words.ts";

const site = { ...siteConfig(), name: "Nordgarage", address: "1 North Street", administration: { name: "City administration", address: "1 Town Square", vatNumber: "AU 12 345" } };
const number = ticketNumberOf(7, 42);
const issuedAt = local("11:05");
const receipt: Receipt = {
  payment: 12, ticket: number, paidAt: local("12:30"), stay: { from: issuedAt, to: local("12:30") }, chargeMinor: 1000, taxMinor: 91,
  paidBy: { means: "cash", insertedMinor: 2000, changeMinor: 700, retainedMinor: 300 },
};
const shift = {
  shift: 3, till: "office", openedBy: "ann", openedAt: local("07:00"), floatMinor: 10_000, cashMinor: 5_500, cardMinor: 2_000, waivedMinor: 500,
  refundedMinor: 300, cardRefundedMinor: 0, chitsMinor: 200, seasonCashMinor: 20_000, seasonCardMinor: 37_500, addedMinor: 2_000, droppedMinor: 22_000,
  payments: 14, chits: 1, refunds: 1, seasons: 2, expectedMinor: 15_000,
};
const closed = { at: local("15:00"), by: "ann", countedMinor: 14_950, varianceMinor: -50, reason: "coin dropped" };

/** Characters of a picture in reading order, a line for each line of paper. */
const readBack = (svg: string): string[] => svg.split("<g transform").slice(1).map((line) =>
  [...line.matchAll(/<tspan[^>]*>([^<]*)<\/tspan>/g)].map(([, c]) => (c === "&#xa0;" ? " " : (c ?? ""))).join("").trim()).filter((line) => line !== "");

describe("tickets", () => {
  it("carry number, date and time as bar code and as text (seed 002)", () => {
    expect(barcodeTextOf(number, issuedAt, ZONE)).toBe(`${number};02/03/2026;11/05/00`);
    const svg = ticketSvg({ number, issuedAt, zone: ZONE, facilityName: "North & <Co>", address: "1 North Street", replaces: null, paid: null }, DOCUMENT_WORDS.en);
    expect(svg).toContain("07-0000042-");
    expect(svg).toContain("Date 02/03/2026   Time 11/05/00");
    expect(svg).toContain("North &#38; &#60;Co&#62;");
    expect(svg).not.toContain("undefined");
  });

  it.each(["en", "de"] as const)("paid replacement ticket in %s as in the golden file", async (locale) => {
    const svg = ticketSvg({
      number, issuedAt, zone: ZONE, facilityName: "Nordgarage", address: "1 North Street", replaces: ticketNumberOf(7, 41),
      paid: { at: local("12:30"), leaveBy: local("12:30") + 15 * MINUTE },
    }, DOCUMENT_WORDS[locale]);
    await expect(svg).toMatchFileSnapshot(`golden/ticket.${locale}.svg`);
  });

  it("what is printed is what a scanner reads, and anything else is unreadable", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 0, max: 4e12 }), (facility, n, at) => {
      const ticket = ticketNumberOf(facility, n);
      const content = barcodeTextOf(ticket, at, ZONE);
      const [, date, time] = content.split(";");
      expect(ticketReadOf(content)).toEqual({ readable: true, number: ticket, date, time });
    }), { numRuns: 300 });
    for (const damaged of ["", "07000000104", "07000000104;02/03/26;11/05/00", "07000000104;02/03/2026;11:05:00", "x".repeat(10_000)]) {
      expect(ticketReadOf(damaged)).toEqual({ readable: false });
    }
  });

  it("the bars of Code 128 have the right number of modules", () => {
    const bars = code128("07000000104;02/03/2026;11/05/00");
    expect(bars.path.startsWith("M")).toBe(true);
    expect(bars.width).toBeGreaterThan(200);
  });
});

describe("receipt, chit and shift", () => {
  const papers: readonly [string, (locale: "en" | "de") => Paper][] = [
    ["receipt-cash", (locale) => receiptPaper(receipt, site, locale)],
    ["receipt-card", (locale) => receiptPaper({ ...receipt, stay: null, paidBy: { means: "card", scheme: "visa", lastDigits: "4242" } }, site, locale)],
    ["chit", (locale) => chitPaper({ chit: 5, payment: 12, station: "P1", amountMinor: 300, issuedAt: local("12:30") }, site, locale)],
    ["cash-box", (locale) => cashPaper({
      type: "CashBoxExchanged", station: "P1" as StationId, at: local("15:30"), by: "ann",
      booked: [{ denominationMinor: 500, count: 3 }, { denominationMinor: 2000, count: 4 }],
      counted: [{ denominationMinor: 500, count: 3 }, { denominationMinor: 1000, count: 0 }, { denominationMinor: 2000, count: 3 }],
    }, 4711, "Level 1", "ann", site, locale)],
    ["till-drop", (locale) => cashPaper({
      type: "TillCashMoved", till: "office", shift: 3, to: "vault", amountMinor: 20_000, reason: "too much cash", at: local("12:30"), by: "ann",
    }, 815, "office", "ann", site, locale)],
    ["shift", (locale) => shiftPaper({ ...shift, closed }, site, locale)],
  ];
  it.each(papers.flatMap(([name, paper]) => (["en", "de"] as const).map((locale) => [name, locale, paper] as const)))(
    "%s in %s as in the golden file", async (name, locale, paper) => {
      const { source, svg, escpos } = paper(locale);
      await expect(`${source}\n\n${readBack(svg).join("\n")}\n`).toMatchFileSnapshot(`golden/${name}.${locale}.txt`);
      expect(svg).not.toMatch(/@import|https?:\/\/(?!www\.w3\.org)/);
      expect(svg).toContain("<title>");
      expect(escpos[0]).toBe(0x1b);
      expect(paper(locale).svg).toBe(svg);
    });

  it("the receipt says what seed 002 asks for", () => {
    const shown = readBack(receiptPaper(receipt, site, "en").svg).join("\n");
    for (const part of ["City administration", "1 Town Square", "1 North Street", "AU 12 345", "10.00", "7.00", "3.00", "02/03/2026"]) {
      expect(shown).toContain(part);
    }
  });

  it("no text can break the layout", () => {
    fc.assert(fc.property(fc.string({ maxLength: 30 }), (value) => {
      const printable = value.replace(/[^\x21-\x7e]/g, "");
      const back = readBack(paperOf("t", [text(printable)]).svg).join("");
      expect(back.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&apos;", "'").replaceAll("&#39;", "'")).toBe(printable);
    }), { numRuns: 300 });
  });

  it("references are read as people type them", () => {
    expect(parsePaymentRef(paymentRef(12))).toEqual({ ok: true, value: 12 });
    expect(parseChitRef(" c5 ")).toEqual({ ok: true, value: 5 });
    expect(parseChitRef(chitRef(5))).toEqual({ ok: true, value: 5 });
    expect(parseChitRef("P000005").ok).toBe(false);
    expect(parseChitRef("0").ok).toBe(false);
  });
});
