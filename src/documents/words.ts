/** The fixed words of printed documents. Every language has every word, or it does not compile. */
import type { Locale } from "../messages/locale.ts";

export type DocumentWords = {
  readonly ticket: string;
  readonly entry: string;
  readonly date: string;
  readonly time: string;
  readonly keep: string;
  readonly replacement: string;
  readonly paid: string;
  readonly leaveBy: string;
  readonly receipt: string;
  readonly receiptNumber: string;
  readonly vatNumber: string;
  readonly parkingFee: string;
  readonly total: string;
  readonly vatContained: string;
  readonly cash: string;
  readonly card: string;
  readonly waived: string;
  readonly given: string;
  readonly change: string;
  readonly retained: string;
  readonly retainedNote: string;
  readonly from: string;
  readonly to: string;
  readonly chit: string;
  readonly chitNote: string;
  readonly payment: string;
  readonly shift: string;
  readonly till: string;
  readonly opened: string;
  readonly closed: string;
  readonly float: string;
  readonly number: string;
  readonly station: string;
  readonly booked: string;
  readonly hopperFilled: string;
  readonly hopperEmptied: string;
  readonly cashBoxExchanged: string;
  readonly cashTaken: string;
  readonly seasonsCash: string;
  readonly seasonsCard: string;
  readonly cashAdded: string;
  readonly cashDropped: string;
  readonly cardTaken: string;
  readonly waivedTotal: string;
  readonly refunds: string;
  readonly cardRefunds: string;
  readonly chits: string;
  readonly expected: string;
  readonly counted: string;
  readonly variance: string;
  readonly reason: string;
  readonly payments: string;
  readonly signature: string;
};

const en: DocumentWords = {
  ticket: "Parking ticket", entry: "Entry", date: "Date", time: "Time", keep: "Please keep this ticket with you",
  replacement: "Replaces ticket", paid: "Paid", leaveBy: "Leave by",
  receipt: "Receipt", receiptNumber: "Receipt no.", vatNumber: "VAT no.", parkingFee: "Parking fee", total: "Total",
  vatContained: "VAT contained", cash: "Cash", card: "Card", waived: "Waived", given: "Given", change: "Change",
  retained: "Change not paid out", retainedNote: "See your slip: the office pays it out", from: "From", to: "To",
  chit: "Slip for change", chitNote: "The car park office pays out this amount against this slip, once.", payment: "Payment",
  shift: "Shift", till: "Till", opened: "Opened", closed: "Closed", float: "Float", number: "No.", booked: "In the books", station: "Pay station",
  hopperFilled: "Coins filled in", hopperEmptied: "Hopper emptied", cashBoxExchanged: "Cash box exchanged", cashTaken: "Cash taken",
  seasonsCash: "Season tickets, cash", seasonsCard: "Season tickets, card", cashAdded: "From the vault", cashDropped: "To the vault",
  cardTaken: "Taken by card", waivedTotal: "Waived", refunds: "Given back in cash", cardRefunds: "Given back to cards",
  chits: "Slips paid out", expected: "Expected in till", counted: "Counted", variance: "Difference", reason: "Reason",
  payments: "Payments", signature: "Signature",
};

const de: DocumentWords = {
  ticket: "Parkticket", entry: "Einfahrt", date: "Datum", time: "Uhrzeit", keep: "Bitte Ticket bei sich behalten",
  replacement: "Ersetzt Ticket", paid: "Bezahlt", leaveBy: "Ausfahrt bis",
  receipt: "Quittung", receiptNumber: "Quittung Nr.", vatNumber: "USt-IdNr.", parkingFee: "Parkgebühr", total: "Summe",
  vatContained: "Enthaltene USt", cash: "Bar", card: "Karte", waived: "Erlassen", given: "Gegeben", change: "Rückgeld",
  retained: "Nicht ausgezahlt", retainedNote: "Siehe Beleg: Auszahlung im Büro", from: "Von", to: "Bis",
  chit: "Beleg über Rückgeld", chitNote: "Das Parkhausbüro zahlt diesen Betrag gegen diesen Beleg einmal aus.", payment: "Zahlung",
  shift: "Schicht", till: "Kasse", opened: "Geöffnet", closed: "Geschlossen", float: "Wechselgeld", number: "Nr.", booked: "In den Büchern", station: "Kassenautomat",
  hopperFilled: "Münzen nachgefüllt", hopperEmptied: "Münzspeicher geleert", cashBoxExchanged: "Geldkassette getauscht", cashTaken: "Bar eingenommen",
  seasonsCash: "Zeitkarten bar", seasonsCard: "Zeitkarten mit Karte", cashAdded: "Aus dem Tresor", cashDropped: "In den Tresor",
  cardTaken: "Mit Karte", waivedTotal: "Erlassen", refunds: "Bar erstattet", cardRefunds: "Auf Karten erstattet",
  chits: "Belege ausgezahlt", expected: "Soll", counted: "Gezählt", variance: "Differenz", reason: "Grund",
  payments: "Zahlungen", signature: "Unterschrift",
};

export const DOCUMENT_WORDS: Readonly<Record<Locale, DocumentWords>> = { en, de };
