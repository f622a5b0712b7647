/**
 * One plate's occurrences in the store: found by its tokens in every living period, taken out of the versions that were
 * written, and the list of who had it done. No plate is in that list.
 */
import type pg from "pg";
import type { Instant } from "../../kernel/instant.ts";
import { mentions } from "../credential.ts";
import type { Kind } from "../kind.ts";
import type { ObjectKey } from "../stored.ts";
import type { Database } from "./database.ts";
import type { KeyRing } from "./keyRing.ts";
import { sealingPlace } from "./rows.ts";

export type Erasure = {
  readonly id: string; readonly at: Instant; readonly organisation: string; readonly client: string; readonly reason: string;
  /** Ids of what the plate was taken out of. */
  readonly objects: readonly string[];
  /** Objects that are not over yet and kept it. */
  readonly kept: number;
};

export const SHOWN_MAX = 500;

export class Erasures {
  readonly #database: Database;
  readonly #ring: KeyRing;

  constructor(database: Database, ring: KeyRing) {
    this.#database = database;
    this.#ring = ring;
  }

  /** Objects that have or had the credential, in any version; of one owner, or of all when null. */
  async occurrences(credential: string, owner: string | null, most: number): Promise<readonly ObjectKey[]> {
    const { rows } = await this.#database.owner.query<{ kind: Kind; id: string }>(
      `select distinct o.kind, o.id from holding h join object o on o.kind = h.kind and o.id = h.id
       where h.token = any($1) and ($2::text is null or o.owner = $2) order by o.kind, o.id limit $3`, [this.#ring.tokens(credential), owner, most]);
    return rows;
  }

  /** Out of every version that was written, and out of what the object is found by. */
  async forget({ kind, id }: ObjectKey, credential: string): Promise<void> {
    const client = await this.#database.owner.connect();
    try {
      await client.query("begin");
      await this.#sealAnew(client, { kind, id }, credential);
      await client.query("delete from holding where kind = $1 and id = $2 and token = any($3)", [kind, id, this.#ring.tokens(credential)]);
      await client.query("update object set create_digest = '' where kind = $1 and id = $2 and create_digest not in ('derived', 'embedded')", [kind, id]);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback").catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  async #sealAnew(client: pg.PoolClient, { kind, id }: ObjectKey, credential: string): Promise<void> {
    const { rows } = await client.query<{ version: number; sealed: Buffer; period: string }>(
      "select version, sealed, period from object_version where kind = $1 and id = $2 and sealed is not null", [kind, id]);
    for (const { version, sealed, period } of rows) {
      const place = sealingPlace(kind, id, version);
      const texts = this.#ring.unseal(period, sealed, place);
      const left = texts?.filter((one) => !mentions(one, credential));
      if (!texts || !left || left.length === texts.length) continue;
      const anew = left.length > 0 ? this.#ring.seal(period, left, place) : null;
      await client.query("update object_version set sealed = decode($4, 'hex') where kind = $1 and id = $2 and version = $3", [kind, id, version, anew]);
    }
  }

  async record({ id, at, organisation, client, reason, objects, kept }: Erasure): Promise<void> {
    await this.#database.pool.query("insert into erasure (id, at, organisation, client, reason, objects, kept) values ($1, $2, $3, $4, $5, $6, $7)",
      [id, at, organisation, client, reason, objects, kept]);
  }

  /** Of one organisation, or of all when null; the newest first. */
  async list(organisation: string | null): Promise<readonly Erasure[]> {
    const { rows } = await this.#database.pool.query<Erasure>(
      `select id, at, organisation, client, reason, objects, kept from erasure where $1::text is null or organisation = $1 order by at desc, id limit ${SHOWN_MAX}`,
      [organisation]);
    return rows;
  }
}
