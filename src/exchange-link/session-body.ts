/**
 * The session of a stay, as the exchange shall have it.
 *
 *   covers    none | right A ...   ->  segments, one for each run of one right
 *   payments  the car park's own   ->  paid, in the first segment         account of a provider -> amount due, in its segment
 *
 * What others have said of it stays: payments of a provider are kept, and an end that is there is not taken back.
 */
import { SECOND, type Instant } from "../kernel/instant.ts";
import type { Currency, MinorUnits } from "../kernel/money.ts";
import { type Json, type JsonObject, objectOr, objectsOf, textOf } from "./json.ts";
import { isOwnTransaction, ownTransactionId } from "./session-id.ts";
import type { TakenPayment, ToldStay } from "./told-stay.ts";
import { wireAmount, wireInstant } from "./wire.ts";

export type SessionParts = {
  readonly id: string;
  readonly place: string;
  readonly currency: Currency;
  /** Null: there already, and not to be changed. */
  readonly credential: JsonObject | null;
  /** By right: what its provider owes for this stay, where it pays whatever the stay costs. */
  readonly dueMinor: ReadonlyMap<string, MinorUnits>;
  /** What covers it later is not said yet. */
  readonly now: Instant;
  /** What the exchange has; null before the first time. */
  readonly there: JsonObject | null;
};

export function sessionBody(stay: ToldStay & { readonly enteredAt: Instant }, { id, place, currency, credential, dueMinor, now, there }: SessionParts): JsonObject {
  const end = stay.exitedAt === null ? null : wireInstant(stay.exitedAt);
  const before = new Map(objectsOf(there?.["segments"]).map((one) => [textOf(one["id"]), one]));
  const spans = spansOf(stay, now);
  const segments = spans.map(({ from, right }, n): JsonObject => {
    const segment = `${id}.${n + 1}`;
    const known = before.get(segment);
    const next = spans[n + 1];
    const until = next ? wireInstant(next.from) : end ?? textOf(known?.["actualEnd"]);
    const ours = n === 0 ? ownPayments(stay.payments, id, currency) : [];
    const due = right !== null && stay.exitedAt !== null && spans.findIndex((one) => one.right === right) === n ? dueMinor.get(right) ?? 0 : 0;
    const owed = due === 0 ? null : { segmentValue: wireAmount(due, currency), taxIncluded: true };
    const money = transactions(ours, objectsOf(known?.["financialTransactions"]), { id, owed, open: stay.exitedAt === null });
    return {
      ...extensionsOf(known, money), id: segment, version: 1, actualStart: wireInstant(from), ...(until === null ? {} : { actualEnd: until }),
      validationType: credential ? [textOf(credential["type"]) ?? "licensePlate"] : known?.["validationType"] ?? ["licensePlate"],
      ...(right === null ? {} : { assignedRight: { id: right, version: 1 } }), ...(money.length === 0 ? {} : { financialTransactions: money }),
    };
  });
  return {
    id, actualStart: wireInstant(stay.enteredAt), ...(end === null ? {} : { actualEnd: end }), hierarchyElement: { id: place, version: 1, className: "Place" },
    ...(credential ? { identifiedCredentials: [credential] } : {}), segments,
  };
}

type Span = { readonly from: Instant; readonly right: string | null };

/** Runs of one right in whole seconds, the first from the entry on. */
export function spansOf({ enteredAt, exitedAt, covers }: Pick<ToldStay, "enteredAt" | "exitedAt" | "covers">, now: Instant): readonly Span[] {
  const second = (at: Instant): Instant => Math.floor(at / SECOND) * SECOND;
  const start = second(enteredAt ?? 0);
  const spans: Span[] = [{ from: start, right: null }];
  for (const { since, right } of covers) {
    const from = Math.max(start, second(since));
    if (exitedAt === null ? since > now : from >= second(exitedAt)) continue;
    while (spans.length > 0 && spans[spans.length - 1]!.from >= from) spans.pop();
    if (spans.at(-1)?.right !== right || spans.length === 0) spans.push({ from, right });
  }
  return spans;
}

/** What the car park took itself, as transactions of its session. */
export const ownPayments = (payments: readonly TakenPayment[], session: string, currency: Currency): readonly JsonObject[] =>
  payments.map(({ at, amountMinor }, n) =>
    ({ segmentValue: wireAmount(amountMinor, currency), taxIncluded: true, dateCollected: wireInstant(at), transactionId: ownTransactionId(session, n + 1) }));

/** Until when an amount stands. */
const STANDS = "x-quoteValidUntil";

/** What was said beyond the standard is still said, as long as there is an amount that it is about. */
const extensionsOf = (segment: JsonObject = {}, money: readonly JsonObject[]): JsonObject => Object.fromEntries(Object.entries(segment)
  .filter(([member]) => member.startsWith("x-") && (member !== STANDS || money.some((one) => one["dateCollected"] === undefined))));

/**
 * A payment that is there stays there. What an app was told is due stays due while it may still pay it: until the driver has
 * paid us instead, or is gone. What a provider owes is due as long as nobody has paid it.
 */
function transactions(
  ours: readonly JsonObject[], there: readonly JsonObject[], { id, owed, open }: { readonly id: string; readonly owed: JsonObject | null; readonly open: boolean },
): readonly JsonObject[] {
  const paid = there.filter((one) => one["dateCollected"] !== undefined);
  const theirs = paid.filter((one) => !isOwnTransaction(id, textOf(one["transactionId"]) ?? ""));
  const asked = open && ours.length <= paid.length - theirs.length ? there.filter((one) => one["dateCollected"] === undefined) : [];
  return [...theirs, ...ours, ...(owed && theirs.length === 0 ? [owed] : asked)];
}

/**
 * A payment is taken for an amount that is due, while it stands. Where another payment is there already, or what an app was
 * told stands no more, what we took is said to be due first; null when nothing has to be said first.
 */
export function dueFirst(body: JsonObject, there: JsonObject): JsonObject | null {
  const before = new Map(objectsOf(there["segments"]).map((one) => [textOf(one["id"]), one]));
  let changed = false;
  const segments = objectsOf(body["segments"]).map((segment): Json => {
    const known = before.get(textOf(segment["id"]));
    const money = objectsOf(known?.["financialTransactions"]);
    const paid = money.filter((one) => one["dateCollected"] !== undefined).map((one) => one["transactionId"]);
    const stands = known?.[STANDS] !== undefined || money.some((one) => one[STANDS] !== undefined);
    const ours = objectsOf(segment["financialTransactions"]);
    const fresh = ours.filter((one) => one["dateCollected"] !== undefined && !paid.includes(one["transactionId"] ?? null));
    if (fresh.length === 0 || !(stands || (paid.length > 0 && money.length === paid.length))) return segment;
    changed = true;
    return { ...segment, financialTransactions: ours.map((one) => (fresh.includes(one) ? { segmentValue: one["segmentValue"] ?? 0, taxIncluded: true } : one)) };
  });
  return changed ? { ...body, segments } : null;
}

/** The right's place in the wire: of a provider's account, or bought for a while. */
export const specificationOf = (right: JsonObject): string | null => textOf(objectOr(right["rightSpecification"])["id"]);
