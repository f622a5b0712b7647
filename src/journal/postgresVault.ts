/**
 * The vault over PostgreSQL and a key file.
 *
 * Erasing, in an order that survives a crash after each step:
 *   1 the next generation key is added to the file; from now on new rows use it
 *   2 the rows to erase are deleted
 *   3 statements under way with the old generation are waited for
 *   4 every row still under the old generation is wrapped under the next
 *   5 the file is replaced by one without the old generation: now the erased text is gone for good
 * A start that finds two generations in the file goes on at 3.
 */
import type pg from "pg";
import { present } from "../kernel/assert.ts";
import type { Instant } from "../kernel/instant.ts";
import { openPool } from "./connections.ts";
import type { VaultClass, VaultRow } from "./journal.ts";
import { type GenerationKey, keyFileOf, newKey, readKeys, writeKeys } from "./keyFile.ts";
import { migrateDatabase } from "./postgresJournal.ts";
import { padded, seal, unpadded, unseal } from "./seal.ts";
import type { SealLease, Sealer } from "./sealer.ts";
import { type DueEntry, type TwoClocks, type Vault, type VaultEntry, progressed } from "./vault.ts";

export type PostgresVaultOptions = {
  readonly connectionString: string;
  /**
   * Where the key file is kept: in the data folder, never in a backup that is kept longer than a plate
   * may be.
   */
  readonly keyFolder: string;
  readonly realm?: string;
};

export type PostgresVault = Vault & Sealer;

const CLASSES: readonly VaultClass[] = ["stay", "holder"];
/** Rows wrapped anew in one statement: about 10 ms. */
const REWRAP_BATCH = 500;
const READ_BATCH = 1_000;

type StoredRow = { ref: string; class: VaultClass; generation: number; wrapped_key: Buffer; sealed: Buffer };

export async function openPostgresVault(
  { connectionString, keyFolder, realm = "site" }: PostgresVaultOptions,
): Promise<PostgresVault> {
  await migrateDatabase(connectionString);
  const vault = new OpenVault(openPool(connectionString, 2), keyFileOf(keyFolder, realm), realm);
  await vault.start();
  return vault;
}

class OpenVault implements PostgresVault {
  readonly realm: string;
  readonly #pool: pg.Pool;
  readonly #file: string;
  #keys: readonly GenerationKey[] = [];
  #progress = 0;
  #lastWall = 0;
  #last: TwoClocks | undefined;
  /** Statements under way, by class and generation of the rows they carry. */
  readonly #underWay = new Map<string, number>();
  #waiters: (() => void)[] = [];
  /** Sweeps and erasures go one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(pool: pg.Pool, file: string, realm: string) {
    this.#pool = pool;
    this.#file = file;
    this.realm = realm;
  }

  async start(): Promise<void> {
    const keys = readKeys(this.#file);
    if (!keys) await this.#refuseLostKeys();
    this.#keys = keys ?? CLASSES.map((group) => ({ class: group, generation: 1, key: newKey() }));
    if (!keys) writeKeys(this.#file, this.#keys);
    const { rows } = await this.#pool.query<{ wall: number; progress: number }>(
      "select wall, progress from vault_clock where realm = $1", [this.realm]);
    this.#progress = rows[0]?.progress ?? 0;
    this.#lastWall = rows[0]?.wall ?? 0;
    for (const group of CLASSES) if (this.#keys.filter((key) => key.class === group).length > 1) await this.#finish(group);
  }

  async #refuseLostKeys(): Promise<void> {
    const { rows } = await this.#pool.query("select 1 from vault where realm = $1 limit 1", [this.realm]);
    if (rows.length === 0) return;
    throw new Error(
      `The vault ${this.realm} has entries but its key file ${this.#file} is missing. Put the file back; `
        + "if it is lost, the plates are lost with it: delete the rows of table vault and start again.",
    );
  }

  // What the writer needs.

  lease(): SealLease {
    const used = new Set<string>();
    return {
      seal: (row) => {
        const key = this.#current(row.class);
        const id = idOf(key);
        if (!used.has(id)) this.#underWay.set(id, (this.#underWay.get(id) ?? 0) + 1);
        used.add(id);
        return { ref: row.ref, class: row.class, generation: key.generation, ...this.#sealed(row, key) };
      },
      end: () => {
        for (const id of used) this.#underWay.set(id, (this.#underWay.get(id) ?? 1) - 1);
        used.clear();
        for (const wake of this.#waiters.splice(0)) wake();
      },
    };
  }

  progressAt(at: Instant, eraseAt: Instant): number {
    return this.#progress + Math.max(0, eraseAt - at);
  }

  #sealed(
    { ref, class: group, text }: VaultRow, generation: GenerationKey,
  ): { wrappedKey: string; sealed: string } {
    const own = newKey();
    const place = this.#place(group, ref);
    return {
      wrappedKey: seal(generation.key, own, place).toString("hex"),
      sealed: seal(own, padded(text), place).toString("hex"),
    };
  }

  #place(group: VaultClass, ref: string): string {
    return `${this.realm}/${group}/${ref}`;
  }

  // Reading.

  async open(ref: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<StoredRow>(
      "select ref, class, generation, wrapped_key, sealed from vault where realm = $1 and ref = $2", [this.realm, ref]);
    return rows[0] && this.#opened(rows[0]);
  }

  async* entries(): AsyncIterable<readonly VaultEntry[]> {
    let after = "";
    for (;;) {
      const { rows } = await this.#pool.query<StoredRow>(
        `select ref, class, generation, wrapped_key, sealed from vault
         where realm = $1 and ref > $2 order by ref limit ${READ_BATCH}`, [this.realm, after]);
      if (rows.length === 0) return;
      after = rows.at(-1)?.ref ?? after;
      yield rows.flatMap((row) => {
        const text = this.#opened(row);
        return text === undefined ? [] : [{ ref: row.ref, class: row.class, text }];
      });
    }
  }

  /** A row whose generation key is gone is erased, whether or not it is still there. */
  #opened(row: StoredRow): string | undefined {
    const generation = this.#keys.find((key) => key.class === row.class && key.generation === row.generation);
    if (!generation) return undefined;
    const place = this.#place(row.class, row.ref);
    return unpadded(unseal(unseal(generation.key, row.wrapped_key, place), row.sealed, place));
  }

  async due(wall: Instant): Promise<readonly DueEntry[]> {
    const { rows } = await this.#pool.query<{ ref: string; erase_at: number; until_at: number | null }>(
      `select v.ref, v.erase_at, h.until_at from vault v left join vault_hold h using (realm, ref)
       where v.realm = $1 and v.erase_at <= $2 order by v.erase_at, v.ref`, [this.realm, wall]);
    return rows.map((row) => ({ ref: row.ref, eraseAt: row.erase_at, heldUntil: row.until_at ?? undefined }));
  }

  // Erasing.

  sweep(now: TwoClocks): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      this.#progress = progressed(this.#progress, this.#last, this.#lastWall === 0 ? now.wall : this.#lastWall, now);
      this.#last = now;
      this.#lastWall = now.wall;
      await this.#pool.query(
        `insert into vault_clock (realm, wall, progress) values ($1, $2, $3)
         on conflict (realm) do update set wall = excluded.wall, progress = excluded.progress`,
        [this.realm, now.wall, this.#progress]);
      await this.#pool.query("delete from vault_hold where realm = $1 and until_at <= $2", [this.realm, now.wall]);
      const { rows } = await this.#pool.query<{ ref: string; class: VaultClass }>(
        `select ref, class from vault v where realm = $1 and erase_at <= $2 and erase_progress <= $3
         and not exists (select 1 from vault_hold h where h.realm = v.realm and h.ref = v.ref)`,
        [this.realm, now.wall, this.#progress]);
      return await this.#destroy(rows, now.wall);
    });
  }

  erase(refs: readonly string[]): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      const { rows } = await this.#pool.query<{ ref: string; class: VaultClass }>(
        "select ref, class from vault where realm = $1 and ref = any($2)", [this.realm, refs]);
      return await this.#destroy(rows);
    });
  }

  async close(): Promise<void> {
    await this.#turn.catch(() => {});
    await this.#pool.end();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.catch(() => {}).then(work);
    this.#turn = mine;
    return mine;
  }

  /** With `dueBy`, rows that got a later deadline or a hold meanwhile are left alone. */
  async #destroy(
    rows: readonly { readonly ref: string; readonly class: VaultClass }[], dueBy: Instant | undefined = undefined,
  ): Promise<readonly string[]> {
    if (rows.length === 0) return [];
    const groups = CLASSES.filter((group) => rows.some((row) => row.class === group));
    for (const group of groups) {
      const { generation } = this.#current(group);
      this.#replaceKeys([...this.#keys, { class: group, generation: generation + 1, key: newKey() }]);
    }
    const { rows: gone } = await this.#pool.query<{ ref: string }>(
      `with gone as (
         delete from vault v where realm = $1 and ref = any($2) and ($3::bigint is null or (erase_at <= $3
           and not exists (select 1 from vault_hold h where h.realm = v.realm and h.ref = v.ref)))
         returning ref
       ), holds as (delete from vault_hold h using gone where h.realm = $1 and h.ref = gone.ref)
       select ref from gone order by ref`, [this.realm, rows.map(({ ref }) => ref), dueBy]);
    for (const group of groups) await this.#finish(group);
    return gone.map(({ ref }) => ref);
  }

  /** Steps 3 to 5. */
  async #finish(group: VaultClass): Promise<void> {
    const current = this.#current(group);
    const old = this.#keys.filter((key) => key.class === group && key !== current);
    while (old.some((key) => (this.#underWay.get(idOf(key)) ?? 0) > 0)) {
      await new Promise<void>((wake) => this.#waiters.push(wake));
    }
    while (await this.#rewrapSome(group, current)) { /* until none is left */ }
    this.#replaceKeys(this.#keys.filter((key) => !old.includes(key)));
  }

  async #rewrapSome(group: VaultClass, current: GenerationKey): Promise<boolean> {
    const { rows } = await this.#pool.query<StoredRow>(
      `select ref, class, generation, wrapped_key, sealed from vault
       where realm = $1 and class = $2 and generation < $3 limit ${REWRAP_BATCH}`, [this.realm, group, current.generation]);
    if (rows.length === 0) return false;
    const wrapped = rows.map((row) => {
      const place = this.#place(row.class, row.ref);
      const under = this.#keys.find((key) => key.class === group && key.generation === row.generation);
      const own = under ? seal(current.key, unseal(under.key, row.wrapped_key, place), place) : undefined;
      return { ref: row.ref, generation: row.generation, wrapped_key: own?.toString("hex") };
    });
    await this.#pool.query(
      `with again as (select * from json_to_recordset($2::json) as w(ref text, generation int, wrapped_key text)),
       erased as (delete from vault v using again w
         where v.realm = $1 and v.ref = w.ref and v.generation = w.generation and w.wrapped_key is null)
       update vault v set generation = $3, wrapped_key = decode(w.wrapped_key, 'hex') from again w
       where v.realm = $1 and v.ref = w.ref and v.generation = w.generation and w.wrapped_key is not null`,
      [this.realm, JSON.stringify(wrapped), current.generation]);
    return true;
  }

  #replaceKeys(keys: readonly GenerationKey[]): void {
    writeKeys(this.#file, keys);
    this.#keys = keys;
  }

  #current(group: VaultClass): GenerationKey {
    const own = this.#keys.filter((key) => key.class === group);
    const newest = Math.max(...own.map(({ generation }) => generation));
    return present(own.find(({ generation }) => generation === newest), `key of class ${group}`);
  }
}

const idOf = ({ class: group, generation }: GenerationKey): string => `${group}/${generation}`;
