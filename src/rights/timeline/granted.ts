/**
 * What a right of the stay's own credential covers, and when that may change.
 *
 *   |--from ... to--|  and, for a season ticket, only on its weekdays
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { GrantedSpan } from "./facts.ts";
import { nextEdgeOf, windowOpen } from "./window.ts";

/** The right of this kind that covers an instant; of several the one that began first. */
export function grantedAt(
  spans: readonly GrantedSpan[], kind: GrantedSpan["kind"], at: Instant, zone: Zone,
): GrantedSpan | undefined {
  let best: GrantedSpan | undefined;
  for (const span of spans) {
    if (span.kind !== kind || at < span.from || at >= span.to) continue;
    if (span.window !== null && !windowOpen(span.window, at, zone)) continue;
    if (!best || span.from < best.from || (span.from === best.from && span.right < best.right)) best = span;
  }
  return best;
}

/** The next instant after `at` at which one of them begins or ends to cover; null: never. */
export function nextGrantedEdge(spans: readonly GrantedSpan[], at: Instant, zone: Zone): Instant | null {
  let next: Instant | null = null;
  for (const { from, to, window } of spans) {
    const edges = [from, to, ...(window !== null && at < to ? [nextEdgeOf(window, Math.max(at, from), zone)] : [])];
    for (const edge of edges) if (edge > at && edge <= to && (next === null || edge < next)) next = edge;
  }
  return next;
}
