/**
 * The append: one statement for many streams.
 *
 *   want ---> moved (heads whose seq, epoch and time fit, and whose keys are new) ---> events and rows of those
 *     +-----> answer: the streams whose head did not move, and what their head is
 *
 * The head is moved first and everything else joins the moved heads, so a stale stream in the statement writes
 * nothing and harms no neighbour. One statement is one transaction: no round trip lies between its parts.
 */
import type { Client } from "pg";
import { assert } from "../kernel/assert.ts";
import { type Prepared, atOf, lastClosedOffset, netRows } from "./batch.ts";
import { type ChainedEvent, chain } from "./chain.ts";
import type { SealLease, Sealer } from "./sealer.ts";

/** Where a stream stands after its last durable append. */
export type Tip = {
  readonly epoch: number;
  readonly seq: number;
  readonly at: number;
  readonly digest: string;
};

/** Appends of one stream that go together. */
export type Group = {
  readonly stream: string;
  readonly tip: Tip;
  readonly next: Tip;
  readonly batches: readonly Prepared[];
  readonly events: readonly ChainedEvent[];
};

export type RefusedGroup = {
  readonly stream: string;
  readonly epoch: number;
  readonly seq: number;
  readonly at: number;
  readonly key: string | null;
  readonly bodyHash: string | null;
  readonly answer: string | null;
};

export function groupOf(stream: string, tip: Tip, batches: readonly Prepared[]): Group {
  let { seq, at, digest } = tip;
  const events: ChainedEvent[] = [];
  for (const batch of batches) {
    const chained = chain(stream, seq, digest, batch.events, batch.texts);
    events.push(...chained);
    seq += chained.length;
    at = atOf(batch);
    digest = chained.at(-1)?.digest ?? digest;
  }
  return { stream, tip, next: { epoch: tip.epoch, seq, at, digest }, batches, events };
}

const EVENTS_SQL = `
with want as materialized (
  select * from json_to_recordset($1::json) as w(
    stream text, expected bigint, epoch bigint, seq bigint, first_at bigint, at bigint, digest text,
    closed_seq bigint, closed_at bigint)
), known as materialized (
  select distinct on (k.stream) k.stream, i.key, i.body_hash, i.answer
  from json_to_recordset($3::json) as k(stream text, key text, n int),
    lateral (select * from idempotency i where i.stream = k.stream and i.key = k.key limit 1) as i
  order by k.stream, k.n
), moved as (
  update stream h set seq = w.seq, at = w.at, digest = decode(w.digest, 'hex'),
    closed_seq = coalesce(w.closed_seq, h.closed_seq), closed_at = coalesce(w.closed_at, h.closed_at)
  from want w
  where h.stream = w.stream and h.seq = w.expected and h.epoch = w.epoch and h.at <= w.first_at
    and not exists (select 1 from known k where k.stream = w.stream)
  returning h.stream
), put_events as (
  insert into journal (stream, seq, at, type, version, payload, digest)
  select e.stream, e.seq, e.at, e.type, e.version, e.payload, decode(e.digest, 'hex')
  from json_to_recordset($2::json) as e(stream text, seq bigint, at bigint, type text, version int, payload text, digest text)
  join moved using (stream)
), put_idempotency as (
  insert into idempotency (stream, key, body_hash, answer, at)
  select k.stream, k.key, k.body_hash, k.answer, k.at
  from json_to_recordset($3::json) as k(stream text, key text, body_hash text, answer text, at bigint)
  join moved using (stream)
)`;

/** What a group may bring besides events. A statement carries only the kinds that are there. */
type Part = { readonly name: string; readonly sql: string; rowsOf(group: Group, sealing: Sealing): readonly object[] };
type Sealing = { readonly sealer: Sealer | undefined; readonly lease: SealLease | undefined };

const PARTS: readonly Part[] = [
  {
    name: "stays",
    rowsOf: staysOf,
    sql: `put_stays as (
  insert into open_stay (stream, stay, seq, row)
  select s.stream, s.stay, s.seq, s.row
  from json_to_recordset($ROWS::json) as s(stream text, stay text, seq bigint, row text) join moved using (stream)
  where s.row is not null
  on conflict (stream, stay) do update set seq = excluded.seq, row = excluded.row
), close_stays as (
  delete from open_stay o using json_to_recordset($ROWS::json) as s(stream text, stay text, row text), moved m
  where o.stream = s.stream and o.stay = s.stay and s.row is null and m.stream = s.stream
)`,
  },
  {
    name: "postings",
    rowsOf: postingsOf,
    sql: `put_postings as (
  insert into posting (stream, seq, n, at, account, amount_minor, currency, ref)
  select p.stream, p.seq, p.n, p.at, p.account, p.amount_minor, p.currency, p.ref
  from json_to_recordset($ROWS::json) as p(
    stream text, seq bigint, n int, at bigint, account text, amount_minor bigint, currency text, ref text)
  join moved using (stream)
)`,
  },
  {
    name: "outbox",
    rowsOf: outboxOf,
    sql: `put_outbox as (
  insert into outbox (stream, seq, n, topic, key, payload, at, due_at)
  select o.stream, o.seq, o.n, o.topic, o.key, o.payload, o.at, o.at
  from json_to_recordset($ROWS::json) as o(stream text, seq bigint, n int, at bigint, topic text, key text, payload text)
  join moved using (stream)
)`,
  },
  {
    name: "vault",
    rowsOf: vaultOf,
    sql: `put_vault as (
  insert into vault (realm, ref, class, generation, wrapped_key, sealed, erase_at, erase_progress)
  select v.realm, v.ref, v.class, v.generation, decode(v.wrapped_key, 'hex'), decode(v.sealed, 'hex'), v.erase_at, v.erase_progress
  from json_to_recordset($ROWS::json) as v(stream text, realm text, ref text, class text, generation int,
    wrapped_key text, sealed text, erase_at bigint, erase_progress bigint)
  join moved using (stream)
  where v.sealed is not null
  on conflict (realm, ref) do update set class = excluded.class, generation = excluded.generation,
    wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, erase_at = excluded.erase_at,
    erase_progress = excluded.erase_progress
), set_deadlines as (
  update vault t set erase_at = v.erase_at, erase_progress = v.erase_progress
  from json_to_recordset($ROWS::json) as v(
    stream text, realm text, ref text, sealed text, erase_at bigint, erase_progress bigint), moved m
  where t.realm = v.realm and t.ref = v.ref and v.sealed is null and m.stream = v.stream
)`,
  },
  {
    name: "holds",
    rowsOf: holdsOf,
    sql: `put_holds as (
  insert into vault_hold (realm, ref, owner, reason, until_at)
  select h.realm, h.ref, h.owner, h.reason, h.until_at
  from json_to_recordset($ROWS::json) as h(stream text, realm text, ref text, owner text, reason text, until_at bigint)
  join moved using (stream)
  where h.owner is not null
  on conflict (realm, ref) do update set owner = excluded.owner, reason = excluded.reason, until_at = excluded.until_at
), end_holds as (
  delete from vault_hold t using json_to_recordset($ROWS::json) as h(stream text, realm text, ref text, owner text), moved m
  where t.realm = h.realm and t.ref = h.ref and h.owner is null and m.stream = h.stream
)`,
  },
];

const ANSWER_SQL = `
select w.stream, coalesce(h.epoch, 0) as epoch, coalesce(h.seq, 0) as seq, coalesce(h.at, 0) as at,
  k.key, k.body_hash as "bodyHash", k.answer
from want w
left join moved m on m.stream = w.stream
left join stream h on h.stream = w.stream
left join known k on k.stream = w.stream
where m.stream is null`;

/** Resolves with the groups that were not written; every other group is durable. */
export async function writeGroups(
  client: Client, groups: readonly Group[], sealer: Sealer | undefined, lease: SealLease | undefined,
): Promise<readonly RefusedGroup[]> {
  const values = [groups.map(headOf), groups.flatMap(({ events }) => events), groups.flatMap(keysOf)]
    .map((rows) => JSON.stringify(rows));
  let name = "append";
  let text = EVENTS_SQL;
  for (const part of PARTS) {
    const rows = groups.flatMap((group) => part.rowsOf(group, { sealer, lease }));
    if (rows.length === 0) continue;
    values.push(JSON.stringify(rows));
    name += `-${part.name}`;
    text += `, ${part.sql.replaceAll("$ROWS", `$${values.length}`)}`;
  }
  // Prepared once per combination of parts and connection: at most 32.
  const { rows } = await client.query<RefusedGroup>({ name, text: text + ANSWER_SQL, values });
  return rows;
}

function headOf({ stream, tip, next, batches, events }: Group): object {
  let closed: ChainedEvent | undefined;
  let offset = 0;
  for (const batch of batches) {
    const last = lastClosedOffset(batch);
    if (last !== undefined) closed = events[offset + last];
    offset += batch.events.length;
  }
  return {
    stream, expected: tip.seq, epoch: tip.epoch, seq: next.seq, first_at: events[0]?.at, at: next.at, digest: next.digest,
    closed_seq: closed?.seq, closed_at: closed?.at,
  };
}

/** Calls with each batch, the seq of its last event and its time. */
function eachBatch<T>({ tip, batches }: Group, rowsOf: (batch: Prepared, seq: number, at: number) => readonly T[]): readonly T[] {
  let seq = tip.seq;
  return batches.flatMap((batch) => {
    seq += batch.events.length;
    return rowsOf(batch, seq, atOf(batch));
  });
}

function keysOf(group: Group): readonly object[] {
  const { stream } = group;
  let n = 0;
  return eachBatch(group, ({ rows }, _, at) => (rows?.idempotency ?? []).map(({ key, bodyHash, answer }) =>
    ({ stream, key, n: n++, body_hash: bodyHash, answer: JSON.stringify(answer ?? null), at })));
}

const netOf = ({ batches }: Group): ReturnType<typeof netRows> => netRows(batches.flatMap(({ rows }) => (rows ? [rows] : [])));

function staysOf(group: Group): readonly object[] {
  const { stream, next } = group;
  return [...netOf(group).stays].map(([stay, row]) =>
    ({ stream, stay, seq: next.seq, row: row === "closed" ? null : JSON.stringify(row.row) }));
}

function postingsOf(group: Group): readonly object[] {
  const { stream } = group;
  return eachBatch(group, ({ rows }, seq, at) => (rows?.ledger ?? []).map(({ account, amountMinor, currency, ref }, n) =>
    ({ stream, seq, n, at, account, amount_minor: amountMinor, currency, ref })));
}

function outboxOf(group: Group): readonly object[] {
  const { stream } = group;
  return eachBatch(group, ({ rows }, seq, at) => (rows?.outbox ?? []).map(({ topic, key, payload }, n) =>
    ({ stream, seq, n, at, topic, key, payload: JSON.stringify(payload) })));
}

function vaultOf(group: Group, { sealer, lease }: Sealing): readonly object[] {
  const { vaultPuts, vaultDeadlines } = netOf(group);
  if (vaultPuts.size + vaultDeadlines.size === 0) return [];
  assert(sealer && lease, "vault rows were given to a journal without a vault");
  const { stream, next } = group;
  const deadline = (eraseAt: number | undefined): object =>
    eraseAt === undefined ? {} : { erase_at: eraseAt, erase_progress: sealer.progressAt(next.at, eraseAt) };
  const puts = [...vaultPuts.values()].map((row) => {
    const { ref, class: group_, generation, wrappedKey, sealed } = lease.seal(row);
    const keys = { ref, class: group_, generation, wrapped_key: wrappedKey, sealed };
    return { stream, realm: sealer.realm, ...keys, ...deadline(row.eraseAt) };
  });
  const deadlines = [...vaultDeadlines].map(([ref, eraseAt]) => ({ stream, realm: sealer.realm, ref, ...deadline(eraseAt) }));
  return [...puts, ...deadlines];
}

function holdsOf(group: Group, { sealer }: Sealing): readonly object[] {
  const { holds } = netOf(group);
  if (holds.size === 0) return [];
  assert(sealer, "holds were given to a journal without a vault");
  return [...holds].map(([ref, hold]) => hold === "released"
    ? { stream: group.stream, realm: sealer.realm, ref }
    : { stream: group.stream, realm: sealer.realm, ref, owner: hold.owner, reason: hold.reason, until_at: hold.until });
}
