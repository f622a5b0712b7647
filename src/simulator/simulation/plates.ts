/** The cameras of a simulated site: what they see goes through the real desk into the owner, as in the product. */
import { type PlateDecision, plateDesk, type PlateDesk } from "../../carpark/application/plate-desk.ts";
import { facilityKind, streamOfFacility } from "../../carpark/application/facility-owner.ts";
import type { FacilityCore } from "../../carpark/facility/decide.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import type { VaultChanges } from "../../journal/journal.ts";
import { countryOf } from "../../rights/plate/country.ts";
import { readPlate } from "../../rights/plate/plate.ts";
import { decideOne } from "./deliver.ts";
import type { Run } from "./site-state.ts";

/** The vault's rows outlive the process, the desk does not. */
export type SitePlates = { desk: PlateDesk; readonly vault: Map<string, { readonly text: string; eraseAt: number | null }>; refs: number };
const KIND = facilityKind([]);

export function sitePlates(): SitePlates {
  const plates: SitePlates = { vault: new Map(), refs: 0, desk: plateDesk(() => `plate-${++plates.refs}` as CredentialRef) };
  return plates;
}

/** A new process: its desk is filled from the vault and the journal. */
export function restorePlates(run: Run, core: FacilityCore): void {
  const { plates } = run;
  plates.desk = plateDesk(() => `plate-${++plates.refs}` as CredentialRef);
  plates.desk.restore(core.state, [...plates.vault].map(([ref, { text }]) => ({ ref, text })));
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
  if (events.length > 0) erasesLater(run, KIND.rowsOf(streamOfFacility(run.config.id), events, core).vault);
  for (const event of events) {
    const decision = run.plates.desk.observe(core.state, event);
    if (decision) carry(run, core, decision);
  }
}

function erasesLater(run: Run, vault: VaultChanges | undefined): void {
  for (const { ref, eraseAt } of vault?.deadlines ?? []) {
    const row = run.plates.vault.get(ref);
    if (row) row.eraseAt = eraseAt;
  }
}

/** H1: once its car has gone, every plate has a deadline, whatever happened at the lanes. */
export function platesWithoutDeadline(run: Run): string[] {
  const { state } = run.owner.mirror;
  const kept = new Set<string>([
    ...[...state.stays.values()].map(({ plate }) => plate ?? ""), ...[...state.lanes.values()].map(({ movement }) => movement?.plate ?? ""),
  ]);
  // A row is committed with the event that names it: what died with its process is in no vault.
  const committed = new Set(run.owner.journal.flatMap((line) => line.match(/plate-\d+/g) ?? []));
  return [...run.plates.vault].flatMap(([ref, { eraseAt }]) => (eraseAt === null && committed.has(ref) && !kept.has(ref) ? [ref] : []));
}

function carry(run: Run, core: FacilityCore, { carry: work }: PlateDecision): void {
  if (!work) return;
  for (const { ref, text } of work.vault.put ?? []) run.plates.vault.set(ref, { text, eraseAt: null });
  erasesLater(run, work.vault);
  decideOne(run, core, work.command, null);
}
