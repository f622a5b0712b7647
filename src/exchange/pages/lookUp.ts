/**
 * Enforcement on foot: may this plate stand here? "No" is said only where the asker would see a right if there were one;
 * everything else is a refusal, which the device shows as "could not ask".
 */
import { MINUTE, type DurationMs } from "../../kernel/instant.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Parts } from "../application/parts.ts";
import { holderOf } from "../assignedright/assignedright.ts";
import type { Caller } from "../client/caller.ts";
import { normalised } from "../credential.ts";
import { type ListQuery, readListQuery } from "../query/listQuery.ts";
import { type LookUpPlace, newest, placesToLookUp } from "../store/search.ts";
import type { Stored } from "../stored.ts";
import { lintOf } from "../tolerance/deviations.ts";
import type { LookUp, LookUpAnswer, LookUpPlaces } from "./contract.ts";
import { placeNames } from "./names.ts";
import { nearMisses } from "./nearMiss.ts";

/** A right that ended so lately is told, for the officer to be patient. */
export const JUST_ENDED_MS: DurationMs = 15 * MINUTE;
/** More places than one supplier's streets. */
const PLACES_MAX = 2_000;
const SIMILAR_MAX = 5;
const SIMILAR_RIGHTS_MAX = 50;
const ELSEWHERE_MAX = 3;
const SECOND_MS = 1_000;

export async function lookUpPlaces(parts: Parts, caller: Caller): Promise<LookUpPlaces> {
  const places = await placesToLookUp(parts.store, caller, PLACES_MAX);
  const names = await placeNames(parts, places.map(({ id }) => id), caller);
  return { places: places.flatMap(({ id }) => names.get(id) ?? []) };
}

/** @param withSimilar for operators, while they do not ask too often */
export async function lookUp(
  parts: Parts, { place, plate }: LookUp, caller: Caller, withSimilar: boolean,
): Promise<Result<LookUpAnswer, "noContract" | "notUnderstood">> {
  const where = (await placesToLookUp(parts.store, caller, PLACES_MAX)).find(({ id }) => id === place);
  if (!where) return err("noContract");
  const asked = normalised(plate);
  const at = parts.clock.now();
  const query = queryOf(place, asked, at);
  if (asked === "" || !query) return err("notUnderstood");
  const rights = await rightsFor(parts, query, caller);
  if (!rights) return err("notUnderstood");
  if (rights.length > 0) return ok(answerOf(where, rights, at));
  const [similar, elsewhere] = await Promise.all([
    withSimilar ? similarTo(parts, asked, query, caller) : [], paidElsewhere(parts, query, at, caller),
  ]);
  return ok({ ...answerOf(where, [], at), similar, elsewhere });
}

function queryOf(place: string, plate: string, at: number): ListQuery | undefined {
  const second = Math.floor(at / SECOND_MS);
  const read = readListQuery("assignedRight", {
    place, credential_id: plate, start_before: String(second + 1), end_after: String(second - JUST_ENDED_MS / SECOND_MS),
  }, lintOf(), at);
  return read.ok ? read.value : undefined;
}

async function rightsFor({ store }: Parts, query: ListQuery, caller: Caller): Promise<readonly Stored[] | undefined> {
  const listed = await store.list(query, caller, false);
  return listed?.objects.toSorted((a, b) => endOf(b) - endOf(a));
}

const endOf = ({ endAt }: Stored): number => endAt ?? Number.POSITIVE_INFINITY;

async function similarTo(parts: Parts, plate: string, query: ListQuery, caller: Caller): Promise<LookUpAnswer["similar"]> {
  const spellings = nearMisses(plate);
  if (spellings.length === 0) return [];
  const rights = (await newest(parts.store, { list: { ...query, credentialId: [] }, spellings, provider: null, most: SIMILAR_RIGHTS_MAX }, caller))
    .toSorted((a, b) => endOf(b) - endOf(a));
  const wanted = new Set(spellings);
  const found = rights.flatMap(({ body, endAt }) =>
    holderOf(body).filter(({ text }) => wanted.has(normalised(text))).map(({ text }) => ({ plate: text, until: endAt })));
  return [...new Map(found.toReversed().map((one) => [normalised(one.plate), one])).values()].slice(0, SIMILAR_MAX);
}

/** Paying for the wrong place is what drivers do most often; the officer decides. */
async function paidElsewhere(parts: Parts, query: ListQuery, at: number, caller: Caller): Promise<LookUpAnswer["elsewhere"]> {
  const rights = (await rightsFor(parts, { ...query, place: [] }, caller) ?? []).filter((right) => endOf(right) > at).slice(0, ELSEWHERE_MAX);
  const names = await placeNames(parts, rights.flatMap(({ places }) => places), caller);
  return rights.flatMap(({ places: [id = ""], endAt }) => { const place = names.get(id); return place ? [{ place, until: endAt }] : []; });
}

function answerOf({ zone }: LookUpPlace, rights: readonly Stored[], at: number): LookUpAnswer {
  const [best] = rights;
  const common = { at, zone, rights: rights.length, similar: [], elsewhere: [] };
  if (!best) return { ...common, state: "none", until: null, permit: false };
  return { ...common, state: endOf(best) > at ? "valid" : "ended", until: best.endAt, permit: best.type === "permitParking" };
}
