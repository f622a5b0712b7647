/** Where in a YAML text a path of the schema stands, and which keys the schema knows there. */
import { type Document, type LineCounter, isMap, isNode, isPair, isScalar, isSeq, type Node } from "yaml";
import { z } from "zod";

export type Place = { readonly line: number; readonly column: number };
export type Path = readonly (string | number)[];

/** The place of `key` of the map at `path`, or of the value there when there is no such key. */
export function placeOf(doc: Document, lines: LineCounter, path: Path, key?: string): Place {
  let node: unknown = doc.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of key === undefined ? path : [...path, key]) {
    const next = stepInto(node, step);
    if (!next) break;
    offset = next.offset;
    node = next.value;
  }
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function stepInto(node: unknown, step: string | number): { offset: number; value: unknown } | null {
  if (isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step));
    return pair ? { offset: (pair.key as Node).range?.[0] ?? 0, value: pair.value } : null;
  }
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return isNode(item) ? { offset: item.range?.[0] ?? 0, value: item } : null;
  }
  return null;
}

/** Keys the schema knows at the path; none when it is no object there. */
export function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let here = bare(schema);
  for (const step of path) {
    if (here instanceof z.ZodObject) {
      const inner: unknown = here.shape[String(step)];
      if (!(inner instanceof z.ZodType)) return [];
      here = bare(inner);
    } else if (here instanceof z.ZodArray) {
      here = bare(here.element as z.ZodType);
    } else return [];
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bare(schema.unwrap() as z.ZodType) : schema;
}
