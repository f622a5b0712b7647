/**
 * A car stands at an entry, and nobody here knows its plate: has it a right at the exchange?
 *
 *   plate read --ours?--> nothing is asked
 *              \--asked--> answered within 800 ms: the lane judges with the right
 *                      \-> later: the lane has judged without; the right is attached to the stay it opened
 *
 * Promise: a lane waits at most `LANE_WAIT_MS`, and not at all while the exchange does not answer. One right is chosen and learnt;
 * the others are not touched (DEC-28).
 */
import type { VaultChanges } from "../journal/journal.ts";
import { type DurationMs, type Instant, SECOND } from "../kernel/instant.ts";
import type { Plate } from "../rights/plate/plate.ts";
import type { ReadonlyFacility } from "../carpark/facility/state.ts";
import type { CredentialRef } from "../carpark/stay/stay.ts";
import { type LinkedCarPark, learnRight } from "./car-park.ts";
import { type ExchangeClient, failureText } from "./client.ts";
import { objectOr, objectsOf } from "./json.ts";
import { chosenRight, type SpecsInForce } from "./sold-rights.ts";

/** A driver who has just stopped does not notice; the camera itself takes about as long. */
export const LANE_WAIT_MS: DurationMs = 800;
/** For the stay that is open by then. */
export const LATE_ANSWER_MS: DurationMs = 10 * SECOND;
/** After so many questions without an answer in time no lane waits; each is still asked, and one that is answered in time ends it. */
const SILENT_MAX = 3;
/** Questions under way: two lanes of ten car parks, and some that are late. */
const ASKED_MAX = 64;
/** Plates inside that the exchange has answered for since this process began; the oldest are forgotten, and asked again at worst. */
const ANSWERED_MAX = 20_000;

export type EntryQuestion = { readonly facility: string; readonly ref: CredentialRef; readonly plate: Plate; readonly vault: VaultChanges };
/** `rowsCommitted`: the plate's vault rows went in with the right. */
export type EntryAnswer = { readonly rowsCommitted: boolean };

export type EntryRights = {
  /** Resolves when the lane may judge: with the right learnt, without one, or because time is up. */
  ask(question: EntryQuestion): Promise<EntryAnswer>;
  /** Cars inside whose plate nobody has answered for: the exchange was away when they came in, or this process was. */
  catchUp(park: LinkedCarPark, most: number): Promise<void>;
  /** What was answered for cars inside may be outdated. */
  askAgain(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

export type EntryOptions = {
  readonly client: Pick<ExchangeClient, "ask">;
  readonly parks: ReadonlyMap<string, LinkedCarPark>;
  /** Specifications in force at a place; null: not known yet. */
  readonly specs: (place: string) => SpecsInForce | null;
  readonly now: () => Instant;
  readonly elapsed: () => DurationMs;
  readonly warn: (text: string) => void;
};

/** Whether the car park can judge by itself. */
export function isKnownHere({ rights }: ReadonlyFacility, ref: string, now: Instant): boolean {
  return rights.credentials.has(ref) || rights.cards.has(ref) || (rights.externals.get(ref) ?? []).some(({ from, until }) => from <= now && now < until);
}

export function openEntryRights({ client, parks, specs, now, elapsed, warn }: EntryOptions): EntryRights {
  const under = new Set<Promise<unknown>>();
  const answered = new Set<string>();
  let silent = 0;

  /** Null: no answer. */
  async function soldTo(park: LinkedCarPark, plate: Plate) {
    const [at, began] = [now(), elapsed()];
    const second = Math.floor(at / SECOND);
    const query = { place: park.place, credential_id: plate.text, start_before: second + 1, end_after: second, expand: "all" };
    const answer = await client.ask({ method: "GET", path: "/rights/assigned", query, withinMs: LATE_ANSWER_MS });
    if (!answer.ok) {
      warn(`${park.facility}: rights at the entry were not answered: ${failureText(answer.error)}`);
      return null;
    }
    return { right: chosenRight(objectsOf(objectOr(answer.value.body)["data"]), plate, specs(park.place), at), at, inTime: elapsed() - began <= LANE_WAIT_MS };
  }

  const keep = (work: Promise<unknown>): void => {
    under.add(work);
    work.catch((error: unknown) => warn(`rights at an entry: ${error instanceof Error ? error.message : "?"}`)).finally(() => under.delete(work));
  };

  const remember = (ref: string): void => {
    answered.delete(ref);
    answered.add(ref);
    if (answered.size > ANSWERED_MAX) answered.delete(answered.values().next().value ?? "");
  };

  /** Its car is at a lane or inside: the answer is still about somebody. */
  const isHere = ({ state }: LinkedCarPark, ref: string): boolean => {
    const facility = state();
    return facility.rights.openByCredential.has(ref) || [...facility.lanes.values()].some(({ movement }) => movement?.plate === ref)
      || [...facility.stays.values()].some(({ plate }) => plate === ref);
  };

  async function late(park: LinkedCarPark, ref: CredentialRef, asked: ReturnType<typeof soldTo>): Promise<void> {
    const sold = await asked;
    if (!sold) return;
    if (sold.inTime) silent = 0;
    remember(ref);
    if (sold.right && isHere(park, ref)) await learnRight(park, sold.right, { ref, vault: {} }, sold.at);
  }

  return {
    async ask({ facility, ref, plate, vault }) {
      const nothing: EntryAnswer = { rowsCommitted: false };
      const park = parks.get(facility);
      if (!park || under.size >= ASKED_MAX || isKnownHere(park.state(), ref, now())) return nothing;
      const asked = soldTo(park, plate);
      const sold = silent >= SILENT_MAX ? "late" as const : await within(asked, LANE_WAIT_MS);
      if (sold === "late") {
        silent += 1;
        keep(late(park, ref, asked));
        return nothing;
      }
      if (sold === null) {
        silent += 1;
        return nothing;
      }
      silent = 0;
      remember(ref);
      return { rowsCommitted: sold.right !== undefined && await learnRight(park, sold.right, { ref, vault }, sold.at) === "learnt" };
    },
    async catchUp(park, most) {
      const state = park.state();
      const waiting = [...new Set([...state.stays.values()].flatMap(({ plate }) => plate ?? []))]
        .filter((ref) => !answered.has(ref) && !isKnownHere(state, ref, now())).slice(0, most);
      for (const ref of waiting) {
        const plate = park.desk.register.plateOf(ref);
        if (!plate) {
          remember(ref);
          continue;
        }
        const asked = soldTo(park, plate);
        if (await asked === null) return;
        await late(park, ref, asked);
      }
    },
    askAgain: () => answered.clear(),
    async settled() {
      while (under.size > 0) await Promise.allSettled(under);
    },
  };
}

async function within<T>(work: Promise<T>, ms: DurationMs): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((done) => { timer = setTimeout(() => done("late"), ms); });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
