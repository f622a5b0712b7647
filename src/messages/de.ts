/** The German catalogue. */
import { displaysDe } from "./catalogue/displays.ts";
import { eventsDe } from "./catalogue/events.ts";
import { publicPagesDe } from "./catalogue/publicPages.ts";
import { reasonsDe } from "./catalogue/reasons.ts";
import { refusalsDe } from "./catalogue/refusals.ts";
import { screensDe } from "./catalogue/screens.ts";
import { wordsDe } from "./catalogue/words.ts";
import type { en } from "./en.ts";
import type { TranslationOf } from "./message.ts";

export const de = {
  ...wordsDe, ...reasonsDe, ...refusalsDe, ...eventsDe, ...displaysDe, ...screensDe, ...publicPagesDe,
} as const satisfies TranslationOf<typeof en>;
