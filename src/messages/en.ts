/** The English catalogue: the original every translation has to match. */
import { displaysEn } from "./catalogue/displays.ts";
import { eventsEn } from "./catalogue/events.ts";
import { reasonsEn } from "./catalogue/reasons.ts";
import { refusalsEn } from "./catalogue/refusals.ts";
import { wordsEn } from "./catalogue/words.ts";

export const en = { ...wordsEn, ...reasonsEn, ...refusalsEn, ...eventsEn, ...displaysEn } as const;
