/** The till: its shifts, cash between till and vault, and the money of season tickets sold at it. */
import type { MinorUnits } from "../../kernel/money.ts";
import type { SystemCommand } from "../facility/command.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { taxWithin } from "../paystation/settle.ts";
import { type OfficeCommand, type Shift, expectedMinorOf } from "./office.ts";

/** A float or a count above this is a typing error: 100,000.00. */
export const TILL_MINOR_MAX = 10_000_000;

export function openShift(d: Deciding, till: string, floatMinor: MinorUnits): Refusal | null {
  if (d.state.shifts.has(till)) return { type: "shiftOpen", till };
  if (!isTillAmount(floatMinor)) return { type: "countImpossible", count: floatMinor };
  d.emit({ type: "ShiftOpened", till, shift: d.state.next.shift, floatMinor });
  return null;
}

export function closeShift(d: Deciding, till: string, countedMinor: MinorUnits, reason: string | null): Refusal | null {
  const shift = d.state.shifts.get(till);
  if (!shift) return { type: "shiftMissing", till };
  if (!isTillAmount(countedMinor)) return { type: "countImpossible", count: countedMinor };
  const expectedMinor = expectedMinorOf(shift);
  d.emit({ ...shift, type: "ShiftClosed", expectedMinor, countedMinor, varianceMinor: countedMinor - expectedMinor, reason });
  return null;
}

export const isTillAmount = (amountMinor: MinorUnits): boolean =>
  Number.isSafeInteger(amountMinor) && amountMinor >= 0 && amountMinor <= TILL_MINOR_MAX;

export function moveTillCash(d: Deciding, { till, to, amountMinor, reason }: Extract<OfficeCommand, { type: "MoveTillCash" }>): Refusal | null {
  const shift = d.state.shifts.get(till);
  if (!shift) return { type: "shiftMissing", till };
  if (!isTillAmount(amountMinor) || amountMinor === 0) return { type: "countImpossible", count: amountMinor };
  const refusal = to === "vault" ? enoughInTill(shift, amountMinor) : null;
  if (refusal) return refusal;
  d.emit({ type: "TillCashMoved", till, shift: shift.shift, to, amountMinor, reason: reason.trim() });
  return null;
}

export const enoughInTill = (shift: Readonly<Shift>, amountMinor: MinorUnits): Refusal | null =>
  amountMinor <= expectedMinorOf(shift) ? null : { type: "tillTooLow", till: shift.till, availableMinor: expectedMinorOf(shift) };

/**
 * A sale is a fact by the time its car park learns of it, so it is booked and never refused. Money for a shift
 * that closed meanwhile was in the drawer when it was counted: it explains that shift's difference.
 */
export function bookSeasonSale(d: Deciding, sale: Extract<SystemCommand, { type: "LearnSeasonSale" }>): Refusal | null {
  if (!d.state.config) return { type: "facilityNotConfigured" };
  if (sale.operatorSeq <= d.state.operatorSeq) return { type: "nothingToDo", what: "LearnSeasonSale" };
  const shift = sale.till === null ? undefined : d.state.shifts.get(sale.till);
  const { season, kind, till, means, amountMinor, reference, soldBy, operatorSeq } = sale;
  d.emit({
    type: "SeasonSaleBooked", season, kind, till, shift: shift?.shift ?? null, means, amountMinor,
    taxMinor: taxWithin(d, amountMinor), ...(reference === undefined ? {} : { reference }), soldBy, operatorSeq,
  });
  return null;
}
