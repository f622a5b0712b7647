import { words } from "../../words/words.ts";

export const policyWords = words({
  title: "Policies", note: "What this car park answers to each question of seed 001. A change counts from now on; the past keeps its own answer.",
  now: "Answer", since: "since {at}", fromStart: "from the start", change: "Change", changeTitle: "Change an answer", explain: "From now on. What happened before is decided, and priced, by the answer before.", changed: "Changed", reason: "Reason", perAccount: "Accounts and contracts may differ", history: "Earlier answers", from: "{at}: {value}",
  noLimit: "No limit", limitN: { one: "{count} car", other: "{count} cars" }, minutes: "Minutes", limitHint: "Empty: no limit", yes: "Yes", no: "No", heading: "Seed 001: {heading}", aDefault: "as usual",
}, {
  title: "Regeln", note: "Was dieses Parkhaus auf jede Frage von Seed 001 antwortet. Eine Änderung gilt ab jetzt; für Vergangenes bleibt die frühere Antwort.",
  now: "Antwort", since: "seit {at}", fromStart: "von Anfang an", change: "Ändern", changeTitle: "Eine Antwort ändern", explain: "Gilt ab jetzt. Was vorher geschah, ist mit der früheren Antwort entschieden und verrechnet.", changed: "Geändert", reason: "Grund", perAccount: "Konten und Verträge dürfen abweichen", history: "Frühere Antworten", from: "{at}: {value}",
  noLimit: "Keine Grenze", limitN: { one: "{count} Auto", other: "{count} Autos" }, minutes: "Minuten", limitHint: "Leer: keine Grenze", yes: "Ja", no: "Nein", heading: "Seed 001: {heading}", aDefault: "wie üblich",
});
