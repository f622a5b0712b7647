/** The English catalogue: the original every translation has to match. */
import { displaysEn } from "./catalogue/displays.ts";
import { eventsEn } from "./catalogue/events.ts";
import { publicPagesEn } from "./catalogue/publicPages.ts";
import { reasonsEn } from "./catalogue/reasons.ts";
import { refusalsEn } from "./catalogue/refusals.ts";
import { screensEn } from "./catalogue/screens.ts";
import { wordsEn } from "./catalogue/words.ts";

export const en = { ...wordsEn, ...reasonsEn, ...refusalsEn, ...eventsEn, ...displaysEn, ...screensEn, ...publicPagesEn } as const;
