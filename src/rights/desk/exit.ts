/**
 * Who may leave. Nobody is trapped: what is not simply released is paid first or settled by the attendant; a block
 * never stops an exit.
 */
import { type Instant, MINUTE } from "../../kernel/instant.ts";
import { majorText } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import { type ParkerId, type StayId, admits } from "../timeline/facts.ts";
import { because } from "../why.ts";
import { machinePrice, unknownEntryPrice } from "./billing.ts";
import { type RightsDeciding, configOf, policyAt } from "./deciding.ts";
import { bookingNow, standingOf } from "./basis.ts";
import type { ShownCredential } from "./event.ts";
import { holdUnpaid } from "./hold.ts";
import { type Own, hasOwn, ownRights } from "./granting.ts";
import type { RightsRefusal } from "./refusal.ts";
import { type Account, type OpenPlace, type Rights, type Stay, openStay, openStayOf } from "./state.ts";
import type { Why } from "../why.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import type { PriceRefusal } from "../coverage/price.ts";

type Due = { readonly dueMinor: MinorUnits; readonly why: Why };

/** What the machine asks for now. Within the grace of a payment, and for a stay another pays, nothing. */
export function dueNow(state: Rights, place: OpenPlace, now: Instant): Result<Due, PriceRefusal> {
  const { stay } = place;
  if (stay.payer === "account") return ok({ dueMinor: 0, why: because("onAccount", { account: stay.account ?? "" }) });
  if (stay.payer === "provider") return ok({ dueMinor: 0, why: because("onProvider", { provider: providerOf(stay) }) });
  if (stay.paidAt !== null && now - stay.paidAt <= policyAt(state, now).exitGrace) {
    return ok({ dueMinor: 0, why: because("withinGrace", { minutes: Math.floor((now - stay.paidAt) / MINUTE) }) });
  }
  const price = machinePrice(state, place, now);
  if (!price.ok) return price;
  const dueMinor = Math.max(0, price.value.amountMinor - stay.paidMinor);
  if (dueMinor === 0) return ok({ dueMinor, why: because("nothingDue") });
  const { currency } = configOf(state);
  const ms = price.value.intervals.reduce((sum, { from, to }) => sum + (to - from), 0);
  return ok({ dueMinor, why: because("due", {
    amount: `${majorText(price.value.amountMinor, currency)} ${currency}`, minutes: Math.ceil(ms / MINUTE),
    paid: majorText(stay.paidMinor, currency),
    tariff: price.value.quotes.map(({ tariffId, tariffVersion }) => `${tariffId}@${tariffVersion}`).join(" "),
  }) });
}

const providerOf = (stay: Stay): string => (stay.granted.find(({ kind }) => kind === "external")?.provider ?? "");

type Charge = { readonly id: string; readonly amountMinor: MinorUnits };

/**
 * What an exit would be answered, with nothing changed by asking. `release` with `stay` null: the car was not
 * recorded inside and is let out by the exit rule.
 */
export type ExitJudgement =
  | { readonly type: "release"; readonly stay: StayId | null; readonly why: Why }
  | { readonly type: "paymentDue"; readonly stay: StayId; readonly dueMinor: MinorUnits; readonly currency: Currency; readonly why: Why }
  /** `stay` null: none is open. */
  | { readonly type: "attendant"; readonly stay: StayId | null; readonly why: Why };

export function judgeExit(state: Rights, credential: ShownCredential, now: Instant): ExitJudgement {
  const place = openStayOf(state, credential.ref);
  if (!place) return judgeUnentered(state, credential, now);
  const stay = place.stay.id;
  const due = dueNow(state, place, now);
  if (!due.ok) return { type: "attendant", stay, why: because("notPriced", { reason: due.error.type }) };
  const { dueMinor, why } = due.value;
  return dueMinor > 0 ? { type: "paymentDue", stay, dueMinor, currency: configOf(state).currency, why } : { type: "release", stay, why };
}

function judgeUnentered(state: Rights, credential: ShownCredential, now: Instant): ExitJudgement {
  const attendant = (why: Why): ExitJudgement => ({ type: "attendant", stay: null, why });
  const holder = holderOf(state, credential);
  const own = ownRights(state, credential.ref, now);
  if (!holder && own.card === null && !hasOwn(own) && !own.expired) return attendant(because("unknownCredential"));
  const { exitRule } = policyAt(state, now);
  const policy = { key: "exitRule", value: exitRule };
  const released = exitRule === "known" || (exitRule === "authorised" && isAuthorised(state, holder, own, now));
  if (!released) return attendant(because("notPresentRefused", {}, policy));
  const charge = chargeForUnknownEntry(state, holder, own, now);
  return charge.ok ? { type: "release", stay: null, why: because("notPresent", {}, policy) }
    : attendant(because("notPriced", { reason: charge.error.type }));
}

type Holder = { readonly account: Account; readonly parker: ParkerId };

function holderOf(state: Rights, { ref }: ShownCredential): Holder | null {
  const credential = state.credentials.get(ref);
  const account = credential && state.accounts.get(credential.account);
  return credential && account ? { account, parker: credential.parker } : null;
}

/** Asked at a barrier that opens at once: the judgement, and what follows from it. */
export function exit(d: RightsDeciding, credential: ShownCredential): null {
  const judged = judgeExit(d.state, credential, d.now);
  switch (judged.type) {
    case "attendant": d.emit({ type: "AttendantCalled", credential, why: judged.why }); return null;
    case "paymentDue": d.emit({ type: "PaymentDemanded", stay: judged.stay, dueMinor: judged.dueMinor, why: judged.why }); return null;
    case "release": leave(d, credential, judged.stay, judged.why); return null;
  }
}

/** A car that was released is out. It may be let out twice by nobody: a stay that is closed already is refused. */
export function confirmExit(
  d: RightsDeciding, { credential, stay, why }: { readonly credential: ShownCredential; readonly stay: StayId | null; readonly why: Why },
): RightsRefusal | null {
  if (stay !== null && !openStay(d.state, stay)) return { type: "noStay" };
  leave(d, credential, stay, why);
  return null;
}

function leave(d: RightsDeciding, credential: ShownCredential, stay: StayId | null, why: Why): void {
  if (stay !== null) {
    const ref = openStay(d.state, stay)?.stay.credential ?? credential.ref;
    d.emit({ type: "StayClosed", stay, credential: ref, cause: "exit", end: { type: "seen", at: d.now }, unpaidMinor: 0, why });
    return;
  }
  const holder = holderOf(d.state, credential);
  const charge = chargeForUnknownEntry(d.state, holder, ownRights(d.state, credential.ref, d.now), d.now);
  d.emit({
    type: "ExitWithoutEntry", credential, account: holder?.account.id ?? null, charge: charge.ok ? charge.value : null,
    irregular: false, why,
  });
}

/** A right valid now, used up or not. */
function isAuthorised(state: Rights, holder: Holder | null, own: Own, now: Instant): boolean {
  if (hasOwn(own)) return true;
  if (!holder) return false;
  const { account, parker } = holder;
  const { valid, agreement } = standingOf(state, account, parker, null, now);
  return agreement !== undefined || bookingNow(account, parker, now) !== null || valid.some((contract) => admits(contract, parker));
}

/** Charged to the account where one pays for this parker and no booking or free contract would have covered the stay. */
function chargeForUnknownEntry(
  state: Rights, holder: Holder | null, own: Own, now: Instant,
): Result<Charge | null, PriceRefusal> {
  const how = policyAt(state, now).exitWithoutEntryCharge;
  if (how === "none" || !holder || hasOwn(own)) return ok(null);
  const { account, parker } = holder;
  const { agreement, contract } = standingOf(state, account, parker, null, now);
  const covered = bookingNow(account, parker, now) !== null || contract !== null;
  if (!agreement || covered) return ok(null);
  const price = unknownEntryPrice(state, account, agreement.id, how, now);
  return price.ok ? ok({ id: `x${account.incidentsMade + 1}-${account.id}`, amountMinor: price.value }) : err(price.error);
}

/** The amount was fixed when it was asked for; the clock may have gone on while the driver paid. */
export function pay(d: RightsDeciding, credential: ShownCredential, amountMinor?: MinorUnits): RightsRefusal | null {
  const place = openStayOf(d.state, credential.ref);
  if (!place) return { type: "noStay" };
  const { stay } = place;
  if (stay.payer === "account") return { type: "payerIsAccount", stay: stay.id };
  if (stay.payer === "provider") return { type: "payerIsProvider", stay: stay.id };
  const due = dueNow(d.state, place, d.now);
  if (!due.ok) return { type: "notPriced", because: due.error.type };
  if (due.value.dueMinor === 0 && amountMinor === undefined) return { type: "nothingDue", paidMinor: stay.paidMinor };
  d.emit({ type: "StayPaid", stay: stay.id, amountMinor: amountMinor ?? due.value.dueMinor, why: due.value.why });
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
  const due = dueNow(d.state, place, d.now);
  if (due.ok && due.value.dueMinor > 0) holdUnpaid(d, place.stay, reason);
  d.emit({
    type: "StayClosed", stay: place.stay.id, credential: place.stay.credential, cause: "releasedByStaff", end: { type: "seen", at: d.now },
    unpaidMinor: due.ok ? due.value.dueMinor : null, why,
  });
  return null;
}
