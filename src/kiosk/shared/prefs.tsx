/** Language and colour scheme of these pages, kept by the browser; the address `?lang=de` wins over both. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { isLocale, type Locale, LOCALE_NAME, LOCALES, localeOf } from "../../messages/locale.ts";
import { pageWords } from "./words.ts";

export type Scheme = "auto" | "light" | "dark";
type Prefs = {
  readonly locale: Locale; readonly setLocale: (locale: Locale) => void;
  readonly scheme: Scheme; readonly setScheme: (scheme: Scheme) => void;
};

const PrefsContext = createContext<Prefs | null>(null);

export function usePrefs(): Prefs {
  const prefs = useContext(PrefsContext);
  if (!prefs) throw new Error("PrefsProvider is missing");
  return prefs;
}

function firstLocale(): Locale {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked !== null && isLocale(asked)) return asked;
  const kept = remembered("gatehouse.lang");
  return kept !== null && isLocale(kept) ? kept : localeOf(navigator.languages.join(","));
}

/** Private windows may refuse storage; the page works without. */
function remembered(key: string): string | null {
  try { return localStorage.getItem(key); } catch { return null; }
}
function remember(key: string, value: string): void {
  try { localStorage.setItem(key, value); } catch { /* forgotten at the next visit */ }
}

export function PrefsProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale);
  const [scheme, setScheme] = useState<Scheme>(() => {
    const asked = new URLSearchParams(location.search).get("scheme") ?? remembered("gatehouse.scheme");
    return asked === "light" || asked === "dark" ? asked : "auto";
  });
  useEffect(() => {
    document.documentElement.lang = locale;
    remember("gatehouse.lang", locale);
  }, [locale]);
  useEffect(() => {
    document.documentElement.style.colorScheme = scheme === "auto" ? "light dark" : scheme;
    remember("gatehouse.scheme", scheme);
  }, [scheme]);
  const value = useMemo(() => ({ locale, setLocale, scheme, setScheme }), [locale, scheme]);
  return <PrefsContext value={value}>{children}</PrefsContext>;
}

export function PrefsSwitches() {
  const { locale, setLocale, scheme, setScheme } = usePrefs();
  const dark = scheme === "dark" || (scheme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <div className="prefs">
      {LOCALES.map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === locale} aria-label={LOCALE_NAME[one]}
          onClick={() => setLocale(one)}>
          {one.toUpperCase()}
        </button>
      ))}
      <button type="button" aria-label={pageWords(locale, dark ? "scheme.light" : "scheme.dark")}
        onClick={() => setScheme(dark ? "light" : "dark")}>
        <span aria-hidden="true">{dark ? "☀" : "☾"}</span>
      </button>
    </div>
  );
}
