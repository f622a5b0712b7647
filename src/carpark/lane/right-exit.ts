/**
 * Exit by a right. The judgement asks and changes nothing; the stay closes when the car is out.
 *
 *   release     (card returned and taken) -> the arm rises -> passage: StayClosed
 *   paymentDue  the amount on the display; paid at a station, by phone or at the terminal, the arm rises
 *   attendant   the intercom rings
 *
 * A car that may have come in by ticket is not let out by a card the system merely knows.
 */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { judgeExit, type ExitJudgement } from "../../rights/desk/exit.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { LaneId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { endCallOf, ring } from "../intercom/ring.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import type { ExitRefusal, Movement } from "./lane.ts";
import { CARD_LIMIT_MS, PAYMENT_ASKED_MS, REFUSED_SHOWN_MS } from "./timing.ts";

export function leaveByRight(d: Deciding, lane: LaneId, movement: DeepReadonly<Movement>, credential: ShownCredential): void {
  if (d.state.mode === "safe") {
    refuseExitOf(d, lane, movement.id, "safeMode", credential, null, null);
    return;
  }
  const judged = judgeExit(d.state.rights, credential, d.now);
  switch (judged.type) {
    case "release": {
      const ticket = judged.stay === null ? ticketOfCar(d.state, movement, credential) : null;
      if (ticket !== null || (judged.stay === null && mayBeTicketCar(d.state, credential))) {
        refuseExitOf(d, lane, movement.id, ticket === null ? "notPresent" : "enteredByTicket", credential, null, ticket);
      } else release(d, lane, movement.id, credential, judged);
      return;
    }
    case "paymentDue":
      d.emit({ type: "Rights", rights: { type: "PaymentDemanded", stay: judged.stay, dueMinor: judged.dueMinor, why: judged.why } });
      d.emit({
        type: "PaymentAsked", lane, movement: movement.id, right: { credential, stay: judged.stay }, dueMinor: judged.dueMinor,
        until: d.now + PAYMENT_ASKED_MS,
      });
      return;
    case "attendant":
      d.emit({ type: "Rights", rights: { type: "AttendantCalled", credential, why: judged.why } });
      refuseExitOf(d, lane, movement.id, exitReasonOf(judged), credential, judged.stay, ticketOfCar(d.state, movement, credential));
      return;
  }
}

function release(
  d: Deciding, lane: LaneId, movement: number, credential: ShownCredential, judged: Extract<ExitJudgement, { readonly type: "release" }>,
): void {
  d.emit({
    type: "ExitReleased", lane, movement, returnCardBy: credential.kind === "card" ? d.now + CARD_LIMIT_MS : null,
    pass: { by: "right", credential, stay: judged.stay, why: judged.why },
  });
  endCallOf(d, lane, movement, "opened");
}

/** After something was paid: whoever stands at an exit with that stay may leave now. */
export function serveAsked(d: Deciding, stay: string): void {
  for (const { id, movement } of [...d.state.lanes.values()]) {
    if (movement?.right?.stay !== stay || (movement.phase.step !== "paymentDue" && movement.phase.step !== "attendant")) continue;
    const { credential } = movement.right;
    const judged = judgeExit(d.state.rights, credential, d.now);
    if (judged.type === "release") release(d, id, movement.id, credential, judged);
  }
}

export function refuseExitOf(
  d: Deciding, lane: LaneId, movement: number, reason: ExitRefusal, credential: ShownCredential | null, stay: string | null, ticket: TicketNumber | null,
): void {
  d.emit({
    type: "ExitRefused", lane, movement, reason, medium: credential?.kind ?? "plate", ticket: null, card: null, until: d.now + REFUSED_SHOWN_MS,
    right: credential === null ? null : { credential, stay },
  });
  ring(d, { kind: "lane", lane, movement }, reason, ticket);
}

function exitReasonOf(judged: Extract<ExitJudgement, { readonly type: "attendant" }>): ExitRefusal {
  switch (judged.why.rule) {
    case "notPriced": return "notPriced";
    case "unknownCredential": return "credentialUnknown";
    default: return "notPresent";
  }
}

/** The ticket this very car came in with, as far as its plate was seen then. */
function ticketOfCar(state: ReadonlyFacility, movement: DeepReadonly<Movement>, credential: ShownCredential): TicketNumber | null {
  const plate = credential.kind === "plate" ? credential.ref : movement.plate;
  if (plate === null) return null;
  for (const stay of state.stays.values()) {
    if (stay.plate === plate && stay.credential.kind === "ticket") return stay.credential.ticket;
  }
  return null;
}

/** A plate is the car itself; a card may be in the pocket of a driver who took a ticket. */
export function mayBeTicketCar(state: ReadonlyFacility, credential: Pick<ShownCredential, "kind">): boolean {
  if (credential.kind === "plate") return false;
  const { live, paid } = state.ticketTotals;
  return live + paid > 0;
}
