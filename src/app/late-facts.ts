/**
 * Facts from before what a car park's rights keep: worked out from its journal, one account at a time, in slices.
 *
 *   account.past (state) --journal from the beginning--> facts --settlePast--> SettlePast --> the next statement corrects
 *
 * There is nothing to lose in a restart: what waits is in the state. What was overtaken meanwhile is worked out again.
 */
import { setImmediate } from "node:timers/promises";
import { facilityOfStream, type FacilityOwner } from "../carpark/application/facility-owner.ts";
import { eventOf } from "../carpark/application/owner.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import { PastFacts } from "../carpark/rights/past-facts.ts";
import type { Journal } from "../journal/journal.ts";
import { asOf, isAsOf, settlePast } from "../rights/desk/past.ts";
import type { Rights } from "../rights/desk/state.ts";

/** Often enough for a statement that is run after a correction; a look costs a walk over the accounts. */
const LOOK_MS = 5_000;
/** Accounts worked out in one look, so that stopping does not wait long. */
const AT_ONCE_MAX = 5;
const ACTOR = "late facts";

/** Everything the journal says about an account of a car park; read in batches, so that lanes go on. */
export async function pastFactsOf(journal: Journal, stream: string, account: string): Promise<Rights> {
  const facts = new PastFacts(account);
  for await (const batch of journal.read(stream, 1)) for (const stored of batch) facts.tell(eventOf<Recorded>(stored));
  return facts.rights;
}

/** Accounts of a car park that wait; answers what was not possible, in words for the log. */
export async function settleLateFacts(owner: FacilityOwner, journal: Journal): Promise<readonly string[]> {
  const waiting = [...owner.core.state.rights.accounts.values()].filter(({ past }) => past !== null).slice(0, AT_ONCE_MAX);
  const problems: string[] = [];
  for (const { id } of waiting) {
    const problem = owner.stopped === null ? await settleAccount(owner, journal, id) : null;
    if (problem !== null) problems.push(`late facts of ${id} in ${facilityOfStream(owner.stream)}: ${problem}`);
  }
  return problems;
}

/** Null: told, or overtaken; the next look sees which. */
async function settleAccount(owner: FacilityOwner, journal: Journal, id: string): Promise<string | null> {
  const facts = await pastFactsOf(journal, owner.stream, id);
  const { rights } = owner.core.state;
  const account = rights.accounts.get(id);
  if (!account?.past) return null;
  const now = asOf(account);
  if (!isAsOf(facts, id, now)) return null;
  const work = settlePast(facts, rights, id, account.past.since);
  let slice = work.next();
  for (; !slice.done; slice = work.next()) await setImmediate();
  if (!slice.value.ok) return slice.value.error.type;
  const done = await owner.execute({ type: "DecideRights", command: { type: "SettlePast", account: id, asOf: now, settled: slice.value.value } }, { actor: ACTOR });
  return done.ok || done.error.type === "rightsRefused" ? null : done.error.type;
}

export function settleLateFactsWhenDue(owners: readonly FacilityOwner[], journal: Journal, warn: (text: string) => void): NodeJS.Timeout {
  /** What cannot be priced is told once and left to people; the next start tries again. */
  const told = new Set<string>();
  let looking = false;
  const look = async (): Promise<void> => {
    for (const owner of owners) {
      for (const problem of await settleLateFacts(owner, journal)) {
        if (!told.has(problem)) warn(problem);
        told.add(problem);
      }
    }
  };
  return setInterval(() => {
    if (looking) return;
    looking = true;
    void look().catch((error: unknown) => warn(`late facts: ${String(error)}`)).finally(() => { looking = false; });
  }, LOOK_MS);
}
