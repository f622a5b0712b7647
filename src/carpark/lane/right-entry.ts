/**
 * Entry by a right: a plate, a parker's card, a code or a payment card. The rights judge; when they admit, their stay is
 * open at once, so two cars of one account never use one contract space; the car is counted at its passage.
 *
 *   judged -> refused: reason on the display      full: it waits, and is let in when its group has a space
 *          -> admitted: (card returned and taken) -> the arm rises -> passage: StayOpened | backed out: as if it never came
 */
import { present } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { RightsEvent, ShownCredential } from "../../rights/desk/event.ts";
import type { EntryRefusal as RightsEntryRefusal } from "../../rights/desk/refusal.ts";
import { judgeEntry } from "../../rights/desk/entry.ts";
import { openStayOf } from "../../rights/desk/state.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import { decideAt, roomOf } from "../rights/desk.ts";
import type { EntryRefusal, Movement } from "./lane.ts";
import { CARD_LIMIT_MS, REFUSED_SHOWN_MS } from "./timing.ts";

/** Asks the rights and says what the lane does: raise the arm, show why not, or wait. */
export function enterByRight(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, credential: ShownCredential): void {
  const { events } = decideAt(d, { type: "Enter", credential }, lane);
  if (admit(d, lane, movement.id, credential, events)) return;
  const refused = events.find((event) => event.type === "EntryRefused");
  const refusal = present(refused, "a judgement of the rights").refusal;
  refuseRight(d, lane, movement.id, reasonOf(refusal), credential);
  if (refusal.type === "groupFull") {
    d.emit({ type: "VehicleWaiting", lane, movement: movement.id, right: { credential, group: refusal.group as GroupId } });
  }
}

/** The arm for the stay that these events opened, if they did; `inSlot`: its card has to be taken first. */
export function admit(
  d: Deciding, lane: LaneId, movement: number, credential: ShownCredential, events: readonly RightsEvent[], inSlot = credential.kind === "card",
): boolean {
  const opened = events.find((event) => event.type === "StayOpened");
  if (!opened) return false;
  const { stay, basis, group } = opened;
  d.emit({
    type: "EntryAdmitted", lane, movement, returnCardBy: inSlot ? d.now + CARD_LIMIT_MS : null,
    pass: { by: "right", stay, credential, basis, group: group as GroupId },
  });
  return true;
}

export function refuseRight(d: Deciding, lane: LaneId, movement: number, reason: EntryRefusal, credential: ShownCredential | null): void {
  d.emit({ type: "EntryRefused", lane, movement, reason, card: null, until: d.now + REFUSED_SHOWN_MS, right: credential });
}

/** A car that waits by its right is let in as soon as there is room; what else stands against it by now is shown. */
export function retryWaiting(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, credential: ShownCredential): void {
  const { rights } = d.state;
  const judged = judgeEntry(rights, credential, openStayOf(rights, credential.ref), d.now, roomOf(d.state, lane));
  if ("refused" in judged && judged.refused.refusal.type === "groupFull") return;
  const { events } = decideAt(d, { type: "Enter", credential }, lane);
  if (admit(d, lane, movement.id, credential, events)) return;
  if ("refused" in judged) refuseRight(d, lane, movement.id, reasonOf(judged.refused.refusal), credential);
}

export function reasonOf(refusal: RightsEntryRefusal): EntryRefusal {
  switch (refusal.type) {
    case "notAuthorised": return refusal.reason;
    case "facilityClosed": case "credentialBlocked": case "alreadyPresent": case "overflowRefused": case "groupFull":
      return refusal.type;
  }
}
