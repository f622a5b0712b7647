/**
 * Whose plate is this reading? Cameras mistake letters, so three tiers, tried in this order, and each answer says
 * which one found it and why:
 *
 *   exact    the same text                                              against everybody known
 *   folded   different only in characters that look alike               against everybody known
 *   edit     one character wrong, missing or too many                   among vehicles inside only
 *
 * Promise: a tier answers only when exactly one vehicle fits; two that fit are reported, never chosen from (C6).
 * An edit opens a barrier at most; an account is never charged on it alone (`mayCharge`). A look-alike whose text
 * is itself a plate its country could have issued is somebody else's plate until more is known: it counts as an edit.
 * The relations are symmetric: who is read as whom does not depend on who was registered first.
 */
import { type Country, coarseFold, folded, hasShapes, mayExist } from "./country.ts";
import { type Plate, type PlateText, countriesAgree, samePlate } from "./plate.ts";

export type Tier = "exact" | "folded" | "edit";

/** A vehicle the car park knows of; `Key` is whatever the caller finds it by. */
export type KnownPlate<Key> = { readonly key: Key; readonly plate: Plate };

/** Where the matcher looks; an index answers the first two without looking at everybody. */
export type PlateBook<Key> = {
  sameText(text: PlateText): Iterable<KnownPlate<Key>>;
  /** Everybody with this `coarseFold`, and perhaps others. */
  lookAlikes(coarse: string): Iterable<KnownPlate<Key>>;
  inside(): Iterable<KnownPlate<Key>>;
  isInside(key: Key): boolean;
};

export type MatchWhy = "sameText" | "looksAlike" | "oneEdit" | "otherCountry" | "otherPlateToo" | "several" | "nobody";

export type PlateMatch<Key> =
  | { readonly found: "one"; readonly tier: Tier; readonly why: MatchWhy; readonly key: Key }
  | { readonly found: "several"; readonly tier: Tier; readonly why: "several"; readonly keys: readonly Key[] }
  | { readonly found: "none"; readonly why: "nobody" };

/** Shorter texts have too many neighbours for one edit to say anything. */
export const EDIT_LENGTH_MIN = 4;

/** At an exit only a vehicle inside can be the one that stands there: that decides between several, and allows an edit. */
export function matchPlate<Key>(read: Plate, book: PlateBook<Key>, at: "entry" | "exit"): PlateMatch<Key> {
  const exact = [...book.sameText(read.text)].filter(({ plate }) => samePlate(read, plate));
  const ofCountry = exact.filter(({ plate }) => plate.country === read.country);
  if (exact.length > 0) return answer("exact", "sameText", narrowed(ofCountry.length > 0 ? ofCountry : exact, exact, book, at));
  const alike = [...book.lookAlikes(coarseFold(read.text))].filter(({ plate }) => sameByFold(read, plate));
  if (alike.length > 0) return answer("folded", "looksAlike", narrowed(alike, alike, book, at));
  if (at === "entry") return { found: "none", why: "nobody" };
  const near = [...book.inside()].filter(({ plate }) => withinOneEdit(read, plate));
  const only = near[0];
  return only === undefined ? { found: "none", why: "nobody" } : answer("edit", editWhy(read, only.plate), near);
}

function narrowed<Key>(
  best: readonly KnownPlate<Key>[], all: readonly KnownPlate<Key>[], book: PlateBook<Key>, at: "entry" | "exit",
): readonly KnownPlate<Key>[] {
  if (at === "entry") return best;
  const inside = all.filter(({ key }) => book.isInside(key));
  return inside.length > 0 ? inside : best;
}

/** Whether an account may be charged for a stay that was found like this. */
export const mayCharge = (match: PlateMatch<unknown>): boolean => match.found === "one" && match.tier !== "edit";

function answer<Key>(tier: Tier, why: MatchWhy, found: readonly KnownPlate<Key>[]): PlateMatch<Key> {
  const keys = [...new Set(found.map(({ key }) => key))];
  const [only, ...others] = keys;
  if (only === undefined) return { found: "none", why: "nobody" };
  return others.length === 0 ? { found: "one", tier, why, key: only } : { found: "several", tier, why: "several", keys };
}

const countryOfBoth = (a: Plate, b: Plate): Country | null => a.country ?? b.country;

/** Only look-alikes apart, of no different countries, and not both plates that exist beside each other. */
export function sameByFold(a: Plate, b: Plate): boolean {
  if (!countriesAgree(a, b) || a.text === b.text) return a.text === b.text && countriesAgree(a, b);
  const country = countryOfBoth(a, b);
  return folded(a.text, country) === folded(b.text, country) && !bothExist(a, b, country);
}

function bothExist(a: Plate, b: Plate, country: Country | null): boolean {
  if (!hasShapes(country) || !mayExist(a.text, country) || !mayExist(b.text, country)) return false;
  return country !== "DE" || !umlautsApart(a.text, b.text);
}

/** Two German districts differ in their umlaut only. */
const UMLAUT_TWINS = /^B[OÖ]/;

/** A camera that writes no umlauts: the same plate, except in the districts that have a twin without. */
function umlautsApart(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/Ä/g, "A").replace(/Ö/g, "O").replace(/Ü/g, "U");
  return plain(a) === plain(b) && !UMLAUT_TWINS.test(a);
}

/** One character exchanged, left out or added, look-alikes being equal; or the same text of another country. */
export function withinOneEdit(a: Plate, b: Plate): boolean {
  if (Math.min(a.text.length, b.text.length) < EDIT_LENGTH_MIN) return false;
  if (!countriesAgree(a, b)) return a.text === b.text;
  const country = countryOfBoth(a, b);
  return oneEditApart(folded(a.text, country), folded(b.text, country));
}

function editWhy(read: Plate, known: Plate): MatchWhy {
  if (!countriesAgree(read, known)) return "otherCountry";
  const country = countryOfBoth(read, known);
  return folded(read.text, country) === folded(known.text, country) ? "otherPlateToo" : "oneEdit";
}

/** Edit distance at most one. */
function oneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return Math.max(a.length, b.length) - start - end <= 1;
}
