/**
 * Words of one page in both languages, kept beside the page and loaded with it. The names of states,
 * reasons, refusals and events are in src/messages and shared with kiosk, receipts and reports.
 *
 *   const text = words({ left: { one: "{count} space left", other: "{count} spaces left" } }, { left: ... });
 *   const t = useWords(text);   t("left", { count: 3 })
 *
 * A key that is missing or superfluous in the second language does not compile.
 */
import { type Catalogue, type ParamsArgument, type TranslationOf, translator } from "../../messages/message.ts";
import type { Locale } from "../../messages/locale.ts";

export type Words<En> = {
  readonly say: <K extends keyof En & string>(locale: Locale, key: K, ...params: ParamsArgument<En[K]>) => string;
  readonly en: Catalogue;
  readonly de: Catalogue;
};
export type Translate<En> = <K extends keyof En & string>(key: K, ...params: ParamsArgument<En[K]>) => string;

export function words<const En extends Catalogue>(en: En, de: TranslationOf<En>): Words<En> {
  return { say: translator(en, de), en, de: de as Catalogue };
}
