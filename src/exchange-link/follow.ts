/**
 * Rights that apps sold for a place, while their cars are inside or before they come: read from the exchange's list as far as it has
 * changed since the position we keep.
 *
 *   every 20 s, or at once when the exchange rings (webhook.ts):   position --list since--> pages --> learnt, revoked --> new position
 *
 * Promise: the position moves only when all before it is in the car park's stream; what is read twice changes nothing. So an event
 * that is lost, late, doubled or out of order loses nothing: events are a doorbell, the list is the truth. Nothing has to reach us
 * from outside: this works behind NAT.
 */
import type { ReadonlyFacility } from "../carpark/facility/state.ts";
import { type DurationMs, type Instant, SECOND } from "../kernel/instant.ts";
import { BOUGHT_AHEAD_MS_MAX } from "../carpark/application/rights-rows.ts";
import { type LinkedCarPark, learnRight, revokeRight } from "./car-park.ts";
import { type ExchangeClient, failureText, type LinkFailure, pathTo } from "./client.ts";
import type { EntryRights } from "./entry.ts";
import { type JsonObject, objectOr, objectsOf, textOf } from "./json.ts";
import { mayUse, type SoldRight, soldRightIn, type SpecsInForce, specsInForce } from "./sold-rights.ts";

/** Where the reading of a place goes on, in epoch seconds; kept beside the car park's stream. Losing it means reading all once more. */
export type Positions = {
  read(place: string): Promise<number | null>;
  write(place: string, seconds: number): Promise<void>;
};

/** Without a doorbell a right is known this soon after it was bought. */
export const READ_EVERY_MS: DurationMs = 20 * SECOND;
/** Of changes since the position. Where there are more, nobody reads them all: what we hold is checked, and who is inside asked for. */
const PAGES_MAX = 200;
/** Cars inside asked for in one turn, after the exchange was away. */
const CATCH_UP_MAX = 20;
/** Specifications change with the tariff: once in a while is enough. */
const SPECS_EVERY_MS: DurationMs = 60 * SECOND;
export type FollowOptions = {
  readonly client: Pick<ExchangeClient, "ask">;
  readonly parks: ReadonlyMap<string, LinkedCarPark>;
  readonly positions: Positions;
  readonly entry: Pick<EntryRights, "catchUp" | "askAgain">;
  /** How long the exchange is left alone when it is not there. */
  readonly pause: { over(): boolean; begin(atLeast?: DurationMs): void; end(): void };
  readonly now: () => Instant;
  readonly elapsed: () => DurationMs;
  readonly warn: (text: string) => void;
};

export type Follower = {
  /** Reads every place once, unless the exchange is being left alone. */
  turn(): Promise<void>;
  specs(place: string): SpecsInForce | null;
  /** When each place was last read to its end. */
  status(): ReadonlyMap<string, Instant>;
};

export function openFollower({ client, parks, positions, entry, pause, now, elapsed, warn }: FollowOptions): Follower {
  const specs = new Map<string, { readonly list: readonly JsonObject[]; readonly at: DurationMs }>();
  const readAt = new Map<string, Instant>();

  const pages = async (path: string, query: Readonly<Record<string, string | number>>): Promise<Listed | LinkFailure> => {
    const [data, deleted]: [JsonObject[], string[]] = [[], []];
    let reference: number | null = null;
    let asked: Readonly<Record<string, string | number>> = query;
    for (let page = 0; page < PAGES_MAX; page++) {
      const answer = await client.ask({ method: "GET", path, query: asked });
      if (!answer.ok) return answer.error;
      const body = objectOr(answer.value.body);
      const instant = objectOr(body["meta"])["referenceInstant"];
      if (!Array.isArray(body["data"]) || typeof instant !== "number" || !Number.isSafeInteger(instant)) return { type: "notUnderstood", why: "shape", status: answer.value.status };
      reference ??= instant;
      data.push(...objectsOf(body["data"]));
      deleted.push(...objectsOf(body["deletedReferences"]).flatMap(({ id }) => textOf(id) ?? []));
      if (!answer.value.next) return { data, deleted: [...new Set(deleted)], reference };
      asked = answer.value.next;
    }
    return { type: "notUnderstood", why: "tooLarge", status: null };
  };

  async function readSpecs({ place }: LinkedCarPark): Promise<LinkFailure | null> {
    if (elapsed() - (specs.get(place)?.at ?? -Infinity) < SPECS_EVERY_MS) return null;
    const listed = await pages("/rights/specs", { place, expand: "all" });
    if ("type" in listed) return listed;
    specs.set(place, { list: listed.data, at: elapsed() });
    return null;
  }

  async function readRights(park: LinkedCarPark): Promise<LinkFailure | null> {
    const since = await positions.read(park.place);
    let listed = await pages("/rights/assigned", { place: park.place, expand: "all", modified_since: since ?? Math.floor(now() / SECOND) });
    // The first time; or so far back that the exchange does not say any more what was deleted, or that it is too much.
    const lost = since === null || ("type" in listed && (listed.type === "refused" || (listed.type === "notUnderstood" && listed.why === "tooLarge")));
    if (lost) {
      if (since !== null) listed = await pages("/rights/assigned", { place: park.place, expand: "all", modified_since: Math.floor(now() / SECOND) });
      if ("type" in listed) return listed;
      const failed = await checkHeld(park);
      if (failed) return failed;
      entry.askAgain();
    }
    if ("type" in listed) return listed;
    // A specification that is newer than what we read of them: whether it holds is read before its rights are used.
    const known = follower.specs(park.place);
    if (listed.data.some((one) => known?.has(soldRightIn(one)?.spec ?? "") === false)) {
      specs.delete(park.place);
      const failed = await readSpecs(park);
      if (failed) return failed;
    }
    const done = await take(park, listed, follower.specs(park.place), now());
    if (done) await positions.write(park.place, listed.reference);
    else warn(`${park.facility}: rights of the exchange wait for the journal`);
    if (done) readAt.set(park.place, now());
    return null;
  }

  /** Rights we hold, one by one: still there, and as we have them? */
  async function checkHeld(park: LinkedCarPark): Promise<LinkFailure | null> {
    const held = [...park.state().rights.externals.values()].flat().filter(({ until }) => until > now());
    for (const { right } of held) {
      const answer = await client.ask({ method: "GET", path: pathTo("/rights/assigned", right), query: { expand: "all" } });
      if (!answer.ok && (answer.error.type !== "refused" || answer.error.status !== 404)) return answer.error;
      const changes = answer.ok ? { data: [objectOr(answer.value.body)], deleted: [] } : { data: [], deleted: [right] };
      await take(park, { ...changes, reference: 0 }, null, now());
    }
    return null;
  }

  const follower: Follower = {
    async turn() {
      if (!pause.over()) return;
      for (const park of parks.values()) {
        const failed = await readSpecs(park) ?? await readRights(park);
        if (failed) {
          pause.begin(failed.type === "unreachable" ? failed.retryAfterMs : undefined);
          warn(`${park.facility}: rights of the exchange cannot be read: ${failureText(failed)}`);
          return;
        }
        await entry.catchUp(park, CATCH_UP_MAX);
        pause.end();
      }
    },
    specs: (place) => {
      const known = specs.get(place);
      return known ? specsInForce(known.list, now()) : null;
    },
    status: () => readAt,
  };
  return follower;
}

type Listed = { readonly data: readonly JsonObject[]; readonly deleted: readonly string[]; readonly reference: number };

/** False: the store did not take all of it; it is read again. */
async function take(park: LinkedCarPark, { data, deleted }: Listed, specs: SpecsInForce | null, now: Instant): Promise<boolean> {
  for (const one of data) {
    const right = soldRightIn(one);
    if (!right) continue;
    if (right.until !== null && right.until <= right.from) {
      // Cancelled before it began.
      if (await revokeRight(park, right.id) === "later") return false;
      continue;
    }
    for (const plate of right.plates) {
      const known = [...park.desk.register.sameText(plate.text)].map(({ key }) => key);
      if (!concerns(park.state(), right, known, specs, now)) continue;
      const whose = park.desk.refFor(plate);
      const done = await learnRight(park, right, whose, now);
      // A plate that came with a right which is not taken is not ours to keep.
      if (done !== "learnt" && whose.vault.put !== undefined) park.desk.register.erase(whose.ref);
      if (done === "later") return false;
    }
  }
  for (const id of deleted) if (await revokeRight(park, id) === "later") return false;
  return true;
}

/** What our lanes may have to know: short rights, and any right of a car that is inside; known ones also when they end. */
function concerns(state: ReadonlyFacility, right: SoldRight, refs: readonly string[], specs: SpecsInForce | null, now: Instant): boolean {
  const held = refs.some((ref) => (state.rights.externals.get(ref) ?? []).some((one) => one.right === right.id && one.provider === right.provider));
  if (held) return true;
  if (!mayUse(right, specs) || (right.until ?? Infinity) <= now) return false;
  const inside = refs.some((ref) => state.rights.openByCredential.has(ref) || [...state.stays.values()].some(({ plate }) => plate === ref));
  return inside ? right.from <= now : right.until !== null && right.until - now <= BOUGHT_AHEAD_MS_MAX;
}
