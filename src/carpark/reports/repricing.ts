/**
 * What the stays of a month would have cost under another tariff.
 *
 *   closed short-term stays, in batches --> price then (version valid at entry)  +  price now asked --> sums
 *
 * A batch at a time, with a pause after every few prices, so lanes of the same process never wait for a
 * report. Sums hold only stays that have a price under both; what is left out is counted, never guessed.
 */
import type { Instant } from "../../kernel/instant.ts";
import { MINUTE } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { CompiledTariff } from "../../tariff/compile.ts";
import { wouldHaveCost } from "../../tariff/week.ts";
import { type PaidStay, paidStays, staysByKind } from "../readmodels/tariffs.ts";
import type { Database } from "../readmodels/table.ts";

/** A month of 1,000 spaces that turn over six times a day. */
export const REPRICED_STAYS_MAX = 200_000;
/** Below the request's own limit of 10 s: what is not reached by then is left out and said so. */
export const REPRICING_MS_MAX = 7_000;
/** Rows in memory at once. */
const BATCH = 2_000;
/** Prices between two pauses: about a millisecond's work. */
const PRICES_PER_TURN = 200;
/** Upper ends of the lengths the sums are split by, in minutes. */
export const LENGTHS_MINUTES = [30, 60, 120, 240, 480, 1_440] as const;

export type LengthSums = {
  readonly upToMinutes: number | null; readonly stays: number; readonly oldMinor: MinorUnits;
  readonly newMinor: MinorUnits;
};
export type Repricing = {
  /** With a price under both tariffs; the sums are theirs. */
  readonly stays: number;
  readonly oldMinor: MinorUnits;
  readonly newMinor: MinorUnits;
  readonly cheaper: number;
  readonly same: number;
  readonly dearer: number;
  readonly byLength: readonly LengthSums[];
  readonly notPricedThen: number;
  readonly notPricedNow: number;
  readonly leftOut: {
    readonly seasonTicket: number; readonly service: number; readonly irregular: number; readonly stillInside: number;
    /** Beyond the limits above. */
    readonly notReached: number;
  };
};

export type RepricingPorts = {
  readonly db: Database;
  /** Resolves after other work of the process had its turn. */
  readonly pause: () => Promise<unknown>;
  /** Milliseconds of a clock that only moves forward. */
  readonly elapsedMs: () => number;
};

/** `tariffAt`: the compiled version that priced stays which began then; undefined when there was none. */
export async function repriceStays(
  { db, pause, elapsedMs }: RepricingPorts, facility: string, period: { readonly from: Instant; readonly until: Instant },
  tariffAt: (at: Instant) => CompiledTariff | undefined, asked: CompiledTariff,
): Promise<Repricing> {
  const kinds = await staysByKind(db, facility, period);
  const countOf = (test: (kind: (typeof kinds)[number]) => boolean) => kinds.filter(test).reduce((sum, { stays }) => sum + stays, 0);
  const sums = emptySums();
  let seen = 0;
  let last: PaidStay | null = null;
  const began = elapsedMs();
  while (seen < REPRICED_STAYS_MAX && elapsedMs() - began < REPRICING_MS_MAX) {
    const batch: readonly PaidStay[] = await paidStays(db, facility, period, last, Math.min(BATCH, REPRICED_STAYS_MAX - seen));
    for (let i = 0; i < batch.length; i += PRICES_PER_TURN) {
      for (const stay of batch.slice(i, i + PRICES_PER_TURN)) addStay(sums, stay, tariffAt, asked);
      await pause();
    }
    seen += batch.length;
    last = batch.at(-1) ?? null;
    if (batch.length < BATCH) break;
  }
  const closed = countOf(({ basis, open }) => basis === "shortTerm" && !open);
  return {
    ...sums,
    leftOut: {
      seasonTicket: countOf(({ basis, open }) => basis === "seasonTicket" && !open), service: countOf(({ basis, open }) => basis === "service" && !open),
      irregular: countOf(({ basis, open }) => basis === "irregular" && !open), stillInside: countOf(({ open }) => open),
      notReached: Math.max(0, closed - seen),
    },
  };
}

/** What the driver was charged for: from the ticket until it was paid, or until the exit. */
export function chargedTime(stay: PaidStay): { readonly from: Instant; readonly to: Instant } {
  const from = stay.issued_at ?? stay.entered_at;
  return { from, to: Math.max(from, stay.paid_at ?? stay.exited_at) };
}

type Sums = { -readonly [K in Exclude<keyof Repricing, "leftOut" | "byLength">]: number } & {
  readonly byLength: { -readonly [K in keyof LengthSums]: LengthSums[K] }[];
};

const emptySums = (): Sums => ({
  stays: 0, oldMinor: 0, newMinor: 0, cheaper: 0, same: 0, dearer: 0, notPricedThen: 0, notPricedNow: 0,
  byLength: [...LENGTHS_MINUTES, null].map((upToMinutes) => ({ upToMinutes, stays: 0, oldMinor: 0, newMinor: 0 })),
});

function addStay(sums: Sums, stay: PaidStay, tariffAt: (at: Instant) => CompiledTariff | undefined, asked: CompiledTariff): void {
  const time = chargedTime(stay);
  const then = tariffAt(time.from);
  const old = then && priceOf(then, time);
  const now = priceOf(asked, time);
  if (old === undefined) sums.notPricedThen += 1;
  if (now === undefined) sums.notPricedNow += 1;
  if (old === undefined || now === undefined) return;
  const length = sums.byLength.find(({ upToMinutes }) => upToMinutes === null || time.to - time.from <= upToMinutes * MINUTE);
  for (const sum of length ? [sums, length] : [sums]) {
    sum.stays += 1;
    sum.oldMinor += old;
    sum.newMinor += now;
  }
  sums[now < old ? "cheaper" : now > old ? "dearer" : "same"] += 1;
}

const priceOf = (tariff: CompiledTariff, time: { readonly from: Instant; readonly to: Instant }): MinorUnits | undefined =>
  time.to > time.from ? wouldHaveCost(tariff, [time])[0] : 0;
