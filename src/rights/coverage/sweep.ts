/**
 * Coverage as a walk over the instants at which anything can change.
 *
 *   entries, exits, contract and booking edges, policy changes --in order--> Walker --> segments as they end
 *
 * A sweep stands just before its instant `at`: everything earlier is settled, facts at `at` itself may still
 * come. So events of one instant give one result in whatever order they are told, and going on from a sweep
 * gives what walking from the beginning gives.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { StayId } from "../timeline/facts.ts";
import { nextGrantedEdge } from "../timeline/granted.ts";
import type { Presence } from "../timeline/presence.ts";
import { validSpanAt } from "../timeline/window.ts";
import type { Ended, Live, Scene, Sweep } from "./scene.ts";
import { Walker } from "./walker.ts";

/**
 * Walks on to just before `until`, telling each segment as it ends. `presences` in entry order: those that
 * are live in the sweep, as they are known now, and all that begin later.
 */
export function walk(sweep: Sweep, scene: Scene, presences: readonly Presence[], until: Instant, ended: Ended): Sweep {
  if (until <= sweep.at) return sweep;
  return walked(sweep, scene, presences, until, ended).sweep(until);
}

/** What holds at `at`, with everything of that instant: the walk up to it, and one step more. */
export function viewAt(sweep: Sweep, scene: Scene, presences: readonly Presence[], at: Instant, ended: Ended): Sweep {
  const walker = walked(sweep, scene, presences, at, ended);
  const leaving: StayId[] = [];
  for (const [stay, { presence }] of walker.live) if (presence.to <= at) leaving.push(stay);
  const coming = presences.filter(({ stay, from }) => from === at && !walker.live.has(stay));
  walker.at(at, leaving, coming, edgesOf(scene, presences, at, at + 1).has(at));
  return walker.sweep(at);
}

function walked(sweep: Sweep, scene: Scene, presences: readonly Presence[], until: Instant, ended: Ended): Walker {
  const live = refreshed(sweep, presences);
  const walker = new Walker({ ...sweep, live }, scene, ended);
  const coming = presences.filter(({ stay, from }) => !live.has(stay) && from >= sweep.at && from < until);
  const first = live.size > 0 ? sweep.at : coming[0]?.from;
  if (first === undefined || first >= until) return walker;
  const leaving = presences.filter(({ stay, from, to }) => to < until && (live.has(stay) || from >= sweep.at)).sort((a, b) => a.to - b.to);
  const edges = edgesOf(scene, presences, Math.max(sweep.at, first), until);
  edges.add(Math.max(sweep.at, first));
  const inOrder = [...edges].sort((a, b) => a - b);
  let [c, l, e] = [0, 0, 0];
  for (;;) {
    const at = Math.min(coming[c]?.from ?? Infinity, leaving[l]?.to ?? Infinity, inOrder[e] ?? Infinity);
    if (at === Infinity) return walker;
    const here: Presence[] = [];
    const gone: StayId[] = [];
    while (coming[c]?.from === at) here.push(coming[c++]!);
    while (leaving[l] !== undefined && leaving[l]!.to <= at) gone.push(leaving[l++]!.stay);
    const anew = inOrder[e] === at;
    if (anew) e += 1;
    if (walker.live.size > 0 || here.length > 0) walker.at(at, gone, here, anew);
  }
}

/** A live stay whose end or rights have become known is the same stay. */
function refreshed(sweep: Sweep, presences: readonly Presence[]): ReadonlyMap<StayId, Live> {
  if (sweep.live.size === 0) return sweep.live;
  const known = new Map(presences.map((presence) => [presence.stay, presence]));
  const live = new Map<StayId, Live>();
  for (const [stay, was] of sweep.live) {
    const presence = known.get(stay);
    if (presence) live.set(stay, presence === was.presence ? was : { ...was, presence });
  }
  return live;
}

/** Instants in [from, until) at which more may change than who is inside. */
function edgesOf(scene: Scene, presences: readonly Presence[], from: Instant, until: Instant): Set<Instant> {
  const edges = new Set<Instant>();
  const add = (at: Instant): void => {
    if (at >= from && at < until) edges.add(at);
  };
  for (let edge = from; edge < until; edge = validSpanAt(scene.contracts, edge, scene.zone).until) if (edge > from) add(edge);
  for (const span of scene.booked) {
    add(span.from);
    add(span.to);
  }
  for (const { from: changed } of scene.policy) add(changed);
  for (const { from: changed } of scene.overflow) add(changed);
  for (const { granted, from: enteredAt, to } of presences) {
    if (granted.length === 0) continue;
    let edge: Instant | null = Math.max(from - 1, enteredAt);
    while (edge !== null && edge < until && edge < to) {
      add(edge);
      edge = nextGrantedEdge(granted, edge, scene.zone);
    }
  }
  return edges;
}
