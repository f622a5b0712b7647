/**
 * The rights of a car park inside its own stream.
 *
 *   decideAt(d, command) --> the desk's decider --emit--> Rights { event }  (folded at once)
 *                                                  \--> the same for the cars: StayGroupChanged, StayClosed, StayNeutralSet
 *
 * Promise: after every decision the stays that are counted here say what the stays of the rights say: open while
 * they are open, in their group, neutral when they are. Room is asked of the car park's own counting.
 */
import { unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { RightsCommand } from "../../rights/desk/command.ts";
import { decideIn, nextDeadline } from "../../rights/desk/decide.ts";
import type { RightsDeciding } from "../../rights/desk/deciding.ts";
import type { RightsEvent } from "../../rights/desk/event.ts";
import type { RightsRefusal } from "../../rights/desk/refusal.ts";
import type { Room } from "../../rights/desk/room.ts";
import { capacity, occupancy, reserved } from "../counting/counting.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { closeStay, openStay } from "../stay/open-close.ts";
import type { CredentialRef, StayEnd } from "../stay/stay.ts";

/** The car park's own count; `except`: a space this lane keeps for its car is that car's. */
export const roomOf = (state: ReadonlyFacility, except: LaneId | null): Room => ({
  capacity: (group, at) => capacity(state, group as GroupId, at),
  occupied: (group) => occupancy(state, group as GroupId) + reserved(state, group as GroupId, except),
});

export type Decided = { readonly refusal: RightsRefusal | null; readonly events: readonly RightsEvent[] };

/** `lane`: where the car stands that this is about; null: no lane has to do with it, so cars are in and out at once. */
export function decideAt(d: Deciding, command: RightsCommand, lane: LaneId | null = null): Decided {
  const events: RightsEvent[] = [];
  const desk: RightsDeciding = {
    ...seenFrom(d, lane),
    emit(event) {
      events.push(event);
      d.emit({ type: "Rights", rights: event });
      follow(d, event, lane);
    },
  };
  return { refusal: decideIn(desk, command), events };
}

/** What the desk's judgements need; they emit nothing. */
export const seenFrom = (d: Deciding, lane: LaneId | null): Omit<RightsDeciding, "emit"> =>
  ({ state: d.state.rights, now: d.now, actor: d.actor, room: roomOf(d.state, lane) });

/** What a change of the rights means for the cars that are counted. */
function follow(d: Deciding, event: RightsEvent, lane: LaneId | null): void {
  switch (event.type) {
    case "StayOpened":
      if (lane === null) {
        openStay(d, {
          credential: { kind: "right", stay: event.stay, credential: event.credential }, basis: event.basis, group: event.group as GroupId,
          enteredAt: d.now, lane: null, flags: event.irregular ? ["manual"] : [],
          plate: event.credential.kind === "plate" ? (event.credential.ref as CredentialRef) : null,
        });
      }
      return;
    case "StayClosed": {
      const stay = d.state.staysByRight.get(event.stay);
      if (stay === undefined) return;
      const exitedAt = event.end.type === "seen" ? event.end.at : event.end.givenAt ?? event.end.noticedAt;
      closeStay(d, { stay, exitedAt, lane: null, how: endOf(event.cause) });
      return;
    }
    case "CoverageAdvanced":
      for (const change of event.changes) move(d, change.stay, change.group as GroupId);
      return;
    case "NeutralSet":
      for (const id of event.stays) {
        const stay = d.state.stays.get(d.state.staysByRight.get(id) ?? NOBODY);
        if (stay && !stay.flags.includes("neutral")) d.emit({ type: "StayNeutralSet", stay: stay.id, reason: event.reason });
      }
      return;
    case "RightsConfigured": case "PolicySet": case "TariffSet": case "OpeningSet": case "AccountOpened": case "AccountTermsSet":
    case "ContractSigned": case "ContractEnded": case "AgreementMade": case "AgreementsEnded": case "RightElsewhereNoted": case "BookingMade":
    case "BookingCancelled":
    case "ParkerAdded": case "CredentialAdded": case "CredentialBlocked": case "CredentialRemovalAwaited": case "CredentialRemoved":
    case "CredentialHeld": case "CredentialHoldReleased":
    case "CardRightLearnt": case "ExternalRightLearnt": case "ExternalRightRevoked": case "EntryRefused": case "ExitTimeGiven":
    case "PaymentDemanded": case "StayPaid": case "AttendantCalled": case "ExitWithoutEntry": case "StatementIssued": case "OccupancyAdjusted":
    case "PastTouched": case "PastSettled":
      return;
    default: unreachable(event);
  }
}

const NOBODY = "" as Parameters<ReadonlyFacility["stays"]["get"]>[0];

function move(d: Deciding, right: string, group: GroupId): void {
  const stay = d.state.stays.get(d.state.staysByRight.get(right) ?? NOBODY);
  if (stay && stay.group !== group) d.emit({ type: "StayGroupChanged", stay: stay.id, from: stay.group, group });
}

function endOf(cause: Extract<RightsEvent, { readonly type: "StayClosed" }>["cause"]): StayEnd {
  switch (cause) {
    case "exit": return "passed";
    case "superseded": return "superseded";
    case "closedByStaff": return "closedByStaff";
    case "releasedByStaff": return "manualRelease";
    case "backedOut": return "superseded";
  }
}

/** When the clock alone changes what covers a car inside, or a booking begins or ends to keep a space; null: never. */
export const nextRightsDeadline = (state: ReadonlyFacility, now: Instant): Instant | null =>
  state.rights.config === null ? null : nextDeadline(state.rights, now);

export function applyRightsDeadline(d: Deciding): void {
  decideAt(d, { type: "Advance" });
}
