import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CardLine } from "../readmodels/money-lines.ts";
import { readSettlement, reconcileCards, sumOf } from "./reconciliation.ts";

const booked = (reference: string | null, amountMinor: number): CardLine =>
  ({ facility: "central", seq: 1, at: 1, place: "P1", reference, amountMinor });

describe("reconciling cards with the card company's file (E19)", () => {
  it("names each difference and nets nothing", () => {
    const settled = readSettlement("Datum;Referenz;Betrag\n1.3.;A;5,00\n1.3.;B;7,50\n1.3.;Z;1,00\n1.3.;S;-5,00\n\n1.3.;S;nichts\n", "EUR")!;
    expect(settled.unreadable).toEqual([7]);
    const { matched, items } = reconcileCards([booked("A", 500), booked("B", 700), booked("C", 300), booked("S", 500), booked("S", -500), booked(null, 20_000)], settled.lines);
    expect(matched).toBe(2);
    expect(items.map(({ kind, reference, bookedMinor, settledMinor, line }) => [kind, reference, bookedMinor, settledMinor, line])).toEqual([
      ["amountDiffers", "B", 700, 750, 3], ["onlyBooked", "C", 300, null, null], ["onlyBooked", "S", 500, null, null],
      ["referenceMissing", "", 20_000, null, null], ["onlySettled", "Z", null, 100, 4],
    ]);
  });

  it("a file without the two columns is no settlement; a comma separates too", () => {
    expect(readSettlement("a,b\n1,2", "EUR")).toBeNull();
    expect(readSettlement("\u{FEFF}\"reference\",\"amount\"\r\nX1,12.30\r\n", "EUR")).toEqual({ lines: [{ line: 2, reference: "X1", amountMinor: 1230 }], unreadable: [] });
  });

  it("the items explain the whole difference between settlement and books, whatever the file", () => {
    const line = fc.record({ reference: fc.constantFrom("A", "B", "C", "D"), amountMinor: fc.integer({ min: -900, max: 900 }) });
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (ours, theirs) => {
      const books = ours.map(({ reference, amountMinor }) => booked(reference, amountMinor));
      const file = theirs.map((one, index) => ({ line: index + 2, ...one }));
      const { matched, items } = reconcileCards(books, file);
      const explained = items.reduce((sum, { bookedMinor, settledMinor }) => sum + (settledMinor ?? 0) - (bookedMinor ?? 0), 0);
      expect(explained).toBe(sumOf(file) - sumOf(books));
      expect(items.filter((item) => item.bookedMinor !== null).length + matched).toBe(books.length);
      expect(items.filter((item) => item.settledMinor !== null).length + matched).toBe(file.length);
    }), { numRuns: 300 });
  });
});
