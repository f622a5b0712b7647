/**
 * The exchange's memory. Reads are filtered by caller; a change is saved whole or not at all, and only on
 * top of the versions it was decided on.
 */
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import type { Result } from "../../kernel/result.ts";
import { hidden } from "../credential.ts";
import type { Kind } from "../kind.ts";
import { KIND } from "../kind.ts";
import type { Caller } from "../client/caller.ts";
import type { ListQuery } from "../query/listQuery.ts";
import type { Change, ObjectKey, ObjectWrite, Stored } from "../stored.ts";
import type { Database } from "./database.ts";
import { type Horizon, horizonOf } from "./horizon.ts";
import { type KeyRing, openKeyRing } from "./keyRing.ts";
import { conditionsOf } from "./listSql.ts";
import { periodOf } from "./period.ts";
import { type Reading, readingOf } from "./reading.ts";
import { COLUMNS, type ObjectRow, sealingPlace, storedOf } from "./rows.ts";
import { Saving, type SaveRefusal } from "./saving.ts";
import { joined, sql } from "./sql.ts";
import { adjacent, connected, mayRead, type Reader } from "./visibility.ts";

export type Clock = { now(): Instant; elapsed(): DurationMs };

export type StoreOptions = { readonly database: Database; readonly keyFolder: string; readonly clock: Clock };

export type Listed = {
  readonly objects: readonly Stored[];
  readonly total: number;
  readonly deleted: readonly { readonly id: string; readonly at: Instant }[];
  /** Ask again from here, in epoch seconds, and nothing is missed. */
  readonly referenceInstant: number;
  /** Cursor behind the last object; null on the last page. */
  readonly next: number | null;
};

/** An update from long ago finds more deletions than fit one answer: the client starts anew. */
export const DELETED_MAX = 50_000;
/** An open session is found under the key of the month in which it would be overdue. */
const OPEN_SESSION_MS: DurationMs = 30 * 86_400_000;

/** Of a body that was sent; rights that follow from something else have a word instead. */
const SHA256 = /^[0-9a-f]{64}$/;

export async function openStore(options: StoreOptions): Promise<Store> {
  return new Store(options, await openKeyRing(options.database.owner, options.keyFolder));
}

export class Store {
  readonly ring: KeyRing;
  readonly reading: Reading;
  readonly #horizon: Horizon;
  readonly #clock: Clock;
  readonly #saving: Saving;

  constructor({ database, clock }: StoreOptions, ring: KeyRing) {
    this.ring = ring;
    this.#clock = clock;
    this.reading = readingOf(database.pool, database.own);
    this.#horizon = horizonOf(database.pool);
    this.#saving = new Saving(database.pool);
  }

  /** The current state of objects, deleted ones too, whoever may see them; `visible` answers for the reader. */
  async load(keys: readonly ObjectKey[], reader: Reader): Promise<readonly Stored[]> {
    if (keys.length === 0) return [];
    const rows = await this.reading.rows<ObjectRow>("exchange", sql`
      select ${COLUMNS}, ${mayRead(reader)} as visible, ${connected(reader.organisation)} as connected
      from object o join object_version v on v.kind = o.kind and v.id = o.id and v.version = o.version
      where (o.kind, o.id) in (select * from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ id }) => id)}::text[]))`);
    return rows.map((row) => storedOf(row, this.ring));
  }

  /** One object as the reader may see it; with a version, as it was then. Deleted ones answer administrators by version only. */
  async get(kind: Kind, id: string, reader: Reader, version: number | null): Promise<Stored | undefined> {
    const alive = version !== null && reader.role === "administrator" ? sql`true` : sql`o.deleted_at is null`;
    const rows = await this.reading.rows<ObjectRow>(reader, sql`
      select ${COLUMNS}, true as visible from object o join object_version v on v.kind = o.kind and v.id = o.id
      where o.kind = ${kind} and o.id = ${id} and v.version = ${version === null ? sql`o.version` : sql`${version}`} and ${alive} and ${mayRead(reader)}`);
    return rows[0] && storedOf(rows[0], this.ring);
  }

  /** One version of an object the reader may see, deleted or not: what an event is about. */
  async versionOf(kind: Kind, id: string, version: number, reader: Reader): Promise<Stored | undefined> {
    const rows = await this.reading.rows<ObjectRow>("exchange", sql`
      select ${COLUMNS}, true as visible from object o join object_version v on v.kind = o.kind and v.id = o.id
      where o.kind = ${kind} and o.id = ${id} and v.version = ${version} and ${mayRead(reader)}`);
    return rows[0] && storedOf(rows[0], this.ring);
  }

  /** Every version with its receipt time, oldest first: the evidence of a dispute. */
  async history(kind: Kind, id: string, reader: Reader): Promise<readonly { readonly version: number; readonly stored: Stored }[]> {
    const rows = await this.reading.rows<ObjectRow>(reader, sql`
      select ${COLUMNS}, true as visible from object o join object_version v on v.kind = o.kind and v.id = o.id
      where o.kind = ${kind} and o.id = ${id} and ${mayRead(reader)} order by v.version`);
    return rows.map((row) => ({ version: row.body_version, stored: storedOf(row, this.ring) }));
  }

  /** `seeAdjacent` adds sessions of other providers, which the caller must trim. Undefined: more deletions than fit. */
  async list(query: ListQuery, reader: Reader, seeAdjacent: boolean): Promise<Listed | undefined> {
    const { seconds } = await this.#horizon.read(this.#clock.elapsed());
    const as = { ...reader, adjacent: seeAdjacent };
    const may = seeAdjacent ? sql`(${mayRead(reader)} or ${adjacent(reader)})` : mayRead(reader);
    const matching = joined([...conditionsOf(query, this.ring), may], " and ");
    const { pageSize } = KIND[query.kind];
    const offset = (query.page - 1) * pageSize;
    const from = query.after === null ? sql`true` : sql`o.seq > ${query.after}`;
    const rows = await this.reading.rows<ObjectRow>(as, sql`
      select ${COLUMNS}, ${mayRead(reader)} as visible from object o join object_version v on v.kind = o.kind and v.id = o.id and v.version = o.version
      where ${matching} and o.deleted_at is null and ${from} order by o.seq limit ${pageSize + 1} offset ${query.after === null ? offset : 0}`);
    const objects = rows.slice(0, pageSize).map((row) => storedOf(row, this.ring));
    const alone = query.page === 1 && query.after === null && rows.length <= pageSize;
    const total = alone ? rows.length : await this.#count(as, sql`select count(*) as n from object o where ${matching} and o.deleted_at is null`);
    const deleted = query.modifiedSince === null ? [] : await this.#deletedSince(query, reader, query.modifiedSince);
    if (deleted.length > DELETED_MAX) return undefined;
    return { objects, total, deleted, referenceInstant: seconds, next: rows.length > pageSize ? objects.at(-1)?.seq ?? null : null };
  }

  async #count(as: Reader, query: ReturnType<typeof sql>): Promise<number> {
    return (await this.reading.rows<{ n: number }>(as, query))[0]?.n ?? 0;
  }

  async #deletedSince(query: ListQuery, reader: Reader, since: Instant): Promise<readonly { id: string; at: Instant }[]> {
    return await this.reading.rows<{ id: string; at: Instant }>(reader, sql`
      select o.id, o.deleted_at as at from object o
      where o.kind = ${query.kind} and o.deleted_at >= ${since} and o.changed_at >= ${since} and ${mayRead(reader)} order by o.seq limit ${DELETED_MAX + 1}`);
  }

  /** The instant of receipt. A conflict means that something the decision saw has changed: decide again. */
  async save(caller: Pick<Caller, "organisation" | "client">, change: Change): Promise<Result<Instant, SaveRefusal>> {
    const writes = await Promise.all(change.writes.map((write) => this.#rowOf(write)));
    return await this.#saving.save({ organisation: caller.organisation, client: caller.client, change, writes });
  }

  /** What tells a repeat of a creation. A use's names its plate: it is kept under the key of its period. */
  #digestOf(digest: string | null, period: string | null): string | null {
    return digest === null || period === null || !SHA256.test(digest) ? digest : `${period}:${this.ring.digest(period, digest) ?? ""}`;
  }

  isSameCreation({ createDigest }: Pick<Stored, "createDigest">, digest: string): boolean {
    const [period = "", keyed] = createDigest.split(":");
    return keyed === undefined ? createDigest === digest : keyed !== "" && this.ring.digest(period, digest) === keyed;
  }

  async #rowOf(write: ObjectWrite): Promise<object> {
    const { facts } = write;
    const isUse = write.kind === "assignedRight" || write.kind === "session";
    const sealed = isUse ? await this.#sealed(write) : { body: write.body, sealed: null, period: null, holdings: [] };
    return {
      kind: write.kind, id: write.id, expected: write.expected, version: write.version, digest: this.#digestOf(write.digest, sealed.period), deleted: write.deleted,
      owner: facts.owner, operator: facts.operator, parties: facts.parties, places: facts.places, type: facts.type, spec: facts.spec,
      availability: facts.availability, rank: facts.rank, start_at: facts.startAt, end_at: facts.endAt, derived_from: facts.derivedFrom,
      topic: write.event === null ? null : `${KIND[write.kind].topic}${write.event}`, references: write.references,
      body: JSON.stringify(sealed.body), sealed: sealed.sealed, period: sealed.period, holdings: sealed.holdings,
      place: write.place && { ...write.place },
    };
  }

  async #sealed(write: ObjectWrite): Promise<{ body: object; sealed: string | null; period: string; holdings: object[] }> {
    const { facts, credentials } = write;
    const now = this.#clock.now();
    const open = write.kind === "session" && facts.endAt === null;
    const period = periodOf(open ? (facts.startAt ?? now) + OPEN_SESSION_MS : facts.endAt ?? undefined, now);
    await this.ring.ensure(period);
    const { body, texts } = hidden(write.body, credentials);
    const places = facts.places.length > 0 ? facts.places : [""];
    const held = credentials.length > 0
      ? credentials.map(({ type, text }) => ({ token: this.ring.token(period, text), credential_type: type }))
      : [{ token: "", credential_type: null }];
    return {
      body, period,
      sealed: texts.length > 0 ? this.ring.seal(period, texts, sealingPlace(write.kind, write.id, write.version)) : null,
      holdings: places.flatMap((place) => held.map((one) => ({ period, place, ...one }))),
    };
  }
}
