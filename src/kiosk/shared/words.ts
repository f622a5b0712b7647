/** Words that all public pages share. */
import { type TranslationOf, translator } from "../../messages/message.ts";

const en = {
  "scheme.light": "Light colours", "scheme.dark": "Dark colours",
  "line.connecting": "Connecting …", "line.lost": "Connection lost. Trying again …",
  "demo.simulated": "Simulated devices",
  "failed.unreachable": "No answer from the server. Please try again.",
  "failed.other": "That did not work ({status}). {detail}",
} as const;

const de = {
  "scheme.light": "Helle Farben", "scheme.dark": "Dunkle Farben",
  "line.connecting": "Verbindung wird aufgebaut …", "line.lost": "Verbindung unterbrochen. Neuer Versuch …",
  "demo.simulated": "Simulierte Geräte",
  "failed.unreachable": "Keine Antwort vom Server. Bitte noch einmal versuchen.",
  "failed.other": "Das ging nicht ({status}). {detail}",
} as const satisfies TranslationOf<typeof en>;

export const pageWords = translator(en, de);
