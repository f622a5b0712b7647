import { words } from "../../words/words.ts";

export const logbookWords = words({
  printed: "Print",
  title: "Log book", search: "Search text", by: "By", from: "From", to: "Until", category: "Kind", any: "All kinds", apply: "Search", reset: "Clear", at: "Time", carPark: "Car park", entry: "Entry", subject: "Subject",
  csv: "Download CSV", note: "Write a note", noteText: "Note", noteDone: "Noted", none: "No entries match", where: "Car park",
  "category.problem": "Problem", "category.override": "Override", "category.money": "Money", "category.note": "Note", "category.fault": "Fault", "category.guard": "Guard", "category.system": "System", "category.movement": "Movement",
}, {
  printed: "Druck",
  title: "Betriebsbuch", search: "Text suchen", by: "Wer", from: "Ab", to: "Bis", category: "Art", any: "Alle Arten", apply: "Suchen", reset: "Leeren", at: "Zeit", carPark: "Parkhaus", entry: "Eintrag", subject: "Betreff",
  csv: "CSV herunterladen", note: "Notiz schreiben", noteText: "Notiz", noteDone: "Notiert", none: "Kein Eintrag passt", where: "Parkhaus",
  "category.problem": "Problem", "category.override": "Eingriff", "category.money": "Geld", "category.note": "Notiz", "category.fault": "Störung", "category.guard": "Wachdienst", "category.system": "System", "category.movement": "Bewegung",
});
