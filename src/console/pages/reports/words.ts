import { words } from "../../words/words.ts";

export const reportWords = words({
  title: "Reports", occupancy: "Occupancy", revenue: "Revenue", seasons: "Season tickets", rights: "Accounts", faults: "Faults", day: "Day", from: "From", to: "Until", toFaults: "The monthly fault report is on the page of faults.", open: "Open it",
  occupancyOf: "Vehicles inside over the day", capacity: "Spaces", time: "Time", vehicles: "vehicles", revenueBy: "Revenue by means of payment", means: "Means", payments: "Payments", amount: "Amount", total: "Total", tax: "VAT contained", retained: "Retained change (owed)", refunded: "Refunded",
  carPark: "Car park", months: "Months", sold: "Sold", renewed: "Renewed",
  shifts: "Till shifts", till: "Till", opened: "Opened", closed: "Closed", staff: "By", expected: "Expected", counted: "Counted", difference: "Difference", stillOpen: "open",
  reconciliation: "Reconciliation", reconcileText: "Compares the books of the period with what was counted in cash and, if you give it, with the card company's file: lines of text with the columns “reference” and “amount”. Each difference is named; none is netted against another.",
  settlement: "Card company's file (text)", choose: "Take from a file …", compare: "Compare", counts: "Cash counted", cards: "Cards", at: "Time", place: "Where", what: "What", "what.cashBox": "Cash box", "what.hopper": "Hopper", "what.till": "Till", "what.coinsFound": "Coins found",
  bookedCards: "Card money in the books", settled: "In the file", matched: "Lines that agree", differences: "Differences", noDifference: "Everything agrees", reference: "Reference", booked: "Books", inFile: "File", line: "Line", unreadable: "Lines that could not be read: {lines}",
  "kind.amountDiffers": "Amounts differ", "kind.onlyBooked": "Not in the file", "kind.onlySettled": "Not in the books", "kind.referenceMissing": "Booked without a reference", none: "Nothing in this period", max: "Most", perDay: "By day", busiest: "Busiest time", pick: "Choose a car park to see its groups; without one, every car park is one line.",
}, {
  title: "Berichte", occupancy: "Belegung", revenue: "Einnahmen", seasons: "Zeitkarten", rights: "Konten", faults: "Störungen", day: "Tag", from: "Von", to: "Bis", toFaults: "Der Monatsbericht der Störungen steht auf der Seite Störungen.", open: "Öffnen",
  occupancyOf: "Fahrzeuge im Parkhaus über den Tag", capacity: "Plätze", time: "Zeit", vehicles: "Fahrzeuge", revenueBy: "Einnahmen nach Zahlungsart", means: "Zahlungsart", payments: "Zahlungen", amount: "Betrag", total: "Summe", tax: "Enthaltene Umsatzsteuer", retained: "Einbehaltenes Rückgeld (geschuldet)", refunded: "Erstattet",
  carPark: "Parkhaus", months: "Monate", sold: "Verkauft", renewed: "Verlängert",
  shifts: "Kassenschichten", till: "Kasse", opened: "Geöffnet", closed: "Geschlossen", staff: "Von", expected: "Soll", counted: "Gezählt", difference: "Differenz", stillOpen: "offen",
  reconciliation: "Abgleich", reconcileText: "Vergleicht die Bücher des Zeitraums mit dem gezählten Bargeld und auf Wunsch mit der Datei der Kartenfirma: Textzeilen mit den Spalten „Referenz“ und „Betrag“. Jede Differenz wird einzeln genannt, nichts wird verrechnet.",
  settlement: "Datei der Kartenfirma (Text)", choose: "Aus Datei …", compare: "Vergleichen", counts: "Gezähltes Bargeld", cards: "Karten", at: "Zeit", place: "Ort", what: "Was", "what.cashBox": "Geldkassette", "what.hopper": "Münzspeicher", "what.till": "Kasse", "what.coinsFound": "Gefundene Münzen",
  bookedCards: "Kartengeld in den Büchern", settled: "In der Datei", matched: "Übereinstimmende Zeilen", differences: "Differenzen", noDifference: "Alles stimmt überein", reference: "Referenz", booked: "Bücher", inFile: "Datei", line: "Zeile", unreadable: "Nicht lesbare Zeilen: {lines}",
  "kind.amountDiffers": "Beträge verschieden", "kind.onlyBooked": "Nicht in der Datei", "kind.onlySettled": "Nicht in den Büchern", "kind.referenceMissing": "Ohne Referenz gebucht", none: "Nichts in dieser Zeit", max: "Höchststand", perDay: "Nach Tagen", busiest: "Vollste Zeit", pick: "Ein Parkhaus wählen zeigt seine Gruppen; sonst ist jedes Parkhaus eine Linie.",
});
