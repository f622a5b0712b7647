import { words } from "../../words/words.ts";

export const guardWords = words({
  title: "Security companies", visits: "Visits", companies: "Companies and cards", compliance: "Compliance report",
  company: "Company", carPark: "Car park", arrived: "Arrived", left: "Left", minutes: "Duration", state: "State", from: "From", to: "Until", all: "All", none: "No visits in this period",
  "state.inside": "Inside", "state.complete": "Complete", "state.short": "Too short", "state.departureMissing": "No departure recorded",
  reader: "Card reader in the office", readerText: "A guard puts the card in on arrival and again when leaving. Here the simulated reader of the demo.", card: "Card", unknownCard: "A card of nobody", present: "Put card in", presented: "Card read",
  "outcome.arrived": "Arrival recorded", "outcome.left": "Departure recorded", "outcome.refused": "Card refused: {reason}",
  cardN: "Card {number}", newCompany: "New company", name: "Name", id: "Short id", idHint: "Small letters, digits, dashes; never changes", companyDone: "Company saved", rename: "Change",
  contract: "Contract", addDuty: "Add car park", change: "Change", removeDuty: "Remove {carPark}", remove: "Remove", dutyTitle: "Visits of {company}", noContract: "No contract yet", visitsPerDay: "Visits per day", minMinutes: "Shortest visit, minutes", maxMinutes: "Longest visit, minutes", maxHint: "An open visit older than this counts as “no departure recorded”.", cards: "Cards", cardsAllowed: "Cards in all", contractDone: "Contract saved",
  issue: "Issue card", issueTitle: "Issue a card of {company}", issueExplain: "It gets the next number of this company.", issued: "Card issued", block: "Block", blockCard: "Block card {number} of {company}", reason: "Reason", "reason.lost": "Card lost", "reason.left": "Guard left the company", blocked: "blocked", blockDone: "Card blocked", ofCards: "{issued} of {allowed} cards issued",
  day: "Day", due: "Due", made: "Made", short: "Too short", missing: "No departure", durations: "Durations", gap: "Longest gap", fulfilled: "Fulfilled", yes: "yes", no: "no", terms: "{visits} a day, {min} to {max} min",
}, {
  title: "Sicherheitsfirmen", visits: "Kontrollgänge", companies: "Firmen und Karten", compliance: "Nachweis",
  company: "Firma", carPark: "Parkhaus", arrived: "Gekommen", left: "Gegangen", minutes: "Dauer", state: "Zustand", from: "Von", to: "Bis", all: "Alle", none: "Keine Kontrollgänge in dieser Zeit",
  "state.inside": "Vor Ort", "state.complete": "Vollständig", "state.short": "Zu kurz", "state.departureMissing": "Kein Weggang erfasst",
  reader: "Kartenleser im Büro", readerText: "Die Wachperson steckt die Karte beim Kommen und beim Gehen ein. Hier der simulierte Leser der Demo.", card: "Karte", unknownCard: "Eine fremde Karte", present: "Karte einstecken", presented: "Karte gelesen",
  "outcome.arrived": "Ankunft erfasst", "outcome.left": "Weggang erfasst", "outcome.refused": "Karte abgewiesen: {reason}",
  cardN: "Karte {number}", newCompany: "Neue Firma", name: "Name", id: "Kürzel", idHint: "Kleinbuchstaben, Ziffern, Striche; bleibt für immer", companyDone: "Firma gespeichert", rename: "Ändern",
  contract: "Vertrag", addDuty: "Parkhaus hinzufügen", change: "Ändern", removeDuty: "{carPark} entfernen", remove: "Entfernen", dutyTitle: "Kontrollgänge von {company}", noContract: "Noch kein Vertrag", visitsPerDay: "Kontrollgänge je Tag", minMinutes: "Kürzester Gang, Minuten", maxMinutes: "Längster Gang, Minuten", maxHint: "Ein älterer offener Gang gilt als „Kein Weggang erfasst“.", cards: "Karten", cardsAllowed: "Karten insgesamt", contractDone: "Vertrag gespeichert",
  issue: "Karte ausgeben", issueTitle: "Karte für {company} ausgeben", issueExplain: "Sie bekommt die nächste Nummer dieser Firma.", issued: "Karte ausgegeben", block: "Sperren", blockCard: "Karte {number} von {company} sperren", reason: "Grund", "reason.lost": "Karte verloren", "reason.left": "Wachperson ausgeschieden", blocked: "gesperrt", blockDone: "Karte gesperrt", ofCards: "{issued} von {allowed} Karten ausgegeben",
  day: "Tag", due: "Soll", made: "Ist", short: "Zu kurz", missing: "Ohne Weggang", durations: "Dauern", gap: "Längste Lücke", fulfilled: "Erfüllt", yes: "ja", no: "nein", terms: "{visits} am Tag, {min} bis {max} min",
});
