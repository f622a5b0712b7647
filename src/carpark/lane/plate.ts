/**
 * What the camera read belongs to the vehicle on the loop, whatever the lane is about. Whether it also opens depends on
 * what this car park offers: a known parker's plate does, a stranger's where short-term parkers come without ticket.
 * A better look corrects whom the stay belongs to, before the passage and for a moment after it.
 */
import { present } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { judgeEntry } from "../../rights/desk/entry.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import { openStayOf } from "../../rights/desk/state.ts";
import type { LaneCommand } from "../facility/command.ts";
import { type LaneDirection, type LaneId, offers } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { decideAt, roomOf } from "../rights/desk.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { Admission, PlateRead, Release } from "./lane.ts";
import { movementAt } from "./movement.ts";
import { admit } from "./right-entry.ts";

export function attachPlate(d: Deciding, lane: LaneId, plate: CredentialRef, read?: PlateRead): Refusal | null {
  const found = movementAt(d, lane, null);
  if (!found.ok) return found.error;
  const { id, plate: before } = found.value;
  if (before === plate) return null;
  d.emit({ type: "PlateAttached", lane, movement: id, plate, ...(read ? { read } : {}), ...(before === null ? {} : { instead: before }) });
  return null;
}

/** `judge`: the plate is to be shown to the rights like any other credential. `unsure`: somebody has to look who it is. */
export function takePlate(
  d: Deciding, direction: LaneDirection, lane: LaneId, plate: ShownCredential, read: PlateRead | undefined,
): Refusal | null | "judge" | "unsure" {
  const found = movementAt(d, lane, direction);
  if (!found.ok) return found.error;
  const { id, phase } = found.value;
  attachPlate(d, lane, plate.ref as CredentialRef, read);
  if (phase.step === "opening" || phase.step === "returningCard") {
    if (direction === "entry") rematch(d, lane, id, phase.pass, plate);
    return null;
  }
  return decidesHere(d, plate, read);
}

function decidesHere(d: Deciding, plate: ShownCredential, read: PlateRead | undefined): "judge" | "unsure" | null {
  const config = present(d.state.config, "configuration");
  if (config.media === undefined) return "judge";
  if (!offers(config, "plates")) return null;
  const ticketless = !offers(config, "tickets");
  const { rights } = d.state;
  const inside = openStayOf(rights, plate.ref);
  // One character off opens for a car that pays here itself; no account is concerned by that alone.
  if (read?.tier === "edit" && inside?.stay.payer !== "machine") return ticketless ? "unsure" : null;
  return inside !== null || rights.credentials.has(plate.ref) || rights.externals.has(plate.ref) || ticketless ? "judge" : null;
}

/** The arm is up for whom the camera saw first; if the better look is somebody who may come in as well, the stay is theirs. */
function rematch(d: Deciding, lane: LaneId, movement: number, pass: DeepReadonly<Admission | Release>, plate: ShownCredential): void {
  if (!("group" in pass) || pass.by !== "right" || pass.credential.kind !== "plate" || pass.credential.ref === plate.ref) return;
  if (!mayEnter(d, lane, plate)) return;
  decideAt(d, { type: "BackOut", stay: pass.stay }, lane);
  admit(d, lane, movement, plate, decideAt(d, { type: "Enter", credential: plate }, lane).events);
}

function mayEnter(d: Deciding, lane: LaneId, plate: ShownCredential): boolean {
  const judged = judgeEntry(d.state.rights, plate, openStayOf(d.state.rights, plate.ref), d.now, roomOf(d.state, lane));
  return !("refused" in judged);
}

/** The car has passed: its stay gets the better plate, and if that one has a right here, the stay is under that right. */
export function correctPlate(d: Deciding, { lane, was, plate, read }: Extract<LaneCommand, { readonly type: "CorrectPlate" }>): Refusal | null {
  const stay = [...d.state.stays.values()].find((one) => one.plate === was);
  if (!stay || stay.lane !== lane) return { type: "nothingToDo", what: "CorrectPlate" };
  d.emit({ type: "StayPlateCorrected", stay: stay.id, was, plate, read });
  const credential = stay.credential.kind === "right" ? stay.credential : null;
  const shown: ShownCredential = { kind: "plate", ref: plate };
  if (credential?.credential.kind !== "plate" || !mayEnter(d, lane, shown)) return null;
  // Closed with no length and opened again: nothing is charged or covered twice, and the count stays as it is.
  decideAt(d, { type: "BackOut", stay: credential.stay });
  decideAt(d, { type: "Enter", credential: shown });
  return null;
}
