/** What an operator asks of a provider for a stay, and the payment of it. */
import type { ActorId } from "../../sandbox/contract.ts";
import * as bodies from "../bodies.ts";
import type { Exchange } from "../exchange.ts";
import type { Session } from "../read.ts";

export const CURRENCY = "GBP";

/** The sum still due; null when nothing is. */
export function dueOf({ segments }: Session): number | null {
  const open = segments.filter(({ dueMinor, paid }) => dueMinor !== null && !paid);
  return open.length === 0 ? null : open.reduce((sum, { dueMinor }) => sum + (dueMinor ?? 0), 0);
}

/** Every amount that is due, paid now; `leaving` ends the stay with it. */
export function paymentOf(exchange: Exchange, provider: ActorId, session: Session, leaving: boolean): object {
  const at = Date.now();
  const end = leaving ? { actualEnd: bodies.instant(at) } : {};
  const segments = session.segments.map(({ json, dueMinor, paid }) => (paid || dueMinor === null ? json
    : { ...json, ...end, financialTransactions: [bodies.paid({ minor: dueMinor, currency: CURRENCY, party: exchange.actor(provider).name }, at)] }));
  return { id: session.id, ...end, segments };
}
