/**
 * A message that travels as data: a catalogue key and the values for its gaps, worded where it is read.
 * The name of a gap says how its value is written: `...Minor` as money of the site, `leaveBy`, `until` and
 * `...At` as time of the site, `lane` and `station` by their names, a few closed words by their own entry.
 */
import type { Display } from "../carpark/facility/outputs.ts";
import { en } from "./en.ts";
import { fill, type Message } from "./message.ts";
import { moneyText, timeText } from "./format.ts";
import type { Locale } from "./locale.ts";
import type { SiteWords } from "./site.ts";
import { type MessageKey, messagesOf } from "./t.ts";

export type Words = { readonly key: string; readonly params: Readonly<Record<string, unknown>> };

/** Gaps whose value is itself a word of the catalogues: `notice: "ticketVoid"` reads `notice.ticketVoid`. */
const WORD_GAPS: Readonly<Record<string, string>> = {
  notice: "notice", remark: "remark", mode: "stationMode", reason: "displayReason", scheme: "cardScheme",
  to: "cashMoved",
};

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);

/** A key we do not have (an older page, a newer server) is shown as it is rather than as nothing. */
export function wordsText(locale: Locale, words: Words, site: SiteWords): string {
  if (!isMessageKey(words.key)) return words.key;
  const message: Message = messagesOf(locale)[words.key];
  return fill(locale, message, fieldTexts(locale, words.params, site));
}

/** A pillar's display as words: a refusal shows its reason, in words of what was shown. */
export function displayWords(display: Display): Words & { readonly flashing: boolean } {
  const reason = display.key === "refused" ? display.reason : null;
  const ofRight = `displayRight.${reason}`;
  const key = reason === null ? `display.${display.key}` : display.right && isMessageKey(ofRight) ? ofRight : `displayReason.${reason}`;
  return { key, params: display.amountMinor === undefined ? {} : { amountMinor: display.amountMinor }, flashing: display.flashing };
}

/** A pay station's screen as words; a notice shows its reason. Its lines of charges are no words and travel apart. */
export function screenWords(screen: { readonly key: string; readonly reason?: string }): Words {
  const key = screen.key === "notice" && screen.reason !== undefined ? `notice.${screen.reason}` : `screen.${screen.key}`;
  const params = Object.entries(screen).filter(([name, value]) => name !== "key" && (value === null || typeof value !== "object"));
  return { key, params: Object.fromEntries(params) };
}

function fieldTexts(locale: Locale, fields: Readonly<Record<string, unknown>>, site: SiteWords): Record<string, string | number> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fieldText(locale, name, value, site)]));
}

function fieldText(locale: Locale, name: string, value: unknown, site: SiteWords): string | number {
  if (typeof value === "number") {
    if (name.endsWith("Minor")) return moneyText(locale, value, site.currency);
    if (name === "leaveBy" || name === "until" || name.endsWith("At")) return timeText(locale, value, site.zone);
    return value;
  }
  if (typeof value === "boolean") return value ? "✓" : "–";
  if (typeof value !== "string") return "–";
  if (name === "lane") return site.lane(value);
  if (name === "station") return site.station(value);
  const key = `${WORD_GAPS[name]}.${value}`;
  return isMessageKey(key) ? fill(locale, messagesOf(locale)[key], {}) : value;
}
