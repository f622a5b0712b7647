/** Places with their free spaces and prices, as every signed-in organisation may read them (DEC-14). */
import { ok, type Result, err } from "../../kernel/result.ts";
import { MINUTE, type Instant } from "../../kernel/instant.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { compileTariff } from "../../tariff/compile.ts";
import { tariffOfTables } from "../../tariff/files.ts";
import { priceLadder, type Step } from "../../tariff/ladder.ts";
import { readIsoDuration } from "../../tariff/table/duration.ts";
import type { Parts } from "../application/parts.ts";
import type { Caller } from "../client/caller.ts";
import type { JsonObject } from "../json.ts";
import { listOr, objectOr, objectsOf, textOr } from "../json.ts";
import { countsOf } from "../place/occupancy.ts";
import type { ListQuery, RawQuery } from "../query/listQuery.ts";
import { readListQuery } from "../query/listQuery.ts";
import type { Stored } from "../stored.ts";
import { lintOf } from "../tolerance/deviations.ts";
import type { Availability, Offer, Offers, PlaceCard, PriceStep } from "./contract.ts";
import { directoryOf, namesIn, NO_ZONE } from "./names.ts";

/** A list longer than this is narrowed by text or point. */
const PAGES_MAX = 5;
const STALE_AFTER_PACES = 3;
/** Of an operator that does not say how often it counts. */
const PACE_UNKNOWN_MS = 5 * MINUTE;
const TYPES = "place,identifiedArea";
/** A day in quarter hours. */
const STEPS_MAX = 100;
const OFFERS_MAX = 20;
const EARTH_METRES = 6_371_008.8;

export type AvailabilityQuery = { readonly text: string; readonly free: boolean; readonly near: RawQuery };

export async function availability(parts: Parts, { text, free, near }: AvailabilityQuery, caller: Caller): Promise<Result<Availability, "notUnderstood">> {
  const now = parts.clock.now();
  const query = readListQuery("place", { ...near, type: TYPES, ...(text === "" ? {} : { name: text }) }, lintOf(), now);
  if (!query.ok) return err("notUnderstood");
  const found = await allPages(parts, query.value, caller);
  if (!found) return err("notUnderstood");
  const coded = text === "" ? [] : await byCode(parts, text, caller);
  const places = [...new Map([...coded, ...found.places].map((one) => [one.id, one])).values()];
  const cards = await cardsOf(parts, places, query.value, now);
  const wanted = cards.filter((card) => !free || (card.free !== null && card.free > 0));
  return ok({ now, places: query.value.near ? wanted.toSorted((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity)) : wanted, more: found.more });
}

async function allPages({ store }: Parts, query: ListQuery, caller: Caller): Promise<{ places: readonly Stored[]; more: boolean } | undefined> {
  const places: Stored[] = [];
  let after: number | null = null;
  for (let page = 1; page <= PAGES_MAX; page++) {
    const listed = await store.list({ ...query, page, after }, caller, false);
    if (!listed) return undefined;
    places.push(...listed.objects);
    after = listed.next;
    if (after === null) return { places, more: false };
  }
  return { places, more: true };
}

/** A location code is a name too: the one on the sign in the street. */
async function byCode({ store, inventory }: Parts, text: string, caller: Caller): Promise<readonly Stored[]> {
  const named = (await inventory.places([text])).get(text);
  const place = named && await store.get("place", named.id, caller, null);
  return place ? [place] : [];
}

async function cardsOf(parts: Parts, places: readonly Stored[], { near }: ListQuery, now: Instant): Promise<readonly PlaceCard[]> {
  const ids = places.map(({ id }) => id);
  const [occupancies, rows, partyOf] = await Promise.all([parts.inventory.occupancies(ids), parts.inventory.places(ids), directoryOf(parts)]);
  return places.map(({ id, body, owner }) => {
    const point = pointOf(body);
    const occupancy = occupancies.get(id);
    const reference = objectOr(occupancy?.body["hierarchyElementReference"]);
    const { supply, free } = countsOf(reference);
    const total = objectOr(body["characteristics"])["spacesTotal"];
    return {
      id, names: namesIn(body), operator: partyOf(owner), zone: rows.get(id)?.zone ?? NO_ZONE,
      latitude: point?.latitude ?? null, longitude: point?.longitude ?? null,
      spaces: supply ?? (typeof total === "number" ? total : null), free,
      countedAt: free === null ? null : occupancy?.recordedAt ?? null,
      stale: occupancy !== undefined && now - occupancy.recordedAt > STALE_AFTER_PACES * paceOf(reference),
      metres: near && point ? Math.round(metresBetween(near, point)) : null,
    };
  });
}

function paceOf(reference: JsonObject): number {
  const [demand] = objectsOf(reference["demandTable"]);
  const pace = readIsoDuration(textOr(demand?.["frequency"], ""));
  return pace.type === "duration" && pace.ms > 0 ? pace.ms : PACE_UNKNOWN_MS;
}

type Point = { readonly latitude: number; readonly longitude: number };

function pointOf(body: JsonObject): Point | undefined {
  const [longitude, latitude] = listOr(objectOr(objectsOf(body["indicativePlacePointLocation"])[0])["coordinates"]);
  return typeof longitude === "number" && typeof latitude === "number" ? { latitude, longitude } : undefined;
}

function metresBetween(a: Point, b: Point): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2;
  const h = half(a.latitude, b.latitude) + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude);
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** What can be bought at a place, and what a stay that begins now costs; undefined when the caller sees no such place. */
export async function offersAt(parts: Parts, id: string, caller: Caller): Promise<Offers | undefined> {
  const { store, inventory, clock } = parts;
  const [place, around] = await Promise.all([store.get("place", id, caller, null), inventory.surroundings([id], true, null)]);
  if (!place) return undefined;
  const at = clock.now();
  const zone = around.places.get(id)?.zone ?? NO_ZONE;
  const specs = around.specs.filter((spec) => !spec.suspended && (spec.startAt ?? at) <= at && (spec.endAt ?? Infinity) > at).slice(0, OFFERS_MAX);
  const offers: Offer[] = [];
  for (const spec of specs) {
    // As the caller reads them: a private table stays its operator's.
    const rates = await Promise.all(spec.rates.map(({ id: table }) => store.get("rateTable", table, caller, null)));
    const tables = rates.flatMap((rate) => (rate ? [rate.body] : []));
    // Of several tables each has its time: together they are one price.
    const [only] = tables.length === 1 ? tables : [];
    if (rates.length > 0) offers.push({
      id: spec.id, type: spec.type ?? "", table: only ? namesIn(only, "rateTableName") : [], price: tables.length === rates.length ? priceOf(tables, zone, at) : null,
    });
  }
  return { at, offers };
}

function priceOf(tables: readonly JsonObject[], zoneName: string, at: Instant): Offer["price"] {
  const zone = zoneOf(zoneName);
  if (!zone.ok) return null;
  const { tariff } = tariffOfTables(tables, zone.value);
  const compiled = compileTariff(tariff, zone.value);
  const steps = compiled.ok ? priceLadder(compiled.value, at) : undefined;
  if (steps?.ok !== true || steps.value.length === 0 || steps.value.length > STEPS_MAX) return null;
  return { currency: tariff.currency, steps: priceSteps(steps.value) };
}

const HORIZON_MS = 24 * 60 * MINUTE;

type Part = { readonly fromMs: number; readonly toMs: number; readonly partMinor: number; readonly totalMinor: number };

/** Equal steps in a row are said once: "each half hour begun", not one line for each. */
export function priceSteps(ladder: readonly Step[]): readonly PriceStep[] {
  const lines: PriceStep[] = [];
  let run: Part[] = [];
  const end = (): void => {
    const [first, last] = [run[0], run.at(-1)];
    run = [];
    if (!first || !last) return;
    const { toMs, totalMinor } = last;
    if (first === last) lines.push({ type: "upTo", toMs, totalMinor });
    else lines.push({ type: "each", fromMs: first.fromMs, toMs, partMs: first.toMs - first.fromMs, partMinor: first.partMinor, totalMinor });
  };
  let before = 0;
  ladder.forEach((step, i) => {
    const fromMs = step.afterMs;
    if (step.price.type === "noPrice") {
      end();
      lines.push({ type: "none", fromMs });
      return;
    }
    const { totalMinor } = step.price;
    const part = { fromMs, toMs: ladder[i + 1]?.afterMs ?? HORIZON_MS, partMinor: totalMinor - before, totalMinor };
    before = totalMinor;
    const [same] = run;
    if (same && (same.partMinor !== part.partMinor || same.toMs - same.fromMs !== part.toMs - part.fromMs)) end();
    run.push(part);
  });
  end();
  return lines;
}
