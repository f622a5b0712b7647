/** Pay on departure in the store: how an operator is reached, what it is still to be told, questions that wait for it. */
import type pg from "pg";
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import { MINUTE } from "../../kernel/instant.ts";
import type { KeyRing } from "./keyRing.ts";
import { periodOf } from "./period.ts";
import { endpointPlace, type SecretBox } from "./secretBox.ts";

/** `base` null: the operator comes for its questions itself. `token`: what we show at the operator's address. */
export type OperatorEndpoint = { readonly base: string | null; readonly token: string | null };

/** `pendingOperator`: paid, and the operator does not know it yet. `disputed`: it refuses the payment. */
export type OperatorState = "pendingOperator" | "told" | "disputed";
export type Payment = { readonly session: string; readonly version: number; readonly operator: string; readonly at: Instant; readonly attempts: number; readonly alerted: boolean };

export type Question = { readonly method: "GET" | "PUT"; readonly path: string; readonly body: string | null; readonly idempotencyKey: string | null };
export type OperatorReply = { readonly status: number; readonly body: string };

const LEASE_MS: DurationMs = 30_000;
const TAKEN_MAX = 32;
/** Nobody waits for an answer any more; what was asked goes, its plate with it. */
const QUESTION_LIFE_MS: DurationMs = MINUTE;
const REASON_CHARS_MAX = 300;

export class Departures {
  readonly #pool: pg.Pool;
  readonly #ring: KeyRing;
  readonly #box: SecretBox;

  constructor(pool: pg.Pool, ring: KeyRing, box: SecretBox) {
    this.#pool = pool;
    this.#ring = ring;
    this.#box = box;
  }

  async setEndpoint(operator: string, { base, token }: OperatorEndpoint): Promise<void> {
    const sealed = token === null ? null : this.#box.seal(token, endpointPlace(operator));
    await this.#pool.query(
      `insert into operator_endpoint (operator, base, sealed_token) values ($1, $2, $3)
       on conflict (operator) do update set base = excluded.base, sealed_token = excluded.sealed_token`, [operator, base, sealed]);
  }

  async endpointOf(operator: string): Promise<OperatorEndpoint | undefined> {
    const { rows: [found] } = await this.#pool.query<{ base: string | null; sealed: Buffer | null }>(
      "select base, sealed_token as sealed from operator_endpoint where operator = $1", [operator]);
    return found && { base: found.base, token: found.sealed && this.#box.open(found.sealed, endpointPlace(operator)) };
  }

  /** Whether the provider may sell for the operator. */
  async isConnected(provider: string, operator: string): Promise<boolean> {
    return (await this.#pool.query("select 1 from connection where provider = $1 and operator = $2", [provider, operator])).rowCount === 1;
  }

  /** The provider that asked for a session may pay it. */
  async grant(session: string, provider: string): Promise<void> {
    await this.#pool.query("select grant_party($1, $2)", [session, provider]);
  }

  /** Of sessions that an operator opened and is asked about; nothing for all others. */
  async statesOf(sessions: readonly string[]): Promise<ReadonlyMap<string, OperatorState>> {
    if (sessions.length === 0) return new Map();
    const { rows } = await this.#pool.query<{ id: string; state: OperatorState }>({
      name: "operator-states",
      text: `select p.session as id, p.state from departure_payment p
        join (select session, max(version) as version from departure_payment where session = any($1) group by session) l using (session, version)
        where p.session = any($1)`,
      values: [sessions],
    });
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  /** Operators that are asked; a payment to one of them is pending until it has said otherwise. */
  async asked(operators: readonly string[]): Promise<ReadonlySet<string>> {
    if (operators.length === 0) return new Set();
    const { rows } = await this.#pool.query<{ operator: string }>({
      name: "operators-asked", text: "select operator from operator_endpoint where operator = any($1)", values: [operators],
    });
    return new Set(rows.map(({ operator }) => operator));
  }

  async takePayments(now: Instant): Promise<readonly Payment[]> {
    const { rows } = await this.#pool.query<Payment>({
      name: "take-payments",
      text: `with due as (select session, version from departure_payment
          where state = 'pendingOperator' and due_at <= $1 and (leased_until is null or leased_until < $1) order by due_at limit ${TAKEN_MAX} for update skip locked)
        update departure_payment p set leased_until = $1 + ${LEASE_MS} from due where p.session = due.session and p.version = due.version
        returning p.session, p.version, p.operator, p.at, p.attempts, p.alerted`,
      values: [now],
    });
    return rows;
  }

  async later({ session, version }: Payment, dueAt: Instant, alerted: boolean): Promise<void> {
    await this.#pool.query("update departure_payment set attempts = attempts + 1, leased_until = null, due_at = $3, alerted = alerted or $4 where session = $1 and version = $2",
      [session, version, dueAt, alerted]);
  }

  async settle({ session, version }: Payment, state: "told" | "disputed", reason: string | null): Promise<void> {
    await this.#pool.query("update departure_payment set attempts = attempts + 1, leased_until = null, state = $3, reason = $4 where session = $1 and version = $2",
      [session, version, state, reason?.slice(0, REASON_CHARS_MAX) ?? null]);
  }

  /** Subscribers of the session hear of it once more: its operator's state has changed. */
  async tellAgain(session: string, now: Instant): Promise<void> {
    await this.#pool.query("select tell_again($1, $2)", [session, now]);
  }

  /** Sealed while it waits: a question names a plate. */
  async ask(id: string, operator: string, question: Question, now: Instant): Promise<void> {
    const period = periodOf(now, now);
    await this.#ring.ensure(period);
    await this.#pool.query("delete from operator_question where asked_at < $1", [now - QUESTION_LIFE_MS]);
    await this.#pool.query("insert into operator_question (id, operator, asked_at, period, question) values ($1, $2, $3, $4, $5)",
      [id, operator, now, period, this.#sealed(period, question, id)]);
  }

  async takeQuestions(operator: string, now: Instant): Promise<readonly ({ readonly id: string } & Question)[]> {
    const { rows } = await this.#pool.query<{ id: string; period: string; question: string }>(
      `with open as (select id from operator_question where operator = $1 and taken_at is null and asked_at >= $2 order by asked_at limit ${TAKEN_MAX} for update skip locked)
       update operator_question q set taken_at = $3 from open where q.id = open.id returning q.id, q.period, q.question`, [operator, now - QUESTION_LIFE_MS, now]);
    return rows.map(({ id, period, question }) => ({ id, ...this.#opened<Question>(period, question, id) }));
  }

  /** False: nobody asked that, or it has an answer. */
  async answer(id: string, operator: string, reply: OperatorReply): Promise<boolean> {
    const { rows } = await this.#pool.query<{ period: string }>("select period from operator_question where id = $1 and operator = $2 and status is null", [id, operator]);
    const [found] = rows;
    if (!found) return false;
    const { rowCount } = await this.#pool.query("update operator_question set status = $3, answer = $4 where id = $1 and operator = $2 and status is null",
      [id, operator, reply.status, this.#sealed(found.period, reply, id)]);
    return rowCount === 1;
  }

  async answerOf(id: string): Promise<OperatorReply | undefined> {
    const { rows } = await this.#pool.query<{ period: string; answer: string | null }>("select period, answer from operator_question where id = $1", [id]);
    const [found] = rows;
    return found?.answer == null ? undefined : this.#opened<OperatorReply>(found.period, found.answer, id);
  }

  async forget(id: string): Promise<void> {
    await this.#pool.query("delete from operator_question where id = $1", [id]);
  }

  #sealed(period: string, content: object, id: string): string {
    return this.#ring.seal(period, [{ path: [], text: JSON.stringify(content) }], `question/${id}`);
  }

  #opened<T>(period: string, sealed: string, id: string): T {
    const [text] = this.#ring.unseal(period, Buffer.from(sealed, "hex"), `question/${id}`) ?? [];
    return JSON.parse(text?.text ?? "null") as T;
  }
}
