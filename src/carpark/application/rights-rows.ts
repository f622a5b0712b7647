/**
 * Plates and the vault: rows committed with the events of a car park.
 *
 *   admitted: no deadline while inside      gone, or never let in: policy's time later (24 h at most)      registered: the operator's
 *
 * A plate of a provider's right is kept as long as the right lasts if that is not long. A registered parker's plate is not this car park's to erase, however often it comes and goes.
 */
import type { EssentialRows, VaultDeadline } from "../../journal/journal.ts";
import { DAY, type DurationMs, type Instant } from "../../kernel/instant.ts";
import { inForce } from "../../rights/policy.ts";
import type { RightsEvent } from "../../rights/desk/event.ts";
import { isHeld } from "../../rights/desk/vault-rows.ts";
import type { Recorded } from "../facility/event.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { NEVER_ENDS } from "../operator/service-card.ts";
import type { OperatorEvent } from "../operator/operator.ts";

/** A plate goes at most this long after its car left, or after its car was gone without coming in. */
export const PLATE_KEPT_MS: DurationMs = DAY;

/** A week's ticket bought in an app. Who has a longer right is asked for again when it comes. */
export const BOUGHT_AHEAD_MS_MAX: DurationMs = 7 * DAY;

/** The deadline of a plate whose car is gone; none for a registered parker's, and none while another stay of it is open. */
export function plateDeadline(state: ReadonlyFacility, plate: string | null, leftAt: Instant): VaultDeadline[] {
  const { rights } = state;
  if (plate === null || rights.credentials.has(plate) || rights.openByCredential.has(plate) || isSeenInside(state, plate)) return [];
  const policy = rights.policy.length === 0 ? null : inForce(rights.policy, leftAt);
  const ahead = (rights.externals.get(plate) ?? []).map(({ until }) => until).filter((until) => until <= leftAt + BOUGHT_AHEAD_MS_MAX);
  const needed = Math.max(leftAt, ...ahead);
  return [{ ref: plate, eraseAt: needed + Math.min(PLATE_KEPT_MS, policy?.erasePlateAfter ?? PLATE_KEPT_MS) }];
}

/** Of a stay that was begun with something else, a ticket or a card: the camera saw it too. */
function isSeenInside(state: ReadonlyFacility, plate: string): boolean {
  for (const stay of state.stays.values()) if (stay.plate === plate) return true;
  return false;
}

/** Of one event of the rights, folded already. */
export function rightsRows(state: ReadonlyFacility, event: RightsEvent, at: Instant): EssentialRows {
  if (event.type === "CredentialHeld") {
    const { credential: ref, owner, because, until } = event.hold;
    return { vault: { holds: [{ ref, owner, reason: because, until }] } };
  }
  if (event.type === "CredentialHoldReleased") {
    if (isHeld(state.rights, event.credential, at)) return {};
    return { vault: { releases: [event.credential], deadlines: plateDeadline(state, event.credential, at) } };
  }
  const deadlines = deadlinesOf(state, event, at);
  return deadlines.length === 0 ? {} : { vault: { deadlines } };
}

function deadlinesOf(state: ReadonlyFacility, event: RightsEvent, at: Instant): VaultDeadline[] {
  switch (event.type) {
    case "StayOpened":
      // It may have been here an hour ago: the deadline of then is not the one of this stay.
      return event.account === null ? [{ ref: event.credential.ref, eraseAt: NEVER_ENDS }] : [];
    case "StayClosed":
      return plateDeadline(state, event.credential, event.end.type === "seen" ? event.end.at : event.end.givenAt ?? event.end.noticedAt);
    case "ExternalRightLearnt": case "ExternalRightRevoked":
      // Its car may never come.
      return plateDeadline(state, event.right.credential, at);
    case "EntryRefused": case "AttendantCalled": case "ExitWithoutEntry":
      return plateDeadline(state, event.credential.ref, at);
    default:
      return [];
  }
}

/** Of the operator's stream: what is registered is kept; what was removed goes like a stranger's plate. */
export function directoryRows(events: readonly Recorded<OperatorEvent>[]): EssentialRows {
  const deadlines = events.flatMap((event): VaultDeadline[] => {
    if (event.type !== "DirectoryChanged") return [];
    const { act } = event;
    if (act.type === "CredentialAdded") return [{ ref: act.credential.ref, eraseAt: NEVER_ENDS }];
    return act.type === "CredentialRemoved" ? [{ ref: act.credential, eraseAt: event.at + PLATE_KEPT_MS }] : [];
  });
  return deadlines.length === 0 ? {} : { vault: { deadlines } };
}
