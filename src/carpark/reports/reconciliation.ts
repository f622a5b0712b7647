/**
 * Reconciliation (property E19): what the card company settled and what was counted in cash, against the books.
 * Each difference is an item of its own with its place; nothing is netted against anything.
 *
 *   books --reference--> settlement     equal: settled;  amount differs;  only in the books;  only in the settlement
 *   books' expectation  -> counted      the difference of every cash box, hopper and till
 */
import type { Instant } from "../../kernel/instant.ts";
import { type Currency, type MinorUnits, minorOf } from "../../kernel/money.ts";
import type { CardLine, CountLine } from "../readmodels/money-lines.ts";

/** One line of the card company's file; refunds are negative. */
export type SettlementLine = { readonly line: number; readonly reference: string; readonly amountMinor: MinorUnits };

/** `referenceMissing`: booked without the terminal's reference, so nothing in a file can be it. */
export type CardItem = {
  readonly kind: "amountDiffers" | "onlyBooked" | "onlySettled" | "referenceMissing";
  readonly reference: string; readonly bookedMinor: MinorUnits | null; readonly settledMinor: MinorUnits | null;
  readonly facility: string | null; readonly place: string | null; readonly at: Instant | null;
  /** Of the file. */
  readonly line: number | null;
};

export type CardReconciliation = {
  readonly bookedMinor: MinorUnits; readonly settledMinor: MinorUnits;
  readonly matched: number; readonly items: readonly CardItem[];
};

export type Reconciliation = {
  readonly from: string; readonly to: string; readonly currency: Currency; readonly printedAt: Instant;
  readonly counts: readonly (CountLine & { readonly differenceMinor: MinorUnits })[]; readonly countedDifferenceMinor: MinorUnits;
  readonly bookedCardMinor: MinorUnits;
  /** Null while no file was given. */
  readonly cards: CardReconciliation | null;
  /** Lines of the file that are neither reference and amount nor empty. */
  readonly unreadable: readonly number[];
};

export function reconcileCards(booked: readonly CardLine[], settled: readonly SettlementLine[]): CardReconciliation {
  const open = new Map<string, SettlementLine[]>();
  for (const line of settled) open.set(line.reference, [...(open.get(line.reference) ?? []), line]);
  const items: CardItem[] = [];
  const left: CardLine[] = [];
  let matched = 0;
  for (const line of booked) {
    const candidates = line.reference === null ? undefined : open.get(line.reference);
    const equal = candidates?.findIndex((one) => one.amountMinor === line.amountMinor) ?? -1;
    if (candidates && equal >= 0) {
      candidates.splice(equal, 1);
      matched++;
    } else left.push(line);
  }
  // Equal amounts are matched first, so that of a sale and its refund under one reference only the wrong one is named.
  for (const line of left) {
    const other = line.reference === null ? undefined : open.get(line.reference)?.shift();
    items.push({
      kind: line.reference === null ? "referenceMissing" : other ? "amountDiffers" : "onlyBooked", reference: line.reference ?? "",
      bookedMinor: line.amountMinor, settledMinor: other?.amountMinor ?? null, facility: line.facility, place: line.place, at: line.at,
      line: other?.line ?? null,
    });
  }
  for (const rest of open.values()) {
    for (const { line, reference, amountMinor } of rest) {
      items.push({ kind: "onlySettled", reference, bookedMinor: null, settledMinor: amountMinor, facility: null, place: null, at: null, line });
    }
  }
  return { bookedMinor: sumOf(booked), settledMinor: sumOf(settled), matched, items };
}

export const withDifference = (line: CountLine) => ({ ...line, differenceMinor: line.countedMinor - line.bookedMinor });

export const sumOf = (lines: readonly { readonly amountMinor: MinorUnits }[]): MinorUnits => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Lines of one file; a body of 64 kB holds about 2,000. */
export const SETTLEMENT_CHARS_MAX = 60_000;
const REFERENCE_HEADS = ["reference", "referenz", "ref"];
const AMOUNT_HEADS = ["amount", "betrag"];

/**
 * A card company's file as text: a head line naming `reference` and `amount` among its columns, then one line for
 * each sale or refund, separated by comma, semicolon or tab. Amounts are in major units with a point or a comma.
 * Null when the head line names neither.
 */
export function readSettlement(text: string, currency: Currency): { readonly lines: readonly SettlementLine[]; readonly unreadable: readonly number[] } | null {
  const [head = "", ...body] = text.replace(/^\u{FEFF}/u, "").split(/\r?\n/);
  const separator = [";", "\t", ","].find((one) => head.includes(one)) ?? ",";
  const cells = (line: string): string[] => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const heads = cells(head).map((cell) => cell.toLowerCase());
  const reference = heads.findIndex((name) => REFERENCE_HEADS.includes(name));
  const amount = heads.findIndex((name) => AMOUNT_HEADS.includes(name));
  if (reference < 0 || amount < 0) return null;
  const lines: SettlementLine[] = [];
  const unreadable: number[] = [];
  for (const [index, line] of body.entries()) {
    if (line.trim() === "") continue;
    const row = cells(line);
    const minor = minorOf((row[amount] ?? "").replace(",", "."), currency);
    const name = row[reference] ?? "";
    if (name === "" || !minor.ok || row.length !== heads.length) unreadable.push(index + 2);
    else lines.push({ line: index + 2, reference: name, amountMinor: minor.value });
  }
  return { lines, unreadable };
}
