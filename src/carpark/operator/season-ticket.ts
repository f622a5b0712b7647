/**
 * Season ticket sales: sold at the office or in My parking, renewed, card replaced, blocked.
 *
 *   sold --renewed--> one more period --card replaced--> the old card is blocked for ever
 *
 * The holder (name, address, telephone) is in the vault; the journal carries a random reference. The card's
 * number never gets here either: the edge makes a reference for it.
 */
import { present, unreachable } from "../../kernel/assert.ts";
import type { Brand } from "../../kernel/brand.ts";
import { dateText, type DayNumber, parseDate } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import type { CardRight } from "../../rights/card.ts";
import {
  type SeasonMonths, type SeasonPeriod, renewalStart, seasonPeriod, seasonRight,
} from "../../rights/season.ts";
import type { CardScheme, FacilityId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { OperatorDeciding } from "./deciding.ts";
import type { OperatorRefusal } from "./refusal.ts";
import type { Operator, ReadonlyOperator } from "./state.ts";

/** A random reference to the named person or company in the vault. */
export type HolderRef = Brand<string, "HolderRef">;

export type PaymentMeans = "cash" | CardScheme;

/** The office's till that takes the money, and the shift that is open there; null when none is. */
export type SaleTill = { readonly till: string; readonly shift: number | null };

export type SeasonTicket = {
  readonly id: string;
  readonly facility: FacilityId;
  readonly holder: HolderRef;
  readonly issuedAt: Instant;
  card: CredentialRef;
  /** In order; the last is the one that runs longest. */
  periods: SeasonPeriod[];
  blocked: boolean;
};

/** `till`: null when it was paid without an office; absent in journals from before car parks booked sales. */
export type SeasonEvent =
  | {
      readonly type: "SeasonTicketSold"; readonly ticket: string; readonly facility: FacilityId;
      readonly holder: HolderRef; readonly card: CredentialRef; readonly period: SeasonPeriod;
      readonly priceMinor: MinorUnits; readonly currency: Currency; readonly means: PaymentMeans;
      readonly till?: string | null; readonly reference?: string;
    }
  | {
      readonly type: "SeasonTicketRenewed"; readonly ticket: string; readonly facility: FacilityId;
      readonly period: SeasonPeriod; readonly priceMinor: MinorUnits; readonly currency: Currency;
      readonly means: PaymentMeans; readonly till?: string | null; readonly reference?: string;
    }
  | {
      readonly type: "SeasonCardReplaced"; readonly ticket: string; readonly old: CredentialRef;
      readonly card: CredentialRef; readonly reason: string;
    };

/** `firstDay` is a date, `2026-03-02`. `priceMinor` is the price the buyer was shown. `till` null: paid without an office. */
export type SeasonCommand =
  | {
      readonly type: "SellSeasonTicket"; readonly facility: FacilityId; readonly months: SeasonMonths;
      readonly firstDay: string; readonly holder: HolderRef; readonly card: CredentialRef;
      readonly priceMinor: MinorUnits; readonly means: PaymentMeans; readonly till: SaleTill | null;
      readonly reference?: string;
    }
  | {
      readonly type: "RenewSeasonTicket"; readonly ticket: string; readonly months: SeasonMonths;
      readonly priceMinor: MinorUnits; readonly means: PaymentMeans; readonly till: SaleTill | null;
      readonly reference?: string;
    }
  | {
      readonly type: "ReplaceSeasonCard"; readonly ticket: string; readonly card: CredentialRef;
      readonly reason: string;
    };

/** A start further away is more likely a wrong year than a wish. */
export const START_AHEAD_DAYS_MAX = 366;

export function decideSeason(d: OperatorDeciding, command: SeasonCommand): OperatorRefusal | null {
  switch (command.type) {
    case "SellSeasonTicket":
      return sell(d, command);
    case "RenewSeasonTicket":
      return renew(d, command);
    case "ReplaceSeasonCard":
      return replace(d, command);
    default:
      return unreachable(command);
  }
}

function sell(
  d: OperatorDeciding, command: Extract<SeasonCommand, { type: "SellSeasonTicket" }>,
): OperatorRefusal | null {
  const { facility, months, holder, card, means } = command;
  const zone = zoneOfFacility(d.state, facility);
  if (!zone.ok) return zone.error;
  const day = firstDayOf(command.firstDay, zone.value.dayNumberAt(d.now));
  if (!day.ok) return day.error;
  const price = priceOf(d.state, months, command.priceMinor);
  if (!price.ok) return price.error;
  if (d.state.cards.has(card)) return { type: "cardInUse" };
  const refusal = unpayable(command);
  if (refusal) return refusal;
  const ticket = `season-${String(d.state.next.season).padStart(6, "0")}`;
  const period = seasonPeriod(day.value, months);
  d.emit({ type: "SeasonTicketSold", ticket, facility, holder, card, period, ...price.value, means, till: command.till?.till ?? null, ...referenceOf(command) });
  return null;
}

function renew(
  d: OperatorDeciding, command: Extract<SeasonCommand, { type: "RenewSeasonTicket" }>,
): OperatorRefusal | null {
  const ticket = d.state.seasonTickets.get(command.ticket);
  if (!ticket) return { type: "seasonTicketUnknown", ticket: command.ticket };
  if (ticket.blocked) return { type: "seasonTicketBlocked", ticket: command.ticket };
  const zone = zoneOfFacility(d.state, ticket.facility);
  if (!zone.ok) return zone.error;
  const price = priceOf(d.state, command.months, command.priceMinor);
  if (!price.ok) return price.error;
  const today = zone.value.dayNumberAt(d.now);
  const firstDay = renewalStart(present(ticket.periods.at(-1), "period").expiryDay, today);
  if (firstDay > today + START_AHEAD_DAYS_MAX) return { type: "startTooFar", latest: dateText(today + START_AHEAD_DAYS_MAX) };
  const refusal = unpayable(command);
  if (refusal) return refusal;
  d.emit({
    type: "SeasonTicketRenewed", ticket: ticket.id, facility: ticket.facility,
    period: seasonPeriod(firstDay, command.months), ...price.value, means: command.means,
    till: command.till?.till ?? null, ...referenceOf(command),
  });
  return null;
}

/** The card terminal's, for the reconciliation with the card company. */
const referenceOf = ({ reference }: { readonly reference?: string }): { readonly reference?: string } => (reference === undefined ? {} : { reference });

/** Money is taken only in an open shift; cash always needs one. */
function unpayable({ till, means }: Pick<Extract<SeasonCommand, { type: "RenewSeasonTicket" }>, "till" | "means">): OperatorRefusal | null {
  if (till === null) return means === "cash" ? { type: "tillMissing" } : null;
  return till.shift === null ? { type: "shiftMissing", till: till.till } : null;
}

function replace(
  d: OperatorDeciding, command: Extract<SeasonCommand, { type: "ReplaceSeasonCard" }>,
): OperatorRefusal | null {
  const { card } = command;
  const ticket = d.state.seasonTickets.get(command.ticket);
  if (!ticket) return { type: "seasonTicketUnknown", ticket: command.ticket };
  if (d.actor === null) return { type: "actorMissing" };
  const reason = command.reason.trim();
  if (reason === "") return { type: "reasonMissing" };
  if (d.state.cards.has(card)) return { type: "cardInUse" };
  const old = ticket.card;
  d.emit({ type: "SeasonCardReplaced", ticket: ticket.id, old, card, reason });
  return null;
}

function zoneOfFacility(state: ReadonlyOperator, facility: FacilityId): Result<Zone, OperatorRefusal> {
  if (!state.config) return err({ type: "operatorNotConfigured" });
  const known = state.config.facilities.find(({ id }) => id === facility);
  if (!known) return err({ type: "facilityUnknown", facility });
  const zone = zoneOf(known.zone);
  return zone.ok ? zone : err({ type: "zoneUnknown", facility, zone: known.zone });
}

function firstDayOf(text: string, today: DayNumber): Result<DayNumber, OperatorRefusal> {
  const day = parseDate(text);
  if (day === undefined) return err({ type: "notADate", text });
  if (day < today) return err({ type: "startInPast", earliest: dateText(today) });
  const latest = today + START_AHEAD_DAYS_MAX;
  return day > latest ? err({ type: "startTooFar", latest: dateText(latest) }) : ok(day);
}

/** The price in force, if it is the one the buyer agreed to. */
function priceOf(
  state: ReadonlyOperator, months: SeasonMonths, agreedMinor: MinorUnits,
): Result<{ priceMinor: MinorUnits; currency: Currency }, OperatorRefusal> {
  if (!state.config) return err({ type: "operatorNotConfigured" });
  const { currency, priceMinor: prices } = state.config.seasonPrices;
  const priceMinor = prices[months];
  return priceMinor === agreedMinor ? ok({ priceMinor, currency }) : err({ type: "priceChanged", priceMinor, currency });
}

/** What a card of this ticket may do; a replaced card may do nothing, and says so. */
export function seasonRightOf(state: ReadonlyOperator, id: string, replaced: boolean): CardRight {
  const ticket = present(state.seasonTickets.get(id), `season ticket ${id}`);
  const zone = zoneOfFacility(state, ticket.facility);
  return seasonRight(id, ticket.facility, ticket.periods, present(zone.ok ? zone.value : null, "zone"), replaced || ticket.blocked);
}

export function evolveSeason(o: Operator, e: Recorded<SeasonEvent>): void {
  switch (e.type) {
    case "SeasonTicketSold":
      o.seasonTickets.set(e.ticket, {
        id: e.ticket, facility: e.facility, holder: e.holder, issuedAt: e.at, card: e.card, periods: [e.period],
        blocked: false,
      });
      o.cards.set(e.card, { kind: "season", ticket: e.ticket });
      o.next.season += 1;
      return;
    case "SeasonTicketRenewed":
      present(o.seasonTickets.get(e.ticket), e.ticket).periods.push(e.period);
      return;
    case "SeasonCardReplaced": {
      const ticket = present(o.seasonTickets.get(e.ticket), e.ticket);
      ticket.card = e.card;
      ticket.blocked = false;
      o.cards.set(e.old, { kind: "replaced", ticket: e.ticket });
      o.cards.set(e.card, { kind: "season", ticket: e.ticket });
      return;
    }
    default:
      unreachable(e);
  }
}
