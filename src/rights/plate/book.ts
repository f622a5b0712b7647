/**
 * The plates a car park knows: vehicles inside, those that left a while ago, and registered ones. In memory only,
 * never on disk (an index over plates is a list of plates); filled from the vault and the journal at start, emptied
 * with the vault.
 */
import { coarseFold } from "./country.ts";
import type { KnownPlate, PlateBook } from "./match.ts";
import type { Plate } from "./plate.ts";

export type PlateRegister<Ref extends string> = PlateBook<Ref> & {
  /** A reference and its plate; a reference known already gets this plate instead. */
  keep(ref: Ref, plate: Plate): void;
  setInside(ref: Ref, inside: boolean): void;
  erase(ref: Ref): void;
  plateOf(ref: Ref): Plate | undefined;
  readonly size: number;
};

export function plateRegister<Ref extends string>(): PlateRegister<Ref> {
  const plates = new Map<Ref, Plate>();
  const byText = new Map<string, Set<Ref>>();
  const byFold = new Map<string, Set<Ref>>();
  const inside = new Set<Ref>();

  const add = (map: Map<string, Set<Ref>>, key: string, ref: Ref): void => {
    map.set(key, (map.get(key) ?? new Set()).add(ref));
  };
  const drop = (map: Map<string, Set<Ref>>, key: string, ref: Ref): void => {
    const refs = map.get(key);
    refs?.delete(ref);
    if (refs?.size === 0) map.delete(key);
  };
  const forget = (ref: Ref): void => {
    const plate = plates.get(ref);
    if (!plate) return;
    plates.delete(ref);
    drop(byText, plate.text, ref);
    drop(byFold, coarseFold(plate.text), ref);
  };
  const known = function* (refs: Iterable<Ref> | undefined): Iterable<KnownPlate<Ref>> {
    for (const ref of refs ?? []) {
      const plate = plates.get(ref);
      if (plate) yield { key: ref, plate };
    }
  };

  return {
    keep(ref, plate) {
      forget(ref);
      plates.set(ref, plate);
      add(byText, plate.text, ref);
      add(byFold, coarseFold(plate.text), ref);
    },
    setInside(ref, is) {
      if (is) inside.add(ref);
      else inside.delete(ref);
    },
    erase(ref) {
      forget(ref);
      inside.delete(ref);
    },
    plateOf: (ref) => plates.get(ref),
    get size() { return plates.size; },
    sameText: (text) => known(byText.get(text)),
    lookAlikes: (coarse) => known(byFold.get(coarse)),
    inside: () => known(inside),
    isInside: (ref) => inside.has(ref),
  };
}
