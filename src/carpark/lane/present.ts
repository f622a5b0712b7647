/** A credential shown at a lane: whose it is decides which way it goes. */
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { LaneId } from "../facility/config.ts";
import type { LaneCommand } from "../facility/command.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { closedReason, presentCardAtEntry } from "./entry.ts";
import { EXIT_STEPS, presentCardAtExit } from "./exit.ts";
import { type LaneDirection, type Medium, offers } from "../facility/config.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Movement } from "./lane.ts";
import { orderSale } from "./sale.ts";
import { movementAt } from "./movement.ts";
import { takePlate } from "./plate.ts";
import { enterByRight, refuseRight } from "./right-entry.ts";
import { leaveByRight, refuseExitOf } from "./right-exit.ts";
import { READ_FRESH_MS } from "./timing.ts";

type Present = Extract<LaneCommand, { readonly type: "PresentCredential" }>;

export function presentCredential(d: Deciding, direction: LaneDirection, { lane, credential, readAt, read }: Present): Refusal | null {
  if (readAt !== undefined && d.now - readAt > READ_FRESH_MS) return { type: "readStale", ageMs: d.now - readAt, maxMs: READ_FRESH_MS };
  if (credential?.kind === "plate") {
    const taken = takePlate(d, direction, lane, credential, read);
    if (taken === "unsure") return direction === "exit" ? atExit(d, lane, null) : null;
    if (taken !== "judge") return taken;
    // Whatever the lane is about, the plate is the vehicle's now.
    const refusal = direction === "entry" ? atEntry(d, lane, credential) : atExit(d, lane, credential);
    return refusal?.type === "laneBusy" ? null : refusal;
  }
  const card = credential?.kind === "card" ? (credential.ref as CredentialRef) : null;
  const seasonCard = card !== null && isCityCard(d, card);
  if (direction === "entry") return seasonCard ? presentCardAtEntry(d, lane, card) : atEntry(d, lane, credential);
  return seasonCard ? presentCardAtExit(d, lane, card) : atExit(d, lane, credential);
}

/** Season tickets, guards and staff have cards of their own kind, with their own rules. */
const isCityCard = (d: Deciding, card: CredentialRef): boolean => d.state.cards.has(card) || d.state.staysByCard.has(card);

/** A card in the slot: of the city's own kinds, else a parker's. */
export function presentCard(d: Deciding, direction: LaneDirection, lane: LaneId, card: CredentialRef | null): Refusal | null {
  const parkers = card !== null && !isCityCard(d, card) && (d.state.rights.credentials.has(card) || d.state.rights.openByCredential.has(card));
  if (parkers) return presentCredential(d, direction, { type: "PresentCredential", lane, credential: { kind: "card", ref: card } });
  return direction === "entry" ? presentCardAtEntry(d, lane, card) : presentCardAtExit(d, lane, card);
}

function atEntry(d: Deciding, lane: LaneId, credential: ShownCredential | null): Refusal | null {
  const found = movementAt(d, lane, "entry");
  if (!found.ok) return found.error;
  const movement = found.value;
  const { step } = movement.phase;
  if (step !== "approached" && step !== "waiting" && step !== "offered" && step !== "refused" && step !== "attendant") {
    return { type: "laneBusy", lane, step };
  }
  const closed = closedReason(d, lane);
  if (closed || credential === null) refuseRight(d, lane, movement.id, closed ?? "noRight", credential);
  else if (!isOffered(d, credential)) refuseRight(d, lane, movement.id, "mediumNotOffered", credential);
  else enterByRight(d, lane, movement, credential);
  serveWaiting(d);
  return null;
}

const MEDIUM: Readonly<Record<ShownCredential["kind"], Medium>> = { plate: "plates", card: "cards", qr: "qr", paymentCard: "paymentCard" };

function isOffered(d: Deciding, { kind }: ShownCredential): boolean {
  const config = d.state.config;
  return config?.media === undefined || config === null || offers(config, MEDIUM[kind]);
}

/** A payment card at an exit pays for the car that was asked, whoever it is; else it is what the car came in with. */
function payOrLeave(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, card: ShownCredential): Refusal | null {
  if (movement.phase.step !== "paymentDue") leaveByRight(d, lane, movement, card);
  const now = d.state.lanes.get(lane)?.movement;
  if (now?.phase.step !== "paymentDue") return null;
  const ordered = orderSale(d, lane, now);
  return movement.phase.step === "paymentDue" ? ordered : null;
}

function atExit(d: Deciding, lane: LaneId, credential: ShownCredential | null): Refusal | null {
  const found = movementAt(d, lane, "exit");
  if (!found.ok) return found.error;
  const movement = found.value;
  const { step } = movement.phase;
  if (!EXIT_STEPS.includes(step)) return { type: "laneBusy", lane, step };
  if (credential?.kind === "paymentCard") return payOrLeave(d, lane, movement, credential);
  if (credential === null) refuseExitOf(d, lane, movement.id, "credentialUnknown", null, null, null);
  else leaveByRight(d, lane, movement, credential);
  return null;
}
