/** The language the console speaks: chosen by hand, remembered in the browser, first guessed from it. */
import { type ReactNode, createContext, useContext, useMemo, useState } from "react";
import { type Locale, isLocale, localeOf } from "../../messages/locale.ts";
import { t } from "../../messages/t.ts";
import type { en } from "../../messages/en.ts";
import type { Translate, Words } from "./words.ts";

const STORED = "gatehouse.locale";

type Chosen = { readonly locale: Locale; readonly choose: (locale: Locale) => void };
const LocaleContext = createContext<Chosen>({ locale: "en", choose: () => undefined });

function firstLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  return stored !== null && isLocale(stored) ? stored : localeOf(navigator.languages.join(","));
}

export function LocaleProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale);
  // Set while rendering, not after: the first requests of the pages inside already ask in this language.
  document.documentElement.lang = locale;
  const chosen = useMemo(() => ({
    locale,
    choose: (next: Locale) => {
      localStorage.setItem(STORED, next);
      setLocale(next);
    },
  }), [locale]);
  return <LocaleContext value={chosen}>{children}</LocaleContext>;
}

export const useLocale = (): Chosen => useContext(LocaleContext);

/** The words of one page. */
export function useWords<En>(text: Words<En>): Translate<En> {
  const { locale } = useLocale();
  return useMemo<Translate<En>>(() => (key, ...params) => text.say(locale, key, ...params), [text, locale]);
}

/** The words everybody shares: names of states, reasons and things. */
export function useShared(): Translate<typeof en> {
  const { locale } = useLocale();
  return useMemo<Translate<typeof en>>(() => (key, ...params) => t(locale, key, ...params), [locale]);
}
