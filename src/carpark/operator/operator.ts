/**
 * The operator's stream: one for the city, beside one for each car park.
 *
 *   sales, contracts, cards --decide--> events --facilityCommandsOf--> LearnCardRight, LearnGuardCard, LearnRights,
 *                                                                      LearnSeasonSale
 *
 * Promise: a car park needs nothing of this stream to decide, only what it has learnt from it; no name,
 * address or card number is ever in it.
 */
import { present, unreachable } from "../../kernel/assert.ts";
import { digestOf } from "../../kernel/canonical.ts";
import type { Instant } from "../../kernel/instant.ts";
import { SEASON_MONTHS } from "../../rights/season.ts";
import { encodeTagged } from "../../kernel/tagged.ts";
import { zoneOf } from "../../kernel/zone.ts";
import type { Recorded } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { type CardRightEvent, cardsTouchedBy, publishCard } from "./card-right.ts";
import type { OperatorDeciding } from "./deciding.ts";
import { type DirectoryCommand, type DirectoryEvent, evolveDirectory } from "./directory.ts";
import { decideDirectory } from "./directory-decide.ts";
import {
  type MaintenanceCommand, type MaintenanceEvent, decideMaintenance, evolveMaintenance,
} from "./maintenance.ts";
import type { OperatorRefusal } from "./refusal.ts";
import { type SeasonCommand, type SeasonEvent, decideSeason, evolveSeason } from "./season-ticket.ts";
import { type SecurityCommand, type SecurityEvent, decideSecurity, evolveSecurity } from "./security.ts";
import {
  type ServiceCardCommand, type ServiceCardEvent, decideServiceCard, evolveServiceCard,
} from "./service-card.ts";
import { OPERATOR_STATE_VERSION, type Operator, type OperatorConfig, type ReadonlyOperator } from "./state.ts";

export type BlockingEvent =
  | { readonly type: "CardBlocked"; readonly card: CredentialRef; readonly reason: string }
  | { readonly type: "CardUnblocked"; readonly card: CredentialRef; readonly reason: string };

export type OperatorEvent =
  | { readonly type: "OperatorConfigured"; readonly config: OperatorConfig }
  /** Versioned full state; a start reads it and what came after. */
  | { readonly type: "PeriodClosed"; readonly stateVersion: number; readonly digest: string; readonly state: unknown }
  | SeasonEvent | SecurityEvent | ServiceCardEvent | MaintenanceEvent | BlockingEvent | CardRightEvent
  | DirectoryEvent;

/** Any card of the city, of whatever kind. A replaced season card stays blocked. */
export type BlockingCommand =
  | { readonly type: "BlockCard"; readonly card: CredentialRef; readonly reason: string }
  | { readonly type: "UnblockCard"; readonly card: CredentialRef; readonly reason: string };

export type OperatorCommand =
  | { readonly type: "ConfigureOperator"; readonly config: OperatorConfig }
  | { readonly type: "ClosePeriod" }
  | SeasonCommand | SecurityCommand | ServiceCardCommand | MaintenanceCommand | BlockingCommand | DirectoryCommand;

const REASON_LENGTH_MAX = 500;

/**
 * Decides on the state and folds what it emits into it at once.
 * Returns the recorded events, or the refusal and none.
 */
export function decideOperator(
  state: Operator, command: OperatorCommand, who: { readonly now: Instant; readonly actor: string | null },
): { readonly events: readonly Recorded<OperatorEvent>[]; readonly refusal: OperatorRefusal | null } {
  const events: Recorded<OperatorEvent>[] = [];
  const at = Math.max(who.now, state.now);
  const emit = (event: OperatorEvent): void => {
    const recorded: Recorded<OperatorEvent> = { ...event, at, ...(who.actor === null ? {} : { by: who.actor }) };
    events.push(recorded);
    evolveOperator(state, recorded);
  };
  const d: OperatorDeciding = { state, now: at, actor: who.actor, emit };
  const refusal = route(d, command);
  const touched = new Set(events.flatMap((event) => cardsTouchedBy(state, event)));
  for (const card of touched) publishCard(d, card);
  return { events, refusal };
}

function route(d: OperatorDeciding, command: OperatorCommand): OperatorRefusal | null {
  switch (command.type) {
    case "ConfigureOperator":
      return configure(d, command.config);
    case "ClosePeriod":
      d.emit({ type: "PeriodClosed", stateVersion: OPERATOR_STATE_VERSION, digest: digestOf(d.state), state: encodeTagged(d.state) });
      return null;
    case "SellSeasonTicket":
    case "RenewSeasonTicket":
    case "ReplaceSeasonCard":
      return decideSeason(d, command);
    case "SetSecurityCompany":
    case "SetSecurityContract":
    case "IssueGuardCard":
      return decideSecurity(d, command);
    case "IssueServiceCard":
      return decideServiceCard(d, command);
    case "SetMaintenanceContract":
      return decideMaintenance(d, command);
    case "BlockCard":
    case "UnblockCard":
      return setBlocked(d, command);
    case "OpenAccount":
    case "SetAccountContact":
    case "SetAccountTerms":
    case "CloseAccount":
    case "AddParker":
    case "AddCredential":
    case "BlockCredential":
    case "RemoveCredential":
    case "FinishRemoval":
    case "SignContract":
    case "EndContract":
    case "MakeAgreement":
    case "EndAgreement":
      return decideDirectory(d, command);
    default:
      return unreachable(command);
  }
}

function configure(d: OperatorDeciding, config: OperatorConfig): OperatorRefusal | null {
  if (d.state.config && digestOf(d.state.config) === digestOf(config)) return { type: "nothingToDo", what: "operatorConfigured" };
  const wrong = config.facilities.find(({ zone }) => !zoneOf(zone).ok);
  if (wrong) return { type: "zoneUnknown", facility: wrong.id, zone: wrong.zone };
  const known = new Set<string>(config.facilities.map(({ id }) => id));
  const orphan = [...d.state.seasonTickets.values()].find(({ facility }) => !known.has(facility));
  if (orphan) return { type: "facilityStillSold", facility: orphan.facility };
  const priced = SEASON_MONTHS.every((months) => Number.isInteger(config.seasonPrices.priceMinor[months]));
  if (!priced) return { type: "contractImpossible", why: "seasonPrices" };
  d.emit({ type: "OperatorConfigured", config });
  return null;
}

function setBlocked(d: OperatorDeciding, command: BlockingCommand): OperatorRefusal | null {
  const { card } = command;
  const use = d.state.cards.get(card);
  if (!use) return { type: "cardUnknown" };
  if (use.kind === "replaced") return { type: "cardReplaced", ticket: use.ticket };
  if (d.actor === null) return { type: "actorMissing" };
  const reason = command.reason.trim();
  if (reason === "") return { type: "reasonMissing" };
  if (reason.length > REASON_LENGTH_MAX) return { type: "textTooLong", max: REASON_LENGTH_MAX };
  const block = command.type === "BlockCard";
  if (isBlocked(d.state, card) === block) return { type: "nothingToDo", what: block ? "cardBlocked" : "cardUnblocked" };
  d.emit({ type: block ? "CardBlocked" : "CardUnblocked", card, reason });
  return null;
}

function isBlocked(state: ReadonlyOperator, card: CredentialRef): boolean {
  const use = present(state.cards.get(card), "card");
  switch (use.kind) {
    case "season":
      return present(state.seasonTickets.get(use.ticket), use.ticket).blocked;
    case "guard":
      return present(state.companies.get(use.company)?.cards.find((c) => c.card === card), "guard card").blocked;
    case "service":
      return present(state.serviceCards.get(card), "service card").blocked;
    case "replaced":
      return true;
    default:
      return unreachable(use);
  }
}

export function evolveOperator(o: Operator, e: Recorded<OperatorEvent>): void {
  o.now = e.at;
  switch (e.type) {
    case "OperatorConfigured":
      o.config = e.config;
      return;
    case "PeriodClosed":
      return;
    case "SeasonTicketSold":
    case "SeasonTicketRenewed":
    case "SeasonCardReplaced":
      evolveSeason(o, e);
      return;
    case "SecurityCompanySet":
    case "SecurityContractSet":
    case "GuardCardIssued":
      evolveSecurity(o, e);
      return;
    case "ServiceCardIssued":
      evolveServiceCard(o, e);
      return;
    case "MaintenanceContractSet":
      evolveMaintenance(o, e);
      return;
    case "CardBlocked":
      evolveBlocked(o, e.card, true);
      return;
    case "CardUnblocked":
      evolveBlocked(o, e.card, false);
      return;
    case "DirectoryChanged":
      evolveDirectory(o, e.act, e.at);
      return;
    case "CardRightChanged":
    case "GuardCardChanged":
      // For the facilities; it follows from the rest of this state.
      return;
    default:
      unreachable(e);
  }
}

function evolveBlocked(o: Operator, card: CredentialRef, blocked: boolean): void {
  const use = present(o.cards.get(card), "card");
  if (use.kind === "season") present(o.seasonTickets.get(use.ticket), use.ticket).blocked = blocked;
  if (use.kind === "service") present(o.serviceCards.get(card), "service card").blocked = blocked;
  if (use.kind !== "guard") return;
  present(o.companies.get(use.company)?.cards.find((c) => c.card === card), "guard card").blocked = blocked;
}
