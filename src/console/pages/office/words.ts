import { words } from "../../words/words.ts";

export const officeWords = words({
  title: "Office till", office: "Office", till: "Till", payments: "Payments", chits: "Change owed", shifts: "Shifts", lost: "Lost ticket",
  noShift: "The till is closed", noShiftText: "Open a shift with its float before taking money.", openShift: "Open shift", float: "Float in the till", shiftOpened: "Shift opened",
  closeShift: "Count and close", counted: "Counted in the till", closeExplain: "Expected now: {expected}. Count first, then type what is there; the difference is recorded.", shiftClosed: "Shift closed", remark: "Remark",
  shiftOf: "Shift of {name}", since: "since {time}", expected: "Expected in the till", cash: "Cash taken", card: "Card taken", refunded: "Refunded", count: "Payments", variance: "Difference", floatShort: "Float",
  find: "Find a ticket", findText: "Damaged ticket: look it up by number, entry time or machine, take the payment, print a new one.", number: "Ticket number", look: "Look up",
  lostTitle: "Lost ticket", lostText: "The fee of this car park is taken and an exit ticket printed. If the vehicle can be identified among the stays, choose it: its record is then closed properly.",
  lostFee: "The fee is {fee}. An exit ticket is printed.", lostAct: "Lost ticket …", stay: "Stay", stayUnknown: "Not identified", group: "Group", reason: "Reason", "reason.lost": "Driver lost the ticket", lostDone: "Exit ticket printed",
  at: "Time", ticket: "Ticket", place: "Where", means: "Means", amount: "Amount", change: "Change", retained: "Retained", by: "By", receipt: "Receipt", refund: "Refund",
  refundTitle: "Refund of payment {payment}", refundAmount: "Amount to give back", refundDone: "Refund recorded", noPayments: "No payments in this period",
  chit: "Slip", station: "Pay station", issued: "Printed", redeemed: "Redeemed", redeem: "Redeem", redeemTitle: "Pay out slip {chit}", redeemExplain: "Pay {amount} from the till and keep the slip.", redeemDone: "Paid out", noChits: "No change is owed",
  closed: "Closed", opened: "Opened", document: "Totals", open: "open", noShifts: "No shifts yet", exitTicket: "Exit ticket", lastReceipt: "Last receipt",
  "means.cash": "Cash", "means.card": "Card", "means.waived": "Waived", "means.mastercard": "Mastercard", "means.visa": "Visa", "means.debit": "Debit card",
}, {
  title: "Kasse im Büro", office: "Büro", till: "Kasse", payments: "Zahlungen", chits: "Geschuldetes Rückgeld", shifts: "Schichten", lost: "Ticket verloren",
  noShift: "Die Kasse ist geschlossen", noShiftText: "Vor der ersten Zahlung eine Schicht mit Wechselgeld öffnen.", openShift: "Schicht öffnen", float: "Wechselgeld in der Kasse", shiftOpened: "Schicht geöffnet",
  closeShift: "Zählen und schließen", counted: "In der Kasse gezählt", closeExplain: "Soll jetzt: {expected}. Erst zählen, dann eintragen, was da ist; die Differenz wird festgehalten.", shiftClosed: "Schicht geschlossen", remark: "Bemerkung",
  shiftOf: "Schicht von {name}", since: "seit {time}", expected: "Soll in der Kasse", cash: "Bar eingenommen", card: "Mit Karte", refunded: "Erstattet", count: "Zahlungen", variance: "Differenz", floatShort: "Wechselgeld",
  find: "Ticket finden", findText: "Beschädigtes Ticket: nach Nummer, Einfahrt oder Gerät suchen, Zahlung annehmen, neu drucken.", number: "Ticketnummer", look: "Suchen",
  lostTitle: "Ticket verloren", lostText: "Die Gebühr dieses Parkhauses wird genommen und ein Ausfahrticket gedruckt. Ist das Fahrzeug unter den Parkvorgängen zu erkennen, dann dort wählen: so wird sein Eintrag richtig geschlossen.",
  lostFee: "Die Gebühr beträgt {fee}. Ein Ausfahrticket wird gedruckt.", lostAct: "Ticket verloren …", stay: "Parkvorgang", stayUnknown: "Nicht erkannt", group: "Gruppe", reason: "Grund", "reason.lost": "Fahrer hat das Ticket verloren", lostDone: "Ausfahrticket gedruckt",
  at: "Zeit", ticket: "Ticket", place: "Ort", means: "Zahlungsart", amount: "Betrag", change: "Rückgeld", retained: "Einbehalten", by: "Von", receipt: "Quittung", refund: "Erstatten",
  refundTitle: "Zahlung {payment} erstatten", refundAmount: "Zurückzugeben", refundDone: "Erstattung gebucht", noPayments: "Keine Zahlungen in dieser Zeit",
  chit: "Beleg", station: "Kassenautomat", issued: "Gedruckt", redeemed: "Eingelöst", redeem: "Einlösen", redeemTitle: "Beleg {chit} auszahlen", redeemExplain: "{amount} aus der Kasse auszahlen und den Beleg behalten.", redeemDone: "Ausgezahlt", noChits: "Kein Rückgeld offen",
  closed: "Geschlossen", opened: "Geöffnet", document: "Summen", open: "offen", noShifts: "Noch keine Schichten", exitTicket: "Ausfahrticket", lastReceipt: "Letzte Quittung",
  "means.cash": "Bargeld", "means.card": "Karte", "means.waived": "Erlassen", "means.mastercard": "Mastercard", "means.visa": "Visa", "means.debit": "Debitkarte",
});
