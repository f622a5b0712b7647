/**
 * The inputs of an act as data. The dialog keeps what was typed as text; `valuesOf` turns it into what the
 * API takes (minor units, instants, ...) or says which field is wrong. Nothing typed is changed or lost.
 */
import { minorOf } from "../../kernel/money.ts";
import { zoneOf } from "../../kernel/zone.ts";

type Common = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  /** Asked only while another field has this value. */
  readonly when?: readonly [name: string, value: string | boolean];
};
export type Choice = { readonly value: string; readonly label: string };

export type Field =
  | Common & { readonly kind: "text"; readonly initial?: string; readonly lengthMax?: number; readonly suggestions?: readonly string[] }
  | Common & { readonly kind: "lines"; readonly initial?: string; readonly lengthMax?: number }
  | Common & { readonly kind: "password"; readonly lengthMin?: number }
  | Common & { readonly kind: "money"; readonly currency: string; readonly initialMinor?: number; readonly minMinor?: number }
  | Common & { readonly kind: "integer"; readonly min: number; readonly max: number; readonly initial?: number }
  | Common & { readonly kind: "choice"; readonly choices: readonly Choice[]; readonly initial?: string }
  | Common & { readonly kind: "many"; readonly choices: readonly Choice[]; readonly initial?: readonly string[] }
  | Common & { readonly kind: "yes"; readonly initial?: boolean }
  /** A wall-clock time at the car park, typed as "2026-11-22T14:05". */
  | Common & { readonly kind: "moment"; readonly zone: string; readonly initial?: string }
  | Common & { readonly kind: "day"; readonly initial?: string };

export type Typed = string | boolean | readonly string[];
type Given<F extends Field> =
  F extends { kind: "money" | "integer" | "moment" } ? number
    : F extends { kind: "yes" } ? boolean
      : F extends { kind: "many" } ? readonly string[]
        : string;
export type Values<F extends readonly Field[]> = {
  readonly [N in F[number]["name"]]: Extract<F[number], { name: N }> extends infer X extends Field
    ? X extends { optional: true } | { when: readonly unknown[] } ? Given<X> | undefined : Given<X>
    : never;
};

export type Wrong = "missing" | "notMoney" | "notPositive" | "notInteger" | "outOfRange" | "tooLong" | "tooShort" | "notATime";

/** Texts of any act: longer ones are notes, not reasons; the server's limit is the same. */
export const TEXT_LENGTH_MAX = 500;

export function initialOf(field: Field): Typed {
  switch (field.kind) {
    case "yes": return field.initial ?? false;
    case "many": return field.initial ?? [];
    case "money": return field.initialMinor === undefined ? "" : (field.initialMinor / 100).toFixed(2);
    case "integer": return field.initial === undefined ? "" : String(field.initial);
    case "password": return "";
    case "text": case "lines": case "choice": case "moment": case "day": return field.initial ?? "";
  }
}

export type Parsed = { readonly values: Readonly<Record<string, unknown>>; readonly wrong: Readonly<Record<string, Wrong>> };

/** The fields that apply to what has been typed so far. */
export const askedOf = (fields: readonly Field[], typed: Readonly<Record<string, Typed>>): readonly Field[] =>
  fields.filter((field) => field.when === undefined || typed[field.when[0]] === field.when[1]);

export function valuesOf(fields: readonly Field[], typed: Readonly<Record<string, Typed>>): Parsed {
  const values: Record<string, unknown> = {};
  const wrong: Record<string, Wrong> = {};
  for (const field of askedOf(fields, typed)) {
    const raw = typed[field.name] ?? initialOf(field);
    const empty = raw === "" || (typeof raw === "string" && raw.trim() === "") || (Array.isArray(raw) && raw.length === 0);
    if (empty) {
      if (field.optional !== true) wrong[field.name] = "missing";
      continue;
    }
    const value = valueOf(field, raw);
    if (typeof value === "object" && value !== null && "wrong" in value) wrong[field.name] = value.wrong;
    else values[field.name] = value;
  }
  return { values, wrong };
}

type Value = string | number | boolean | readonly string[] | { readonly wrong: Wrong };

function valueOf(field: Field, raw: Typed): Value {
  if (typeof raw !== "string") return raw;
  const text = raw.trim();
  switch (field.kind) {
    case "text": case "lines":
      return text.length > (field.lengthMax ?? TEXT_LENGTH_MAX) ? { wrong: "tooLong" } : text;
    case "password":
      return raw.length < (field.lengthMin ?? 0) ? { wrong: "tooShort" } : raw;
    case "money": return moneyOf(field.currency, field.minMinor ?? 1, text);
    case "integer": {
      if (!/^[+-]?\d{1,9}$/.test(text)) return { wrong: "notInteger" };
      const value = Number(text);
      return value < field.min || value > field.max ? { wrong: "outOfRange" } : value;
    }
    case "moment": return momentOf(field.zone, text);
    case "day": return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : { wrong: "notATime" };
    case "choice": return field.choices.some((choice) => choice.value === text) ? text : { wrong: "missing" };
    case "yes": case "many": return raw;
  }
}

/** "12,50" and "12.50" are the same money; "1,250.00" is refused rather than guessed. */
function moneyOf(currency: string, minMinor: number, text: string): Value {
  const minor = minorOf(text.replace(",", "."), currency);
  if (!minor.ok) return { wrong: "notMoney" };
  return minor.value < minMinor ? { wrong: "notPositive" } : minor.value;
}

function momentOf(zoneName: string, text: string): Value {
  const zone = zoneOf(zoneName);
  const at = zone.ok ? zone.value.parseLocal(text) : null;
  return at?.ok === true ? at.value : { wrong: "notATime" };
}
