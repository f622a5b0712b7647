/**
 * Guard visits: a card in the office reader is an arrival, the next a departure. Barrier use never counts.
 * An open visit older than its maximum makes the next card-in an arrival; the old one is kept as
 * "no departure recorded". A card whose company is not responsible for this car park is refused, recorded.
 *
 *   away --card--> inside --card--> away
 *                  inside --maximum passed--> away, departure missing
 *
 * Promise: a departure is read or missing, never guessed. The table is docs/machines/guard-visit.md.
 */
import { present, unreachable } from "../../kernel/assert.ts";
import { SECOND, type DurationMs, type Instant } from "../../kernel/instant.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Recorded } from "../facility/event.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { Facility, ReadonlyFacility } from "../facility/state.ts";
import type { CredentialRef } from "../stay/stay.ts";

/** What a facility must know of a guard's card: its company, and the visit duty here. */
export type GuardCard = {
  readonly card: CredentialRef;
  readonly company: string;
  readonly facilities: readonly string[];
  readonly blocked: boolean;
  /** A visit longer than this has lost its departure. */
  readonly maxVisitMs: DurationMs;
};

/** `until`: the last instant at which the card in the reader is still this visit's departure. */
export type OpenVisit = {
  readonly visit: number; readonly card: CredentialRef; readonly company: string;
  readonly arrivedAt: Instant; readonly until: Instant;
};

export type GuardRefusal = "unknownCard" | "credentialBlocked" | "notResponsible";

export type GuardEvent =
  | {
      readonly type: "GuardArrived"; readonly visit: number; readonly card: CredentialRef;
      readonly company: string; readonly until: Instant;
    }
  | { readonly type: "GuardLeft"; readonly visit: number; readonly card: CredentialRef; readonly company: string }
  | {
      readonly type: "GuardDepartureMissing"; readonly visit: number; readonly card: CredentialRef;
      readonly company: string;
    }
  | {
      readonly type: "GuardCardRefused"; readonly card: CredentialRef | null; readonly company: string | null;
      readonly reason: GuardRefusal;
    };

export type GuardCommand = { readonly type: "PresentGuardCard"; readonly card: CredentialRef | null };

/** A reader may report one insertion twice; a real departure is never this close to the arrival. */
export const SAME_INSERTION_MS: DurationMs = 5 * SECOND;

export function decideGuard(d: Deciding, command: GuardCommand): Refusal | null {
  const { card } = command;
  const visit = card === null ? undefined : d.state.openVisits.get(card);
  if (visit) {
    // What the reader saw is a departure, also when the card was blocked or reassigned during the visit.
    if (d.now - visit.arrivedAt < SAME_INSERTION_MS) return { type: "nothingToDo", what: "sameInsertion" };
    d.emit({ type: "GuardLeft", visit: visit.visit, card: visit.card, company: visit.company });
    return null;
  }
  const guard = card === null ? undefined : d.state.guardCards.get(card);
  const reason = guardRefusal(guard, d.state.id);
  if (guard && reason === null) {
    const { company } = guard;
    const until = d.now + guard.maxVisitMs;
    d.emit({ type: "GuardArrived", visit: d.state.next.visit, card: guard.card, company, until });
  } else {
    d.emit({ type: "GuardCardRefused", card, company: guard?.company ?? null, reason: reason ?? "unknownCard" });
  }
  return null;
}

function guardRefusal(
  guard: Pick<GuardCard, "facilities" | "blocked"> | undefined, facility: string,
): GuardRefusal | null {
  if (!guard) return "unknownCard";
  if (guard.blocked) return "credentialBlocked";
  return guard.facilities.includes(facility) ? null : "notResponsible";
}

/** The first instant at which an open visit is older than its maximum. */
export function nextGuardDeadline(state: ReadonlyFacility): Instant | null {
  let next: Instant | null = null;
  for (const { until } of state.openVisits.values()) {
    if (next === null || until < next) next = until;
  }
  return next === null ? null : next + 1;
}

export function applyGuardDeadline(d: Deciding): void {
  const lost = [...d.state.openVisits.values()].filter(({ until }) => until < d.now);
  for (const { visit, card, company } of lost) d.emit({ type: "GuardDepartureMissing", visit, card, company });
}

export function evolveGuard(f: Facility, e: Recorded<GuardEvent>): void {
  switch (e.type) {
    case "GuardArrived":
      f.openVisits.set(e.card, { visit: e.visit, card: e.card, company: e.company, arrivedAt: e.at, until: e.until });
      f.next.visit = e.visit + 1;
      return;
    case "GuardLeft":
    case "GuardDepartureMissing":
      present(f.openVisits.get(e.card), `open visit ${e.visit}`);
      f.openVisits.delete(e.card);
      return;
    case "GuardCardRefused":
      return;
    default:
      unreachable(e);
  }
}
