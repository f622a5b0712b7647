/** Opening and closing stays: the only two ways a vehicle comes into or leaves the presence set. */
import { assert, present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import { tariffVersionAt } from "../facility/pricing.ts";
import type { Basis, CredentialRef, StayCredential, StayEnd, StayFlag, StayId } from "./stay.ts";

export type Opening = {
  readonly credential: StayCredential;
  readonly basis: Basis;
  readonly group: GroupId;
  readonly enteredAt: Instant;
  readonly lane: LaneId | null;
  readonly flags: readonly StayFlag[];
  readonly plate: CredentialRef | null;
  readonly reason?: string;
};

export function openStay(d: Deciding, opening: Opening): StayId {
  const stay = `${d.state.id}-${String(d.state.next.stay).padStart(6, "0")}` as StayId;
  assert(!d.state.stays.has(stay), `stay ${stay} is new`);
  if (opening.credential.kind === "card") {
    assert(!d.state.staysByCard.has(opening.credential.card), "one card, one open stay");
  }
  d.emit({ type: "StayOpened", stay, ...opening, tariffVersion: tariffVersionAt(d.state, opening.enteredAt) });
  return stay;
}

export type Closing = {
  readonly stay: StayId;
  readonly exitedAt: Instant;
  readonly lane: LaneId | null;
  readonly how: StayEnd;
  readonly reason?: string;
};

export function closeStay(d: Deciding, closing: Closing): void {
  const stay = present(d.state.stays.get(closing.stay), `stay ${closing.stay}`);
  assert(closing.exitedAt >= stay.enteredAt, "exit not before entry");
  if (stay.credential.kind === "ticket") {
    const ticket = d.state.tickets.get(stay.credential.ticket);
    if (ticket && (ticket.state === "live" || ticket.state === "paid")) {
      d.emit({ type: "TicketVoided", number: ticket.number, reason: "stayClosed" });
    }
  }
  const ticket = stay.credential.kind === "ticket" ? stay.credential.ticket : null;
  d.emit({ type: "StayClosed", ...closing, ticket, plate: stay.plate });
}
