/** Service cards: free cards of the city's own staff, every day, in the car parks named on them. */
import { present, unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { CardRight } from "../../rights/card.ts";
import type { FacilityId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { OperatorDeciding } from "./deciding.ts";
import type { OperatorRefusal } from "./refusal.ts";
import type { HolderRef } from "./season-ticket.ts";
import type { Operator, ReadonlyOperator } from "./state.ts";

/** Free cards run until they are blocked: the last instant of the year 9999. */
export const NEVER_ENDS: Instant = 253_402_300_799_999;
export const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

export type ServiceCard = {
  readonly card: CredentialRef;
  readonly holder: HolderRef;
  readonly facilities: readonly FacilityId[];
  blocked: boolean;
};

export type ServiceCardEvent =
  { readonly type: "ServiceCardIssued"; readonly card: CredentialRef; readonly holder: HolderRef; readonly facilities: readonly FacilityId[] };

export type ServiceCardCommand =
  { readonly type: "IssueServiceCard"; readonly card: CredentialRef; readonly holder: HolderRef; readonly facilities: readonly FacilityId[] };

export function decideServiceCard(d: OperatorDeciding, command: ServiceCardCommand): OperatorRefusal | null {
  const { card, holder } = command;
  if (!d.state.config) return { type: "operatorNotConfigured" };
  if (d.actor === null) return { type: "actorMissing" };
  const facilities = [...new Set(command.facilities)];
  const known = new Set<string>(d.state.config.facilities.map((facility) => facility.id));
  const stranger = facilities.find((facility) => !known.has(facility));
  if (stranger !== undefined) return { type: "facilityUnknown", facility: stranger };
  if (facilities.length === 0) return { type: "contractImpossible", why: "noFacility" };
  if (d.state.cards.has(card)) return { type: "cardInUse" };
  d.emit({ type: "ServiceCardIssued", card, holder, facilities });
  return null;
}

export function serviceRightOf(state: ReadonlyOperator, card: CredentialRef): CardRight {
  const { facilities, blocked } = present(state.serviceCards.get(card), "service card");
  return {
    right: "service", kind: "service", facilities, validFrom: 0, validUntil: NEVER_ENDS, days: EVERY_DAY, blocked,
  };
}

export function evolveServiceCard(o: Operator, e: Recorded<ServiceCardEvent>): void {
  switch (e.type) {
    case "ServiceCardIssued":
      o.serviceCards.set(e.card, { card: e.card, holder: e.holder, facilities: e.facilities, blocked: false });
      o.cards.set(e.card, { kind: "service" });
      return;
    default:
      unreachable(e.type);
  }
}
