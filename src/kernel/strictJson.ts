/**
 * Reads JSON of strangers strictly. `JSON.parse` keeps the last of two equal keys, rounds integers above 2^53
 * and turns 1e400 into Infinity; each of these would change what somebody meant, so each is refused here,
 * with depth and size bounded before anything is built.
 */
import { err, ok, type Result } from "./result.ts";

export type JsonProblem = "notJson" | "tooDeep" | "tooManyItems" | "duplicateKey" | "forbiddenKey" | "numberNotExact";
/** `items` counts keys and entries of one body together. */
export type JsonLimits = { readonly depth: number; readonly items: number };

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

export function readStrictJson(text: string, limits: JsonLimits): Result<unknown, JsonProblem> {
  let value: unknown;
  try {
    const problem = scan(text, limits);
    if (problem) return err(problem);
    value = JSON.parse(text);
  } catch {
    return err("notJson");
  }
  return ok(value);
}

/** What is wrong with the text's structure, judged without building it; null when nothing is. */
function scan(text: string, limits: JsonLimits): JsonProblem | null {
  // For each open object the keys seen so far, for each open array null.
  const open: (Set<string> | null)[] = [];
  let items = 0;
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (c === '"') {
      const end = stringEnd(text, i);
      if (end < 0) return "notJson";
      const keys = open.at(-1);
      if (keys && isKey(text, end)) {
        const key: unknown = JSON.parse(text.slice(i, end));
        if (typeof key !== "string" || FORBIDDEN_KEYS.has(key)) return "forbiddenKey";
        if (keys.has(key)) return "duplicateKey";
        keys.add(key);
      }
      i = end;
      continue;
    }
    if (c === "{" || c === "[") {
      open.push(c === "{" ? new Set() : null);
      if (open.length > limits.depth) return "tooDeep";
    } else if (c === "}" || c === "]") {
      open.pop();
    } else if (c === ",") {
      if (++items > limits.items) return "tooManyItems";
    } else if (c === "-" || (c >= "0" && c <= "9")) {
      const end = numberEnd(text, i);
      if (!isExact(text.slice(i, end))) return "numberNotExact";
      i = end;
      continue;
    }
    i++;
  }
  return null;
}

function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return -1;
}

function isKey(text: string, from: number): boolean {
  let i = from;
  while (text[i] === " " || text[i] === "\n" || text[i] === "\r" || text[i] === "\t") i++;
  return text[i] === ":";
}

function numberEnd(text: string, start: number): number {
  let i = start;
  while (i < text.length && "+-.eE0123456789".includes(text[i]!)) i++;
  return i;
}

function isExact(digits: string): boolean {
  const value = Number(digits);
  if (!Number.isFinite(value)) return false;
  return !/^-?\d+$/.test(digits) || Number.isSafeInteger(value);
}
