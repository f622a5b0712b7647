/** Random timelines on whole hours of three days in UTC, small enough that every case of the rules is met often. */
import * as fc from "fast-check";
import { DAY, HOUR, type Instant } from "../../kernel/instant.ts";
import { DEFAULT_POLICY, type Dated, OVERFLOW, type Policy } from "../policy.ts";
import type { Booking, Contract, GrantedSpan, StayEnd, StayFacts, WeeklyWindow } from "../timeline/facts.ts";
import type { SlowTimeline } from "./reference.ts";

/** Monday, 2 March 2026, 00:00 UTC. */
export const START: Instant = Date.UTC(2026, 2, 2);
export const HOURS = 60;
export const END: Instant = START + HOURS * HOUR;

const PARKERS = ["p0", "p1", "p2", "p3", "p4"] as const;
const hour = (min = 0, max = HOURS): fc.Arbitrary<Instant> => fc.integer({ min, max }).map((h) => START + h * HOUR);
const parker = fc.constantFrom(...PARKERS);
const someParkers = fc.option(fc.uniqueArray(parker, { minLength: 1, maxLength: 3 }), { nil: null, freq: 2 });

const window: fc.Arbitrary<WeeklyWindow> = fc.record({
  days: fc.uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 3 }),
  fromMs: fc.integer({ min: 0, max: 23 }).map((h) => h * HOUR), toMs: fc.integer({ min: 0, max: 24 }).map((h) => h * HOUR),
});

const contract = (index: number): fc.Arbitrary<Contract> => fc.record({
  id: fc.constant(`c${index}`), from: fc.option(hour(), { nil: null }), until: fc.option(hour(), { nil: null }),
  window: fc.option(window, { nil: null }), parkers: someParkers, group: fc.constant("contract"),
  overflow: fc.option(fc.constantFrom(...OVERFLOW), { nil: null, freq: 1 }), overflowLimit: fc.constant(null), monthlyFeeMinor: fc.constant(0),
}).filter(({ from, until }) => (from ?? 0) < (until ?? Infinity));

/** `plain`: unlimited contracts, no bookings, no doubt; for properties that hold without them. */
export const stays = (plain: boolean): fc.Arbitrary<readonly StayFacts[]> => fc.array(fc.record({
  parker, enteredAt: hour(0, HOURS - 1), length: fc.integer({ min: 0, max: HOURS }), kind: fc.constantFrom("open", "seen", "unseen", "given"),
  own: fc.option(fc.record({
    kind: fc.constantFrom("seasonTicket" as const, "external" as const, "service" as const), begins: fc.integer({ min: -20, max: 20 }),
    length: fc.integer({ min: 1, max: 40 }), days: fc.option(fc.uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 3 }), { nil: null }),
  }), { nil: null, freq: 2 }),
  given: fc.nat(100), neutral: fc.option(fc.nat(100), { nil: null, freq: 2 }), proven: fc.boolean(),
}), { maxLength: plain ? 8 : 6 }).map((list) => list.map((one, order): StayFacts => {
  const { parker: who, enteredAt, length, kind } = one;
  const endsAt = enteredAt + length * HOUR;
  const part = (percent: number): Instant => enteredAt + Math.floor((length * percent) / 100) * HOUR;
  const end: StayEnd | null = plain || kind === "seen" ? { type: "seen", at: endsAt }
    : kind === "open" ? null : { type: "unseen", noticedAt: endsAt, givenAt: kind === "given" ? part(one.given) : null };
  const neutralAt = plain || one.neutral === null ? null : part(one.neutral);
  const proves = end?.type === "seen" || (end?.type === "unseen" && end.givenAt !== null) || (end === null && one.proven);
  return {
    id: `s${order}`, order, parker: plain ? `q${order}` : who, enteredAt, end, neutralAt,
    provenAt: neutralAt !== null && proves ? endsAt : null,
    granted: plain || one.own === null ? [] : [grantedOf(one.own, enteredAt)],
  };
}));

type Own = { readonly kind: GrantedSpan["kind"]; readonly begins: number; readonly length: number; readonly days: readonly number[] | null };
const grantedOf = ({ kind, begins, length, days }: Own, enteredAt: Instant): GrantedSpan => ({
  kind, right: kind, provider: kind === "external" ? "app" : null, from: enteredAt + begins * HOUR, to: enteredAt + (begins + length) * HOUR,
  window: kind === "seasonTicket" && days !== null ? { days, fromMs: 0, toMs: DAY } : null,
});

const policy = fc.record({
  expiredRight: fc.constantFrom("charge" as const, "free" as const), windowEnd: fc.constantFrom("charge" as const, "free" as const),
  neutralCountsAs: fc.constantFrom("absent" as const, "present" as const), neutralProof: fc.constantFrom("waive" as const, "charge" as const),
  unknownExit: fc.constantFrom("inFavour" as const, "untilNoticed" as const), overflow: fc.constantFrom(...OVERFLOW),
  bookingEarlyTolerance: fc.constantFrom(0, HOUR), bookingLateTolerance: fc.constantFrom(0, 2 * HOUR),
}).map((some): Policy => ({ ...DEFAULT_POLICY, ...some }));

const dated = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<readonly Dated<T>[]> => fc.tuple(value, fc.option(fc.tuple(hour(), value), { nil: null }))
  .map(([first, second]) => [{ from: START, value: first }, ...(second ? [{ from: second[0], value: second[1] }] : [])]);

const bookings: fc.Arbitrary<readonly Booking[]> = fc.array(fc.record({
  parker, from: hour(), length: fc.integer({ min: 1, max: 20 }), madeAt: hour(),
}), { maxLength: 3 }).map((list) => [...list].sort((a, b) => a.madeAt - b.madeAt)
  .map(({ length, ...one }, i) => ({ ...one, id: `b${i}`, to: one.from + length * HOUR })));

export const timelines: fc.Arbitrary<SlowTimeline> = fc.record({
  policy: dated(policy), overflow: dated(fc.record({ overflow: fc.option(fc.constantFrom(...OVERFLOW), { nil: null }), overflowLimit: fc.constant(null) })),
  contracts: fc.integer({ min: 0, max: 3 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => contract(i)))),
  bookings, stays: stays(false),
});

/** Contracts for everybody and always, or by windows; nothing is forgiven, nobody is in doubt. */
export const plainTimelines: fc.Arbitrary<SlowTimeline> = fc.record({
  contracts: fc.integer({ min: 0, max: 3 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => contract(i))))
    .map((list) => list.map((one) => ({ ...one, parkers: null, overflow: null }))),
  stays: stays(true),
}).map((some) => ({ ...some, bookings: [], policy: [{ from: START, value: DEFAULT_POLICY }], overflow: [{ from: START, value: { overflow: null, overflowLimit: null } }] }));
