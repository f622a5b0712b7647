/** What an item demands. An unmet demand ends the item; its words are the reason in the report. */
import type { Reply, Trace } from "./http.ts";
import { at, listAt, sameJson } from "./json.ts";

/** Enough of a value to see what is different. */
const BRIEF_CHARS_MAX = 300;

export class Unmet extends Error {
  override readonly name = "Unmet";
  readonly trace: Trace | null;
  constructor(reason: string, trace: Trace | null = null) {
    super(reason);
    this.trace = trace;
  }
}

export function must(met: unknown, reason: string, reply?: Reply): asserts met {
  if (!met) throw new Unmet(reason, reply?.trace ?? null);
}

export function status(reply: Reply, ...wanted: readonly number[]): Reply {
  must(wanted.includes(reply.status), `expected ${wanted.join(" or ")}, got ${reply.status === 0 ? "no answer" : reply.status}`, reply);
  return reply;
}

/** 2xx. */
export function accepted(reply: Reply): Reply {
  must(reply.status >= 200 && reply.status < 300, `expected success, got ${reply.status === 0 ? "no answer" : reply.status}`, reply);
  return reply;
}

/** The status with a ResponseStatus body that says `error`; `id` has to be among `ids` when given. */
export function refused(reply: Reply, wanted: number | readonly number[], id?: string): Reply {
  status(reply, ...[wanted].flat());
  must(at(reply.json, "status") === "error", "the body has no status \"error\"", reply);
  must(at(reply.json, "code") === reply.status, `code is ${JSON.stringify(at(reply.json, "code"))}, not ${reply.status}`, reply);
  if (id !== undefined) must(listAt(reply.json, "ids").includes(id), `ids does not name ${id}`, reply);
  return reply;
}

export function equal(actual: unknown, wanted: unknown, what: string, reply?: Reply): void {
  must(sameJson(actual, wanted), `${what} is ${brief(actual)}, expected ${brief(wanted)}`, reply);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > BRIEF_CHARS_MAX ? `${text.slice(0, BRIEF_CHARS_MAX)}...` : text;
}

/** The same members in any order. */
export function sameSet(actual: readonly unknown[], wanted: readonly unknown[], what: string, reply?: Reply): void {
  const sorted = (list: readonly unknown[]) => list.map(String).toSorted();
  equal(sorted(actual), sorted(wanted), what, reply);
}

export function idsOf(reply: Reply): readonly string[] {
  return listAt(reply.json, "data").map((one) => String(at(one, "id")));
}
