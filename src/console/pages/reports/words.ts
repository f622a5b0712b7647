import { words } from "../../words/words.ts";

export const reportWords = words({
  title: "Reports", occupancy: "Occupancy", revenue: "Revenue", seasons: "Season tickets", faults: "Faults", day: "Day", from: "From", to: "Until", toFaults: "The monthly fault report is on the page of faults.", open: "Open it",
  occupancyOf: "Vehicles inside over the day", capacity: "Spaces", time: "Time", vehicles: "vehicles", revenueBy: "Revenue by means of payment", means: "Means", payments: "Payments", amount: "Amount", total: "Total", tax: "VAT contained", retained: "Retained change (owed)", refunded: "Refunded",
  carPark: "Car park", months: "Months", sold: "Sold", renewed: "Renewed", none: "Nothing in this period", max: "Most", perDay: "By day", busiest: "Busiest time", pick: "Choose a car park to see its groups; without one, every car park is one line.",
}, {
  title: "Berichte", occupancy: "Belegung", revenue: "Einnahmen", seasons: "Zeitkarten", faults: "Störungen", day: "Tag", from: "Von", to: "Bis", toFaults: "Der Monatsbericht der Störungen steht auf der Seite Störungen.", open: "Öffnen",
  occupancyOf: "Fahrzeuge im Parkhaus über den Tag", capacity: "Plätze", time: "Zeit", vehicles: "Fahrzeuge", revenueBy: "Einnahmen nach Zahlungsart", means: "Zahlungsart", payments: "Zahlungen", amount: "Betrag", total: "Summe", tax: "Enthaltene Umsatzsteuer", retained: "Einbehaltenes Rückgeld (geschuldet)", refunded: "Erstattet",
  carPark: "Parkhaus", months: "Monate", sold: "Verkauft", renewed: "Verlängert", none: "Nichts in dieser Zeit", max: "Höchststand", perDay: "Nach Tagen", busiest: "Vollste Zeit", pick: "Ein Parkhaus wählen zeigt seine Gruppen; sonst ist jedes Parkhaus eine Linie.",
});
