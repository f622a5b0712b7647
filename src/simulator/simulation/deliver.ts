/**
 * Commands into the owner, effects out of it, messages onto the wire. Oracles look at each of them.
 */
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import { receive } from "../../devices/inbox.ts";
import { AssertionFailure } from "../../kernel/assert.ts";
import { type Instant, MINUTE, SECOND } from "../../kernel/instant.ts";
import { apply, order, takeOut } from "../world/step.ts";
import { type InFlight, send } from "./network.ts";
import { type Owner, execute, flush } from "./owner.ts";
import { observePlates } from "./plates.ts";
import { type Run, StopRun, VIOLATIONS_MAX, complain, stamp } from "./site-state.ts";

export const CLEAN = { duplicate: 0, loss: 0, delay: 0 };

export const wireOf = (run: Run): typeof CLEAN => (run.now < run.faultsStop ? run.swarm : CLEAN);

export function travel(run: Run, at: Instant, message: InFlight): void {
  run.inFlight++;
  run.agenda.put(at, { do: "arrive", message });
}

/** What the devices have said goes onto the wire. */
export function listen(run: Run): void {
  for (const out of takeOut(run.world)) {
    for (const { at, message } of send(run.net, out, wireOf(run), run.now)) travel(run, at, message);
  }
}

export function arrive(run: Run, message: InFlight): void {
  run.inFlight--;
  const { core } = run.owner;
  if (!core) return;
  const { saidAt, ...rest } = message;
  const received = receive(run.inbox, { ...rest, ageMs: run.now - saidAt });
  const deliver = run.options.sabotage?.noDedup ? [message.command] : received.deliver;
  if (received.dropped) run.marks.sometimes(received.dropped === "duplicate" ? "duplicate dropped" : "history dropped");
  // A loop heard too late to keep its place in the order of edges may cost a count of one.
  if (message.command.type === "SenseLoop" && run.now - saidAt > SECOND && !received.dropped) run.drift.physical++;
  run.marks.sometimes("message delayed", run.now - saidAt > 5 * SECOND);
  for (const command of deliver) {
    for (const one of run.options.sabotage?.command?.(command) ?? [command]) decideOne(run, core, one, null);
  }
}

export function carryOutEffects(run: Run): void {
  for (let next = flush(run.owner, run.now); next; next = flush(run.owner, run.now)) {
    const effect = run.options.sabotage?.effect?.(next) ?? next;
    const outputs = effect.output;
    for (const oracle of run.oracles) oracle.onEffect?.(effect, run.owner.mirror.state, run.now);
    const reached = <T extends { readonly lane: string } | { readonly station: string }>(one: T): boolean =>
      !run.net.down.has("lane" in one ? one.lane : one.station);
    apply(run.world, { ...outputs, lanes: outputs.lanes.filter(reached), stations: outputs.stations.filter(reached) });
    for (const one of effect.orders) {
      if (!reached(one)) continue;
      order(run.world, one);
      if (run.rng.faults.chance(wireOf(run).duplicate)) order(run.world, one);
    }
  }
  if (run.violations.length >= VIOLATIONS_MAX) throw new StopRun();
}

export function decideOne(run: Run, core: NonNullable<Owner["core"]>, command: FacilityCommand, actor: string | null): void {
  const { owner, rng, swarm } = run;
  const ownerNow = run.now + owner.clockOffset;
  run.steps++;
  let executed: ReturnType<typeof execute>;
  try {
    executed = execute(owner, core, command, actor, run.now, 2 + rng.owner.int(swarm.commitMs));
  } catch (failure) {
    if (!(failure instanceof AssertionFailure)) throw failure;
    complain(run, "assertion", `${JSON.stringify(command)}: ${failure.message}\n${failure.stack ?? ""}`);
    throw new StopRun();
  }
  const events = executed.events.map((e) => e.event);
  traceStep(run, command, actor, events, executed.refusal);
  for (let i = 1; i < events.length; i++) if (events[i]!.at < events[i - 1]!.at) complain(run, "F14", "time goes back in a batch");
  run.options.sabotage?.state?.(core, events);
  const step = { now: run.now, ownerNow: Math.max(ownerNow, core.state.now), core, command, actor, events, refusal: executed.refusal };
  for (const oracle of run.oracles) oracle.afterStep?.(step);
  observePlates(run, core, events);
  if (events.length > 0 && run.violations.length > VIOLATIONS_MAX) throw new StopRun();
}

export function traceStep(run: Run, command: FacilityCommand, actor: string | null, events: readonly Recorded[], refusal: unknown): void {
  const { trace } = run.options;
  if (!trace || (events.length === 0 && refusal === null && command.type !== "StartOwner")) return;
  trace(`${stamp(run.now)} ${actor ?? "-"} ${JSON.stringify(command).slice(0, 200)}`);
  for (const event of events) trace(`    ${JSON.stringify(event).slice(0, 300)}`);
  if (refusal !== null) trace(`    refused ${JSON.stringify(refusal)}`);
}

export function staffDoes(run: Run, command: FacilityCommand): void {
  const { core } = run.owner;
  if (core) decideOne(run, core, command, "anna");
  else run.agenda.put(run.now + MINUTE, command.type === "SetLaneMode" ? { do: "laneBack", lane: command.lane } : { do: "fireOver" });
}
