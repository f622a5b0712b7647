/** Belief against truth: every hour when nothing is under way, and at the end when everybody has left. */
import { booksViolations, foldBooks } from "../../carpark/books/books.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import { digestState } from "../../carpark/facility/snapshot.ts";
import { HOUR } from "../../kernel/instant.ts";
import { troublesOf } from "../world/trouble.ts";
import { anomaliesIn, compareCash, compareTakings, driftOf } from "./oracle/physics.ts";
import { fold } from "./owner.ts";
import { platesWithoutDeadline } from "./plates.ts";
import { type Run, complain } from "./site-state.ts";
import type { Swarm } from "./swarm.ts";

/** Once an hour, and only when nothing is under way: belief against truth. */
export function probe(run: Run): void {
  run.agenda.put(run.now + HOUR, { do: "probe" });
  const { owner, world } = run;
  if (!owner.core || run.inFlight > 0 || owner.pending.length > 0 || run.net.down.size > 0) return;
  const state = owner.core.state;
  if (digestState(state) !== digestState(owner.mirror.state)) complain(run, "F9", "the decided state differs from the journal's");
  if ([...world.lanes.values()].some((lane) => lane.queue.length > 0)) return;
  const events = owner.journal.slice(run.drift.fromSeq).map((line) => JSON.parse(line) as Recorded);
  const explained = anomaliesIn(events) + run.drift.physical + world.totals.tailgatedIn + world.totals.tailgatedOut;
  const drift = Math.abs(driftOf(world, state) - run.drift.base);
  if (drift > explained) complain(run, "truth", `count differs from the cars inside by ${drift}, ${explained} explained`);
}

/** Nothing strikes, nothing comes late or not at all, drivers do as they are told: then nothing is anomalous. */
export function undisturbed({ rates, loss, delay, quirks }: Swarm): boolean {
  const harmless = ["payByCard", "falseCoin", "leaveReceipt"];
  const obedient = Object.entries(quirks).every(([quirk, rate]) => rate === 0 || harmless.includes(quirk));
  return obedient && loss === 0 && delay === 0 && Object.values(rates).every((rate) => rate === 0);
}

/** At rest: every coin, card and ticket is where the books say; lanes and machines are idle. */
export function finish(run: Run): void {
  const { owner, world, config } = run;
  if (world.vehicles.size > 0 || !owner.core) return;
  const state = owner.core.state;
  const report = (id: string, what: string): void => complain(run, id, what);
  const events = owner.journal.map((line) => JSON.parse(line) as Recorded);
  compareCash(world, state, report);
  for (const { invariant, text } of booksViolations(foldBooks(events), state)) report(invariant, text);
  compareTakings(world, events, run.filledMinor, report);
  if (undisturbed(run.swarm) && anomaliesIn(events) > 0) {
    report("truth", `${anomaliesIn(events)} anomalies recorded where nothing was wrong`);
  }
  for (const lane of config.lanes) {
    const { movement } = state.lanes.get(lane.id)!;
    if (movement) report("liveness", `lane ${lane.id} still ${movement.phase.step} with nobody there`);
    if (world.lanes.get(lane.id)!.arm.goal !== 0) report("liveness", `arm of ${lane.id} still up`);
    else run.marks.sometimes("arm closed");
  }
  for (const station of state.stations.values()) {
    if (station.phase.step !== "idle") report("liveness", `station ${station.id} still ${station.phase.step}`);
    if (station.payout) report("liveness", `station ${station.id} still pays out`);
  }
  const forever = platesWithoutDeadline(run);
  if (forever.length > 0) report("H1", `${forever.length} plates are never erased, ${forever[0]} first`);
  if (world.inside !== 0) report("world", `${world.inside} inside and no vehicle`);
  if (world.totals.armHits > 0) report("world", `an arm touched a vehicle ${world.totals.armHits} times`);
  if (troublesOf(world).length > 0) report("world", "something is still broken");
  if (digestState(fold(owner, -1).state) !== digestState(owner.mirror.state)) report("F6", "a replay from the beginning differs");
  if (owner.closedAt >= 0 && digestState(fold(owner, owner.closedAt).state) !== digestState(owner.mirror.state)) {
    report("F7", "a replay from the closed period differs");
  }
}
