/**
 * The books of a facility, folded from its events, and what must be true of them at every sequence:
 *
 *   E10  inserted = charge + change + retained + refunded, per transaction
 *   E11  stock of every hopper and cash box = what the state says, never below zero
 *   E14  what was taken for a ticket never exceeds its price when it was taken, over all means of payment
 *   E17  the postings of every event add up to 0, and so do all accounts
 *   E18  refunds never exceed what was taken, per payment
 *
 * Used by the simulator after every step and by `journal verify` after a replay.
 */
import type { MinorUnits } from "../../kernel/money.ts";
import type { FacilityEvent } from "../facility/event.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import { expectedMinorOf } from "../office/office.ts";
import { openPaymentOf } from "../paystation/paystation.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { type Account, postingsOf } from "./posting.ts";

export type BooksViolation = { readonly invariant: "E10" | "E11" | "E14" | "E17" | "E18"; readonly text: string };

export type Books = {
  readonly balances: Map<Account, MinorUnits>;
  /** Taken and given back, by payment. */
  readonly payments: Map<number, { takenMinor: MinorUnits; refundedMinor: MinorUnits }>;
  /** Taken for each ticket; a replacement carries it on. */
  readonly takenFor: Map<TicketNumber, MinorUnits>;
  /** Price of the whole stay when its charge was shown, by payment. */
  readonly shownTotal: Map<number, MinorUnits>;
  /** Found while folding; the same list for ever. */
  readonly violations: BooksViolation[];
};

export const emptyBooks = (): Books => ({
  balances: new Map(), payments: new Map(), takenFor: new Map(), shownTotal: new Map(), violations: [],
});

export function foldBooks(events: Iterable<FacilityEvent>): Books {
  const books = emptyBooks();
  for (const event of events) enter(books, event);
  return books;
}

/** Enters one event; arithmetic that does not hold is added to `violations`. */
export function enter(books: Books, event: FacilityEvent): void {
  let sum = 0;
  for (const { account, amountMinor } of postingsOf(event)) {
    sum += amountMinor;
    books.balances.set(account, (books.balances.get(account) ?? 0) + amountMinor);
  }
  if (sum !== 0) note(books, "E17", `${event.type} posts ${sum}`);
  enterPayment(books, event);
}

function enterPayment(books: Books, e: FacilityEvent): void {
  switch (e.type) {
    case "ChargeShown":
      books.shownTotal.set(e.payment, e.due.totalMinor);
      return;
    case "CashSettled":
      if (e.insertedMinor !== e.chargeMinor + e.changeMinor + e.retainedMinor) note(books, "E10", `payment ${e.payment} does not balance`);
      return take(books, e.payment, e.ticket, e.chargeMinor, e.dueMinor);
    case "CashRefunded":
      if (e.insertedMinor !== e.refundedMinor + e.retainedMinor) note(books, "E10", `refund of payment ${e.payment} does not balance`);
      return;
    case "CardSaleTrusted":
      return take(books, e.payment, e.ticket, e.amountMinor, e.amountMinor);
    case "CardSaleApproved":
      if (e.use === "settles" || e.use === "late") take(books, e.payment, e.ticket, e.amountMinor, e.amountMinor);
      return;
    case "OfficePaymentTaken":
      return take(books, e.payment, e.ticket, e.chargeMinor, e.dueMinor);
    case "StayPaymentTaken":
      if (e.ticket != null) take(books, e.payment, e.ticket, e.amountMinor, e.amountMinor);
      return;
    case "PaymentRefunded": {
      const payment = books.payments.get(e.payment);
      if (!payment || payment.refundedMinor + e.amountMinor > payment.takenMinor) note(books, "E18", `payment ${e.payment} refunded too much`);
      if (payment) payment.refundedMinor += e.amountMinor;
      return;
    }
    case "TicketReplaced":
      books.takenFor.set(e.number, books.takenFor.get(e.old) ?? 0);
      return;
    default:
      return;
  }
}

function take(books: Books, payment: number, ticket: TicketNumber, chargeMinor: MinorUnits, dueMinor: MinorUnits): void {
  if (books.payments.has(payment)) note(books, "E14", `payment ${payment} settled twice`);
  books.payments.set(payment, { takenMinor: chargeMinor, refundedMinor: 0 });
  const taken = (books.takenFor.get(ticket) ?? 0) + chargeMinor;
  books.takenFor.set(ticket, taken);
  const total = books.shownTotal.get(payment);
  books.shownTotal.delete(payment);
  if (chargeMinor > dueMinor || (total !== undefined && taken > total)) note(books, "E14", `ticket ${ticket} charged ${taken}`);
}

const note = (books: Books, invariant: BooksViolation["invariant"], text: string): void => {
  books.violations.push({ invariant, text });
};

/** What is wrong now: everything found while folding, and every account that differs from the facility's state. */
export function booksViolations(books: Books, state: ReadonlyFacility): BooksViolation[] {
  const found = [...books.violations];
  const held = balancesHeld(state);
  for (const account of new Set([...held.keys(), ...[...books.balances.keys()].filter(isHeldInState)])) {
    const [booked, inState] = [books.balances.get(account) ?? 0, held.get(account) ?? 0];
    if (booked !== inState) {
      const invariant = isCash(account) ? "E11" : "E10";
      found.push({ invariant, text: `${account} is ${booked} in the books and ${inState} in the state` });
    }
    if (isCash(account) && inState < 0) found.push({ invariant: "E11", text: `${account} holds ${inState}` });
  }
  for (const ticket of state.tickets.values()) {
    const taken = books.takenFor.get(ticket.number) ?? 0;
    if (taken === ticket.paidMinor) continue;
    found.push({ invariant: "E14", text: `ticket ${ticket.number}: ${taken} taken, ${ticket.paidMinor} recorded` });
  }
  const sum = [...books.balances.values()].reduce((a, b) => a + b, 0);
  if (sum !== 0) found.push({ invariant: "E17", text: `all accounts add up to ${sum}` });
  return found;
}

const isCash = (account: Account): boolean => /^(hopper|cashBox|till):/.test(account);
const isHeldInState = (account: Account): boolean => isCash(account) || /^(deposit|payout):/.test(account) || account === "retained";

/** Every account the state also knows, with its balance there. */
function balancesHeld(state: ReadonlyFacility): Map<Account, MinorUnits> {
  const held = new Map<Account, MinorUnits>();
  for (const { id, ...station } of state.stations.values()) {
    for (const [coin, hopper] of station.hoppers) held.set(`hopper:${id}:${coin}`, coin * hopper.level);
    for (const [value, count] of station.cashBox) held.set(`cashBox:${id}:${value}`, value * count);
    const credited = openPaymentOf(station.phase)?.creditedMinor ?? 0;
    held.set(`deposit:${id}`, -(credited + station.strayMinor));
    held.set(`payout:${id}`, -station.owedMinor);
  }
  for (const shift of state.shifts.values()) held.set(`till:${shift.till}`, expectedMinorOf(shift));
  held.set("retained", -[...state.chits.values()].reduce((sum, chit) => sum + chit.amountMinor, 0));
  return held;
}
