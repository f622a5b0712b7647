/**
 * Reads a stranger's body along the standard's models: repairs what is known to be sent (deviations.ts),
 * leaves out what nobody knows, keeps `x-` extensions as they are.
 *
 * Promise: nothing is guessed. A value that no rule repairs stays as sent, and the validator refuses it.
 */
import type { Json, JsonObject } from "../json.ts";
import { isObject } from "../json.ts";
import { resolved, type Schema } from "../apds/schema.ts";
import type { Lint } from "./deviations.ts";
import { readDuration } from "./duration.ts";
import { readInstant } from "./instant.ts";

export type WalkOptions = {
  /** Of texts sent without a language. */
  readonly language: string;
  /** On updates a member that is null is to be removed; on creations, and in lists, it is absent. */
  readonly keepNulls: boolean;
};

export function tolerant(schema: Schema, body: JsonObject, lint: Lint, options: WalkOptions): JsonObject {
  return object(schema, body, "", { lint, options });
}

const INSIDE_A_LIST = /\/\d+(\/|$)/;

type Context = { readonly lint: Lint; readonly options: WalkOptions };

function object(schema: Schema, sent: JsonObject, at: string, context: Context): JsonObject {
  const out: Record<string, Json> = {};
  for (const [member, value] of Object.entries(sent)) {
    const path = `${at}/${member}`;
    const known = schema.properties?.[member];
    if (member.startsWith("x-")) out[member] = value;
    else if (known === undefined) context.lint.add("T34", path);
    else if (known.readOnly === true) context.lint.add("readOnly", path);
    else if (value === null) {
      if (context.options.keepNulls && !INSIDE_A_LIST.test(path)) out[member] = null;
      else context.lint.add("T33", path);
    } else {
      const read = walk(known, value, path, context);
      if (read !== undefined) out[member] = read;
    }
  }
  return out;
}

/** Undefined leaves the member out. */
function walk(declared: Schema, value: Json, at: string, context: Context): Json | undefined {
  const { schema, name } = resolved(declared);
  const special = name === undefined ? undefined : NAMED[name]?.(value, at, context);
  if (special !== undefined) return special;
  if (schema.format === "date-time" && typeof value === "string") return instant(value, at, context);
  if (schema.type === "array") return array(schema, value, at, context);
  if (schema.properties) {
    const one = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
    return isObject(one) ? object(schema, one, at, context) : one;
  }
  if (schema.anyOf ?? schema.oneOf) return alternatives(schema, value, at, context);
  return value;
}

function array(schema: Schema, value: Json, at: string, context: Context): Json {
  const items = schema.items ?? {};
  if (isObject(value)) {
    context.lint.add("T17", at);
    const one = walk(items, value, at, context);
    return one === undefined ? [] : [one];
  }
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).flatMap((item, i) => {
    if (item === null) {
      context.lint.add("T33", `${at}/${i}`);
      return [];
    }
    const read = walk(items, item, `${at}/${i}`, context);
    return read === undefined ? [] : [read];
  });
}

/** Read by all alternatives together: a member that one of them knows is kept. */
function alternatives(schema: Schema, value: Json, at: string, context: Context): Json {
  const options = (schema.anyOf ?? schema.oneOf ?? []).map((one) => resolved(one).schema);
  const flat = options.flatMap((one) => one.anyOf ?? one.oneOf ?? [one]).map((one) => resolved(one).schema);
  if (!isObject(value) || flat.some((one) => !one.properties)) return value;
  const properties = Object.assign({}, ...flat.map((one) => one.properties)) as Record<string, Schema>;
  return object({ properties }, value, at, context);
}

function instant(sent: string, at: string, { lint }: Context): Json {
  const read = readInstant(sent);
  if (!read) return sent;
  if (read.repaired) lint.add("T11", at);
  return read.text;
}

type Special = (value: Json, at: string, context: Context) => Json | undefined;

/** Models whose deviations are known by name. Undefined: nothing special, read it as any other. */
const NAMED: Readonly<Record<string, Special>> = {
  MultilingualString: (value, at, { lint, options }) => {
    if (typeof value === "string") {
      lint.add("T5", at);
      return [{ language: options.language, string: value }];
    }
    if (!isObject(value)) return undefined;
    if (typeof value["string"] === "string") {
      lint.add("T5", at);
      return [{ language: options.language, ...value }];
    }
    lint.add("T5", at);
    return Object.entries(value).filter(([, text]) => typeof text === "string").map(([language, string]) => ({ language, string }));
  },
  VersionedReference: (value, at, { lint }) => {
    if (typeof value === "string") {
      lint.add("T16", at);
      return { id: value, version: 1 };
    }
    if (!isObject(value)) return undefined;
    const { id, version, className } = value;
    if (Object.keys(value).some((member) => !["id", "version", "className"].includes(member))) lint.add("T29", at);
    if (version === undefined || version === null) lint.add("T28", at);
    return { ...(id === undefined ? {} : { id }), version: version ?? 1, ...(className === undefined || className === null ? {} : { className }) };
  },
  Reference: (value, at, { lint }) => {
    if (typeof value !== "string") return undefined;
    lint.add("T16", at);
    return { id: value };
  },
  Duration: (value, at, { lint }) => {
    if (typeof value !== "string") return undefined;
    const read = readDuration(value);
    if (!read) return value;
    if (read.suspicious) lint.add("T12", at);
    return read.text;
  },
  CountryCode: (value, at, { lint }) => {
    if (typeof value !== "string" || value === value.toLowerCase()) return undefined;
    lint.add("T30", at);
    return value.toLowerCase();
  },
  HierarchyElementTypeEnum: (value, at, { lint }) => {
    if (value !== "parkingPlace") return undefined;
    lint.add("T6", at);
    return "place";
  },
};
