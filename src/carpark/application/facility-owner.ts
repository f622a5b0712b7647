/** A facility's stream and its owner: what is decided, what is committed with it, what devices get. */
import { assert } from "../../kernel/assert.ts";
import type { EssentialRows, StayRow, VaultChanges } from "../../journal/journal.ts";
import type { FacilityCommand } from "../facility/command.ts";
import type { FacilityId } from "../facility/config.ts";
import { type FacilityCore, createFacility, decide, evolve } from "../facility/decide.ts";
import type { Recorded } from "../facility/event.ts";
import { type DesiredOutputs, type Order, desiredOutputs, ordersOf } from "../facility/outputs.ts";
import type { Refusal } from "../facility/refusal.ts";
import { decodeState, digestState } from "../facility/snapshot.ts";
import { FACILITY_STATE_VERSION, type ReadonlyFacility } from "../facility/state.ts";
import { plateDeadline, rightsRows } from "./rights-rows.ts";
import { type Durable, mergedVault, type OwnerPorts, StreamOwner, type StreamKind } from "./owner.ts";

export type FacilityOwner = StreamOwner<FacilityCore, FacilityCommand, Recorded, Refusal, DesiredOutputs>;
export type FacilityDurable = Durable<Recorded, DesiredOutputs>;

/** Rows the pay station's books and the notifications add to an event. */
export type RowsOfEvent = (stream: string, event: Recorded, core: FacilityCore) => EssentialRows;

export function facilityKind(more: readonly RowsOfEvent[]): StreamKind<FacilityCore, FacilityCommand, Recorded, Refusal, DesiredOutputs> {
  return {
    kind: "facility",
    create: (stream) => createFacility(facilityOfStream(stream)),
    restore,
    fold: (core, event) => evolve(core.state, event),
    decide,
    outputOf: (core, now) => desiredOutputs(core.state, core.inputs, now),
    rowsOf: (stream, events, core) => collect([...events.map((event) => presenceRows(event, core.state)), ...events.flatMap((e) => more.map((rows) => rows(stream, e, core)))]),
    startCommand: (epoch) => ({ type: "StartOwner", epoch }),
    safeModeCommand: (reason) => ({ type: "EnterSafeMode", reason }),
  };
}

export const startFacility = (
  id: FacilityId, more: readonly RowsOfEvent[], ports: OwnerPorts<Recorded, DesiredOutputs>,
): Promise<FacilityOwner> => StreamOwner.start(streamOfFacility(id), facilityKind(more), ports);

export const streamOfFacility = (id: FacilityId): string => `facility/${id}`;

export function facilityOfStream(stream: string): FacilityId {
  assert(stream.startsWith("facility/"), `stream ${stream} is a facility's`);
  return stream.slice("facility/".length) as FacilityId;
}

/** The one-shots of durable events, each with its id. */
export const ordersOfDurable = (facility: FacilityId, durable: FacilityDurable): Order[] =>
  durable.events.flatMap(({ seq, event }) => ordersOf(facility, seq, event));

function restore(_stream: string, payload: unknown): FacilityCore | null {
  const closed = payload as { readonly stateVersion: number; readonly digest: string; readonly state: unknown };
  if (closed.stateVersion !== FACILITY_STATE_VERSION) return null;
  const state = decodeState(closed.state);
  assert(digestState(state) === closed.digest, "a closed period reads back as it was written");
  return { state, inputs: new Map(), clock: { now: 0 } };
}

/** Open stays, and the deadline of a plate as soon as it is known when its car left. */
function presenceRows(event: Recorded, state: ReadonlyFacility): EssentialRows {
  switch (event.type) {
    case "StayOpened": {
      const { stay, group, basis, enteredAt, flags } = event;
      return { openStays: { put: [{ stay, row: { group, basis, enteredAt, flags } }] } };
    }
    case "StayClosed":
      return { openStays: { close: [event.stay] }, vault: { deadlines: plateDeadline(state, event.plate, event.exitedAt) } };
    case "MovementEnded":
      return { vault: { deadlines: plateDeadline(state, event.plate, event.at) } };
    case "PlateAttached":
      return event.instead === undefined ? {} : { vault: { deadlines: plateDeadline(state, event.instead, event.at) } };
    case "StayPlateCorrected":
      return { vault: { deadlines: plateDeadline(state, event.was, event.at) } };
    case "Rights":
      return rightsRows(state, event.rights, event.at);
    default:
      return {};
  }
}

/** Rows of several events as one set; a stay opened and closed in one batch is only closed. */
export function collect(sets: readonly EssentialRows[]): EssentialRows {
  const close = sets.flatMap((rows) => rows.openStays?.close ?? []);
  const put: StayRow[] = sets.flatMap((rows) => rows.openStays?.put ?? []);
  const vault = sets.reduce<VaultChanges>((all, rows) => (rows.vault ? mergedVault(all, rows.vault) : all), {});
  const ledger = sets.flatMap((rows) => rows.ledger ?? []);
  const outbox = sets.flatMap((rows) => rows.outbox ?? []);
  return {
    ...(put.length + close.length > 0 ? { openStays: { put: put.filter((row) => !close.includes(row.stay)), close } } : {}),
    ...(Object.values(vault).some((rows) => rows.length > 0) ? { vault } : {}),
    ...(ledger.length > 0 ? { ledger } : {}),
    ...(outbox.length > 0 ? { outbox } : {}),
  };
}
