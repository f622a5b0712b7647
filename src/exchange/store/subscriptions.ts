/** Subscriptions and their deliveries in the store: registered, taken to be sent, settled, dead and replayed. */
import type pg from "pg";
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import { DAY } from "../../kernel/instant.ts";
import type { Caller, Role } from "../client/caller.ts";
import type { Kind } from "../kind.ts";
import { type SecretBox, subscriptionPlace } from "./secretBox.ts";
import type { Style, Subscription, Wanted } from "../webhook/subscription.ts";

/** A city's enforcement back office has a handful; more is a loop that subscribes. */
export const SUBSCRIPTIONS_MAX = 200;
/** After a rotation the old secret signs too. */
const OLD_SECRET_MS: DurationMs = DAY;
/** Longer than any attempt; after it another process may try. */
const LEASE_MS: DurationMs = 30_000;
/** Events handed to subscriptions in one transaction. */
const FAN_OUT_MAX = 200;
const REASON_CHARS_MAX = 300;
export const DEAD_SHOWN_MAX = 500;

type SubscriptionRow = {
  id: string; organisation: string; client: string; role: Role; endpoint: string; topics: string[]; places: string[]; children: boolean; style: Style;
  sealed_secret: Buffer; sealed_old_secret: Buffer | null; old_secret_until: Instant | null; created_at: Instant; ended_at: Instant | null; delivered: number;
  last_delivered_at: Instant | null;
};

export type Delivery = {
  readonly id: number;
  readonly subscription: Subscription;
  /** In force at the attempt, the newest first. */
  readonly secrets: readonly string[];
  readonly topic: string;
  readonly kind: Kind | null;
  readonly objectId: string;
  readonly version: number | null;
  readonly at: Instant;
  /** Attempts before this one. */
  readonly attempts: number;
  /** Of events that are about no object. */
  readonly body: string | null;
};

export type DeadDelivery = {
  readonly id: number; readonly subscription: string; readonly topic: string; readonly objectId: string; readonly attempts: number;
  readonly at: Instant; readonly deadAt: Instant; readonly reason: string;
};

const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  id: row.id, organisation: row.organisation, client: row.client, role: row.role, endpoint: row.endpoint, topics: row.topics, places: row.places,
  children: row.children, style: row.style, createdAt: row.created_at, endedAt: row.ended_at, delivered: row.delivered, lastDeliveredAt: row.last_delivered_at,
});

type Owner = Pick<Caller, "organisation" | "role">;

export class Subscriptions {
  readonly #pool: pg.Pool;
  readonly #box: SecretBox;
  readonly #done: { readonly id: number; readonly subscription: string; readonly sent: boolean; readonly now: Instant }[] = [];
  /** The statement under way, and the one that waits for it. */
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(pool: pg.Pool, box: SecretBox) {
    this.#pool = pool;
    this.#box = box;
  }

  /** False: the organisation has as many as it may. */
  async add(id: string, caller: Caller, wanted: Wanted, secret: string, now: Instant): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `insert into subscription (id, organisation, client, role, endpoint, topics, places, children, style, sealed_secret, created_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
       where (select count(*) from subscription where organisation = $2 and ended_at is null) < ${SUBSCRIPTIONS_MAX}`,
      [id, caller.organisation, caller.client, caller.role, wanted.endpoint, wanted.topics, wanted.places, wanted.children, wanted.style, this.#box.seal(secret, subscriptionPlace(id)), now]);
    return rowCount === 1;
  }

  /** Its owner's, or any for an administrator. */
  async get(id: string, owner: Owner): Promise<Subscription | undefined> {
    return (await this.#select("id = $3", owner, id))[0];
  }

  async list(owner: Owner): Promise<readonly Subscription[]> {
    return await this.#select("true or $3 = ''", owner, "");
  }

  async #select(condition: string, { organisation, role }: Owner, value: string): Promise<readonly Subscription[]> {
    const { rows } = await this.#pool.query<SubscriptionRow>(
      `select * from subscription where ended_at is null and (organisation = $1 or $2) and (${condition}) order by created_at, id`,
      [organisation, role === "administrator", value]);
    return rows.map(subscriptionOf);
  }

  async change(id: string, wanted: Wanted, secret: string | null, now: Instant): Promise<void> {
    await this.#pool.query(
      `update subscription set endpoint = $2, topics = $3, places = $4, children = $5, style = $6,
         sealed_old_secret = case when $7::bytea is null then sealed_old_secret else sealed_secret end,
         old_secret_until = case when $7::bytea is null then old_secret_until else $8::bigint end, sealed_secret = coalesce($7, sealed_secret)
       where id = $1 and ended_at is null`,
      [id, wanted.endpoint, wanted.topics, wanted.places, wanted.children, wanted.style, secret === null ? null : this.#box.seal(secret, subscriptionPlace(id)), now + OLD_SECRET_MS]);
  }

  /** Nothing is sent any more; what waited is forgotten. */
  async end(id: string, now: Instant): Promise<void> {
    await this.#pool.query("update subscription set ended_at = $2 where id = $1", [id, now]);
    await this.#pool.query("delete from delivery where subscription = $1", [id]);
  }

  /** Hands changes to subscriptions; true when there may be more. */
  async fanOut(now: Instant): Promise<boolean> {
    const { rows } = await this.#pool.query<{ done: number }>({ name: "fan-out", text: "select fan_out($1, $2) as done", values: [now, FAN_OUT_MAX] });
    return rows[0]?.done === FAN_OUT_MAX;
  }

  /**
   * What is due and first of its object, at most `each` of a subscription that has `busy` under way already. Leased: no other
   * process sends it meanwhile. What waits is walked in its order and asked one by one whether it is the first of its object (the
   * subquery cannot become a join): the cost is that of what is taken, however much waits.
   */
  async take(now: Instant, each: number, busy: ReadonlyMap<string, number>): Promise<readonly Delivery[]> {
    const { rows } = await this.#pool.query<SubscriptionRow & {
      delivery: number; topic: string; kind: Kind | null; object_id: string; version: number | null; at: Instant; attempts: number; body: string | null;
    }>({
      name: "take-deliveries",
      text: `with due as (
          select d.id from subscription s
          left join unnest($3::text[], $4::int[]) as b(id, n) on b.id = s.id
          cross join lateral (
            select d.id from delivery d
            where d.subscription = s.id and d.dead_at is null and d.due_at <= $1 and (d.leased_until is null or d.leased_until < $1)
              and d.id = (select p.id from delivery p where p.subscription = d.subscription and p.dead_at is null
                and topic_object(p.topic, p.object_id) = topic_object(d.topic, d.object_id) order by p.id limit 1)
            order by d.due_at, d.id limit greatest(0, $2 - coalesce(b.n, 0)) for update skip locked) d
          where s.ended_at is null),
        taken as (update delivery d set leased_until = $1 + ${LEASE_MS} from due where d.id = due.id returning d.*)
        select s.*, t.id as delivery, t.topic, t.kind, t.object_id, t.version, t.at, t.attempts, t.body from taken t join subscription s on s.id = t.subscription order by t.id`,
      values: [now, each, [...busy.keys()], [...busy.values()]],
    });
    return rows.map((row) => ({
      id: row.delivery, subscription: subscriptionOf(row), topic: row.topic, kind: row.kind, objectId: row.object_id, version: row.version, at: row.at,
      attempts: row.attempts, body: row.body,
      secrets: this.#secretsOf(row, now),
    }));
  }

  /** In force, the newest first. */
  #secretsOf({ id, sealed_secret: newest, sealed_old_secret: old, old_secret_until: until }: SubscriptionRow, now: Instant): readonly string[] {
    return (old !== null && (until ?? 0) > now ? [newest, old] : [newest]).map((sealed) => this.#box.open(sealed, subscriptionPlace(id)));
  }

  /** `sent`: false when there was nothing to tell (any more). Those that are done while others are written down are written down together. */
  async delivered(delivery: Pick<Delivery, "id" | "subscription">, sent: boolean, now: Instant): Promise<void> {
    this.#done.push({ id: delivery.id, subscription: delivery.subscription.id, sent, now });
    // A failure leaves them leased: they are sent again, and told so by their id.
    await (this.#next ??= this.#writing.then(() => this.#writeDown(), () => this.#writeDown()));
  }

  #writeDown(): Promise<void> {
    const done = this.#done.splice(0);
    this.#next = undefined;
    this.#writing = this.#pool.query({
      name: "delivered",
      // Locked in one order everywhere: two processes write down deliveries of the same subscriptions.
      text: `with gone as (delete from delivery where id = any($1::bigint[])),
          owners as (select id from subscription where id = any($2::text[]) order by id for update),
          told as (select u.id, sum(u.sent) as n from unnest($2::text[], $3::int[]) as u(id, sent) group by u.id)
        update subscription s set delivered = s.delivered + told.n, last_delivered_at = case when told.n > 0 then $4 else s.last_delivered_at end
        from told join owners on owners.id = told.id where s.id = told.id`,
      values: [done.map(({ id }) => id), done.map(({ subscription }) => subscription), done.map(({ sent }) => (sent ? 1 : 0)), Math.max(...done.map(({ now }) => now))],
    }).then(() => {});
    return this.#writing;
  }

  async failed(id: number, reason: string, dueAt: Instant): Promise<void> {
    await this.#pool.query("update delivery set attempts = attempts + 1, leased_until = null, due_at = $2, last_error = $3 where id = $1",
      [id, dueAt, reason.slice(0, REASON_CHARS_MAX)]);
  }

  async dead(id: number, reason: string, now: Instant): Promise<void> {
    await this.#pool.query("update delivery set attempts = attempts + 1, leased_until = null, dead_at = $2, last_error = $3 where id = $1",
      [id, now, reason.slice(0, REASON_CHARS_MAX)]);
  }

  async deadOf({ organisation, role }: Owner): Promise<readonly DeadDelivery[]> {
    const { rows } = await this.#pool.query<DeadDelivery>(
      `select d.id, d.subscription, d.topic, d.object_id as "objectId", d.attempts, d.at, d.dead_at as "deadAt", d.last_error as reason
       from delivery d join subscription s on s.id = d.subscription
       where d.dead_at is not null and s.ended_at is null and (s.organisation = $1 or $2) order by d.dead_at desc, d.id limit ${DEAD_SHOWN_MAX}`,
      [organisation, role === "administrator"]);
    return rows;
  }

  async waiting(owner: Owner): Promise<number> {
    const { rows } = await this.#pool.query<{ n: number }>(
      "select count(*) as n from delivery d join subscription s on s.id = d.subscription where d.dead_at is null and (s.organisation = $1 or $2)",
      [owner.organisation, owner.role === "administrator"]);
    return rows[0]?.n ?? 0;
  }

  /** Due now, from the first attempt on; false when there is no such dead letter of theirs. */
  async replay(id: number, { organisation, role }: Owner, now: Instant): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `update delivery d set dead_at = null, due_at = $2, attempts = 0 from subscription s
       where d.id = $1 and d.dead_at is not null and s.id = d.subscription and s.ended_at is null and (s.organisation = $3 or $4)`,
      [id, now, organisation, role === "administrator"]);
    return rowCount === 1;
  }

  /** An alert to those who asked for them: the organisation concerned, and administrators. */
  async alert(id: string, organisation: string, body: string, topic: string, now: Instant): Promise<void> {
    await this.#pool.query(
      `insert into delivery (subscription, topic, object_id, at, due_at, body)
       select s.id, $4, $1, $5, $5, $3 from subscription s where s.ended_at is null and $4 = any(s.topics) and (s.organisation = $2 or s.role = 'administrator')`,
      [id, organisation, body, topic, now]);
  }
}
