/** Public pages rendered by the server: pillar displays, the sign at the entrance, the receipt on the phone. */
import type { TranslationOf } from "../message.ts";

export const publicPagesEn = {
  "pillar.title": "{lane}, {facility}",
  "pillar.entryHint": "Entry", "pillar.exitHint": "Exit",
  "pillar.connecting": "Connecting",
  "sign.title": "Entrance sign, {facility}",
  "sign.free": { one: "{count} space free", other: "{count} spaces free" },

  "receipt.title": "Your receipt",
  "receipt.lead": "Type in what is printed on your ticket.",
  "receipt.number": "Ticket number", "receipt.numberHint": "11 digits",
  "receipt.date": "Entry date", "receipt.dateHint": "dd/mm/yyyy",
  "receipt.time": "Entry time", "receipt.timeHint": "hh:mm",
  "receipt.show": "Show receipt", "receipt.again": "Look up another ticket", "receipt.print": "Print",
  "receipt.badInput": "Please check the marked fields.",
  "receipt.notFound": "No payment found for this ticket number and entry time. Check both, or ask at the office.",
  "receipt.tooMany": "Too many attempts. Please wait a minute and try again.",
  "receipt.heading": "Receipt", "receipt.vatNumber": "VAT number {vatNumber}", "receipt.paidAt": "Paid",
  "receipt.entered": "Entered", "receipt.means": "Paid with", "receipt.amount": "Amount paid",
  "receipt.tax": "including {rate} VAT", "receipt.given": "Given", "receipt.change": "Change",
  "receipt.retained": "Not paid out, slip issued", "receipt.paymentNumber": "Payment", "receipt.ticket": "Ticket",
  "receipt.refunded": "Refunded",
  "receipt.leaveBy": "Leave the car park by {leaveBy}.",
  "means.cash": "Cash", "means.card": "Card", "means.nil": "No charge",
} as const;

export const publicPagesDe = {
  "pillar.title": "{lane}, {facility}",
  "pillar.entryHint": "Einfahrt", "pillar.exitHint": "Ausfahrt",
  "pillar.connecting": "Verbindung wird aufgebaut",
  "sign.title": "Anzeige an der Einfahrt, {facility}",
  "sign.free": { one: "{count} Platz frei", other: "{count} Plätze frei" },

  "receipt.title": "Quittung",
  "receipt.lead": "Bitte eingeben, was auf dem Ticket steht.",
  "receipt.number": "Ticketnummer", "receipt.numberHint": "11 Ziffern",
  "receipt.date": "Einfahrt am", "receipt.dateHint": "TT/MM/JJJJ",
  "receipt.time": "Einfahrt um", "receipt.timeHint": "hh:mm",
  "receipt.show": "Quittung anzeigen", "receipt.again": "Anderes Ticket suchen", "receipt.print": "Drucken",
  "receipt.badInput": "Bitte die markierten Felder prüfen.",
  "receipt.notFound": "Zu dieser Ticketnummer und Einfahrtszeit gibt es keine Zahlung. Bitte beides prüfen oder im Büro fragen.",
  "receipt.tooMany": "Zu viele Versuche. Bitte eine Minute warten und noch einmal versuchen.",
  "receipt.heading": "Quittung", "receipt.vatNumber": "USt-IdNr. {vatNumber}", "receipt.paidAt": "Bezahlt",
  "receipt.entered": "Eingefahren", "receipt.means": "Zahlungsart", "receipt.amount": "Bezahlter Betrag",
  "receipt.tax": "darin {rate} Umsatzsteuer", "receipt.given": "Gegeben", "receipt.change": "Rückgeld",
  "receipt.retained": "Nicht ausgezahlt, Beleg gedruckt", "receipt.paymentNumber": "Zahlung", "receipt.ticket": "Ticket",
  "receipt.refunded": "Erstattet",
  "receipt.leaveBy": "Ausfahrt bis {leaveBy}.",
  "means.cash": "Bar", "means.card": "Karte", "means.nil": "Ohne Berechnung",
} as const satisfies TranslationOf<typeof publicPagesEn>;
