/**
 * Money taken by card for a stay of the rights: at the terminal of an exit, or on the phone.
 * What is due is asked of the rights at that moment; more or less than that is refused before it is taken.
 */
import type { MinorUnits } from "../../kernel/money.ts";
import { dueNow } from "../../rights/desk/exit.ts";
import { openStay } from "../../rights/desk/state.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { serveAsked } from "../lane/right-exit.ts";
import { taxWithin } from "../paystation/settle.ts";
import { decideAt } from "./desk.ts";

export const STAY_PAYMENT_MEANS = ["terminal", "phone"] as const;
export type StayPaymentMeans = (typeof STAY_PAYMENT_MEANS)[number];

/** `reference`: the receipt of the card terminal or payment service; never a card number. */
export type StayPaymentEvent = {
  readonly type: "StayPaymentTaken"; readonly payment: number; readonly stay: string; readonly means: StayPaymentMeans;
  readonly amountMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly reference: string;
};

export type StayPaymentCommand = {
  readonly type: "PayStay"; readonly stay: string; readonly amountMinor: MinorUnits; readonly means: StayPaymentMeans; readonly reference: string;
};

/** Whether money for this stay is on its way at a terminal. */
export const salePending = (state: ReadonlyFacility, stay: string): boolean => [...state.lanes.values()].some(({ sale }) => sale?.stay === stay);

export function payStay(d: Deciding, { stay, amountMinor, means, reference }: StayPaymentCommand): Refusal | null {
  const place = openStay(d.state.rights, stay);
  if (!place) return { type: "stayUnknown", stay };
  if (salePending(d.state, stay)) return { type: "nothingToDo", what: "PayStay" };
  const due = dueNow(d.state.rights, place, d.now);
  if (!due.ok) return { type: "notPriced", reason: due.error.type };
  const { dueMinor } = due.value;
  if (dueMinor === 0) return { type: "nothingToDo", what: "PayStay" };
  if (amountMinor < dueMinor) return { type: "amountTooSmall", dueMinor, givenMinor: amountMinor };
  if (amountMinor > dueMinor) return { type: "amountTooLarge", dueMinor, givenMinor: amountMinor };
  takeStayPayment(d, { stay, amountMinor, means, reference });
  return null;
}

/** Money that is ours: booked, whatever has become of the stay; paid for it while it is open. */
export function takeStayPayment(d: Deciding, { stay, amountMinor, means, reference }: Omit<StayPaymentCommand, "type">): void {
  d.emit({ type: "StayPaymentTaken", payment: d.state.next.payment, stay, means, amountMinor, taxMinor: taxWithin(d, amountMinor), reference });
  const place = openStay(d.state.rights, stay);
  if (!place) return;
  decideAt(d, { type: "Pay", credential: { ref: place.stay.credential, kind: place.stay.kind }, amountMinor });
  serveAsked(d, stay);
}
