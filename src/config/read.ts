/**
 * Reads the city's YAML file.
 *
 *   text -> YAML -> schema -> rules between its parts -> City | problems with line and column
 *
 * Promise: a file with any problem is not used at all, and every problem names its line, what is wrong
 * and, for a wrong key, the nearest right one.
 */
import { LineCounter, parseDocument, visit, type Document } from "yaml";
import type { z } from "zod";
import { err, type Result } from "../kernel/result.ts";
import { type City, cityOf } from "./city.ts";
import { nearest } from "./nearest.ts";
import { keysAt, type Path, type Place, placeOf } from "./places.ts";
import { cityFile } from "./schema.ts";

export type ConfigProblem = Place & { readonly message: string };

/** Longest file read; a thousand car parks fit. */
const FILE_CHARS_MAX = 2_000_000;

export function readCity(text: string): Result<City, readonly ConfigProblem[]> {
  if (text.length > FILE_CHARS_MAX) return err([{ line: 1, column: 1, message: `longer than ${FILE_CHARS_MAX} characters` }]);
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (doc.errors.length > 0) {
    return err(doc.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { line, column: col, message: error.message };
    }));
  }
  const aliases = aliasProblems(doc, lines);
  if (aliases.length > 0) return err(aliases);
  const parsed = cityFile.safeParse(doc.toJS());
  if (!parsed.success) return err(inOrder(parsed.error.issues.flatMap((issue) => problemsOf(issue, doc, lines))));
  const city = cityOf(parsed.data);
  if (city.ok) return city;
  return err(inOrder(city.error.map(({ path, message }) => ({ ...placeOf(doc, lines, path), message }))));
}

/** No aliases: a small file must not unfold into a large one. */
function aliasProblems(doc: Document, lines: LineCounter): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  visit(doc, {
    Alias: (_key, node) => {
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      problems.push({ line, column: col, message: `alias *${node.source}: aliases are not used here` });
    },
  });
  return problems;
}

function problemsOf(issue: z.core.$ZodIssue, doc: Document, lines: LineCounter): ConfigProblem[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(cityFile, path);
    return issue.keys.map((key) => {
      const right = nearest(key, known);
      const hint = right === null ? `known here: ${known.join(", ")}` : `did you mean \`${right}\`?`;
      return { ...placeOf(doc, lines, path, key), message: `${where(path)}unknown key \`${key}\`; ${hint}` };
    });
  }
  return [{ ...placeOf(doc, lines, path), message: `${where(path)}${issue.message}` }];
}

const where = (path: Path): string => (path.length === 0 ? "" : `${pathText(path)}: `);

const pathText = (path: Path): string =>
  path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");

const inOrder = (problems: readonly ConfigProblem[]): readonly ConfigProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column);

/** One line a person can act on: `city.yaml:12:5: ...`. */
export const problemText = (file: string, problem: ConfigProblem): string => `${file}:${problem.line}:${problem.column}: ${problem.message}`;
