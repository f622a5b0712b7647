/**
 * What every batch must fulfil before it is queued, and how the rows of several batches become one set.
 * Breaking the first is our own bug, so it is an assertion.
 */
import { assert } from "../kernel/assert.ts";
import { DAY } from "../kernel/instant.ts";
import {
  type Batch, type EssentialRows, PERIOD_CLOSED, type StayRow, type VaultHold, type VaultRow,
} from "./journal.ts";

/** A decision makes a handful of events; an import brings more. Above this the statement would get slow. */
export const EVENTS_PER_BATCH_MAX = 1_000;
/** Reliability H5. */
export const HOLD_DAYS_MAX = 90;
/** Instants outside are a broken clock, and each month costs a partition. */
const AT_MAX = Date.UTC(2200, 0, 1);

/** A checked batch with its payloads as text. */
export type Prepared = Batch & { readonly texts: readonly string[] };

export function prepare(batch: Batch): Prepared {
  checkBatch(batch);
  return { ...batch, texts: batch.events.map(({ payload }) => JSON.stringify(payload)) };
}

function checkBatch({ events, rows, stream }: Batch): void {
  assert(events.length > 0, `an append to ${stream} without events`);
  assert(events.length <= EVENTS_PER_BATCH_MAX, `an append to ${stream} with more than ${EVENTS_PER_BATCH_MAX} events`);
  let before = 0;
  for (const { at, type } of events) {
    const inOrder = Number.isSafeInteger(at) && at >= before && at < AT_MAX;
    assert(inOrder, `${type} in ${stream}: event times must not fall within an append`);
    before = at;
  }
  const sums = new Map<string, number>();
  for (const { amountMinor, currency } of rows?.ledger ?? []) {
    assert(Number.isSafeInteger(amountMinor), `a posting in ${stream} that is not integer minor units`);
    sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  }
  for (const [currency, sum] of sums) {
    assert(sum === 0, `postings in ${stream} add up to ${sum} minor units ${currency}, not 0`);
  }
  for (const { owner, reason, until } of rows?.vault?.holds ?? []) {
    assert(owner !== "" && reason !== "", "a hold needs an owner and a reason");
    assert(until <= before + HOLD_DAYS_MAX * DAY, `a hold may last ${HOLD_DAYS_MAX} days`);
  }
}

export const atOf = (batch: Batch): number => batch.events.at(-1)?.at ?? 0;

/** How far, counted in events of the batch, the last PeriodClosed is; undefined when there is none. */
export function lastClosedOffset(batch: Batch): number | undefined {
  const index = batch.events.findLastIndex(({ type }) => type === PERIOD_CLOSED);
  return index < 0 ? undefined : index;
}

/** The net effect of rows applied one after the other: a row is put, or gone, or gets a deadline, once. */
export type NetRows = {
  readonly stays: ReadonlyMap<string, StayRow | "closed">;
  readonly vaultPuts: ReadonlyMap<string, VaultRow>;
  readonly vaultDeadlines: ReadonlyMap<string, number>;
  readonly holds: ReadonlyMap<string, VaultHold | "released">;
};

export function netRows(sets: readonly EssentialRows[]): NetRows {
  const stays = new Map<string, StayRow | "closed">();
  const vaultPuts = new Map<string, VaultRow>();
  const vaultDeadlines = new Map<string, number>();
  const holds = new Map<string, VaultHold | "released">();
  for (const { openStays, vault } of sets) {
    for (const row of openStays?.put ?? []) stays.set(row.stay, row);
    for (const stay of openStays?.close ?? []) stays.set(stay, "closed");
    for (const row of vault?.put ?? []) {
      vaultPuts.set(row.ref, row);
      vaultDeadlines.delete(row.ref);
    }
    for (const { ref, eraseAt } of vault?.deadlines ?? []) {
      const put = vaultPuts.get(ref);
      if (put) vaultPuts.set(ref, { ...put, eraseAt });
      else vaultDeadlines.set(ref, eraseAt);
    }
    for (const hold of vault?.holds ?? []) holds.set(hold.ref, hold);
    for (const ref of vault?.releases ?? []) holds.set(ref, "released");
  }
  return { stays, vaultPuts, vaultDeadlines, holds };
}
