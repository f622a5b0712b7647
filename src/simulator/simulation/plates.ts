/** The cameras of a simulated site: what they see goes through the real desk into the owner, as in the product. */
import { type PlateDecision, plateDesk, type PlateDesk } from "../../carpark/application/plate-desk.ts";
import type { FacilityCore } from "../../carpark/facility/decide.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import { countryOf } from "../../rights/plate/country.ts";
import { readPlate } from "../../rights/plate/plate.ts";
import { decideOne } from "./deliver.ts";
import type { Run } from "./site-state.ts";

/** The vault's rows outlive the process, the desk does not. */
export type SitePlates = { desk: PlateDesk; readonly vault: Map<string, string>; refs: number };

export function sitePlates(): SitePlates {
  const plates: SitePlates = { vault: new Map(), refs: 0, desk: plateDesk(() => `plate-${++plates.refs}` as CredentialRef) };
  return plates;
}

/** A new process: its desk is filled from the vault and the journal. */
export function restorePlates(run: Run, core: FacilityCore): void {
  const { plates } = run;
  plates.desk = plateDesk(() => `plate-${++plates.refs}` as CredentialRef);
  plates.desk.restore(core.state, [...plates.vault].map(([ref, text]) => ({ ref, text })));
}

export function lookThroughCameras(run: Run): void {
  for (const { lane, reading } of run.world.seen.splice(0)) {
    const { core } = run.owner;
    const plate = readPlate(reading.text, countryOf(reading.country));
    if (!core || !plate.ok) continue;
    const found = { lane, plate: plate.value, confidence: reading.confidence, readAt: (reading.readAt ?? run.now) + run.owner.clockOffset };
    const decision = run.plates.desk.read(core.state, found, run.now + run.owner.clockOffset);
    run.marks.sometimes(`plate ${decision.outcome}`);
    carry(run, core, decision);
  }
}

/** Events of the owner as the desk sees them; a reading that waited for its vehicle goes on. */
export function observePlates(run: Run, core: FacilityCore, events: readonly Recorded[]): void {
  for (const event of events) {
    const decision = run.plates.desk.observe(core.state, event);
    if (decision) carry(run, core, decision);
  }
}

function carry(run: Run, core: FacilityCore, { carry: work }: PlateDecision): void {
  if (!work) return;
  for (const { ref, text } of work.vault.put ?? []) run.plates.vault.set(ref, text);
  decideOne(run, core, work.command, null);
}
