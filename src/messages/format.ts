/**
 * Money, dates and durations as people read them. The zone is always named by the caller, because a car
 * park's clock is not the browser's; formatters are kept, since making one costs a hundred times its use.
 */
import type { DurationMs, Instant } from "../kernel/instant.ts";
import { HOUR, MINUTE, SECOND } from "../kernel/instant.ts";
import { type Currency, type MinorUnits, majorText, minorDigits } from "../kernel/money.ts";
import { LOCALE_TAG, type Locale } from "./locale.ts";

/** Zones x currencies x styles a process meets; beyond it the oldest are made again. */
const FORMATTERS_KEPT_MAX = 200;
const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function keep<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  const found = kept.get(key);
  if (found) return found as F;
  if (kept.size >= FORMATTERS_KEPT_MAX) kept.clear();
  const made = make();
  kept.set(key, made);
  return made;
}

/** "$12.50", "12,50 $": the short symbol, for a site has one currency. Exact: no float in between. */
export function moneyText(locale: Locale, amountMinor: MinorUnits, currency: Currency): string {
  const digits = minorDigits(currency);
  const format = keep(`m${locale}${currency}`, () => new Intl.NumberFormat(LOCALE_TAG[locale], {
    style: "currency", currency, currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  }));
  return format.format(majorText(amountMinor, currency) as `${number}`);
}

/** "12.50" or "12,50" without a symbol, for table columns whose head names the currency. */
export function amountText(locale: Locale, amountMinor: MinorUnits, currency: Currency): string {
  const digits = minorDigits(currency);
  const format = keep(`a${locale}${digits}`, () => new Intl.NumberFormat(LOCALE_TAG[locale], {
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  }));
  return format.format(majorText(amountMinor, currency) as `${number}`);
}

export function numberText(locale: Locale, value: number): string {
  return keep(`n${locale}`, () => new Intl.NumberFormat(LOCALE_TAG[locale])).format(value);
}

/** A share of 1 as "87 %". */
export function percentText(locale: Locale, share: number): string {
  const make = () => new Intl.NumberFormat(LOCALE_TAG[locale], { style: "percent" });
  return keep(`p${locale}`, make).format(share);
}

function clock(locale: Locale, zone: string, style: string, options: Intl.DateTimeFormatOptions, at: Instant): string {
  const make = () => new Intl.DateTimeFormat(LOCALE_TAG[locale], { ...options, timeZone: zone, hourCycle: "h23" });
  return keep(`${style}${locale}${zone}`, make).format(at);
}

/** "22/11/2026", "22.11.2026". */
export const dateText = (locale: Locale, at: Instant, zone: string): string =>
  clock(locale, zone, "d", { day: "2-digit", month: "2-digit", year: "numeric" }, at);

/** "14:05". */
export const timeText = (locale: Locale, at: Instant, zone: string): string =>
  clock(locale, zone, "t", { hour: "2-digit", minute: "2-digit" }, at);

/** "14:05:09". */
export const timeSecondsText = (locale: Locale, at: Instant, zone: string): string =>
  clock(locale, zone, "s", { hour: "2-digit", minute: "2-digit", second: "2-digit" }, at);

/** "Sun 22 Nov", "So., 22. Nov.": for the head of a clock. */
export const dayText = (locale: Locale, at: Instant, zone: string): string =>
  clock(locale, zone, "w", { weekday: "short", day: "numeric", month: "short" }, at);

/** Date and time, "22/11/2026 14:05". */
export const dateTimeText = (locale: Locale, at: Instant, zone: string): string =>
  `${dateText(locale, at, zone)} ${timeText(locale, at, zone)}`;

/** "Monday" ... for 1 ... 7 (ISO). */
export function weekdayText(locale: Locale, weekday: number): string {
  const aMonday = Date.UTC(2024, 0, 1);
  return clock(locale, "UTC", "W", { weekday: "long" }, aMonday + (weekday - 1) * 24 * HOUR);
}

/** "45 s", "12 min", "2 h 05 min", "3 d 4 h": two units at most, cut off, never rounded up. */
export function durationText(locale: Locale, ms: DurationMs): string {
  const day = locale === "de" ? "T" : "d";
  const whole = Math.max(0, Math.floor(ms));
  if (whole < MINUTE) return `${Math.floor(whole / SECOND)} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  if (hours < 24) return minutes === 0 ? `${hours} h` : `${hours} h ${String(minutes).padStart(2, "0")} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} ${day}` : `${Math.floor(hours / 24)} ${day} ${hours % 24} h`;
}
