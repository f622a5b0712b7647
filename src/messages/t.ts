/** `t(locale, key, params)`: the one look-up for console, kiosk, pillars, receipts and reports. */
import { de } from "./de.ts";
import { en } from "./en.ts";
import { translator } from "./message.ts";

export type MessageKey = keyof typeof en;

export const t = translator(en, de);
