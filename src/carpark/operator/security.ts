/**
 * Security companies: how many visits a day they owe which car parks, how long each at least, and their
 * numbered cards. A guard's card is also a free `service` right at the barriers of those car parks.
 */
import { present, unreachable } from "../../kernel/assert.ts";
import { DAY, type DurationMs } from "../../kernel/instant.ts";
import type { CardRight } from "../../rights/card.ts";
import type { FacilityId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { OperatorDeciding } from "./deciding.ts";
import type { ContractProblem, OperatorRefusal } from "./refusal.ts";
import { EVERY_DAY, NEVER_ENDS } from "./service-card.ts";
import type { Operator, ReadonlyOperator } from "./state.ts";

/** What a company owes one car park. */
export type VisitDuty = {
  readonly facility: FacilityId;
  readonly visitsPerDay: number;
  readonly minVisitMs: DurationMs;
  /** A visit longer than this has lost its departure. */
  readonly maxVisitMs: DurationMs;
};

/** `cards`: how many cards it is issued with, for the car parks it is responsible for. */
export type SecurityContract = { readonly duties: readonly VisitDuty[]; readonly cards: number };

export type SecurityCompany = {
  readonly id: string;
  name: string;
  contract: SecurityContract | null;
  /** In order of issue; blocked cards do not count towards the contract's number. */
  cards: { readonly card: CredentialRef; readonly number: number; blocked: boolean }[];
};

export type SecurityEvent =
  | { readonly type: "SecurityCompanySet"; readonly company: string; readonly name: string }
  | { readonly type: "SecurityContractSet"; readonly company: string; readonly contract: SecurityContract }
  | {
      readonly type: "GuardCardIssued"; readonly company: string; readonly card: CredentialRef;
      readonly number: number;
    };

export type SecurityCommand =
  | { readonly type: "SetSecurityCompany"; readonly company: string; readonly name: string }
  | { readonly type: "SetSecurityContract"; readonly company: string; readonly contract: SecurityContract }
  | { readonly type: "IssueGuardCard"; readonly company: string; readonly card: CredentialRef };

/** Every half hour, day and night. */
export const VISITS_PER_DAY_MAX = 48;
/** A wallet, not a warehouse. */
export const CARDS_MAX = 1_000;
const NAME_LENGTH_MAX = 120;

export function decideSecurity(d: OperatorDeciding, command: SecurityCommand): OperatorRefusal | null {
  switch (command.type) {
    case "SetSecurityCompany": {
      const name = command.name.trim();
      if (name === "" || name.length > NAME_LENGTH_MAX) return { type: "contractImpossible", why: "name" };
      if (d.state.companies.get(command.company)?.name === name) return { type: "nothingToDo", what: "companySet" };
      d.emit({ type: "SecurityCompanySet", company: command.company, name });
      return null;
    }
    case "SetSecurityContract":
      return setContract(d, command.company, command.contract);
    case "IssueGuardCard":
      return issueCard(d, command.company, command.card);
    default:
      return unreachable(command);
  }
}

function setContract(d: OperatorDeciding, id: string, contract: SecurityContract): OperatorRefusal | null {
  const company = d.state.companies.get(id);
  if (!company) return { type: "companyUnknown", company: id };
  if (!d.state.config) return { type: "operatorNotConfigured" };
  const known = new Set<string>(d.state.config.facilities.map((facility) => facility.id));
  const stranger = contract.duties.find(({ facility }) => !known.has(facility));
  if (stranger) return { type: "facilityUnknown", facility: stranger.facility };
  const why = problemOf(contract);
  if (why) return { type: "contractImpossible", why };
  d.emit({ type: "SecurityContractSet", company: id, contract });
  return null;
}

function problemOf(contract: SecurityContract): ContractProblem | null {
  const facilities = contract.duties.map(({ facility }) => facility);
  if (facilities.length === 0) return "noFacility";
  if (new Set(facilities).size < facilities.length) return "facilityTwice";
  if (!Number.isInteger(contract.cards) || contract.cards < 1 || contract.cards > CARDS_MAX) return "cards";
  for (const { visitsPerDay, minVisitMs, maxVisitMs } of contract.duties) {
    if (!Number.isInteger(visitsPerDay) || visitsPerDay < 1 || visitsPerDay > VISITS_PER_DAY_MAX) return "visitsPerDay";
    const whole = Number.isInteger(minVisitMs) && Number.isInteger(maxVisitMs);
    if (!whole || minVisitMs < 0 || maxVisitMs <= minVisitMs || maxVisitMs > DAY) return "visitDuration";
  }
  return null;
}

function issueCard(d: OperatorDeciding, id: string, card: CredentialRef): OperatorRefusal | null {
  const company = d.state.companies.get(id);
  if (!company) return { type: "companyUnknown", company: id };
  if (!company.contract) return { type: "contractMissing", company: id };
  if (d.state.cards.has(card)) return { type: "cardInUse" };
  const { cards } = company.contract;
  if (company.cards.filter(({ blocked }) => !blocked).length >= cards) return { type: "cardsExhausted", company: id, cards };
  d.emit({ type: "GuardCardIssued", company: id, card, number: company.cards.length + 1 });
  return null;
}

/** A guard's card as the offices must know it; each is told the maximum visit of its own car park. */
export type GuardCardDuties = {
  readonly card: CredentialRef;
  readonly company: string;
  readonly duties: readonly { readonly facility: FacilityId; readonly maxVisitMs: DurationMs }[];
  readonly blocked: boolean;
};

export function guardDutiesOf(state: ReadonlyOperator, card: CredentialRef): GuardCardDuties {
  const { company, duties, blocked } = guardOf(state, card);
  return { card, company, blocked, duties: duties.map(({ facility, maxVisitMs }) => ({ facility, maxVisitMs })) };
}

/** What the barriers must know: every day, free, in the car parks the company is responsible for. */
export function guardRightOf(state: ReadonlyOperator, card: CredentialRef): CardRight {
  const { company, duties, blocked } = guardOf(state, card);
  return {
    right: `guard-${company}`, kind: "service", facilities: duties.map(({ facility }) => facility),
    validFrom: 0, validUntil: NEVER_ENDS, days: EVERY_DAY, blocked,
  };
}

function guardOf(
  state: ReadonlyOperator, card: CredentialRef,
): { company: string; duties: readonly VisitDuty[]; blocked: boolean } {
  const use = state.cards.get(card);
  const company = present(use?.kind === "guard" ? state.companies.get(use.company) : null, "company of the card");
  const issued = present(company.cards.find((other) => other.card === card), "issued card");
  return { company: company.id, duties: present(company.contract, "contract").duties, blocked: issued.blocked };
}

export function evolveSecurity(o: Operator, e: Recorded<SecurityEvent>): void {
  switch (e.type) {
    case "SecurityCompanySet": {
      const known = o.companies.get(e.company);
      if (known) known.name = e.name;
      else o.companies.set(e.company, { id: e.company, name: e.name, contract: null, cards: [] });
      return;
    }
    case "SecurityContractSet":
      present(o.companies.get(e.company), e.company).contract = e.contract;
      return;
    case "GuardCardIssued":
      present(o.companies.get(e.company), e.company).cards.push({ card: e.card, number: e.number, blocked: false });
      o.cards.set(e.card, { kind: "guard", company: e.company });
      return;
    default:
      unreachable(e);
  }
}
