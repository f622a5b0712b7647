/** How a reading was matched, as one sentence for people; never with the plate in it. */
import type { Locale } from "../why.ts";
import type { MatchWhy, Tier } from "./match.ts";

const SENTENCES: Readonly<Record<MatchWhy, Readonly<Record<Locale, string>>>> = {
  sameText: { en: "The camera read exactly this plate.", de: "Die Kamera hat genau dieses Kennzeichen gelesen." },
  looksAlike: {
    en: "The reading differs only in characters that look alike, and no other known plate fits.",
    de: "Die Lesung weicht nur in Zeichen ab, die sich ähneln; kein anderes bekanntes Kennzeichen passt.",
  },
  oneEdit: {
    en: "One character differs, and among the vehicles inside only this one fits; no account is charged on this alone.",
    de: "Ein Zeichen weicht ab, und von den anwesenden Fahrzeugen passt nur dieses; allein daraufhin wird kein Konto belastet.",
  },
  otherCountry: {
    en: "The text is the same, the country is not, and among the vehicles inside only this one fits; no account is charged on this alone.",
    de: "Gleicher Text, anderes Land; von den anwesenden Fahrzeugen passt nur dieses. Allein daraufhin wird kein Konto belastet.",
  },
  otherPlateToo: {
    en: "The reading looks alike but could be a plate of its own; among the vehicles inside only this one fits; no account is charged on this alone.",
    de: "Die Lesung ähnelt, könnte aber ein eigenes Kennzeichen sein; von den anwesenden Fahrzeugen passt nur dieses. Allein daraufhin wird kein Konto belastet.",
  },
  several: { en: "More than one vehicle fits; nobody is chosen.", de: "Mehrere Fahrzeuge passen; keines wird ausgewählt." },
  nobody: { en: "No known plate fits.", de: "Kein bekanntes Kennzeichen passt." },
};

const TIERS: Readonly<Record<Tier, Readonly<Record<Locale, string>>>> = {
  exact: { en: "exact", de: "genau" },
  folded: { en: "look-alike", de: "ähnlich" },
  edit: { en: "one character off", de: "ein Zeichen daneben" },
};

export const matchSentence = (why: MatchWhy, locale: Locale): string => SENTENCES[why][locale];
export const tierWords = (tier: Tier, locale: Locale): string => TIERS[tier][locale];
