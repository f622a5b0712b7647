/**
 * The keys of the periods, in one file outside the database: what seals plates and makes the tokens they are
 * found by.
 *
 *   plate --key of the period--> sealed text in object_version.sealed
 *         --key of the period--> token in holding.token        (no period, no token: nothing links two periods)
 *
 * Promise: once a period is erased, no byte of the database tells a plate of it or confirms a guess.
 * Several processes share the file; the database decides who makes a key.
 */
import { createHmac } from "node:crypto";
import { statSync } from "node:fs";
import type pg from "pg";
import type { Instant } from "../../kernel/instant.ts";
import { type GenerationKey, keyFileOf, newKey, readKeys, writeKeys } from "../../journal/keyFile.ts";
import { padded, seal, unpadded, unseal } from "../../journal/seal.ts";
import type { HiddenText } from "../credential.ts";
import { normalised } from "../credential.ts";
import { endOf, type Period } from "./period.ts";

const FILE_LOCK = 7_236_122;
const TOKEN_BYTES = 16;

type PeriodKeys = { readonly sealing: Buffer; readonly token: Buffer; readonly digest: Buffer };
type PeriodKey = GenerationKey<Period>;

export type KeyRing = {
  /** The period's key exists, and the table its tokens go to. */
  ensure(period: Period): Promise<void>;
  seal(period: Period, texts: readonly HiddenText[], place: string): string;
  /** Undefined when the period is erased. */
  unseal(period: Period, sealed: Buffer, place: string): readonly HiddenText[] | undefined;
  token(period: Period, text: string): string;
  /** The tokens a credential may be stored under; with `endsAfter` only those of periods that reach so far. */
  tokens(text: string, endsAfter?: Instant): readonly Buffer[];
  /** Of what a creator sent, under the key: without it nobody tries plates until one fits. Undefined when the period is erased. */
  digest(period: Period, text: string): string | undefined;
  /** Those that have a key, the latest first; with `endsAfter` only those that reach so far. */
  periods(endsAfter?: Instant): readonly Period[];
  /** Erases every period that was over before this instant. */
  erase(before: Instant): Promise<readonly Period[]>;
};

export async function openKeyRing(pool: pg.Pool, keyFolder: string): Promise<KeyRing> {
  const ring = new Ring(pool, keyFileOf(keyFolder, "exchange"));
  await ring.start();
  return ring;
}

class Ring implements KeyRing {
  readonly #pool: pg.Pool;
  readonly #file: string;
  #keys = new Map<Period, PeriodKeys>();
  readonly #making = new Map<Period, Promise<void>>();
  /** Periods whose partition is there: a process may have stopped between the key and the partition. */
  readonly #ready = new Set<Period>();
  /** The file as it was read: another process may have replaced it since. */
  #seen = "";

  constructor(pool: pg.Pool, file: string) {
    this.#pool = pool;
    this.#file = file;
  }

  async start(): Promise<void> {
    this.#read();
    const { rows } = await this.#pool.query<{ period: string; erased: boolean }>("select period, erased_at is not null as erased from exchange.key_period");
    const lost = rows.filter(({ period, erased }) => !erased && !this.#keys.has(period));
    if (lost.length > 0) {
      throw new Error(`The exchange's key file ${this.#file} lacks the keys of ${lost.map(({ period }) => period).join(", ")}. Put the file back.`);
    }
    for (const { period, erased } of rows) if (!erased) this.#ready.add(period);
    await this.#forget(rows.filter(({ period, erased }) => erased && this.#keys.has(period)).map(({ period }) => period));
  }

  #readIfReplaced(): void {
    if (stampOf(this.#file) !== this.#seen) this.#read();
  }

  #read(): readonly PeriodKey[] {
    this.#seen = stampOf(this.#file);
    const stored = readKeys<Period>(this.#file) ?? [];
    this.#keys = new Map(stored.map(({ class: period, key }) => [period, { sealing: derived(key, "seal"), token: derived(key, "token"), digest: derived(key, "digest") }]));
    return stored;
  }

  async ensure(period: Period): Promise<void> {
    if (this.#ready.has(period) && this.#keys.has(period)) return;
    let making = this.#making.get(period);
    if (!making) {
      making = this.#make(period).finally(() => this.#making.delete(period));
      this.#making.set(period, making);
    }
    await making;
  }

  async #make(period: Period): Promise<void> {
    await this.#locked(async (client) => {
      const stored = this.#read();
      if (!this.#keys.has(period)) writeKeys<Period>(this.#file, [...stored, { class: period, generation: 1, key: newKey() }]);
      // The period's name is made by period.ts from digits and one hyphen.
      await client.query(`create table if not exists exchange.holding_${period.replace("-", "_")} partition of exchange.holding for values in ('${period}')`);
      await client.query("insert into exchange.key_period (period, generation) values ($1, 1) on conflict do nothing", [period]);
      this.#read();
    });
    this.#ready.add(period);
  }

  async #locked(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query("begin");
      await client.query("select pg_advisory_xact_lock($1)", [FILE_LOCK]);
      await work(client);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback").catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  seal(period: Period, texts: readonly HiddenText[], place: string): string {
    return seal(this.#of(period).sealing, padded(JSON.stringify(texts)), place).toString("hex");
  }

  unseal(period: Period, sealed: Buffer, place: string): readonly HiddenText[] | undefined {
    this.#readIfReplaced();
    const keys = this.#keys.get(period);
    return keys && (JSON.parse(unpadded(unseal(keys.sealing, sealed, place))) as readonly HiddenText[]);
  }

  token(period: Period, text: string): string {
    return tokenOf(this.#of(period).token, text).toString("hex");
  }

  tokens(text: string, endsAfter?: Instant): readonly Buffer[] {
    this.#readIfReplaced();
    const periods = [...this.#keys].filter(([period]) => endsAfter === undefined || endOf(period) > endsAfter);
    return periods.map(([, keys]) => tokenOf(keys.token, text));
  }

  digest(period: Period, text: string): string | undefined {
    const keys = this.#keys.get(period);
    return keys && createHmac("sha256", keys.digest).update(text).digest("base64url");
  }

  periods(endsAfter?: Instant): readonly Period[] {
    this.#readIfReplaced();
    return [...this.#keys.keys()].filter((period) => endsAfter === undefined || endOf(period) > endsAfter).sort((a, b) => endOf(b) - endOf(a));
  }

  async erase(before: Instant): Promise<readonly Period[]> {
    const over = [...this.#keys.keys()].filter((period) => endOf(period) <= before);
    if (over.length === 0) return [];
    await this.#locked(async (client) => {
      for (const period of over) await client.query(`drop table if exists exchange.holding_${period.replace("-", "_")}`);
      await client.query("update exchange.key_period set erased_at = $2 where period = any($1)", [over, before]);
    });
    await this.#forget(over);
    return over;
  }

  /** The last step of an erasure; a start after a crash before it takes it. */
  async #forget(periods: readonly Period[]): Promise<void> {
    if (periods.length === 0) return;
    await this.#locked(async () => writeKeys<Period>(this.#file, this.#read().filter(({ class: period }) => !periods.includes(period))));
    for (const period of periods) this.#ready.delete(period);
    this.#read();
  }

  #of(period: Period): PeriodKeys {
    const keys = this.#keys.get(period);
    if (!keys) throw new Error(`no key of period ${period}`);
    return keys;
  }
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.mtimeMs}` : "";
}

const derived = (key: Buffer, use: string): Buffer => createHmac("sha256", key).update(use).digest();
const tokenOf = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(normalised(text)).digest().subarray(0, TOKEN_BYTES);
