/** `t(locale, key, params)`: the one look-up for console, kiosk, pillars, receipts and reports. */
import { de } from "./de.ts";
import { en } from "./en.ts";
import { translator, type Message } from "./message.ts";
import type { Locale } from "./locale.ts";

export type MessageKey = keyof typeof en;

export const t = translator(en, de);

/** All messages of one language, for words that travel as data (words.ts). */
export const messagesOf = (locale: Locale): Readonly<Record<MessageKey, Message>> => (locale === "de" ? de : en);
