/** Why something did not work, in words. */
import type { Locale } from "../messages/locale.ts";
import { Refused } from "./exchange.ts";
import { say } from "./words.ts";

export function failureText(locale: Locale, failure: unknown): string {
  if (!(failure instanceof Refused)) return failure instanceof Error ? failure.message : String(failure);
  return failure.status === 0 ? say(locale, "failed.none") : say(locale, "failed.status", { status: failure.status, detail: failure.message });
}
