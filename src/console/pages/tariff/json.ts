/**
 * JSON as people edit it: where in the text a path stands, so that a finding can be shown beside its place,
 * and whether two values say the same.
 */
export type Place = { readonly start: number; readonly end: number; readonly line: number };

/** Where `$.a[0].b` stands; the nearest place around it when the member is missing. Null when the text is no JSON. */
export function placeOf(text: string, path: string): Place | null {
  const steps = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)].map((match) => match[1] ?? Number(match[2]));
  const found = walk(text, 0, steps);
  return found === null ? null : { ...found, line: text.slice(0, found.start).split("\n").length };
}

type Range = { readonly start: number; readonly end: number };

/** The range of the value at `from`, or of what the steps lead to inside it. */
function walk(text: string, from: number, steps: readonly (string | number)[]): Range | null {
  const start = skipSpace(text, from);
  const opening = text[start];
  if (opening !== "{" && opening !== "[") {
    const end = scalarEnd(text, start);
    return end === null ? null : { start, end };
  }
  let inside: Range | null = null;
  let at = skipSpace(text, start + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]"; index++) {
    let key: string | number = index;
    if (opening === "{") {
      const keyEnd = scalarEnd(text, at);
      if (keyEnd === null || text[at] !== '"') return null;
      key = keyOf(text.slice(at, keyEnd));
      at = skipSpace(text, keyEnd);
      if (text[at] !== ":") return null;
      at += 1;
    }
    const whole = walk(text, at, []);
    if (whole === null) return null;
    if (steps.length > 0 && key === steps[0]) inside = walk(text, at, steps.slice(1));
    at = skipSpace(text, whole.end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
    else if (text[at] !== "}" && text[at] !== "]") return null;
  }
  return inside ?? { start, end: at + 1 };
}

function keyOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && " \n\r\t".includes(text[at]!)) at += 1;
  return at;
};

function scalarEnd(text: string, start: number): number | null {
  const match = /"(?:[^"\\]|\\.)*"|[-+.\w]+/y;
  match.lastIndex = start;
  return match.test(text) ? match.lastIndex : null;
}

/** The same members and values, in whatever order the members stand; a member that is undefined is none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [first, second] = [a, b].map((value) => Object.entries(value).filter(([, inner]) => inner !== undefined));
  const others = new Map(second);
  return first!.length === others.size && first!.every(([key, value]) => others.has(key) && sameJson(value, others.get(key)));
}
