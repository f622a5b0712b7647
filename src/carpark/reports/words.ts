/** The words of the reports, in English and German. */
import { translator } from "../../messages/message.ts";

const en = {
  page: "Page {page} of {pages}", printed: "Printed {at}", nothing: "Nothing in this period.", yes: "yes", no: "no",
  total: "Total", facility: "Car park", company: "Company", day: "Day", organisation: "Organisation", month: "Month",
  from: "From", to: "to", amount: "Amount", payments: "Payments", means: "Means of payment",
  faults: "Faults of the month", byOrganisation: "By organisation", faultList: "Faults", timeToFix: "Time to fix",
  reported: "Reported", fixed: "Fixed", stillOpen: "Still open", shortest: "Shortest", median: "Median",
  mean: "Mean", longest: "Longest",
  serviceLevel: "Service level", within: "Within", beyond: "Beyond", number: "No.", asset: "What", details: "Details",
  reportedAt: "Reported", fixedAt: "Fixed", timesReported: "Reports",
  guards: "Guard visits", due: "Due", made: "Made", short: "Short", missing: "No departure", durations: "Durations",
  longestGap: "Longest gap", fulfilled: "Fulfilled",
  occupancy: "Occupancy over the day", group: "Spaces", capacity: "Capacity", highest: "Highest",
  lowest: "Lowest", time: "Time", vehicles: "Vehicles",
  revenue: "Revenue by means of payment", byMeans: "By means of payment", byDay: "By day",
  tax: "VAT contained", retained: "Retained change", refunded: "Refunded", sums: "Sums", net: "Revenue after refunds",
  seasons: "Season ticket sales", months: "Months", sold: "Sold", renewed: "Renewed",
  shifts: "Till shifts", till: "Till", staff: "Staff", openedAt: "Opened", closedAt: "Closed", float: "Float",
  expected: "Expected",
  counted: "Counted", variance: "Difference",
  maintenance: "Maintenance company", directLabour: "Direct labour organisation",
  cash: "Cash", mastercard: "Mastercard", visa: "Visa", debit: "Debit card", waived: "Waived", card: "Card", provider: "Provider's app",
} as const;

const de = {
  page: "Seite {page} von {pages}", printed: "Gedruckt am {at}", nothing: "In diesem Zeitraum nichts.",
  yes: "ja", no: "nein",
  total: "Summe", facility: "Parkhaus", company: "Firma", day: "Tag", organisation: "Zuständig", month: "Monat",
  from: "Von", to: "bis", amount: "Betrag", payments: "Zahlungen", means: "Zahlungsart",
  faults: "Störungen des Monats", byOrganisation: "Nach Zuständigkeit", faultList: "Störungen",
  timeToFix: "Zeit bis zur Behebung",
  reported: "Gemeldet", fixed: "Behoben", stillOpen: "Noch offen", shortest: "Kürzeste", median: "Median",
  mean: "Mittel", longest: "Längste",
  serviceLevel: "Servicegrad", within: "Innerhalb", beyond: "Darüber", number: "Nr.", asset: "Was",
  details: "Einzelheiten",
  reportedAt: "Gemeldet", fixedAt: "Behoben", timesReported: "Meldungen",
  guards: "Kontrollgänge", due: "Soll", made: "Ist", short: "Zu kurz", missing: "Ohne Abmeldung", durations: "Dauer",
  longestGap: "Längste Lücke", fulfilled: "Erfüllt",
  occupancy: "Belegung über den Tag", group: "Plätze", capacity: "Kapazität", highest: "Höchste",
  lowest: "Niedrigste", time: "Zeit", vehicles: "Fahrzeuge",
  revenue: "Einnahmen nach Zahlungsart", byMeans: "Nach Zahlungsart", byDay: "Nach Tagen",
  tax: "Enthaltene MwSt.", retained: "Einbehaltenes Wechselgeld", refunded: "Erstattet", sums: "Summen",
  net: "Einnahmen nach Erstattungen",
  seasons: "Verkaufte Zeitkarten", months: "Monate", sold: "Verkauft", renewed: "Verlängert",
  shifts: "Kassenschichten", till: "Kasse", staff: "Person", openedAt: "Begonnen", closedAt: "Beendet",
  float: "Anfangsbestand", expected: "Soll",
  counted: "Gezählt", variance: "Differenz",
  maintenance: "Wartungsfirma", directLabour: "Städtischer Betriebshof",
  cash: "Bargeld", mastercard: "Mastercard", visa: "Visa", debit: "Debitkarte", waived: "Erlassen", card: "Karte", provider: "App eines Anbieters",
} as const;

export const t = translator(en, de);
export type ReportWord = keyof typeof en;

/** Means of payment, organisations: a closed word of ours, or the text as it is. */
export const isReportWord = (text: string): text is ReportWord => Object.hasOwn(en, text);
