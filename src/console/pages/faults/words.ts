import { words } from "../../words/words.ts";

export const faultWords = words({
  title: "Faults", list: "Faults", statistics: "Monthly report", report: "Report a fault", open: "Open", fixed: "Fixed", all: "All", state: "State", organisation: "Organisation",
  number: "No.", carPark: "Car park", asset: "What", details: "Details", reported: "Reported", by: "by {name}", byDevice: "by the device", times: { one: "once", other: "{count} times" },
  notified: "Told {time}", notNotified: "Not told yet", acknowledged: "Acknowledged {time}", escalated: "Escalated {time}", fixedAt: "Fixed {time}", reopened: "Reopened {time}", progress: "Progress",
  acknowledge: "Acknowledge", fix: "Fixed", reopen: "Reopen", actsOn: "Acts on fault {fault}", acknowledgedDone: "Fault {fault} acknowledged",
  fixTitle: "Fault {fault} is fixed", fixNote: "What was done", fixDone: "Fault {fault} recorded as fixed", reopenTitle: "Reopen fault {fault}", reason: "Reason", reopenDone: "Fault {fault} is open again",
  kind: "Kind", which: "Which one", whichHint: "A lane, a device, “window, level 2”", operational: "Needed to run the car park", operationalHint: "Barriers, readers, cameras: the maintenance company is told at once. Otherwise the direct labour organisation.",
  reportDone: "Fault reported and passed on", none: "No faults", month: "Month", serviceLevel: "Target", within: "Within target", beyond: "Beyond target", stillOpen: "Still open", median: "Median", mean: "Mean", longest: "Longest", shortest: "Shortest",
  timeToFix: "Time to fix", chart: "Faults by organisation", reportedN: "Reported", fixedN: "Fixed", rows: "All faults of the month", minutes: "Time to fix", target: "{time}", noTarget: "none", countN: "Times",
}, {
  title: "Störungen", list: "Störungen", statistics: "Monatsbericht", report: "Störung melden", open: "Offen", fixed: "Behoben", all: "Alle", state: "Zustand", organisation: "Zuständig",
  number: "Nr.", carPark: "Parkhaus", asset: "Was", details: "Einzelheiten", reported: "Gemeldet", by: "von {name}", byDevice: "vom Gerät", times: { one: "einmal", other: "{count}-mal" },
  notified: "Verständigt {time}", notNotified: "Noch nicht verständigt", acknowledged: "Bestätigt {time}", escalated: "Nachgefasst {time}", fixedAt: "Behoben {time}", reopened: "Wieder offen {time}", progress: "Verlauf",
  acknowledge: "Bestätigen", fix: "Behoben", reopen: "Wieder öffnen", actsOn: "Aktionen für Störung {fault}", acknowledgedDone: "Störung {fault} bestätigt",
  fixTitle: "Störung {fault} ist behoben", fixNote: "Was getan wurde", fixDone: "Störung {fault} als behoben festgehalten", reopenTitle: "Störung {fault} wieder öffnen", reason: "Grund", reopenDone: "Störung {fault} ist wieder offen",
  kind: "Art", which: "Welches", whichHint: "Eine Spur, ein Gerät, „Fenster, Ebene 2“", operational: "Für den Betrieb nötig", operationalHint: "Schranken, Leser, Kameras: die Wartungsfirma wird sofort verständigt. Sonst der Eigenbetrieb der Stadt.",
  reportDone: "Störung gemeldet und weitergegeben", none: "Keine Störungen", month: "Monat", serviceLevel: "Ziel", within: "Im Ziel", beyond: "Über dem Ziel", stillOpen: "Noch offen", median: "Median", mean: "Mittel", longest: "Längste", shortest: "Kürzeste",
  timeToFix: "Zeit bis zur Behebung", chart: "Störungen nach Zuständigkeit", reportedN: "Gemeldet", fixedN: "Behoben", rows: "Alle Störungen des Monats", minutes: "Dauer", target: "{time}", noTarget: "keins", countN: "Anzahl",
});
