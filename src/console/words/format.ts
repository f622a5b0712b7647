/** The shared formatters with the console's language already given. */
import { useMemo } from "react";
import {
  dateText, dateTimeText, dayText, durationText, moneyText, numberText, percentText, timeSecondsText, timeText,
} from "../../messages/format.ts";
import { useLocale } from "./locale.tsx";

export function useFormat() {
  const { locale } = useLocale();
  return useMemo(() => ({
    locale,
    money: (minor: number, currency: string) => moneyText(locale, minor, currency),
    number: (value: number) => numberText(locale, value),
    percent: (share: number) => percentText(locale, share),
    duration: (ms: number) => durationText(locale, ms),
    date: (at: number, zone: string) => dateText(locale, at, zone),
    day: (at: number, zone: string) => dayText(locale, at, zone),
    time: (at: number, zone: string) => timeText(locale, at, zone),
    seconds: (at: number, zone: string) => timeSecondsText(locale, at, zone),
    dateTime: (at: number, zone: string) => dateTimeText(locale, at, zone),
  }), [locale]);
}

/** "2026-11-22" of that instant in that zone: what date fields and the API's day parameters hold. */
export const isoDay = (at: number, zone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
