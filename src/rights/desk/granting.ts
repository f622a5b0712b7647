/**
 * Rights of a credential: season tickets and service cards (seed 002), and what service providers sold (seed 000).
 * A right that becomes known while its car is inside covers the stay from the right's own beginning.
 */
import { DAY, type DurationMs, type Instant } from "../../kernel/instant.ts";
import { type CardRefusal, type CardRight, cardRefusal } from "../card.ts";
import type { CredentialRef, GrantedSpan, WeeklyWindow } from "../timeline/facts.ts";
import { grantedAt } from "../timeline/granted.ts";
import type { GrantCommand } from "./command.ts";
import { type RightsDeciding, configOf, zoneAt } from "./deciding.ts";
import type { RightsRefusal } from "./refusal.ts";
import type { ExternalRight, Rights } from "./state.ts";
import { weekdayOf } from "../../kernel/calendar.ts";

/** Rights of providers that one credential may have at a time; an app that sells more has gone wild. */
export const EXTERNAL_RIGHTS_MAX = 100;
/** An ended right of a provider is remembered this long, so that a lane can say it expired. */
export const EXTERNAL_RIGHT_KEPT: DurationMs = 7 * DAY;

export function decideGrant(d: RightsDeciding, command: GrantCommand): RightsRefusal | null {
  switch (command.type) {
    case "LearnCardRight":
      if (command.right.validUntil <= command.right.validFrom) return { type: "rightImpossible", why: "period" };
      d.emit({ type: "CardRightLearnt", card: command.card, right: command.right });
      return null;
    case "LearnExternalRight": {
      const { right } = command;
      if (right.until <= right.from) return { type: "rightImpossible", why: "period" };
      const known = d.state.externals.get(right.credential) ?? [];
      const same = known.find((one) => isSame(one, right));
      if (same && same.from === right.from && same.until === right.until) return { type: "nothingToDo", what: "externalRight" };
      if (!same && known.length >= EXTERNAL_RIGHTS_MAX) return { type: "rightImpossible", why: "tooMany" };
      d.emit({ type: "ExternalRightLearnt", right });
      return null;
    }
    case "RevokeExternalRight": {
      const known = (d.state.externals.get(command.credential) ?? []).find((one) => isSame(one, command));
      if (!known) return { type: "rightUnknown", right: command.right };
      if (known.until <= d.now) return { type: "nothingToDo", what: "externalRight" };
      d.emit({ type: "ExternalRightRevoked", right: known });
      return null;
    }
  }
}

/** For `evolve`, at the end of a period: of credentials that nobody sold anything for since. */
export function forgetExternals(state: Rights, now: Instant): void {
  for (const [ref, rights] of state.externals) {
    const kept = rights.filter(({ until }) => until + EXTERNAL_RIGHT_KEPT >= now);
    if (kept.length === rights.length) continue;
    if (kept.length > 0) state.externals.set(ref, kept);
    else state.externals.delete(ref);
  }
}

export const isSame = (
  a: { readonly provider: string; readonly right: string }, b: { readonly provider: string; readonly right: string },
): boolean => a.provider === b.provider && a.right === b.right;

const daysWindow = (days: readonly number[]): WeeklyWindow | null => (days.length === 7 ? null : { days, fromMs: 0, toMs: DAY });

export const spanOfExternal = ({ provider, right, from, until }: ExternalRight): GrantedSpan =>
  ({ kind: "external", provider, right, from, to: until, window: null });

/** What the credential's rights may cover of a stay that begins now; of a blocked card nothing. */
export function grantedTo(state: Rights, ref: CredentialRef): readonly GrantedSpan[] {
  const card = state.cards.get(ref);
  const externals = state.externals.get(ref);
  if (!card && !externals) return NOTHING;
  return [...(card ? spanOfCard(card, configOf(state).facility) : []), ...(externals ?? []).map(spanOfExternal)];
}
const NOTHING: readonly GrantedSpan[] = [];

const spanOfCard = (card: CardRight, facility: string): readonly GrantedSpan[] =>
  card.blocked || !card.facilities.includes(facility) ? [] : [{
    kind: card.kind === "season" ? "seasonTicket" : "service", right: card.right, provider: null,
    from: card.validFrom, to: card.validUntil, window: daysWindow(card.days),
  }];

/** The credential's own rights at one instant, and why its card gives none. */
export type Own = {
  readonly season: GrantedSpan | undefined; readonly external: GrantedSpan | undefined; readonly service: GrantedSpan | undefined;
  readonly card: CardRefusal | null;
  /** A provider's right that is over. */
  readonly expired: boolean;
};
const NO_OWN: Own = { season: undefined, external: undefined, service: undefined, card: null, expired: false };

export function ownRights(state: Rights, ref: CredentialRef, now: Instant): Own {
  const card = state.cards.get(ref);
  const spans = grantedTo(state, ref);
  if (!card && spans.length === 0) return NO_OWN;
  const zone = zoneAt(state);
  return {
    season: grantedAt(spans, "seasonTicket", now, zone), external: grantedAt(spans, "external", now, zone),
    service: grantedAt(spans, "service", now, zone), expired: spans.some(({ kind, to }) => kind === "external" && to <= now),
    card: card ? cardRefusal(card, configOf(state).facility, now, weekdayOf(zone.dayNumberAt(now))) : null,
  };
}

export const hasOwn = ({ season, external, service }: Own): boolean =>
  season !== undefined || external !== undefined || service !== undefined;
