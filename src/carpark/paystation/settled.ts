/** The settled payments a facility remembers, so that the office can refund them; the oldest are forgotten. */
import type { Facility } from "../facility/state.ts";
import type { SettledPayment } from "./paystation.ts";
import { SETTLED_KEPT_MAX } from "./timing.ts";

export function rememberSettled(f: Facility, payment: SettledPayment): void {
  f.settled.set(payment.payment, payment);
  while (f.settled.size > SETTLED_KEPT_MAX) {
    const oldest = f.settled.keys().next();
    if (oldest.done) return;
    f.settled.delete(oldest.value);
  }
}
