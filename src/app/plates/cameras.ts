/**
 * Camera readings on their way to the car parks: one desk for each, kept in step with its journal and the vault.
 *
 *   camera --reading--> desk --command + rows--> owner (durable) --event--> desk: who is inside now
 *   vault  --at start, at registration--> desk        vault --erased--> desk
 *
 * Before a lane is shown a plate that nobody here knows, an exchange may be asked for a right of it; it has a moment for its answer.
 */
import type { CameraGate, ReadingAnswer } from "../../api/site.ts";
import { facilityOfStream, type FacilityOwner } from "../../carpark/application/facility-owner.ts";
import { type PlateDecision, type PlateDesk, plateDesk } from "../../carpark/application/plate-desk.ts";
import type { FacilityCommand } from "../../carpark/facility/command.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { LaneId } from "../../carpark/facility/config.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import type { City } from "../../config/city.ts";
import type { CameraReading } from "../../devices/camera/reading.ts";
import type { EntryRights } from "../../exchange-link/entry.ts";
import type { VaultChanges } from "../../journal/journal.ts";
import type { Vault } from "../../journal/vault.ts";
import { countryOf } from "../../rights/plate/country.ts";
import { readPlate } from "../../rights/plate/plate.ts";
import { randomRef } from "../../api/http/random.ts";
import type { Clock } from "../clock.ts";

export type Cameras = CameraGate & {
  /** Fills the desks from vault and journal; before it, every plate is a stranger's. */
  start(): Promise<void>;
  observe(facility: string, events: readonly Recorded[]): void;
  erased(refs: readonly string[]): void;
  /** Resolves when nothing read so far is still on its way. */
  settled(): Promise<void>;
  readonly busy: boolean;
  /** Who is asked before a lane judges; null: nobody. */
  askBeforeEntry(ask: EntryRights["ask"] | null): void;
  deskOf(facility: string): PlateDesk | undefined;
};

export function camerasOf(city: City, owners: readonly FacilityOwner[], vault: Pick<Vault, "entries" | "open">, clock: Clock, warn: (text: string) => void): Cameras {
  const desks = new Map(owners.map((owner) => [
    facilityOfStream(owner.stream) as string,
    { owner, desk: plateDesk(() => randomRef("plate") as CredentialRef) },
  ]));
  const access = new Map(city.facilities.flatMap(({ config, cameras }) => cameras.map((camera): [string, typeof camera] => [`${config.id}/${camera.id}`, camera])));
  const pending = new Set<Promise<unknown>>();
  let askFirst: EntryRights["ask"] | null = null;

  /** The vault's rows that are still to be committed with the reading. */
  async function askedFirst(owner: FacilityOwner, carry: NonNullable<PlateDecision["carry"]>): Promise<VaultChanges> {
    const { command, vault } = carry;
    const ref = atEntry(owner, command);
    const plate = ref === null ? undefined : desks.get(facilityOfStream(owner.stream))?.desk.register.plateOf(ref);
    if (!askFirst || ref === null || !plate) return vault;
    const { rowsCommitted } = await askFirst({ facility: facilityOfStream(owner.stream), ref, plate, vault });
    return rowsCommitted ? {} : vault;
  }

  async function present(owner: FacilityOwner, carry: NonNullable<PlateDecision["carry"]>) {
    const rows = await askedFirst(owner, carry);
    return owner.execute(carry.command, { at: clock.now(), vault: rows });
  }

  async function carryOut(owner: FacilityOwner, { carry, outcome, facts }: PlateDecision): Promise<ReadingAnswer> {
    const tier = facts?.tier ?? null;
    if (!carry) return { outcome, tier, why: facts?.why ?? null };
    const working = present(owner, carry);
    pending.add(working);
    const done = await working.finally(() => pending.delete(working));
    if (done.ok) return { outcome, tier, why: facts?.why ?? null };
    carry.undo();
    switch (done.error.type) {
      case "storeUnavailable": case "ownerStopped": case "overloaded": case "assertionFailed": case "keyReused":
        return { outcome: "notNow", tier: null, why: null };
      default:
        // The vehicle has moved on while the reading was on its way.
        return { outcome: "noVehicle", tier: null, why: null };
    }
  }

  /** A parker's plate has been registered: its text is in the vault since the directory's own commit. */
  async function learn(desk: PlateDesk, ref: string): Promise<void> {
    const working = vault.open(ref).then((text) => { if (text !== undefined) desk.know(ref, text); });
    pending.add(working);
    await working.finally(() => pending.delete(working));
  }

  async function take(facility: string, lane: LaneId, reading: CameraReading, receivedAt: number): Promise<ReadingAnswer> {
    const here = desks.get(facility);
    const plate = readPlate(reading.text, countryOf(reading.country));
    if (!here) return { outcome: "laneUnknown", tier: null, why: null };
    if (!plate.ok) return { outcome: "notAPlate", tier: null, why: null };
    const found = { lane, plate: plate.value, confidence: reading.confidence, readAt: reading.readAt ?? receivedAt };
    return carryOut(here.owner, here.desk.read(here.owner.core.state, found, receivedAt));
  }

  return {
    camera: (facility, id) => access.get(`${facility}/${id}`) ?? null,
    take,
    typed(facility, text, near) {
      const here = desks.get(facility);
      const plate = readPlate(text, null);
      return here && plate.ok ? here.desk.staysOf(here.owner.core.state, plate.value, near) : [];
    },
    deskOf: (facility) => desks.get(facility)?.desk,
    async start() {
      for await (const batch of vault.entries()) for (const { owner, desk } of desks.values()) desk.restore(owner.core.state, batch);
    },
    observe(facility, events) {
      const here = desks.get(facility);
      if (!here) return;
      for (const event of events) {
        const told = event.type === "Rights" && (event.rights.type === "CredentialAdded" || event.rights.type === "StayOpened") ? event.rights.credential : null;
        // A plate that staff let in by hand was read by no camera, and will be at the exit.
        if (told?.kind === "plate" && !here.desk.register.plateOf(told.ref as CredentialRef)) {
          learn(here.desk, told.ref).catch((error: unknown) => warn(`a plate of ${facility}: ${String(error)}`));
        }
        const decision = here.desk.observe(here.owner.core.state, event);
        if (decision?.carry) carryOut(here.owner, decision).catch((error: unknown) => warn(`a reading of ${facility}: ${String(error)}`));
      }
    },
    erased(refs) {
      for (const { desk } of desks.values()) desk.erased(refs);
    },
    askBeforeEntry(ask) { askFirst = ask; },
    get busy() { return pending.size > 0; },
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}

/** A plate shown at an entry; a better look at a car that has just passed is nothing a lane waits for. */
function atEntry({ core: { state } }: FacilityOwner, command: FacilityCommand): CredentialRef | null {
  if (command.type !== "PresentCredential" || command.credential?.kind !== "plate") return null;
  const config = state.config?.lanes.find(({ id }) => id === command.lane);
  return config?.direction === "entry" ? (command.credential.ref as CredentialRef) : null;
}
