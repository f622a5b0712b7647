/** The languages people read us in, and the tag each is formatted by. */
export const LOCALES = ["en", "de"] as const;
export type Locale = (typeof LOCALES)[number];

/** `en-GB`: day before month and 24 hours, as the tickets print them. */
export const LOCALE_TAG: Readonly<Record<Locale, string>> = { en: "en-GB", de: "de-DE" };

/** What each language calls itself, for choosers. */
export const LOCALE_NAME: Readonly<Record<Locale, string>> = { en: "English", de: "Deutsch" };

export const isLocale = (text: string): text is Locale => (LOCALES as readonly string[]).includes(text);

/** The first language of an `Accept-Language` header we speak, else English. Weights are in practice in order. */
export function localeOf(acceptLanguage: string | null | undefined): Locale {
  for (const part of (acceptLanguage ?? "").split(",", 20)) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (isLocale(language)) return language;
  }
  return "en";
}
