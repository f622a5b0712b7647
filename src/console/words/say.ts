/** Texts the server sends as a key of the shared catalogue and its parameters. */
import { fill } from "../../messages/message.ts";
import type { Locale } from "../../messages/locale.ts";
import { de } from "../../messages/de.ts";
import { en } from "../../messages/en.ts";
import type { Catalogue } from "../../messages/message.ts";
import type { Words as Sent } from "../../api/contract/words.ts";

const BOTH: Readonly<Record<Locale, Catalogue>> = { en, de };

/**
 * A key this console does not know (an older page, a newer server) is shown as it is, with what came with
 * it: odd to read, but nothing is hidden. `prefix` is put before keys sent without their group.
 */
export function sayWords(locale: Locale, sent: Sent, prefix = ""): string {
  const message = BOTH[locale][sent.key] ?? BOTH[locale][`${prefix}${sent.key}`];
  const params = Object.fromEntries(Object.entries(sent.params).map(([name, value]) => [name, typeof value === "number" ? value : String(value ?? "–")]));
  if (message === undefined) return [sent.key, ...Object.entries(params).map(([name, value]) => `${name} ${value}`)].join(" · ");
  return fill(locale, message, new Proxy(params, { get: (target, name) => target[String(name)] ?? "–" }));
}

/** The shared word of a closed list the server sends as text: `wordOf(locale, "reason", "graceOver")`. */
export const wordOf = (locale: Locale, group: string, word: string): string => sayWords(locale, { key: `${group}.${word}`, params: {} });
