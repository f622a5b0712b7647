/** Pay stations and tills as staff and kiosk see them. */
import type { StationId } from "../../carpark/facility/config.ts";
import type { StationOutput } from "../../carpark/paystation/outputs.ts";
import { type OpenPayment, openPaymentOf, escrowMinorOf, type PayStation } from "../../carpark/paystation/paystation.ts";
import { stayOfPayable } from "../../carpark/paystation/payable.ts";
import type { TicketNumber } from "../../carpark/ticket/ticket.ts";
import { refundAtOf, retentionsOf } from "../../carpark/paystation/screen.ts";
import type { ReadonlyFacility } from "../../carpark/facility/state.ts";
import { present } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { screenWords } from "../../messages/words.ts";
import type { StationView } from "../contract/live.ts";
import { deviceView, type Seen } from "./seen.ts";

export function stationView(seen: Seen, output: StationOutput): StationView {
  const config = present(seen.state.config?.payStations.find(({ id }) => id === output.station), `configuration of station ${output.station}`);
  const station = present(seen.state.stations.get(output.station), `station ${output.station}`);
  return {
    id: config.id, name: config.name, screen: screenWords(output.screen), state: station.phase.step,
    inService: station.mode === "inService" && seen.storeHealthy, cashEnabled: output.cashEnabled, cardEnabled: output.cards.length > 0,
    call: callOf(seen.state, station.id), transaction: transactionView(seen.state, station),
    hoppers: [...station.hoppers].map(([denominationMinor, hopper]) => ({
      denominationMinor, count: hopper.level, capacity: config.hopperCapacity, suspect: hopper.suspect,
    })),
    cashBox: [...station.cashBox].map(([denominationMinor, count]) => ({ denominationMinor, count })),
    tenders: { coins: [...config.coins], notes: [...config.notes], cards: [...config.cards] },
    devices: seen.devices.filter((device) => device.station === config.id).map(deviceView),
  };
}

function callOf(state: ReadonlyFacility, station: StationId): StationView["call"] {
  const call = [...state.calls.values()].find(({ origin }) => origin.kind === "station" && origin.station === station);
  return !call ? null : call.answeredBy === null ? "ringing" : "answered";
}

function transactionView(state: ReadonlyFacility, station: DeepReadonly<PayStation>): StationView["transaction"] {
  const { phase } = station;
  const payment = openPaymentOf(phase);
  if (payment) return openView(state, station, payment);
  if (phase.step !== "settled") return null;
  return {
    payment: String(phase.payment), ticket: ticketOf(phase.ticket), chargeMinor: phase.chargeMinor, insertedMinor: phase.insertedMinor, remainingMinor: 0,
    changeMinor: phase.changeMinor, retainedMinor: phase.retainedMinor, lines: [], retains: [], leaveBy: phase.leaveBy, startedAt: null, until: phase.until,
  };
}

/** A stay named by plate has no ticket. */
const ticketOf = (payable: TicketNumber): TicketNumber | null => (stayOfPayable(payable) === null ? payable : null);

function openView(state: ReadonlyFacility, station: DeepReadonly<PayStation>, payment: DeepReadonly<OpenPayment>): NonNullable<StationView["transaction"]> {
  const { phase } = station;
  const insertedMinor = payment.creditedMinor + escrowMinorOf(payment);
  const asked = phase.step === "asking" ? phase : null;
  return {
    payment: String(payment.payment), ticket: ticketOf(payment.ticket), chargeMinor: payment.due.dueMinor, insertedMinor,
    remainingMinor: Math.max(0, payment.due.dueMinor - insertedMinor), changeMinor: asked?.changeMinor ?? 0, retainedMinor: asked?.retainedMinor ?? 0,
    lines: payment.due.lines.map((line) => ({ ...line })), retains: retentionsOf(state, station, payment).map((one) => ({ ...one })),
    leaveBy: null, startedAt: payment.startedAt, until: refundAtOf(payment),
  };
}
