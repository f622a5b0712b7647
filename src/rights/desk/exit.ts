/**
 * Who may leave. Nobody is trapped: what is not simply released is paid first or settled by the attendant; a block
 * never stops an exit.
 */
import { MINUTE } from "../../kernel/instant.ts";
import { majorText } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { admits } from "../timeline/facts.ts";
import { because } from "../why.ts";
import { machinePrice, unknownEntryPrice } from "./billing.ts";
import { type RightsDeciding, configOf, policyAt } from "./deciding.ts";
import { bookingNow, standingOf } from "./entry.ts";
import { wouldAccept } from "../coverage/matching.ts";
import type { ShownCredential } from "./event.ts";
import type { RightsRefusal } from "./refusal.ts";
import { type Account, type Credential, type OpenPlace, openStayOf } from "./state.ts";
import type { Why } from "../why.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { PriceRefusal } from "../coverage/price.ts";

type Due = { readonly dueMinor: MinorUnits; readonly why: Why };

/** What the machine asks for now. Within the grace of a payment, and for an account's stay, nothing. */
export function dueNow(d: RightsDeciding, place: OpenPlace): Result<Due, PriceRefusal> {
  const { stay } = place;
  if (stay.payer === "account") return ok({ dueMinor: 0, why: because("onAccount", { account: stay.account ?? "" }) });
  if (stay.paidAt !== null && d.now - stay.paidAt <= policyAt(d.state, d.now).exitGrace) {
    return ok({ dueMinor: 0, why: because("withinGrace", { minutes: Math.floor((d.now - stay.paidAt) / MINUTE) }) });
  }
  const price = machinePrice(d.state, place, d.now);
  if (!price.ok) return price;
  const dueMinor = Math.max(0, price.value.amountMinor - stay.paidMinor);
  if (dueMinor === 0) return ok({ dueMinor, why: because("nothingDue") });
  const { currency } = configOf(d.state);
  const ms = price.value.intervals.reduce((sum, { from, to }) => sum + (to - from), 0);
  return ok({ dueMinor, why: because("due", {
    amount: `${majorText(price.value.amountMinor, currency)} ${currency}`, minutes: Math.ceil(ms / MINUTE),
    paid: majorText(stay.paidMinor, currency),
    tariff: price.value.quotes.map(({ tariffId, tariffVersion }) => `${tariffId}@${tariffVersion}`).join(" "),
  }) });
}

export function exit(d: RightsDeciding, credential: ShownCredential): null {
  const place = openStayOf(d.state, credential.ref);
  if (!place) return exitWithoutEntry(d, credential);
  const due = dueNow(d, place);
  if (!due.ok) {
    d.emit({ type: "AttendantCalled", credential, why: because("notPriced", { reason: due.error.type }) });
  } else if (due.value.dueMinor > 0) {
    d.emit({ type: "PaymentDemanded", stay: place.stay.id, ...due.value });
  } else {
    const { id: stay, credential: ref } = place.stay;
    d.emit({ type: "StayClosed", stay, credential: ref, cause: "exit", end: { type: "seen", at: d.now }, unpaidMinor: 0, why: due.value.why });
  }
  return null;
}

function exitWithoutEntry(d: RightsDeciding, credential: ShownCredential): null {
  const holder = d.state.credentials.get(credential.ref);
  const account = holder && d.state.accounts.get(holder.account);
  const { exitRule } = policyAt(d.state, d.now);
  if (!holder || !account) {
    d.emit({ type: "AttendantCalled", credential, why: because("unknownCredential") });
    return null;
  }
  const policy = { key: "exitRule", value: exitRule };
  const released = exitRule === "known" || (exitRule === "authorised" && isAuthorised(d, account, holder));
  if (!released) {
    d.emit({ type: "AttendantCalled", credential, why: because("notPresentRefused", {}, policy) });
    return null;
  }
  const charge = chargeForUnknownEntry(d, account, holder);
  if (!charge.ok) d.emit({ type: "AttendantCalled", credential, why: because("notPriced", { reason: charge.error.type }) });
  else {
    const why = because("notPresent", {}, policy);
    d.emit({ type: "ExitWithoutEntry", credential, account: account.id, charge: charge.value, irregular: false, why });
  }
  return null;
}

/** A right valid now, used up or not. */
function isAuthorised(d: RightsDeciding, account: Account, { parker }: Credential): boolean {
  const { valid, agreement } = standingOf(d.state, account, parker, null, d.now);
  return agreement !== undefined || bookingNow(account, parker, d.now) !== null || valid.some((contract) => admits(contract, parker));
}

/** Charged to the account where one pays for this parker and no booking or free contract would have covered the stay. */
function chargeForUnknownEntry(
  d: RightsDeciding, account: Account, { parker }: Credential,
): Result<{ readonly id: string; readonly amountMinor: MinorUnits } | null, PriceRefusal> {
  const how = policyAt(d.state, d.now).exitWithoutEntryCharge;
  const { agreement, accepted, valid } = standingOf(d.state, account, parker, null, d.now);
  const covered = bookingNow(account, parker, d.now) !== null || wouldAccept(parker, accepted, valid);
  if (how === "none" || !agreement || covered) return ok(null);
  const price = unknownEntryPrice(d.state, account, agreement.id, how, d.now);
  return price.ok ? ok({ id: `x${account.incidents.length + 1}-${account.id}`, amountMinor: price.value }) : err(price.error);
}

export function pay(d: RightsDeciding, credential: ShownCredential): RightsRefusal | null {
  const place = openStayOf(d.state, credential.ref);
  if (!place) return { type: "noStay" };
  const { stay } = place;
  if (stay.payer === "account") return { type: "payerIsAccount", stay: stay.id };
  const due = dueNow(d, place);
  if (!due.ok) return { type: "notPriced", because: due.error.type };
  if (due.value.dueMinor === 0) return { type: "nothingDue", paidMinor: stay.paidMinor };
  d.emit({ type: "StayPaid", stay: stay.id, amountMinor: due.value.dueMinor, why: due.value.why });
  return null;
}

/** Let out by hand, paid or not; what stayed unpaid is told to staff. */
export function staffRelease(d: RightsDeciding, credential: ShownCredential, reason: string): RightsRefusal | null {
  const place = openStayOf(d.state, credential.ref);
  const why = because("releasedByStaff", { reason });
  if (!place) {
    const account = d.state.credentials.get(credential.ref)?.account ?? null;
    d.emit({ type: "ExitWithoutEntry", credential, account, charge: null, irregular: true, why });
    return null;
  }
  const due = dueNow(d, place);
  d.emit({
    type: "StayClosed", stay: place.stay.id, credential: place.stay.credential, cause: "releasedByStaff", end: { type: "seen", at: d.now },
    unpaidMinor: due.ok ? due.value.dueMinor : null, why,
  });
  return null;
}
