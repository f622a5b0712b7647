/** Names of states, reasons and things: one word or a short phrase each, the same on every screen. */
import type { AssetKind, Organisation } from "../../carpark/fault/fault.ts";
import type { FacilityMode } from "../../carpark/facility/event.ts";
import type { CardScheme, LaneDirection } from "../../carpark/facility/config.ts";
import type { GuardRefusal } from "../../carpark/guard/guard.ts";
import type { CallOutcome } from "../../carpark/intercom/intercom.ts";
import type { BarrierPosition, LoopName, PassageStep } from "../../carpark/lane/inputs.ts";
import type { LaneMode, MovementEnd, Phase } from "../../carpark/lane/lane.ts";
import type { Basis, StayEnd, StayFlag } from "../../carpark/stay/stay.ts";
import type { TicketState, VoidReason } from "../../carpark/ticket/ticket.ts";
import type { TranslationOf, WordsFor } from "../message.ts";

type Words =
  & WordsFor<"direction", LaneDirection> & WordsFor<"laneMode", LaneMode> & WordsFor<"facilityMode", FacilityMode>
  & WordsFor<"laneStep", Phase["step"] | "idle"> & WordsFor<"loop", LoopName> & WordsFor<"barrier", BarrierPosition>
  & WordsFor<"passage", PassageStep> & WordsFor<"movementEnd", MovementEnd>
  & WordsFor<"ticketState", TicketState> & WordsFor<"voidReason", VoidReason>
  & WordsFor<"basis", Basis> & WordsFor<"stayFlag", StayFlag> & WordsFor<"stayEnd", StayEnd>
  & WordsFor<"callOutcome", CallOutcome> & WordsFor<"asset", AssetKind> & WordsFor<"organisation", Organisation>
  & WordsFor<"guardRefusal", GuardRefusal> & WordsFor<"cardScheme", CardScheme>
  & WordsFor<"irregular", "tailgate" | "forced" | "heldOpen">
  & WordsFor<"adjustCause", "staff" | "heldOpen" | "lostTicket" | "recount">
  & WordsFor<"role", "attendant" | "manager" | "maintenance" | "security" | "administrator">
  & WordsFor<"faultState", "open" | "fixed">
  & WordsFor<"report", "faults" | "guards" | "occupancy" | "revenue" | "seasons" | "shift">;

export const wordsEn = {
  "direction.entry": "Entry", "direction.exit": "Exit",

  "laneMode.automatic": "Automatic", "laneMode.closed": "Closed", "laneMode.heldOpen": "Held open",
  "laneMode.outOfService": "Out of service",

  "facilityMode.open": "Open", "facilityMode.closed": "Closed", "facilityMode.fire": "Fire alarm",
  "facilityMode.safe": "Safe mode",

  "laneStep.idle": "No vehicle", "laneStep.approached": "Vehicle at the pillar", "laneStep.waiting": "Waiting for a space",
  "laneStep.offered": "Space offered", "laneStep.printing": "Printing ticket", "laneStep.offering": "Ticket in the mouth",
  "laneStep.retracting": "Withdrawing ticket",
  "laneStep.ticketInMouth": "Ticket stuck", "laneStep.printerFault": "Printer fault", "laneStep.refused": "Refused",
  "laneStep.paymentDue": "Payment due", "laneStep.returningCard": "Returning card", "laneStep.opening": "Letting through", "laneStep.attendant": "With the attendant",

  "loop.arming": "Detection loop", "loop.underArm": "Loop under the arm", "loop.closing": "Closing loop",
  "barrier.open": "Open", "barrier.closed": "Closed", "barrier.moving": "Moving", "barrier.unknown": "Position unknown",
  "passage.empty": "Empty", "passage.atLoop": "At the pillar", "passage.underArm": "Under the arm",
  "passage.clearing": "Driving through",
  "movementEnd.passed": "Drove through", "movementEnd.backedOut": "Backed out", "movementEnd.left": "Drove away",
  "movementEnd.lost": "Lost at a restart",

  "ticketState.ordered": "Ordered", "ticketState.printed": "Printed", "ticketState.taken": "Taken",
  "ticketState.live": "Inside, not paid", "ticketState.paid": "Paid", "ticketState.used": "Used", "ticketState.void": "Void",
  "voidReason.notPrinted": "not printed", "voidReason.notTaken": "not taken", "voidReason.backedOut": "vehicle backed out",
  "voidReason.restart": "system restarted", "voidReason.laneClosed": "lane closed", "voidReason.replaced": "replaced",
  "voidReason.lost": "lost", "voidReason.stayClosed": "stay closed", "voidReason.staff": "voided by staff",

  "basis.shortTerm": "Short-term", "basis.seasonTicket": "Season ticket", "basis.service": "Service card",
  "basis.booking": "Booking", "basis.contract": "Contract", "basis.external": "Provider's right", "basis.payAsYouGo": "Pay as you go",
  "basis.reportedOverflow": "Beyond the contingent", "basis.irregular": "Not let in",
  "stayFlag.passageUnknown": "Passage not seen", "stayFlag.closingLoopDead": "Closing loop dead",
  "stayFlag.tailgate": "Tailgated", "stayFlag.heldOpen": "Barrier held open",
  "stayFlag.enteredAgainstVoid": "Came in on a void ticket", "stayFlag.manual": "Entered by hand",
  "stayFlag.neutral": "Neutral",
  "stayEnd.passed": "Drove out", "stayEnd.passageUnknown": "Passage not seen", "stayEnd.closedByStaff": "Closed by staff",
  "stayEnd.manualRelease": "Let out by hand", "stayEnd.superseded": "Entered again, exit not seen",

  "callOutcome.opened": "Barrier opened", "callOutcome.graceExtended": "Time to leave extended", "callOutcome.paid": "Payment taken",
  "callOutcome.ticketReplaced": "Ticket replaced", "callOutcome.advised": "Advised", "callOutcome.driverLeft": "Driver left",
  "callOutcome.gaveUp": "Not answered",

  "asset.barrier": "Barrier", "asset.pillar": "Control pillar", "asset.printer": "Printer", "asset.cardReader": "Card reader",
  "asset.loop": "Loop", "asset.payStation": "Pay station", "asset.camera": "Camera", "asset.sign": "Sign",
  "asset.intercom": "Intercom", "asset.system": "System", "asset.building": "Building", "asset.other": "Other",
  "faultState.open": "open", "faultState.fixed": "fixed",
  "organisation.maintenance": "Maintenance company", "organisation.directLabour": "Direct labour organisation",
  "guardRefusal.unknownCard": "unknown card", "guardRefusal.credentialBlocked": "card blocked",
  "guardRefusal.notResponsible": "company not responsible for this car park",
  "cardScheme.mastercard": "Mastercard", "cardScheme.visa": "Visa", "cardScheme.debit": "Debit card",

  "irregular.tailgate": "drove in behind another", "irregular.forced": "passed without being let through",
  "irregular.heldOpen": "passed while the barrier was held open",
  "adjustCause.staff": "staff", "adjustCause.heldOpen": "barrier held open", "adjustCause.lostTicket": "lost ticket",
  "adjustCause.recount": "recount",

  "role.attendant": "Attendant", "role.manager": "Manager", "role.maintenance": "Maintenance",
  "role.security": "Security company", "role.administrator": "Administrator",
  "report.faults": "Faults of the month", "report.guards": "Guard visits", "report.occupancy": "Occupancy",
  "report.revenue": "Revenue by means of payment", "report.seasons": "Season tickets", "report.shift": "Till shift",
} as const satisfies Words;

export const wordsDe = {
  "direction.entry": "Einfahrt", "direction.exit": "Ausfahrt",

  "laneMode.automatic": "Automatik", "laneMode.closed": "Geschlossen", "laneMode.heldOpen": "Offen gehalten",
  "laneMode.outOfService": "Außer Betrieb",

  "facilityMode.open": "Offen", "facilityMode.closed": "Geschlossen", "facilityMode.fire": "Brandalarm",
  "facilityMode.safe": "Sicherer Betrieb",

  "laneStep.idle": "Kein Fahrzeug", "laneStep.approached": "Fahrzeug an der Säule", "laneStep.waiting": "Wartet auf Platz",
  "laneStep.offered": "Platz angeboten", "laneStep.printing": "Ticket wird gedruckt", "laneStep.offering": "Ticket steht im Ausgabeschlitz",
  "laneStep.retracting": "Ticket wird eingezogen",
  "laneStep.ticketInMouth": "Ticket klemmt", "laneStep.printerFault": "Drucker gestört", "laneStep.refused": "Abgewiesen",
  "laneStep.paymentDue": "Zahlung offen", "laneStep.returningCard": "Karte wird zurückgegeben", "laneStep.opening": "Freie Fahrt", "laneStep.attendant": "Im Gespräch",

  "loop.arming": "Anmeldeschleife", "loop.underArm": "Schleife unter dem Schrankenbaum", "loop.closing": "Schließschleife",
  "barrier.open": "Offen", "barrier.closed": "Geschlossen", "barrier.moving": "Bewegt sich", "barrier.unknown": "Stellung unbekannt",
  "passage.empty": "Leer", "passage.atLoop": "An der Säule", "passage.underArm": "Unter dem Schrankenbaum",
  "passage.clearing": "Fährt durch",
  "movementEnd.passed": "Durchgefahren", "movementEnd.backedOut": "Zurückgesetzt", "movementEnd.left": "Weggefahren",
  "movementEnd.lost": "Beim Neustart verloren",

  "ticketState.ordered": "Bestellt", "ticketState.printed": "Gedruckt", "ticketState.taken": "Entnommen",
  "ticketState.live": "Drin, nicht bezahlt", "ticketState.paid": "Bezahlt", "ticketState.used": "Verbraucht", "ticketState.void": "Ungültig",
  "voidReason.notPrinted": "nicht gedruckt", "voidReason.notTaken": "nicht entnommen", "voidReason.backedOut": "Fahrzeug hat zurückgesetzt",
  "voidReason.restart": "System neu gestartet", "voidReason.laneClosed": "Spur geschlossen", "voidReason.replaced": "ersetzt",
  "voidReason.lost": "verloren", "voidReason.stayClosed": "Parkvorgang geschlossen", "voidReason.staff": "vom Personal entwertet",

  "basis.shortTerm": "Kurzparker", "basis.seasonTicket": "Zeitkarte", "basis.service": "Dienstkarte",
  "basis.booking": "Buchung", "basis.contract": "Vertrag", "basis.external": "Recht eines Anbieters", "basis.payAsYouGo": "Pay as you Go",
  "basis.reportedOverflow": "Über dem Kontingent", "basis.irregular": "Ohne Freigabe",
  "stayFlag.passageUnknown": "Durchfahrt nicht gesehen", "stayFlag.closingLoopDead": "Schließschleife ausgefallen",
  "stayFlag.tailgate": "Aufgefahren", "stayFlag.heldOpen": "Schranke offen gehalten",
  "stayFlag.enteredAgainstVoid": "Mit ungültigem Ticket eingefahren", "stayFlag.manual": "Von Hand erfasst",
  "stayFlag.neutral": "Neutral",
  "stayEnd.passed": "Ausgefahren", "stayEnd.passageUnknown": "Durchfahrt nicht gesehen", "stayEnd.closedByStaff": "Vom Personal geschlossen",
  "stayEnd.manualRelease": "Von Hand hinausgelassen", "stayEnd.superseded": "Erneut eingefahren, Ausfahrt nicht gesehen",

  "callOutcome.opened": "Schranke geöffnet", "callOutcome.graceExtended": "Ausfahrzeit verlängert", "callOutcome.paid": "Zahlung angenommen",
  "callOutcome.ticketReplaced": "Ticket ersetzt", "callOutcome.advised": "Auskunft gegeben", "callOutcome.driverLeft": "Fahrer weg",
  "callOutcome.gaveUp": "Nicht angenommen",

  "asset.barrier": "Schranke", "asset.pillar": "Säule", "asset.printer": "Drucker", "asset.cardReader": "Kartenleser",
  "asset.loop": "Schleife", "asset.payStation": "Kassenautomat", "asset.camera": "Kamera", "asset.sign": "Anzeige",
  "asset.intercom": "Sprechstelle", "asset.system": "System", "asset.building": "Gebäude", "asset.other": "Sonstiges",
  "faultState.open": "offen", "faultState.fixed": "behoben",
  "organisation.maintenance": "Wartungsfirma", "organisation.directLabour": "Eigenbetrieb der Stadt",
  "guardRefusal.unknownCard": "unbekannte Karte", "guardRefusal.credentialBlocked": "Karte gesperrt",
  "guardRefusal.notResponsible": "Firma für dieses Parkhaus nicht zuständig",
  "cardScheme.mastercard": "Mastercard", "cardScheme.visa": "Visa", "cardScheme.debit": "Debitkarte",

  "irregular.tailgate": "hinter einem anderen durchgefahren", "irregular.forced": "ohne Freigabe durchgefahren",
  "irregular.heldOpen": "bei offen gehaltener Schranke durchgefahren",
  "adjustCause.staff": "Personal", "adjustCause.heldOpen": "Schranke offen gehalten", "adjustCause.lostTicket": "Ticket verloren",
  "adjustCause.recount": "Nachzählung",

  "role.attendant": "Aufsicht", "role.manager": "Leitung", "role.maintenance": "Wartung",
  "role.security": "Sicherheitsfirma", "role.administrator": "Administration",
  "report.faults": "Störungen des Monats", "report.guards": "Kontrollgänge", "report.occupancy": "Belegung",
  "report.revenue": "Einnahmen nach Zahlungsart", "report.seasons": "Zeitkarten", "report.shift": "Kassenschicht",
} as const satisfies TranslationOf<typeof wordsEn>;
