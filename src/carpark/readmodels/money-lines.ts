/** Money as the books have it, line by line, read from the log book's events: for reconciling with what others say. */
import type { FacilityEvent } from "../facility/event.ts";
import { valueOf } from "../paystation/paystation.ts";
import type { LogRow } from "./log-book.ts";
import { allOf } from "./page.ts";
import type { Database } from "./table.ts";

type Place = { readonly facility: string; readonly seq: number; readonly at: number; readonly place: string };

/** `reference`: the card terminal's; null when the sale was recorded without one. Refunds are negative. */
export type CardLine = Place & { readonly reference: string | null; readonly amountMinor: number };

/** Cash counted by a person, beside what the books expected then. */
export type CountLine = Place & {
  readonly what: "cashBox" | "hopper" | "till" | "coinsFound"; readonly bookedMinor: number; readonly countedMinor: number;
};

type Period = { readonly from: number; readonly until: number; readonly facility?: string | undefined };

export async function cardLines(db: Database, period: Period): Promise<readonly CardLine[]> {
  const rows = await logged(db, period, ["CardSaleApproved", "CardRefunded", "OfficePaymentTaken", "PaymentRefunded", "SeasonSaleBooked", "StayPaymentTaken"]);
  return rows.flatMap(({ facility, seq, at, event }) => {
    const line = cardLineOf(event);
    return line === null || line.amountMinor === 0 ? [] : [{ facility, seq, at, ...line }];
  });
}

function cardLineOf(e: FacilityEvent): Omit<CardLine, "facility" | "seq" | "at"> | null {
  switch (e.type) {
    case "CardSaleApproved":
      return { place: e.station, reference: e.reference, amountMinor: e.amountMinor };
    case "CardRefunded":
      return { place: e.station, reference: e.reference, amountMinor: -e.amountMinor };
    case "OfficePaymentTaken":
      return e.tender.kind === "card" ? { place: e.till, reference: e.tender.terminalReference, amountMinor: e.chargeMinor } : null;
    case "PaymentRefunded":
      return e.cardReference === null ? null : { place: e.till, reference: e.cardReference, amountMinor: -e.amountMinor };
    case "SeasonSaleBooked":
      return e.means === "cash" ? null : { place: e.till ?? "", reference: e.reference ?? null, amountMinor: e.amountMinor };
    case "StayPaymentTaken":
      return e.means === "provider" ? null : { place: e.means, reference: e.reference, amountMinor: e.amountMinor };
    default:
      return null;
  }
}

export async function countLines(db: Database, period: Period): Promise<readonly CountLine[]> {
  const rows = await logged(db, period, ["CashBoxExchanged", "HopperEmptied", "ShiftClosed", "CashVarianceFound"]);
  return rows.flatMap(({ facility, seq, at, event }) => {
    const line = countLineOf(event);
    return line === null ? [] : [{ facility, seq, at, ...line }];
  });
}

function countLineOf(e: FacilityEvent): Omit<CountLine, "facility" | "seq" | "at"> | null {
  switch (e.type) {
    case "CashBoxExchanged":
      return { place: e.station, what: "cashBox", bookedMinor: valueOf(e.booked), countedMinor: valueOf(e.counted) };
    case "HopperEmptied":
      return { place: e.station, what: "hopper", bookedMinor: e.denominationMinor * e.booked, countedMinor: e.denominationMinor * e.counted };
    case "ShiftClosed":
      return { place: e.till, what: "till", bookedMinor: e.expectedMinor, countedMinor: e.countedMinor };
    case "CashVarianceFound":
      return { place: e.station, what: "coinsFound", bookedMinor: 0, countedMinor: e.denominationMinor * e.count };
    default:
      return null;
  }
}

type Logged = Pick<LogRow, "facility" | "seq" | "at"> & { readonly event: FacilityEvent };

/** The types are ours, never typed by anybody. */
async function logged(db: Database, { from, until, facility }: Period, types: readonly FacilityEvent["type"][]): Promise<readonly Logged[]> {
  const rows = await allOf<LogRow>(
    db, "read_log",
    [["t.at >= ?", from], ["t.at < ?", until], ["t.facility = ?", facility], [`t.event->>'type' = any(string_to_array(?, ','))`, types.join(",")]],
    "t.at, t.facility, t.seq",
  );
  // The log book keeps each event as the journal has it.
  return rows.map(({ facility: of, seq, at, event }) => ({ facility: of, seq, at, event: event as unknown as FacilityEvent }));
}
