import { words } from "../../words/words.ts";

export const callWords = words({
  title: "Intercom", none: "Nobody calls", noneText: "A call rings here, with the ticket and what is due.", queue: "Calls", choose: "Choose a call",
  ringing: "ringing for {duration}", forwarded: { one: "passed on once", other: "passed on {count} times" }, answeredBy: "answered by {name}", why: "Why", ticket: "Ticket", noTicket: "No ticket known",
  answer: "Answer", open: "Open barrier", pay: "Take payment", grace: "Extend time", replace: "Replace ticket", lost: "Lost ticket", details: "Ticket details", end: "End call",
  endTitle: "End call {call}", outcome: "What was done", ended: "Call ended", answered: "Call answered", entered: "Entered", paid: "Paid", leaveBy: "Leave by", state: "State", device: "Device",
  notOpenable: "A pay station has no barrier", keysHint: "Keys: A answer, Ctrl+Enter open, P payment, X time, R replace, E end, ↑ ↓ choose",
}, {
  title: "Sprechstelle", none: "Niemand ruft", noneText: "Ein Ruf klingelt hier, mit Ticket und offenem Betrag.", queue: "Rufe", choose: "Einen Ruf wählen",
  ringing: "klingelt seit {duration}", forwarded: { one: "einmal weitergeleitet", other: "{count}-mal weitergeleitet" }, answeredBy: "angenommen von {name}", why: "Anlass", ticket: "Ticket", noTicket: "Kein Ticket bekannt",
  answer: "Annehmen", open: "Schranke öffnen", pay: "Zahlung annehmen", grace: "Zeit verlängern", replace: "Ticket ersetzen", lost: "Ticket verloren", details: "Ticket im Einzelnen", end: "Ruf beenden",
  endTitle: "Ruf {call} beenden", outcome: "Was getan wurde", ended: "Ruf beendet", answered: "Ruf angenommen", entered: "Einfahrt", paid: "Bezahlt", leaveBy: "Ausfahrt bis", state: "Zustand", device: "Gerät",
  notOpenable: "Ein Kassenautomat hat keine Schranke", keysHint: "Tasten: A annehmen, Strg+Enter öffnen, P Zahlung, X Zeit, R ersetzen, E beenden, ↑ ↓ wählen",
});
