/**
 * What a message is, and how its gaps are filled.
 *
 *   "Ticket {number} taken"                          gaps named in braces
 *   { one: "{count} call", other: "{count} calls" }  plural by `count`, categories of Intl.PluralRules
 *
 * The names of the gaps are read from the English text by the compiler: a call that forgets one, or a
 * catalogue that lacks a key, does not compile. Filling never interprets the values.
 */
import { present } from "../kernel/assert.ts";
import { numberText } from "./format.ts";
import { LOCALE_TAG, type Locale } from "./locale.ts";

export type Plural = { readonly one: string; readonly other: string };
export type Message = string | Plural;
export type Catalogue = Readonly<Record<string, Message>>;

/** The same keys, and a plural where the original has one. */
export type TranslationOf<En> = { readonly [K in keyof En]: En[K] extends string ? string : Plural };

/** Demands a message `prefix.word` for every word of a closed union. */
export type WordsFor<Prefix extends string, Union extends string> = {
  readonly [K in `${Prefix}.${Union}`]: Message;
};

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<M> = M extends string ? NamesIn<M>
  : M extends { readonly one: infer One extends string; readonly other: infer Other extends string }
    ? NamesIn<One> | NamesIn<Other> | "count" : never;
type ValueOf<Name> = Name extends "count" ? number : string | number;
export type ParamsOf<M> = { readonly [Name in NamesOf<M>]: ValueOf<Name> };
/** No second argument where the message has no gaps. */
export type ParamsArgument<M> = [NamesOf<M>] extends [never] ? [] : [params: ParamsOf<M>];

const rules: Readonly<Record<Locale, Intl.PluralRules>> = {
  en: new Intl.PluralRules(LOCALE_TAG.en),
  de: new Intl.PluralRules(LOCALE_TAG.de),
};

/** `count` is written as the language writes numbers; everything else goes in as it is, for most numbers are ids. */
export function fill(locale: Locale, message: Message, params: Readonly<Record<string, string | number>>): string {
  const text = typeof message === "string" ? message : pluralForm(locale, message, params["count"]);
  return text.replace(/\{(\w+)\}/g, (_gap, name: string) => {
    const value = present(params[name], `message parameter ${name}`);
    return name === "count" ? numberText(locale, Number(value)) : String(value);
  });
}

function pluralForm(locale: Locale, message: Plural, count: string | number | undefined): string {
  return rules[locale].select(Number(present(count, "message parameter count"))) === "one" ? message.one : message.other;
}

/** A typed look-up over two catalogues; parts of the product with words of their own make their own. */
export function translator<const En extends Catalogue>(en: En, de: TranslationOf<En>) {
  const both: Readonly<Record<Locale, Catalogue>> = { en, de: de as Catalogue };
  return <K extends keyof En & string>(locale: Locale, key: K, ...[params]: ParamsArgument<En[K]>): string =>
    fill(locale, present(both[locale][key], `message ${key}`), params ?? {});
}
