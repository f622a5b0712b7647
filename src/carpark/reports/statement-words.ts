/** The words of a monthly statement, in English and German. */
import { translator } from "../../messages/message.ts";

const en = {
  title: "Parking statement", number: "Statement no.", issued: "Issued", month: "Month", account: "Account", carPark: "Car park", vatNumber: "VAT no.",
  lines: "Charges", what: "What", from: "From", to: "To", minutes: "Charged time", amount: "Amount", total: "Total", currency: "Currency",
  line: "Line", item: "Item", credential: "Plate or card", original: "Corrects", type: "Kind", why: "Why",
  stay: "Stay {item}", charged: "charged", exitWithoutEntry: "Exit without a recorded entry {item}",
  correction: "Correction of {original}: {item} was {billed}", contractFee: "Contract {item}, {month}",
  vat: "VAT contained", rate: "Rate", net: "Net", tax: "VAT", gross: "Gross",
  erased: "Name erased on request", plateErased: "plate erased",
  closing: "Amounts include VAT. An issued statement is never changed; what later turns out differently is a line of the next one.",
  closingPlain: "An issued statement is never changed; what later turns out differently is a line of the next one.",
  credit: "The total is a credit.",
} as const;

const de = {
  title: "Monatsabrechnung", number: "Abrechnung Nr.", issued: "Ausgestellt am", month: "Monat", account: "Konto", carPark: "Parkhaus", vatNumber: "USt-IdNr.",
  lines: "Beträge", what: "Wofür", from: "Von", to: "Bis", minutes: "Berechnete Zeit", amount: "Betrag", total: "Summe", currency: "Währung",
  line: "Zeile", item: "Posten", credential: "Kennzeichen oder Karte", original: "Korrigiert", type: "Art", why: "Warum",
  stay: "Aufenthalt {item}", charged: "berechnet", exitWithoutEntry: "Ausfahrt ohne erfasste Einfahrt {item}",
  correction: "Korrektur zu {original}: {item}, bisher {billed}", contractFee: "Vertrag {item}, {month}",
  vat: "Enthaltene Umsatzsteuer", rate: "Satz", net: "Netto", tax: "USt", gross: "Brutto",
  erased: "Name auf Wunsch gelöscht", plateErased: "Kennzeichen gelöscht",
  closing: "Alle Beträge enthalten die Umsatzsteuer. Eine ausgestellte Abrechnung wird nie geändert; was sich später anders herausstellt, steht als Zeile in der nächsten.",
  closingPlain: "Eine ausgestellte Abrechnung wird nie geändert; was sich später anders herausstellt, steht als Zeile in der nächsten.",
  credit: "Die Summe ist ein Guthaben.",
} as const;

export const t = translator(en, de);
