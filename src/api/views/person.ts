/**
 * Who acted, as people read it. The journal knows staff by the id of their account; the name is looked up when
 * somebody looks, so that it can be corrected and forgotten.
 */
import type { Locale } from "../contract/words.ts";
import type { Logins } from "../logins/logins.ts";

const ACCOUNT_ID = /^staff-[0-9a-f]{12}$/;
const FORMER: Readonly<Record<Locale, string>> = { en: "former staff", de: "früheres Personal" };

export type Person = (actor: string) => string;

/** Anything but an account's id stands as it is: `configuration`, a maintenance company, a name in an older journal. */
export const personOf = (logins: Logins, locale: Locale): Person => (actor) =>
  logins.nameOf(actor) ?? (ACCOUNT_ID.test(actor) ? FORMER[locale] : actor);

export const personOrNull = (person: Person, actor: string | null): string | null => (actor === null ? null : person(actor));

/** Ids of the accounts whose name contains the word. */
export const actorsNamed = (logins: Logins, word: string): readonly string[] =>
  logins.accounts.filter(({ name }) => name.includes(word.toLowerCase())).map(({ id }) => id);
