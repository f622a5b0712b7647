/** Decides every command of a pay station. */
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { chooseCard, cardOutcome } from "./card.ts";
import { acceptRetention, cancelPayment, countCoins, countNotes, escrowReturnedByDevice, offerNote, tenderReturned } from "./cash.ts";
import type { PayStationCommand } from "./command.ts";
import { countPayout } from "./payout.ts";
import { chooseStay, extendPayment, insertCard, insertTicket, pressHelp, pressReceipt, ticketRemoved, validationPrinted } from "./session.ts";
import { decideStationStaff } from "./stock.ts";

export function decidePayStation(d: Deciding, command: PayStationCommand): Refusal | null {
  const { station } = command;
  if (!d.state.config) return { type: "facilityNotConfigured" };
  if (!d.state.stations.has(station)) return { type: "stationUnknown", station };
  switch (command.type) {
    case "InsertTicket": return insertTicket(d, station, command.read);
    case "InsertCard": return insertCard(d, station, command.card);
    case "ReportTicketRemoved": return ticketRemoved(d, station);
    case "CountCoins": return countCoins(d, station, command.counts);
    case "ReportTenderReturned": return tenderReturned(d, station, command.tender);
    case "OfferNote": return offerNote(d, command);
    case "CountNotes": return countNotes(d, station, command.counts);
    case "ReportEscrowReturned": return escrowReturnedByDevice(d, station);
    case "ReportCardOutcome": return cardOutcome(d, station, command.operation, command.outcome);
    case "CountPayout": return countPayout(d, command);
    case "ReportValidationPrinted": return validationPrinted(d, station, command.printed);
    case "ChooseStay": return chooseStay(d, station, command.stay);
    case "ChooseCard": return chooseCard(d, station);
    case "AcceptRetention": return acceptRetention(d, station);
    case "ExtendPayment": return extendPayment(d, station);
    case "CancelPayment": return cancelPayment(d, station);
    case "PressReceipt": return pressReceipt(d, station);
    case "PressStationHelp": return pressHelp(d, station);
    case "SetStationMode": case "FillHopper": case "EmptyHopper":
    case "ExchangeCashBox": case "ResetCashCounters": case "AbandonPayout":
      return decideStationStaff(d, command);
  }
}
