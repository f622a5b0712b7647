/** Folds stay events and the counting corrections beside them. */
import { present } from "../../kernel/assert.ts";
import type { CountingEvent } from "../counting/counting.ts";
import type { Recorded } from "../facility/event.ts";
import type { Facility } from "../facility/state.ts";
import { setTicketState } from "../ticket/evolve.ts";
import type { StayEvent } from "./stay.ts";

export function evolveStay(f: Facility, e: Recorded<StayEvent | CountingEvent>): void {
  switch (e.type) {
    case "StayOpened": {
      f.next.stay++;
      f.stays.set(e.stay, {
        id: e.stay, credential: e.credential, basis: e.basis, group: e.group, enteredAt: e.enteredAt, lane: e.lane,
        flags: e.flags, plate: e.plate, tariffVersion: e.tariffVersion,
      });
      const group = f.staysByGroup.get(e.group) ?? new Set();
      f.staysByGroup.set(e.group, group.add(e.stay));
      if (e.credential.kind === "card") f.staysByCard.set(e.credential.card, e.stay);
      if (e.credential.kind === "right") f.staysByRight.set(e.credential.stay, e.stay);
      if (e.credential.kind === "ticket") {
        const ticket = present(f.tickets.get(e.credential.ticket), `ticket ${e.credential.ticket}`);
        ticket.stay = e.stay;
        if (ticket.state === "taken") setTicketState(f, ticket, "live");
      }
      return;
    }
    case "StayClosed": {
      const stay = present(f.stays.get(e.stay), `stay ${e.stay}`);
      f.stays.delete(e.stay);
      f.claims.delete(e.stay);
      f.staysByGroup.get(stay.group)?.delete(e.stay);
      if (stay.credential.kind === "card") f.staysByCard.delete(stay.credential.card);
      if (stay.credential.kind === "right") f.staysByRight.delete(stay.credential.stay);
      return;
    }
    case "StayGroupChanged": {
      present(f.stays.get(e.stay), `stay ${e.stay}`).group = e.group;
      f.staysByGroup.get(e.from)?.delete(e.stay);
      const group = f.staysByGroup.get(e.group) ?? new Set();
      f.staysByGroup.set(e.group, group.add(e.stay));
      return;
    }
    case "StayPlateCorrected":
      present(f.stays.get(e.stay), `stay ${e.stay}`).plate = e.plate;
      return;
    case "StayNeutralSet": {
      const stay = present(f.stays.get(e.stay), `stay ${e.stay}`);
      if (!stay.flags.includes("neutral")) stay.flags = [...stay.flags, "neutral"];
      return;
    }
    case "AnomalousExit":
      return;
    case "OccupancyAdjusted":
      f.adjustments.set(e.group, (f.adjustments.get(e.group) ?? 0) + e.delta);
      return;
  }
}
