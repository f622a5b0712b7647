/** Texts the server sends as a key of the shared catalogue and its values. */
import { fill } from "../../messages/message.ts";
import type { Locale } from "../../messages/locale.ts";
import type { SiteWords } from "../../messages/site.ts";
import { messagesOf } from "../../messages/t.ts";
import { type Words, isMessageKey, wordsText } from "../../messages/words.ts";

/** A sentence whose values did not all come (an older page, a newer server) has a dash for them; nothing is hidden. */
export function sayWords(locale: Locale, words: Words, site: SiteWords): string {
  if (!isMessageKey(words.key)) return words.key;
  const message = messagesOf(locale)[words.key];
  const text = typeof message === "string" ? message : message.other;
  const missing = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).filter((name) => words.params[name] === undefined);
  const params = { ...words.params, ...Object.fromEntries(missing.map((name) => [name, "–"])) };
  return wordsText(locale, { key: words.key, params }, site);
}

/** The shared word of a closed list the server sends as text: `wordOf(locale, "reason", "graceOver")`. */
export function wordOf(locale: Locale, group: string, word: string): string {
  const key = `${group}.${word}`;
  return isMessageKey(key) ? fill(locale, messagesOf(locale)[key], {}) : word;
}
