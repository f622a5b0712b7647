/**
 * Statements of the month that has ended, for every account of every car park, once.
 *
 *   what is due follows from the state: the car park's clock, its accounts, the months already stated
 *
 * There is nothing to lose in a restart: the timer only looks, and a month that was missed is stated at the next look.
 */
import type { FacilityOwner } from "../carpark/application/facility-owner.ts";
import { HOUR, type Instant } from "../kernel/instant.ts";
import { zoneAt } from "../rights/desk/deciding.ts";
import type { Rights } from "../rights/desk/state.ts";
import { linesOf, monthOf } from "../rights/desk/statement.ts";
import type { Clock } from "./clock.ts";

/** Often enough for a demo clock at 600 times. */
const LOOK_MS = 5_000;
/** After midnight of the first, so that exits of the last minutes have been told. */
const AFTER_END_MS = HOUR;
/** Statements issued in one look: the lanes share the owner, so a large city takes several looks. */
const AT_ONCE_MAX = 20;
const ACTOR = "month end";

/** The month that ended last, `2026-03`; null: nothing is configured. */
export function monthEnded(rights: Rights, now: Instant): string | null {
  if (!rights.config) return null;
  const { year, month } = zoneAt(rights).wallOf(now - AFTER_END_MS);
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}

/** Accounts that have something to be stated for the month and no statement of it. */
export function dueFor(rights: Rights, month: string, now: Instant): readonly string[] {
  const period = monthOf(rights, month);
  if (!period || now < period.until) return [];
  return [...rights.accounts.values()].filter((account) => !account.statedMonths.has(month)).filter((account) => {
    const lines = linesOf(rights, account, period, now);
    return !lines.ok || lines.value.length > 0;
  }).map(({ id }) => id);
}

export function stateMonthEnds(owners: readonly FacilityOwner[], clock: Clock, warn: (text: string) => void): NodeJS.Timeout {
  const finished = new Map<string, string>();
  /** What could not be stated is told once and left to people; the next start tries again. */
  const failed = new Set<string>();
  const look = async (owner: FacilityOwner): Promise<void> => {
    const { rights } = owner.core.state;
    const now = clock.now();
    const month = monthEnded(rights, now);
    if (month === null || owner.stopped !== null || finished.get(owner.stream) === month) return;
    const due = dueFor(rights, month, Math.max(now, rights.now)).filter((account) => !failed.has(`${owner.stream} ${account} ${month}`));
    for (const account of due.slice(0, AT_ONCE_MAX)) {
      const done = await owner.execute({ type: "DecideRights", command: { type: "IssueStatement", account, month } }, { actor: ACTOR });
      if (done.ok) continue;
      failed.add(`${owner.stream} ${account} ${month}`);
      warn(`statement ${month} of ${account} in ${owner.stream}: ${done.error.type}`);
    }
    if (due.length <= AT_ONCE_MAX) finished.set(owner.stream, month);
  };
  let looking = false;
  return setInterval(() => {
    if (looking) return;
    looking = true;
    void Promise.all(owners.map(look)).catch((error: unknown) => warn(`month end: ${String(error)}`)).finally(() => { looking = false; });
  }, LOOK_MS);
}
