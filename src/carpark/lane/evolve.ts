/** Folds lane events. */
import { present } from "../../kernel/assert.ts";
import type { Recorded } from "../facility/event.ts";
import type { Facility } from "../facility/state.ts";
import type { LaneEvent, ShownRight } from "./lane.ts";

export function evolveLane(f: Facility, e: Recorded<LaneEvent>): void {
  const lane = present(f.lanes.get(e.lane), `lane ${e.lane}`);
  switch (e.type) {
    case "VehicleApproached":
      f.next.movement++;
      lane.movement = { id: e.movement, since: e.at, plate: null, phase: { step: "approached" }, right: null, barrierFailed: false };
      return;
    case "PlateAttached":
      present(lane.movement, "movement").plate = e.plate;
      return;
    case "MovementEnded":
      lane.movement = null;
      f.waiting = f.waiting.filter((place) => place.movement !== e.movement);
      return;
    case "EntryRefused": case "ExitRefused": {
      const movement = present(lane.movement, "movement");
      movement.right = shownBy(e);
      if (movement.phase.step === "waiting" && !waitsByRight(f, e)) return;
      f.waiting = f.waiting.filter((place) => place.movement !== e.movement);
      movement.phase = { step: "refused", reason: e.reason, until: e.until };
      return;
    }
    case "PaymentAsked": {
      const movement = present(lane.movement, "movement");
      movement.right = e.right;
      movement.phase = { step: "paymentDue", dueMinor: e.dueMinor, until: e.until };
      return;
    }
    case "EntryAdmitted": case "ExitReleased": {
      const movement = present(lane.movement, "movement");
      f.waiting = f.waiting.filter((place) => place.movement !== e.movement);
      movement.phase = e.returnCardBy === null
        ? { step: "opening", pass: e.pass, since: e.at }
        : { step: "returningCard", pass: e.pass, until: e.returnCardBy };
      return;
    }
    case "CardReturned": {
      const movement = present(lane.movement, "movement");
      if (movement.phase.step === "returningCard") {
        movement.phase = { step: "opening", pass: movement.phase.pass, since: e.at };
      }
      return;
    }
    case "TicketNotPrinted":
      present(lane.movement, "movement").phase = { step: "printerFault" };
      return;
    case "TicketStuck": {
      const movement = present(lane.movement, "movement");
      const phase = movement.phase;
      if (phase.step === "retracting") movement.phase = { step: "ticketInMouth", ticket: e.number, group: phase.group };
      return;
    }
    case "IrregularPassage":
      return;
    case "LaneModeSet":
      lane.mode = e.mode;
      return;
    case "BarrierFailed":
      if (lane.movement) lane.movement.barrierFailed = true;
      return;
  }
}

const shownBy = (e: Extract<LaneEvent, { readonly type: "EntryRefused" | "ExitRefused" }>): ShownRight | null => {
  if (!e.right) return null;
  return "credential" in e.right ? e.right : { credential: e.right, stay: null };
};

/** A car that waits for a ticket keeps its place whatever card it tries; one that waits by its right loses it with the right. */
const waitsByRight = (f: Facility, { movement, reason }: { readonly movement: number; readonly reason: string }): boolean =>
  reason !== "groupFull" && f.waiting.some((place) => place.movement === movement && place.right !== undefined);
