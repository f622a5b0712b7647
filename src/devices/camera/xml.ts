/**
 * As much XML as cameras send: elements, attributes, text. Namespace prefixes are left out, makers change them from
 * one firmware to the next. No document types, no entities of one's own, bounded size: nothing unfolds.
 */
import { type Result, err, ok } from "../../kernel/result.ts";

export type XmlElement = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly children: XmlElement[]; text: string };
export type XmlProblem = "notXml" | "tooDeep" | "tooManyElements" | "declaration";

/** A camera's message has about a hundred elements, nested five deep. */
const ELEMENTS_MAX = 2_000;
const DEPTH_MAX = 20;

const TAG = /<\?[^<>]*\?>|<!--[\s\S]*?-->|<!|<(\/?)([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g;

export function readXml(source: string): Result<XmlElement, XmlProblem> {
  const root: XmlElement = { name: "", attributes: new Map(), children: [], text: "" };
  const open: XmlElement[] = [root];
  let count = 0;
  let last = 0;
  for (const tag of source.matchAll(TAG)) {
    const [whole, closing, , name = "", attributes = "", empty] = tag;
    const here = open.at(-1) ?? root;
    const text = source.slice(last, tag.index);
    if (text.includes("<")) return err("notXml");
    here.text += unescaped(text);
    last = tag.index + whole.length;
    if (whole === "<!") return err("declaration");
    if (name === "") continue;
    if (closing === "/") {
      if (open.length < 2 || open.pop()?.name !== name) return err("notXml");
      continue;
    }
    if (++count > ELEMENTS_MAX) return err("tooManyElements");
    const element: XmlElement = { name, attributes: attributesOf(attributes), children: [], text: "" };
    here.children.push(element);
    if (empty !== "/" && open.push(element) > DEPTH_MAX) return err("tooDeep");
  }
  const [first, ...others] = root.children;
  return first === undefined || others.length > 0 || open.length > 1 ? err("notXml") : ok(first);
}

/** The first element of that path below. */
export function elementAt(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let here: XmlElement | undefined = element;
  for (const step of path) here = here?.children.find(({ name }) => name === step);
  return here;
}

export const textAt = (element: XmlElement, ...path: readonly string[]): string | null =>
  elementAt(element, ...path)?.text.trim() ?? null;

function attributesOf(source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", double, single] of source.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found.set(name, unescaped(double ?? single ?? ""));
  }
  return found;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'" };

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|#x([0-9a-fA-F]{1,5})|(amp|lt|gt|quot|apos));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
