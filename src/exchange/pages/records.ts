/**
 * The session viewer: search by plate, place, provider and time, and one record with every version, who sent it and when
 * it was received. What a reader may not see is not there: rows and versions come through both walls of the store.
 */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Parts } from "../application/parts.ts";
import { withoutMoney } from "../application/reads.ts";
import type { Caller } from "../client/caller.ts";
import { credentialsIn, normalised } from "../credential.ts";
import type { JsonObject } from "../json.ts";
import { textOr } from "../json.ts";
import { type ListQuery, readListQuery } from "../query/listQuery.ts";
import { nominalEnd } from "../session/derive.ts";
import { minorIn, transactionsOf } from "../session/money.ts";
import { PRICE_CHECK } from "../session/priceCheck.ts";
import { rightIdOf, segmentsOf } from "../session/reading.ts";
import { newest } from "../store/search.ts";
import type { Stored } from "../stored.ts";
import { lintOf } from "../tolerance/deviations.ts";
import { instantOf } from "../tolerance/instant.ts";
import {
  type Money, type Party, type PlaceName, type RecordRight, type RecordSegment, type RecordVersion, SESSIONS_SHOWN_MAX, type SessionRecord,
  type SessionRow, type SessionSearch, type SessionsFound,
} from "./contract.ts";
import { directoryOf, placeNames } from "./names.ts";
import { nearMisses } from "./nearMiss.ts";

const SECOND_MS = 1_000;

export async function searchSessions(parts: Parts, search: SessionSearch, caller: Caller): Promise<Result<SessionsFound, "notUnderstood" | "notForRole">> {
  const { plate = "", provider = null, similar = false } = search;
  if (similar && caller.role !== "operator") return err("notForRole");
  const query = queryOf(search, parts.clock.now());
  if (!query) return err("notUnderstood");
  const most = SESSIONS_SHOWN_MAX + 1;
  const exact = await newest(parts.store, { list: query, provider, most }, caller);
  const spellings = similar ? nearMisses(plate) : [];
  const near = spellings.length === 0 ? [] : await newest(parts.store, { list: { ...query, credentialId: [] }, spellings, provider, most }, caller);
  const own = new Set(exact.map(({ id }) => id));
  const rows = await rowsOf(parts, [...exact, ...near.filter(({ id }) => !own.has(id))], own, caller);
  const sorted = rows.toSorted((a, b) => Number(a.similar) - Number(b.similar) || b.start - a.start);
  return ok({ rows: sorted.slice(0, SESSIONS_SHOWN_MAX), more: exact.length === most || near.length === most || sorted.length > SESSIONS_SHOWN_MAX });
}

/** Undefined when a value is none: a plate without a letter or digit would ask for everything. */
function queryOf({ plate, place, from, to }: SessionSearch, now: Instant): ListQuery | undefined {
  const credential = plate === undefined ? undefined : normalised(plate);
  if (credential === "") return undefined;
  const seconds = (at: number): string => String(Math.max(0, Math.floor(at / SECOND_MS)));
  const read = readListQuery("session", {
    ...(credential === undefined ? {} : { credential_id: credential }), ...(place === undefined ? {} : { place }),
    ...(from === undefined ? {} : { end_after: seconds(from) }), ...(to === undefined ? {} : { start_before: seconds(to) }),
  }, lintOf(), now);
  return read.ok ? read.value : undefined;
}

type Around = { readonly partyOf: (id: string) => Party; readonly places: ReadonlyMap<string, PlaceName>; readonly now: Instant; readonly currency: string };

async function around(parts: Parts, sessions: readonly Stored[], caller: Caller): Promise<Around> {
  const [partyOf, places] = await Promise.all([directoryOf(parts), placeNames(parts, sessions.flatMap((one) => one.places), caller)]);
  return { partyOf, places, now: parts.clock.now(), currency: parts.currency };
}

async function rowsOf(parts: Parts, sessions: readonly Stored[], exact: ReadonlySet<string>, caller: Caller): Promise<readonly SessionRow[]> {
  const scene = await around(parts, sessions, caller);
  return sessions.map((one) => rowOf(one, !exact.has(one.id), scene, caller));
}

function rowOf(session: Stored, similar: boolean, { partyOf, places, now, currency }: Around, caller: Caller): SessionRow {
  const { body, parties, operator, endAt, owner } = session;
  const [place = null] = session.places;
  const provider = parties.find((one) => one !== operator) ?? null;
  return {
    id: session.id, version: session.version, plates: platesOf(body), similar,
    place: place === null ? null : places.get(place) ?? null, provider: provider === null ? null : partyOf(provider),
    operator: operator === null ? null : partyOf(operator),
    start: session.startAt ?? session.createdAt, end: endAt, receivedAt: session.receivedAt,
    overdue: endAt === null && parties.includes(owner) && nominalEnd(body) <= now,
    money: caller.role === "enforcement" ? null : moneyOf(body, currency),
    priceDiffers: caller.role !== "enforcement" && body[PRICE_CHECK] !== undefined,
  };
}

const platesOf = (body: JsonObject): readonly string[] => credentialsIn(body["identifiedCredentials"]).map(({ text }) => text);

function moneyOf(body: JsonObject, currency: string): Money | null {
  const all = segmentsOf(body).flatMap(transactionsOf).map((one) => ({ minor: minorIn(one["segmentValue"], currency), paid: one["dateCollected"] !== undefined }));
  if (all.length === 0 || all.some(({ minor }) => minor === undefined)) return null;
  const sum = (paid: boolean): number => all.filter((one) => one.paid === paid).reduce((total, { minor }) => total + (minor ?? 0), 0);
  return { currency, dueMinor: sum(false), paidMinor: sum(true) };
}

/** Deleted records are an administrator's to read, as everywhere. */
export async function sessionRecord(parts: Parts, id: string, caller: Caller): Promise<SessionRecord | undefined> {
  const history = await parts.store.history("session", id, caller);
  const last = history.at(-1)?.stored;
  if (!last || (last.deletedAt !== null && caller.role !== "administrator")) return undefined;
  const scene = await around(parts, [last], caller);
  const versions = history.map(({ version, stored }): RecordVersion => {
    const body = caller.role === "enforcement" ? withoutMoney("session", stored.body) : stored.body;
    return {
      version, receivedAt: stored.receivedAt, by: scene.partyOf(stored.author), plates: platesOf(body), place: stored.places[0] ?? null,
      start: instantOf(body["actualStart"]) ?? stored.createdAt, end: instantOf(body["actualEnd"]) ?? null,
      segments: segmentsOf(body).map((segment) => segmentView(segment, scene.currency, caller)),
    };
  });
  const rights = await rightsOf(parts, versions, scene, caller);
  return {
    row: rowOf({ ...last, version: versions.at(-1)?.version ?? last.version }, false, scene, caller), deletedAt: last.deletedAt, versions, rights,
  };
}

function segmentView(segment: JsonObject, currency: string, caller: Caller): RecordSegment {
  return {
    start: instantOf(segment["actualStart"]) ?? 0, end: instantOf(segment["actualEnd"]) ?? null, right: rightIdOf(segment),
    transactions: caller.role === "enforcement" ? null : transactionsOf(segment).map((one) => ({
      minor: minorIn(one["segmentValue"], currency) ?? null, paidAt: instantOf(one["dateCollected"]) ?? null, id: textOr(one["transactionId"], ""),
    })),
  };
}

async function rightsOf({ store }: Parts, versions: readonly RecordVersion[], { partyOf }: Around, caller: Caller): Promise<readonly RecordRight[]> {
  const ids = [...new Set(versions.flatMap(({ segments }) => segments.flatMap(({ right }) => (right === null ? [] : [right]))))];
  const rights: RecordRight[] = [];
  for (const id of ids) {
    const right = await store.get("assignedRight", id, caller, null);
    if (right) rights.push({ id, version: right.version, issuer: partyOf(right.owner), from: right.startAt, until: right.endAt, receivedAt: right.receivedAt });
  }
  return rights;
}

