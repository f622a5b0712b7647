/**
 * One line of the checklist in section 5 of the exchange's specification.
 *
 *   checked     run against the server; passes, or fails with the reason and the exchange that showed it
 *   notHere     cannot be seen from outside; names the test in this repository that shows it for our server
 *   later       belongs to a part that is not offered yet
 */
import type { Role } from "./fixture.ts";
import type { Trial } from "./trial.ts";

/** S stated in a source, D a decision of ours, P primary profile, X extension, L pilot profile under /v1/parking. */
export type Source = "S" | "D" | "P" | "X" | "L";

type Line = { readonly no: number; readonly title: string; readonly source: readonly Source[] };

export type CheckedItem = Line & {
  readonly type: "checked";
  /** Roles without which there is nothing to ask. */
  readonly needs: readonly Role[];
  /** What of the line is shown elsewhere, when not all of it can be seen from outside. */
  readonly rest?: string;
  /** Run after all others: what has to hold of the whole traffic, or disturbs it. */
  readonly last?: boolean;
  readonly check: (trial: Trial) => Promise<void>;
};

export type Item =
  | CheckedItem
  | Line & { readonly type: "notHere"; readonly reason: string; readonly shownBy: string }
  | Line & { readonly type: "later"; readonly reason: string };

/** Nothing is wrong, and nothing could be seen either: a part of the fixture is missing. */
export class Unseen extends Error {
  override readonly name = "Unseen";
}

type Options = { readonly rest?: string; readonly last?: boolean };

export function item(
  no: number, source: string, title: string, needs: readonly Role[], check: (trial: Trial) => Promise<void>, options: Options = {},
): CheckedItem {
  return { type: "checked", no, title, source: sourcesOf(source), needs, check, ...options };
}

export function notHere(no: number, source: string, title: string, reason: string, shownBy: string): Item {
  return { type: "notHere", no, title, source: sourcesOf(source), reason, shownBy };
}

export function later(no: number, source: string, title: string, reason: string): Item {
  return { type: "later", no, title, source: sourcesOf(source), reason };
}

const LETTERS: Readonly<Record<string, Source>> = { S: "S", D: "D", P: "P", X: "X", L: "L" };

function sourcesOf(letters: string): readonly Source[] {
  return [...letters].flatMap((letter) => LETTERS[letter] ?? []);
}
