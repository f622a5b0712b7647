/** What staff do to stays and counts when the picture is wrong. Reason and actor always. */
import type { Instant } from "../../kernel/instant.ts";
import { present } from "../../kernel/assert.ts";
import type { GroupId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import { decideAt } from "../rights/desk.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { closeStay, openStay } from "./open-close.ts";
import type { StayId } from "./stay.ts";

/** One correction moves a count by no more than this; more is a recount that somebody types wrongly. */
export const ADJUSTMENT_MAX = 1_000;

export function adjustCount(d: Deciding, group: GroupId, delta: number, reason: string): Refusal | null {
  if (!d.state.config?.groups.some((g) => g.id === group)) return { type: "groupUnknown", group };
  if (!Number.isInteger(delta) || delta === 0 || Math.abs(delta) > ADJUSTMENT_MAX) {
    return { type: "nothingToDo", what: "AdjustCount" };
  }
  d.emit({ type: "OccupancyAdjusted", group, delta, cause: "staff", reason });
  serveWaiting(d);
  return null;
}

/** The car has gone and nobody saw it; with the time if it is known. */
export function closeStayByStaff(
  d: Deciding, stay: StayId, exitedAt: Instant | undefined, reason: string, how: "closedByStaff" | "manualRelease",
): Refusal | null {
  const open = d.state.stays.get(stay);
  if (!open) return { type: "stayUnknown", stay };
  const at = exitedAt ?? d.now;
  if (at < open.enteredAt) return { type: "timeImpossible", why: "exitBeforeEntry" };
  if (at > d.now) return { type: "timeImpossible", why: "future" };
  if (open.credential.kind === "right") return closeRight(d, open.credential.credential, exitedAt, reason, how);
  closeStay(d, { stay, exitedAt: at, lane: null, how, reason });
  serveWaiting(d);
  return null;
}

/** The rights close it, and with it the car's stay here: with a time that time holds, without it policy says what it counts as. */
function closeRight(
  d: Deciding, credential: ShownCredential, exitedAt: Instant | undefined, reason: string, how: "closedByStaff" | "manualRelease",
): Refusal | null {
  const { refusal } = decideAt(d, how === "manualRelease" && exitedAt === undefined
    ? { type: "StaffRelease", credential, reason }
    : { type: "CloseStay", credential: credential.ref, enteredAt: null, exitedAt: exitedAt ?? null, reason });
  serveWaiting(d);
  return refusal ? { type: "rightsRefused", because: refusal } : null;
}

export function setNeutral(d: Deciding, stay: StayId, reason: string): Refusal | null {
  const open = d.state.stays.get(stay);
  if (!open) return { type: "stayUnknown", stay };
  if (open.flags.includes("neutral")) return { type: "nothingToDo", what: "SetNeutral" };
  if (open.credential.kind === "right") {
    const { refusal } = decideAt(d, { type: "SetNeutral", scope: { type: "stay", credential: open.credential.credential.ref }, reason });
    return refusal ? { type: "rightsRefused", because: refusal } : null;
  }
  d.emit({ type: "StayNeutralSet", stay, reason });
  return null;
}

/** Let in by hand (power cut, emergency call), recorded late if need be; listed as irregular. */
export function admitByHand(d: Deciding, at: Instant | undefined, reason: string): Refusal | null {
  const enteredAt = at ?? d.now;
  if (enteredAt > d.now) return { type: "timeImpossible", why: "future" };
  openStay(d, {
    credential: { kind: "none" }, basis: "irregular", group: present(d.state.config, "configuration").ticketGroup,
    enteredAt, lane: null, flags: ["manual"], plate: null, reason,
  });
  return null;
}
