/**
 * Coverage again, slow and obvious: hour by hour, in UTC, every matching tried. For tests: what the fast one says
 * must be what this says. It shares no code with it but the facts and the policy in force.
 */
import { HOUR, type Instant } from "../../kernel/instant.ts";
import { type Dated, type OverflowTerms, type Policy, inForce } from "../policy.ts";
import type { Booking, Contract, StayFacts, StayId } from "../timeline/facts.ts";

export type SlowTimeline = {
  readonly policy: readonly Dated<Policy>[];
  readonly overflow: readonly Dated<OverflowTerms>[];
  readonly contracts: readonly Contract[];
  readonly bookings: readonly Booking[];
  readonly stays: readonly StayFacts[];
};
type Memory = { contract: string | null; kept: string | null; season: string | null };

/** For each stay the text of its cover in each hour of [from, until) in which it is present. */
export function slowCoverage(timeline: SlowTimeline, from: Instant, until: Instant): ReadonlyMap<StayId, ReadonlyMap<Instant, string>> {
  const common = hours(timeline, from, until, null);
  return new Map(timeline.stays.map((stay) => {
    const forItself = stay.neutralAt !== null && stay.provenAt !== null &&
      inForce(timeline.policy, stay.neutralAt).neutralCountsAs === "absent" && inForce(timeline.policy, stay.provenAt).neutralProof === "waive";
    return [stay.id, (forItself ? hours(timeline, from, until, stay.id) : common).get(stay.id) ?? new Map<Instant, string>()];
  }));
}

function hours(timeline: SlowTimeline, from: Instant, until: Instant, sure: StayId | null): Map<StayId, Map<Instant, string>> {
  const result = new Map<StayId, Map<Instant, string>>();
  const memory = new Map<StayId, Memory>();
  let validBefore: readonly Contract[] = [];
  const inOrder = [...timeline.stays].sort((a, b) => a.enteredAt - b.enteredAt || a.order - b.order);
  for (let at = from; at < until; at += HOUR) {
    const present = inOrder.filter((stay) => isPresent(timeline, stay, at, stay.id === sure));
    const valid = timeline.contracts.filter((contract) => isValid(contract, at));
    const booked = new Map(present.map((stay) => [stay.id, bookingOf(timeline, stay, at)]));
    const season = (stay: StayFacts): string | null => (booked.get(stay.id) === null ? ownAt(stay, "seasonTicket", at) : null);
    const wanting = present.filter((stay) => booked.get(stay.id) === null && season(stay) === null);
    for (const id of memory.keys()) if (!present.some((stay) => stay.id === id)) memory.delete(id);

    // Who loses cover because a right ended, before anybody new is looked at.
    const seenBefore = wanting.filter((stay) => memory.has(stay.id));
    const policy = inForce(timeline.policy, at);
    const closing = validBefore.filter((contract) => !valid.includes(contract) && inPeriod(contract, at));
    const afterExpiry = greedy(seenBefore, [...valid, ...closing]);
    const afterClosing = greedy(seenBefore, valid);
    for (const stay of seenBefore) {
      const was = memory.get(stay.id)!;
      if (was.contract === null || was.kept !== null || afterClosing.includes(stay)) continue;
      const lostAny = validBefore.some((contract) => !valid.includes(contract));
      const because = afterExpiry.includes(stay) ? "windowEnd" : "expiredRight";
      if (lostAny && policy[because] === "free") was.kept = `kept ${was.contract} ${because}`;
    }

    // A season ticket that covered in the hour before and does not now.
    for (const stay of present) {
      const was = memory.get(stay.id);
      if (!was || was.season === null || was.kept !== null || season(stay) !== null) continue;
      const over = stay.granted.every(({ kind, to }) => kind !== "seasonTicket" || to <= at);
      const because = over ? "expiredRight" : "windowEnd";
      if (policy[because] === "free") was.kept = `kept ${was.season} ${because}`;
    }

    const matching = best(greedy(wanting, valid), valid, memory);
    for (const stay of present) {
      const was = memory.get(stay.id) ?? { contract: null, kept: null, season: null };
      const booking = booked.get(stay.id) ?? null;
      const contract = matching.get(stay.id) ?? null;
      const own = ownAt(stay, "external", at) ?? ownAt(stay, "service", at);
      const ticket = season(stay);
      const cover = booking !== null ? `booking ${booking}` : ticket !== null ? `seasonTicket ${ticket}` : contract !== null ? `contract ${contract}` : was.kept ?? (own === null ? null : `${own} ${own}`) ?? rest(timeline, valid, stay, at);
      memory.set(stay.id, { contract, kept: was.kept, season: ticket });
      const list = result.get(stay.id) ?? new Map<Instant, string>();
      result.set(stay.id, list.set(at, cover));
    }
    validBefore = valid;
  }
  return result;
}

function isPresent(timeline: SlowTimeline, stay: StayFacts, at: Instant, sure: boolean): boolean {
  if (at < stay.enteredAt) return false;
  if (stay.end?.type === "seen" && at >= stay.end.at) return false;
  if (stay.end?.type === "unseen") {
    const favour = inForce(timeline.policy, stay.end.noticedAt).unknownExit === "inFavour";
    if (at >= (stay.end.givenAt ?? (favour ? stay.enteredAt : stay.end.noticedAt))) return false;
  }
  if (sure || stay.neutralAt === null || at < stay.neutralAt) return true;
  if (inForce(timeline.policy, stay.neutralAt).neutralCountsAs === "present") return true;
  return stay.provenAt !== null && inForce(timeline.policy, stay.provenAt).neutralProof === "charge";
}

const inPeriod = ({ from, until }: Contract, at: Instant): boolean => (from ?? -Infinity) <= at && at < (until ?? Infinity);

function isValid(contract: Contract, at: Instant): boolean {
  if (!inPeriod(contract, at)) return false;
  const { window } = contract;
  if (window === null) return true;
  const ms = at % (24 * HOUR);
  const weekday = ((Math.floor(at / (24 * HOUR)) + 3) % 7) + 1;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  if (window.toMs > window.fromMs) return window.days.includes(weekday) && ms >= window.fromMs && ms < window.toMs;
  return (window.days.includes(weekday) && ms >= window.fromMs) || (window.days.includes(yesterday) && ms < window.toMs);
}

/** The right of the stay's own credential, which is named like its kind. */
function ownAt(stay: StayFacts, kind: string, at: Instant): string | null {
  const weekday = ((Math.floor(at / (24 * HOUR)) + 3) % 7) + 1;
  const found = stay.granted.find((span) => span.kind === kind && span.from <= at && at < span.to && (span.window === null || span.window.days.includes(weekday)));
  return found?.right ?? null;
}

function bookingOf(timeline: SlowTimeline, stay: StayFacts, at: Instant): string | null {
  const starts = new Map<string, Instant>();
  for (const booking of timeline.bookings) {
    let start = Math.max(booking.from - inForce(timeline.policy, booking.madeAt).bookingEarlyTolerance, booking.madeAt);
    for (const earlier of timeline.bookings) {
      if (earlier === booking) break;
      if (earlier.parker !== booking.parker || earlier.to < booking.from || earlier.from > booking.to) continue;
      start = Math.min(start, Math.max(booking.from, starts.get(earlier.id)!));
    }
    starts.set(booking.id, start);
  }
  const covering = timeline.bookings.filter((booking) => booking.parker === stay.parker && starts.get(booking.id)! <= at &&
    at < booking.to + inForce(timeline.policy, booking.madeAt).bookingLateTolerance);
  covering.sort((a, b) => starts.get(a.id)! - starts.get(b.id)! || (a.id < b.id ? -1 : 1));
  return covering[0]?.id ?? null;
}

const may = (contract: Contract, stay: StayFacts): boolean => contract.parkers === null || contract.parkers.includes(stay.parker);

/** Every way to give each stay a contract of its own. */
function* matchings(stays: readonly StayFacts[], contracts: readonly Contract[]): Generator<readonly Contract[]> {
  const [first, ...others] = stays;
  if (!first) return void (yield []);
  for (const contract of contracts) {
    if (!may(contract, first)) continue;
    for (const tail of matchings(others, contracts.filter((one) => one !== contract))) yield [contract, ...tail];
  }
}

function greedy(stays: readonly StayFacts[], contracts: readonly Contract[]): readonly StayFacts[] {
  const accepted: StayFacts[] = [];
  for (const stay of stays) if (!matchings([...accepted, stay], contracts).next().done) accepted.push(stay);
  return accepted;
}

/** As many as can keep theirs, the earliest first; then the lowest ids, the earliest first. */
function best(stays: readonly StayFacts[], contracts: readonly Contract[], memory: ReadonlyMap<StayId, Memory>): ReadonlyMap<StayId, string> {
  let found: { readonly key: string; readonly matching: readonly Contract[] } | null = null;
  for (const matching of matchings(stays, contracts)) {
    const key = [
      ...matching.map((contract, i) => (memory.get(stays[i]!.id)?.contract === contract.id ? "0" : "1")), ...matching.map(({ id }) => id),
    ].join(" ");
    if (found === null || key < found.key) found = { key, matching };
  }
  return new Map((found?.matching ?? []).map((contract, i) => [stays[i]!.id, contract.id]));
}

function rest(timeline: SlowTimeline, valid: readonly Contract[], stay: StayFacts, at: Instant): string {
  const own = valid.find((contract) => may(contract, stay) && contract.overflow !== null);
  const overflow = own?.overflow ?? inForce(timeline.overflow, at).overflow ?? inForce(timeline.policy, at).overflow;
  return valid.length > 0 && overflow === "report" ? "reported" : "uncovered";
}
