/** Words of the handheld, here and in the sandbox. */
import { type Catalogue, type TranslationOf, translator } from "../messages/message.ts";

const en = {
  "hand.place": "Place", "hand.plate": "Number plate", "hand.check": "Check", "hand.asking": "Asking …", "hand.empty": "Choose a place and enter a plate.", "hand.noPlaces": "There is no place where you may check plates.",
  "hand.valid": "Paid", "hand.until": "until {time}", "hand.permit": "Permit", "hand.noEnd": "without end", "hand.ended": "Ended", "hand.endedAt": "at {time}", "hand.none": "Not paid",
  "hand.failed": "Could not ask", "hand.where": "{plate} at {place}", "hand.asked": "asked at {time}", "hand.more": { one: "{count} further right", other: "{count} further rights" },
  "hand.choose": "Choose a place", "hand.elsewhere": "Paid at {place}", "hand.similar": "Paid with a similar plate", "hand.last": "Last answers", "hand.clear": "Clear", "hand.offline": "No connection. The answers below are from before.",
} as const satisfies Catalogue;

const de = {
  "hand.place": "Parkplatz", "hand.plate": "Kennzeichen", "hand.check": "Prüfen", "hand.asking": "Wird geprüft …", "hand.empty": "Parkplatz wählen und Kennzeichen eingeben.", "hand.noPlaces": "Es gibt keinen Parkplatz, auf dem Sie Kennzeichen prüfen dürfen.",
  "hand.valid": "Bezahlt", "hand.until": "bis {time}", "hand.permit": "Berechtigt", "hand.noEnd": "ohne Ende", "hand.ended": "Abgelaufen", "hand.endedAt": "um {time}", "hand.none": "Nicht bezahlt",
  "hand.failed": "Nicht geprüft", "hand.where": "{plate}, {place}", "hand.asked": "geprüft um {time}", "hand.more": { one: "{count} weitere Berechtigung", other: "{count} weitere Berechtigungen" },
  "hand.choose": "Parkplatz wählen", "hand.elsewhere": "Bezahlt für {place}", "hand.similar": "Bezahlt mit ähnlichem Kennzeichen", "hand.last": "Letzte Antworten", "hand.clear": "Leeren", "hand.offline": "Keine Verbindung. Die Antworten unten sind von vorher.",
} as const satisfies TranslationOf<typeof en>;

export const hand = translator(en, de);
