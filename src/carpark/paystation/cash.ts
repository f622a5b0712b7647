/**
 * Coins and notes as their devices report them. Only the difference to the last known counter is credited, so
 * a repeated or late message changes nothing and a lost one is made good by the next.
 */
import type { MinorUnits } from "../../kernel/money.ts";
import type { StationId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { CoinCount, NoteCount, StationDeviceCommand } from "./command.ts";
import type { CoinsIn } from "./event.ts";
import { type OpenPayment, escrowMinorOf, openPaymentOf, valueOf } from "./paystation.ts";
import { considerSettling, orderStacking, refundPayment, refundStray } from "./settle.ts";
import { stationConfigOf, stationOf } from "./station.ts";
import { ESCROW_NOTES_MAX } from "./timing.ts";

export function countCoins(d: Deciding, id: StationId, counts: readonly CoinCount[]): Refusal | null {
  const { counters } = stationOf(d, id);
  const coins: CoinsIn[] = counts.map((count) => ({
    denominationMinor: count.denominationMinor,
    toHopper: newSince(counters.coinsToHopper, count.denominationMinor, count.toHopper),
    toCashBox: newSince(counters.coinsToCashBox, count.denominationMinor, count.toCashBox),
  })).filter((coin) => coin.toHopper + coin.toCashBox > 0);
  if (coins.length === 0) return { type: "nothingToDo", what: "coinsCounted" };
  const amountMinor = coins.reduce((sum, coin) => sum + coin.denominationMinor * (coin.toHopper + coin.toCashBox), 0);
  d.emit({ type: "CoinsInserted", station: id, payment: cashPaymentOf(d, id), coins, amountMinor });
  afterMoneyIn(d, id);
  return null;
}

export function countNotes(d: Deciding, id: StationId, counts: readonly NoteCount[]): Refusal | null {
  const { counters } = stationOf(d, id);
  const notes = counts
    .map(({ denominationMinor, stacked }) => ({ denominationMinor, count: newSince(counters.notesStacked, denominationMinor, stacked) }))
    .filter((note) => note.count > 0);
  if (notes.length === 0) return { type: "nothingToDo", what: "notesCounted" };
  d.emit({ type: "NotesStacked", station: id, payment: cashPaymentOf(d, id), notes, amountMinor: valueOf(notes) });
  afterMoneyIn(d, id);
  return null;
}

const newSince = (known: ReadonlyMap<MinorUnits, number>, denomination: MinorUnits, count: number): number =>
  Math.max(0, count - (known.get(denomination) ?? 0));

/** Cash belongs to the open payment unless the terminal has it; otherwise it is given back. */
function cashPaymentOf(d: Deciding, id: StationId): number | null {
  const { phase } = stationOf(d, id);
  return phase.step === "card" ? null : (openPaymentOf(phase)?.payment ?? null);
}

function afterMoneyIn(d: Deciding, id: StationId): void {
  considerSettling(d, id);
  refundStray(d, id);
}

export function offerNote(d: Deciding, command: Extract<StationDeviceCommand, { type: "OfferNote" }>): Refusal | null {
  const { station: id, note, denominationMinor } = command;
  const station = stationOf(d, id);
  if (note <= station.counters.notesRead) return { type: "nothingToDo", what: "noteOffered" };
  const payment = openPaymentOf(station.phase);
  const refuse = (why: "noPayment" | "noteNotAccepted" | "escrowFull"): null => {
    d.emit({ type: "NoteRefused", station: id, note, denominationMinor, why });
    return null;
  };
  if (!payment || station.phase.step === "card") return refuse("noPayment");
  if (!stationConfigOf(d, id)?.notes.includes(denominationMinor)) return refuse("noteNotAccepted");
  if (station.phase.step !== "collecting" || payment.escrow.length >= ESCROW_NOTES_MAX) return refuse("escrowFull");
  d.emit({ type: "NoteHeld", station: id, payment: payment.payment, note, denominationMinor });
  considerSettling(d, id);
  return null;
}

export function escrowReturnedByDevice(d: Deciding, id: StationId): Refusal | null {
  const payment = openPaymentOf(stationOf(d, id).phase);
  if (!payment || payment.escrow.length === 0) return { type: "nothingToDo", what: "escrowReturned" };
  d.emit({ type: "EscrowReturned", station: id, amountMinor: escrowMinorOf(payment), why: "byDevice" });
  considerSettling(d, id);
  return null;
}

export function tenderReturned(d: Deciding, id: StationId, tender: "coin" | "note"): Refusal | null {
  if (stationOf(d, id).phase.step !== "collecting") return { type: "nothingToDo", what: "tenderReturned" };
  d.emit({ type: "TenderRemarked", station: id, remark: tender === "coin" ? "coinReturned" : "noteReturned" });
  return null;
}

export function acceptRetention(d: Deciding, id: StationId): Refusal | null {
  const { phase } = stationOf(d, id);
  if (phase.step !== "asking") return { type: "nothingToDo", what: "acceptRetention" };
  orderStacking(d, id, phase.payment as OpenPayment);
  return null;
}

/** The stacker is moving or the terminal is busy: the driver may press again in a moment. */
export function cancelPayment(d: Deciding, id: StationId): Refusal | null {
  const { phase, operations } = stationOf(d, id);
  switch (phase.step) {
    case "collecting":
    case "asking":
      refundPayment(d, id, "cancelled");
      return null;
    case "stacking":
      return { type: "stationBusy", station: id };
    case "card":
      if (phase.aborting || operations.get(phase.operation)?.state !== "sent") return { type: "stationBusy", station: id };
      d.emit({ type: "CardAbortOrdered", station: id, operation: phase.operation });
      return null;
    case "idle":
    case "notice":
    case "settled":
      return { type: "nothingToDo", what: "cancelPayment" };
  }
}
