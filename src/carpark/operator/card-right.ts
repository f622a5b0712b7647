/**
 * What lanes and offices learn about cards, and tills about season tickets sold. Whenever anything about a card changes, the operator's stream
 * says what the card may do from now on, whole: a facility replaces what it knew, in the order of the stream.
 */
import { present, unreachable } from "../../kernel/assert.ts";
import type { CardRight } from "../../rights/card.ts";
import type { FacilityId } from "../facility/config.ts";
import type { FacilityCommand } from "../facility/command.ts";
import type { Recorded } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { OperatorDeciding } from "./deciding.ts";
import type { OperatorEvent } from "./operator.ts";
import { type GuardCardDuties, guardDutiesOf, guardRightOf } from "./security.ts";
import { seasonRightOf } from "./season-ticket.ts";
import { serviceRightOf } from "./service-card.ts";
import type { ReadonlyOperator } from "./state.ts";

export type CardRightEvent =
  | { readonly type: "CardRightChanged"; readonly card: CredentialRef; readonly right: CardRight }
  | { readonly type: "GuardCardChanged"; readonly guard: GuardCardDuties };

/** The cards whose rights the event may have changed. */
export function cardsTouchedBy(state: ReadonlyOperator, e: OperatorEvent): readonly CredentialRef[] {
  switch (e.type) {
    case "SeasonTicketSold":
    case "GuardCardIssued":
    case "ServiceCardIssued":
    case "CardBlocked":
    case "CardUnblocked":
      return [e.card];
    case "SeasonTicketRenewed":
      return [present(state.seasonTickets.get(e.ticket), e.ticket).card];
    case "SeasonCardReplaced":
      return [e.old, e.card];
    case "SecurityContractSet":
      return present(state.companies.get(e.company), e.company).cards.map(({ card }) => card);
    case "OperatorConfigured":
      // A car park that is new here knows no card yet; the others learn nothing new and lose nothing.
      return [...state.cards.keys()];
    case "PeriodClosed":
    case "SecurityCompanySet":
    case "MaintenanceContractSet":
    case "CardRightChanged":
    case "GuardCardChanged":
    case "DirectoryChanged":
      return [];
    default:
      return unreachable(e);
  }
}

/** Says what the card may do now, from the state that the events before it caused. */
export function publishCard(d: OperatorDeciding, card: CredentialRef): void {
  const use = present(d.state.cards.get(card), "card");
  switch (use.kind) {
    case "season":
    case "replaced":
      d.emit({ type: "CardRightChanged", card, right: seasonRightOf(d.state, use.ticket, use.kind === "replaced") });
      return;
    case "guard":
      d.emit({ type: "CardRightChanged", card, right: guardRightOf(d.state, card) });
      d.emit({ type: "GuardCardChanged", guard: guardDutiesOf(d.state, card) });
      return;
    case "service":
      d.emit({ type: "CardRightChanged", card, right: serviceRightOf(d.state, card) });
      return;
    default:
      unreachable(use);
  }
}

/**
 * What one car park must be told about an event of the operator's stream, or null. `seq` is the event's
 * sequence there: a facility ignores what it has already learnt, so repeating a command is harmless.
 */
export function facilityCommandOf(
  e: Recorded<OperatorEvent>, seq: number, facility: FacilityId,
): FacilityCommand | null {
  if (e.type === "CardRightChanged") return { type: "LearnCardRight", card: e.card, right: e.right, operatorSeq: seq };
  if (e.type === "DirectoryChanged") return { type: "LearnRights", act: e.act, operatorSeq: seq };
  if (e.type === "SeasonTicketSold" || e.type === "SeasonTicketRenewed") return saleCommandOf(e, seq, facility);
  if (e.type !== "GuardCardChanged") return null;
  const { card, company, duties, blocked } = e.guard;
  // A facility outside the contract never opens a visit, so its maximum is never used.
  const maxVisitMs = duties.find((duty) => duty.facility === facility)?.maxVisitMs ?? 0;
  const guard = { card, company, blocked, facilities: duties.map((duty) => duty.facility), maxVisitMs };
  return { type: "LearnGuardCard", guard, operatorSeq: seq };
}

/** The car park of the ticket books its money, at the till that took it. */
function saleCommandOf(
  e: Recorded<Extract<OperatorEvent, { type: "SeasonTicketSold" | "SeasonTicketRenewed" }>>, seq: number, facility: FacilityId,
): FacilityCommand | null {
  if (e.facility !== facility || e.till === undefined) return null;
  return {
    type: "LearnSeasonSale", season: e.ticket, kind: e.type === "SeasonTicketSold" ? "sold" : "renewed", till: e.till,
    means: e.means, amountMinor: e.priceMinor, ...(e.reference === undefined ? {} : { reference: e.reference }), soldBy: e.by ?? null, operatorSeq: seq,
  };
}

/** The same for all car parks of the city. */
export function facilityCommandsOf(
  e: Recorded<OperatorEvent>, seq: number, facilities: readonly FacilityId[],
): readonly { readonly facility: FacilityId; readonly command: FacilityCommand }[] {
  return facilities.flatMap((facility) => {
    const command = facilityCommandOf(e, seq, facility);
    return command ? [{ facility, command }] : [];
  });
}
