/**
 * Folds one event into a facility's state, in place. Deciders reach it only through `emit`; a replay calls it
 * with the journal's events and arrives at the same state. It never throws on a journalled event.
 */
import { assert, unreachable } from "../../kernel/assert.ts";
import { DAY } from "../../kernel/instant.ts";
import { evolveClaim, forgetClaim } from "../claim/claim.ts";
import { evolveFault } from "../fault/fault.ts";
import { evolveGuard } from "../guard/guard.ts";
import { evolveIntercom } from "../intercom/ring.ts";
import { evolveLane } from "../lane/evolve.ts";
import { evolveSale } from "../lane/sale.ts";
import { evolveOffice } from "../office/evolve.ts";
import { configureStations, evolvePayStation } from "../paystation/evolve.ts";
import { forgetExternals } from "../../rights/desk/granting.ts";
import { evolveRights } from "../../rights/desk/evolve.ts";
import { configureRights, inOrderOfEffect, learnTariffs } from "../rights/configured.ts";
import { forgetProviderPayments, rememberProviderPayment } from "../rights/provider-payment.ts";
import { evolveStay } from "../stay/evolve.ts";
import { evolveTicket } from "../ticket/evolve.ts";
import { evolveWaiting } from "../waiting/serve.ts";
import type { FacilityConfig } from "./config.ts";
import type { LifecycleEvent, Recorded, TaughtEvent } from "./event.ts";
import type { Facility } from "./state.ts";

/** Used and void tickets are kept this long, so that a driver is told why a ticket is refused. */
export const ENDED_TICKET_KEPT_MS = 7 * DAY;

export function evolve(f: Facility, e: Recorded): void {
  assert(e.at >= f.now, "recorded instants never decrease");
  f.now = e.at;
  switch (e.type) {
    case "FacilityConfigured": case "TariffPublished": case "FacilityModeSet": case "OwnerStarted":
    case "PeriodClosed": case "NoteWritten": case "CardRightSet": case "GuardCardSet": case "RightsLearnt":
      evolveLifecycle(f, e);
      return;
    case "AccountMailRecorded": case "StatementMailAsked":
      // For people; nothing is decided by it.
      return;
    case "StayPaymentTaken":
      f.next.payment++;
      forgetClaim(f, e.stay);
      if (e.means === "provider") rememberProviderPayment(f, e);
      return;
    case "StayClaimed": case "StayUnclaimed":
      evolveClaim(f, e);
      return;
    case "LaneSaleOrdered": case "LaneSaleAsked": case "LaneSaleEnded":
      evolveSale(f, e);
      return;
    case "Rights":
      if (e.rights.type === "StayClosed") forgetClaim(f, e.rights.stay);
      evolveRights(f.rights, { ...e.rights, at: e.at, ...(e.by === undefined ? {} : { by: e.by }) });
      return;
    case "VehicleApproached": case "PlateAttached": case "MovementEnded": case "EntryRefused": case "EntryAdmitted":
    case "CardReturned": case "TicketNotPrinted": case "TicketStuck": case "ExitRefused": case "ExitReleased": case "PaymentAsked":
    case "IrregularPassage": case "LaneModeSet": case "BarrierFailed":
      evolveLane(f, e);
      return;
    case "TicketOrdered": case "TicketPrinted": case "TicketTaken": case "TicketRecalled": case "TicketRevived":
    case "TicketVoided": case "TicketClaimed": case "TicketUnclaimed": case "TicketPaid": case "GraceExtended":
    case "TicketReplaced": case "LostTicketIssued": case "TicketUsed":
      evolveTicket(f, e);
      return;
    case "StayOpened": case "StayClosed": case "StayGroupChanged": case "StayPlateCorrected": case "StayNeutralSet": case "AnomalousExit": case "OccupancyAdjusted":
      evolveStay(f, e);
      return;
    case "VehicleWaiting": case "SpaceOffered": case "OfferLapsed":
      evolveWaiting(f, e);
      return;
    case "CallRang": case "CallForwarded": case "CallAnswered": case "CallEnded":
      evolveIntercom(f, e);
      return;
    case "FaultReported": case "FaultRepeated": case "FaultNotified": case "FaultAcknowledged": case "FaultEscalated":
    case "FaultFixed": case "FaultReopened":
      evolveFault(f, e);
      return;
    case "GuardArrived": case "GuardLeft": case "GuardDepartureMissing": case "GuardCardRefused":
      evolveGuard(f, e);
      return;
    case "StationNoticeShown": case "ChargeShown": case "PaymentReminded": case "PaymentExtended": case "ValidationPrinted":
    case "ReceiptOrdered": case "StationCleared": case "CoinsInserted": case "TenderRemarked": case "NoteHeld":
    case "NoteRefused": case "RetentionAsked": case "StackingOrdered": case "NotesStacked": case "EscrowReturned":
    case "CashSettled": case "CashRefunded": case "PayoutOrdered": case "PayoutCounted": case "CashVarianceFound":
    case "PayoutAsked": case "PayoutFinished": case "PayoutRetained": case "ChitIssued": case "CardSaleOrdered":
    case "CardAbortOrdered": case "CardUnknown": case "CardStatusAsked": case "CardSaleApproved": case "CardSaleDeclined":
    case "CardSaleTrusted": case "CardRefundOrdered": case "CardRefunded": case "CardRefundFailed": case "StationModeSet":
    case "HopperFilled": case "HopperEmptied": case "CashBoxExchanged": case "CashCountersReset":
      evolvePayStation(f, e);
      return;
    case "ShiftOpened": case "ShiftClosed": case "OfficePaymentTaken": case "ChitRedeemed": case "PaymentRefunded":
    case "TillCashMoved": case "SeasonSaleBooked":
      evolveOffice(f, e);
      return;
    default:
      unreachable(e);
  }
}

function evolveLifecycle(f: Facility, e: Recorded<LifecycleEvent | TaughtEvent>): void {
  switch (e.type) {
    case "FacilityConfigured":
      configure(f, e.config);
      configureRights(f.rights, e.config, e.at);
      return;
    case "TariffPublished":
      f.tariffs = [...inOrderOfEffect([...f.tariffs, e.tariff])];
      learnTariffs(f.rights, f.tariffs);
      return;
    case "FacilityModeSet": f.mode = e.mode; return;
    case "OwnerStarted": case "NoteWritten": return;
    case "PeriodClosed": forgetEnded(f, e.at); return;
    case "CardRightSet":
      f.cards.set(e.card, e.right);
      f.operatorSeq = e.operatorSeq;
      return;
    case "GuardCardSet":
      f.guardCards.set(e.guard.card, e.guard);
      f.operatorSeq = e.operatorSeq;
      return;
    case "RightsLearnt":
      f.operatorSeq = e.operatorSeq;
      return;
  }
}

/** Lanes that are gone leave; new ones begin idle; those that stay keep what they are doing. Stations keep their money. */
function configure(f: Facility, config: FacilityConfig): void {
  f.config = config;
  const lanes = new Map(f.lanes);
  f.lanes.clear();
  for (const { id } of config.lanes) f.lanes.set(id, lanes.get(id) ?? { id, mode: "automatic", movement: null, sale: null });
  f.waiting = f.waiting.filter((place) => f.lanes.has(place.lane));
  configureStations(f, config);
}

function forgetEnded(f: Facility, now: number): void {
  forgetProviderPayments(f, now);
  forgetExternals(f.rights, now);
  for (const ticket of [...f.tickets.values()]) {
    if (ticket.endedAt !== null && ticket.endedAt + ENDED_TICKET_KEPT_MS < now) f.tickets.delete(ticket.number);
  }
}
