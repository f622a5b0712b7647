/** A phone or an app is told what is due, and nobody else collects while it thinks. */
import type { DurationMs } from "../../kernel/instant.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { dueOfStay } from "../rights/payment.ts";
import { type ClaimCommand, heldByOther, isSame, type OutsideClaimant, PROVIDER_QUOTE_MS, quoteOf, QUOTE_MS, TELLING_MS } from "./claim.ts";

const lasts: Readonly<Record<OutsideClaimant["kind"], { readonly quote: DurationMs; readonly more: DurationMs }>> = {
  phone: { quote: QUOTE_MS, more: 0 }, app: { quote: PROVIDER_QUOTE_MS, more: TELLING_MS },
};

export function decideClaim(d: Deciding, command: ClaimCommand): Refusal | null {
  const { stay, by } = command;
  if (command.type === "ReleaseStay") {
    const claim = d.state.claims.get(stay);
    if (!claim || d.now > claim.until || !isSame(claim.by, by)) return { type: "nothingToDo", what: "ReleaseStay" };
    d.emit({ type: "StayUnclaimed", stay, claimant: by, why: command.why });
    return null;
  }
  const due = dueOfStay(d.state, stay, d.now);
  if (!due.ok) return due.error;
  const other = heldByOther(d.state, stay, by, d.now);
  if (other) return other;
  const standing = quoteOf(d.state, stay, by, d.now);
  // The same claimant asks again: its price stands, and does not last longer for it.
  if (due.value.dueMinor === 0 || standing) return { type: "nothingToDo", what: "ClaimStay" };
  const { quote, more } = lasts[by.kind];
  const validUntil = d.now + quote;
  d.emit({ type: "StayClaimed", stay, claim: { by, quote: { amountMinor: due.value.dueMinor, at: d.now, validUntil }, until: validUntil + more } });
  return null;
}

