/** What an office looks at: clients, connections, contracts, dead letters. Everybody's own; an administrator's all. */
import type pg from "pg";
import type { Instant } from "../../kernel/instant.ts";
import type { Reader } from "./visibility.ts";

export type ClientRow = { readonly id: string; readonly organisation: string; readonly requestsPerSecond: number; readonly revoked: boolean };
export type ConnectionRow = { readonly provider: string; readonly operator: string };
export type ContractRow = { readonly enforcement: string; readonly operator: string; readonly place: string | null };

/** A country has some thousand car park companies; a page that shows more is read by nobody. */
export const ROWS_MAX = 5_000;

export class Office {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async clients(reader: Reader): Promise<readonly ClientRow[]> {
    return await this.#rows<ClientRow>(`select id, organisation, requests_per_second as "requestsPerSecond", disabled as revoked
      from client where (organisation = $1 or $2) order by organisation, id limit ${ROWS_MAX}`, reader);
  }

  async connections(reader: Reader): Promise<readonly ConnectionRow[]> {
    return await this.#rows<ConnectionRow>(`select provider, operator from connection where ($1 in (provider, operator) or $2)
      order by operator, provider limit ${ROWS_MAX}`, reader);
  }

  async contracts(reader: Reader): Promise<readonly ContractRow[]> {
    return await this.#rows<ContractRow>(`select enforcement, operator, nullif(place, '') as place from contract
      where ($1 in (enforcement, operator) or $2) order by operator, enforcement, place limit ${ROWS_MAX}`, reader);
  }

  /** All dead letters of the reader, due now from the first attempt on; how many. */
  async replayAll(reader: Reader, now: Instant): Promise<number> {
    const { rowCount } = await this.#pool.query(
      `update delivery d set dead_at = null, due_at = $3, attempts = 0 from subscription s
       where d.dead_at is not null and s.id = d.subscription and s.ended_at is null and (s.organisation = $1 or $2)`,
      [...mine(reader), now]);
    return rowCount ?? 0;
  }

  async #rows<Row extends pg.QueryResultRow>(text: string, reader: Reader): Promise<readonly Row[]> {
    return (await this.#pool.query<Row>(text, mine(reader))).rows;
  }
}

const mine = ({ organisation, role }: Reader): [string, boolean] => [organisation, role === "administrator"];
