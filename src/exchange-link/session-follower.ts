/**
 * Follows the journal for sessions: what an exchange shall know of each stay, and a message whenever that changes.
 *
 *   events --fold--> exchange_stay     changed --> outbox (topic, key of the stay), in the same transaction
 *
 * The message says only which stay: whoever sends it reads what is known by then. So nothing is lost (position, row and
 * message are committed together), a stay's messages leave in order, and no plate is in any of them.
 */
import { DAY, type DurationMs, type Instant } from "../kernel/instant.ts";
import { eventOf } from "../carpark/application/owner.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { Follower, FollowerTransaction } from "../journal/follower.ts";
import type { StoredEvent } from "../journal/journal.ts";
import { type About, foldsOf, isAbout, type ToldStay } from "./told-stay.ts";

export const SESSION_TOPIC = "exchange.session";
export const SESSION_FOLLOWER = "exchange-sessions";
export type SessionMessage = { readonly facility: string; readonly key: string };

/** A stay that is over is kept for as long as an exchange may be away, and a month's questions about it. */
const KEPT_MS: DurationMs = 60 * DAY;
/** Numbers of rows that are committed with the events begin at 0 and never get here. */
const FIRST_ROW = 10_000;

const COLUMNS = "facility, key, stay, ticket, plate, entered_at, exited_at, tariff_version, covers, payments, by_provider_minor, withdrawn, seq";

type Row = {
  facility: string; key: string; stay: string | null; ticket: string | null; plate: string; entered_at: number | null; exited_at: number | null; tariff_version: number;
  covers: ToldStay["covers"]; payments: ToldStay["payments"]; by_provider_minor: number; withdrawn: boolean; seq: number;
};

/** @param since what ended before the car parks were linked is nobody's business there */
export const sessionFollower = (since: Instant): Follower => ({
  name: SESSION_FOLLOWER, version: 2, kinds: ["facility"],
  create: `create table exchange_stay (
    facility text not null, key text not null, stay text, ticket text, plate text not null, entered_at bigint, exited_at bigint, tariff_version int not null,
    covers jsonb not null, payments jsonb not null, by_provider_minor bigint not null, withdrawn boolean not null, seq bigint not null, primary key (facility, key));
    create index exchange_stay_stay on exchange_stay (facility, stay);
    create index exchange_stay_ticket on exchange_stay (facility, ticket) where ticket is not null;
    create index exchange_stay_plate on exchange_stay (facility, plate) where ticket is not null and exited_at is null`,
  drop: "drop table if exists exchange_stay",
  apply: (events, transaction) => apply(events, transaction, since),
});

async function apply(events: readonly StoredEvent[], db: FollowerTransaction, since: Instant): Promise<void> {
  const [first] = events;
  if (!first) return;
  const facility = first.stream.slice(first.stream.indexOf("/") + 1);
  const rows = new Rows(facility, db);
  for (const stored of events) {
    if (stored.type === "PeriodClosed") await db.query("delete from exchange_stay where facility = $1 and exited_at < $2", [facility, stored.at - KEPT_MS]);
    for (const { about, reads, fold } of foldsOf(eventOf<Recorded>(stored))) {
      const before = await rows.find(about);
      const after = fold(before, reads === undefined ? null : await rows.find({ by: "key", id: reads }));
      if (after && after !== before) rows.set(after, stored.seq);
    }
  }
  await rows.write(first.stream, events.at(-1)?.at ?? first.at, since);
}

/** As `isAbout` says it. */
const WHERE = { key: "key = $2", stay: "stay = $2", ticket: "ticket = $2", plate: "plate = $2 and ticket is not null and exited_at is null" } as const;

/** The stays that one slice of events is about. */
class Rows {
  readonly #facility: string;
  readonly #db: FollowerTransaction;
  readonly #known = new Map<string, ToldStay>();
  readonly #changed = new Map<string, number>();

  constructor(facility: string, db: FollowerTransaction) {
    this.#facility = facility;
    this.#db = db;
  }

  async find(about: About): Promise<ToldStay | null> {
    for (const stay of this.#known.values()) if (isAbout(stay, about)) return stay;
    const [row] = await this.#db.query<Row>(`select ${COLUMNS} from exchange_stay where facility = $1 and ${WHERE[about.by]}`, [this.#facility, about.id]);
    // One that was changed since says of itself that it is another.
    if (!row || this.#known.has(row.key)) return null;
    const stay = stayOf(row);
    this.#known.set(stay.key, stay);
    return stay;
  }

  set(stay: ToldStay, seq: number): void {
    this.#known.set(stay.key, stay);
    this.#changed.set(stay.key, seq);
  }

  async write(stream: string, at: Instant, since: Instant): Promise<void> {
    if (this.#changed.size === 0) return;
    const rows = [...this.#changed].flatMap(([key, seq]) => {
      const stay = this.#known.get(key);
      return stay ? [rowOf(this.#facility, stay, seq)] : [];
    });
    await this.#db.query(
      `insert into exchange_stay (${COLUMNS}) select ${COLUMNS} from jsonb_populate_recordset(null::exchange_stay, $1::jsonb)
       on conflict (facility, key) do update set stay = excluded.stay, ticket = excluded.ticket, plate = excluded.plate, entered_at = excluded.entered_at,
         exited_at = excluded.exited_at, tariff_version = excluded.tariff_version, covers = excluded.covers, payments = excluded.payments,
         by_provider_minor = excluded.by_provider_minor, withdrawn = excluded.withdrawn, seq = excluded.seq`,
      [JSON.stringify(rows)]);
    // Of the time before, only who is still inside matters: `enqueueOpen`.
    if (at < since) return;
    const told = rows.filter((row) => row.entered_at !== null && (row.exited_at === null || row.exited_at >= since));
    await enqueue(this.#db, told.map(({ key, seq }) => ({ stream, seq, at, message: { facility: this.#facility, key } })));
  }
}

type Queued = { readonly stream: string; readonly seq: number; readonly at: Instant; readonly message: SessionMessage };
export type Reading = { query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }> };
type Queries = { query(text: string, values?: readonly unknown[]): Promise<unknown> };

/** Told again is told once: a message has its place by the event that caused it. */
async function enqueue(db: Queries, queued: readonly Queued[], firstRow = FIRST_ROW): Promise<void> {
  if (queued.length === 0) return;
  const messages = queued.map(({ stream, seq, at, message }, n) => ({
    stream, seq, n: firstRow + n, topic: SESSION_TOPIC, key: `${message.facility}/${message.key}`, payload: JSON.stringify(message), at, due_at: at,
  }));
  await db.query(
    `insert into outbox (stream, seq, n, topic, key, payload, at, due_at)
     select stream, seq, n, topic, key, payload, at, due_at from jsonb_to_recordset($1::jsonb) as m(stream text, seq bigint, n int, topic text, key text, payload text, at bigint, due_at bigint)
     on conflict do nothing`, [JSON.stringify(messages)]);
}

/** The newest of a stay; null when it is not told, or no more. */
export async function readStay(db: Reading, { facility, key }: SessionMessage): Promise<ToldStay | null> {
  const { rows: [row] } = await db.query(`select to_jsonb(s) as row from exchange_stay s where facility = $1 and key = $2`, [facility, key]);
  return row === undefined ? null : stayOf((row as { readonly row: Row }).row);
}

/** Beyond the rows of any slice. */
const OPEN_ROW = 1_000_000;

/** Those that were inside already when the car parks were linked; for those that were told before it is no news. */
export async function enqueueOpen(db: Reading, at: Instant): Promise<void> {
  const { rows } = await db.query("select facility, key, seq from exchange_stay where exited_at is null and entered_at is not null and not withdrawn order by facility, key");
  await enqueue(db, (rows as readonly Pick<Row, "facility" | "key" | "seq">[]).map(({ facility, key, seq }) =>
    ({ stream: `facility/${facility}`, seq: Number(seq), at, message: { facility, key } })), OPEN_ROW);
}

const stayOf = (row: Row): ToldStay => ({
  key: row.key, stay: row.stay, ticket: row.ticket, plate: row.plate, enteredAt: row.entered_at, exitedAt: row.exited_at, tariffVersion: row.tariff_version,
  covers: row.covers, payments: row.payments, byProviderMinor: row.by_provider_minor, withdrawn: row.withdrawn,
});

const rowOf = (facility: string, stay: ToldStay, seq: number): Row => ({
  facility, key: stay.key, stay: stay.stay, ticket: stay.ticket, plate: stay.plate, entered_at: stay.enteredAt, exited_at: stay.exitedAt, tariff_version: stay.tariffVersion,
  covers: stay.covers, payments: stay.payments, by_provider_minor: stay.byProviderMinor, withdrawn: stay.withdrawn, seq,
});
