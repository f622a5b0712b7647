/** What the flows are made of. */
import { newId } from "./bodies.ts";
import type { StepWord } from "./words.ts";

export type Step = { readonly word: StepWord; readonly run: () => Promise<void> };

/** A step that demands something of an answer which is not so. */
export class NotSo extends Error {}

export function demand(met: boolean, what: string): void {
  if (!met) throw new NotSo(what);
}

/** Plates that nobody has: the letters do not occur in the fixture of any flow. */
export const plate = (): string => `SB${newId().slice(0, 5).toUpperCase()}`;
