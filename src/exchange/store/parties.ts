/**
 * Organisations, their clients and tokens, and who is connected to whom. Secrets are random, 256 bits long and
 * shown once; what is kept is their SHA-256, which nobody can guess back.
 */
import { createHash, randomBytes } from "node:crypto";
import type pg from "pg";
import type { DurationMs, Instant } from "../../kernel/instant.ts";
import { HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import { type Caller, type Role, SCOPE } from "../client/caller.ts";
import type { Clock } from "./store.ts";

export type Organisation = { readonly id: string; readonly role: Role; readonly name: string; readonly version: number };
export type ClientOptions = {
  readonly id: string; readonly organisation: string;
  readonly requestsPerSecond?: number; readonly amountsInMinorUnits?: boolean;
  /** Chosen by the caller for fixed demo clients; random otherwise. */
  readonly secret?: string;
  /** The pilot's `X-MCC-Access-Token`. */
  readonly legacyToken?: string;
};
export type Login = { readonly caller: Caller; readonly requestsPerSecond: number; readonly expiresAt: Instant };
export type Token = { readonly token: string; readonly expiresInSeconds: number; readonly scope: string };
export type TokenRefusal = "invalid_client" | "invalid_scope";

/** A stolen token works this long at most. */
export const TOKEN_LIFE_MS: DurationMs = 10 * MINUTE;
/** A shift in a patrol car or an office. */
export const PAGE_LOGIN_LIFE_MS: DurationMs = 8 * HOUR;
/** Open at once with one client; the oldest ends for the next. */
const PAGE_LOGINS_MAX = 200;
/** What people's logins are kept under: no bearer token has a colon, so neither opens the other's door. */
const PAGES = "pages:";
/** A disabled client is let in this long at most. */
const LOGIN_KEPT_MS: DurationMs = 30 * SECOND;
const LOGINS_KEPT_MAX = 10_000;
/** An enforcement client at a busy city asks 20 times a second. */
export const REQUESTS_PER_SECOND = 100;

type ClientRow = {
  id: string; organisation: string; role: Role; requests_per_second: number; amounts_in_minor_units: boolean; expires_at: Instant;
};

const digest = (secret: string): Buffer => createHash("sha256").update(secret).digest();

export class Parties {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly login: Login; readonly until: DurationMs; readonly expiresAt: Instant }>();

  constructor(pool: pg.Pool, clock: Clock) {
    this.#pool = pool;
    this.#clock = clock;
  }

  async registerOrganisation({ id, role, name }: Omit<Organisation, "version">): Promise<void> {
    await this.#pool.query(
      `insert into organisation (id, role, name, changed_at) values ($1, $2, $3, $4)
       on conflict (id) do update set name = excluded.name, version = organisation.version + 1, changed_at = excluded.changed_at
         where organisation.name <> excluded.name`, [id, role, name, this.#clock.now()]);
  }

  /** The secret, to be shown once. Registering again replaces it. */
  async registerClient(options: ClientOptions): Promise<string> {
    const secret = options.secret ?? randomBytes(32).toString("base64url");
    const legacy = options.legacyToken === undefined ? null : digest(options.legacyToken);
    const { rowCount } = await this.#pool.query(
      `insert into client (id, organisation, role, secret_digest, legacy_digest, requests_per_second, amounts_in_minor_units)
       select $1, o.id, o.role, $3, $4, $5, $6 from organisation o where o.id = $2
       on conflict (id) do update set secret_digest = excluded.secret_digest, legacy_digest = excluded.legacy_digest,
         requests_per_second = excluded.requests_per_second, amounts_in_minor_units = excluded.amounts_in_minor_units, disabled = false`,
      [options.id, options.organisation, digest(secret), legacy, options.requestsPerSecond ?? REQUESTS_PER_SECOND, options.amountsInMinorUnits ?? false]);
    if (rowCount !== 1) throw new Error(`no organisation ${options.organisation} for client ${options.id}`);
    return secret;
  }

  async hasClient(id: string): Promise<boolean> {
    return (await this.clientState(id)) !== undefined;
  }

  async clientState(id: string): Promise<"active" | "revoked" | undefined> {
    const [row] = (await this.#pool.query<{ disabled: boolean }>("select disabled from client where id = $1", [id])).rows;
    return row && (row.disabled ? "revoked" : "active");
  }

  /** The provider may sell for the operator. */
  async connect(provider: string, operator: string): Promise<void> {
    await this.#pool.query("insert into connection values ($1, $2) on conflict do nothing", [provider, operator]);
  }

  /** The enforcement supplier may look up rights at the place and below it; without a place, at all of the operator's. */
  async contract(enforcement: string, operator: string, place = ""): Promise<void> {
    await this.#pool.query(
      "insert into contract values ($1, $2, $3) on conflict do nothing", [enforcement, operator, place]
    );
  }

  /** False: there is no such client. */
  async disableClient(id: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query("update client set disabled = true where id = $1", [id]);
    await this.#endTokensOf(id);
    return rowCount === 1;
  }

  /** An id is given once, so that what a log says of a client stays true. */
  async addClient(id: string, organisation: string): Promise<string | "clientExists" | "noOrganisation"> {
    const secret = randomBytes(32).toString("base64url");
    const { rowCount } = await this.#pool.query(
      `insert into client (id, organisation, role, secret_digest, requests_per_second)
       select $1, o.id, o.role, $3, $4 from organisation o where o.id = $2 on conflict (id) do nothing`,
      [id, organisation, digest(secret), REQUESTS_PER_SECOND]);
    if (rowCount === 1) return secret;
    return (await this.hasClient(id)) ? "clientExists" : "noOrganisation";
  }

  /** The new secret; with it, tokens and logins made by the old one end. Undefined: no client, or a revoked one. */
  async rotateSecret(id: string): Promise<string | undefined> {
    const secret = randomBytes(32).toString("base64url");
    const { rowCount } = await this.#pool.query("update client set secret_digest = $2 where id = $1 and not disabled", [id, digest(secret)]);
    if (rowCount !== 1) return undefined;
    await this.#endTokensOf(id);
    return secret;
  }

  async #endTokensOf(client: string): Promise<void> {
    await this.#pool.query("delete from access_token where client = $1", [client]);
    for (const [key, { login }] of this.#kept) if (login.caller.client === client) this.#kept.delete(key);
  }

  async organisations(roles: readonly Role[]): Promise<readonly Organisation[]> {
    const { rows } = await this.#pool.query<Organisation>(
      "select id, role, name, version from organisation where role = any($1) order by id", [roles]
    );
    return rows;
  }

  async issueToken(client: string, secret: string, scope: string | undefined): Promise<Token | TokenRefusal> {
    const { rows } = await this.#pool.query<{ role: Role }>(
      "select role from client where id = $1 and secret_digest = $2 and not disabled", [client, digest(secret)]);
    const [found] = rows;
    if (!found) return "invalid_client";
    const granted = SCOPE[found.role];
    if (scope !== undefined && scope !== "" && scope.split(" ").some((one) => one !== granted)) return "invalid_scope";
    const token = randomBytes(32).toString("base64url");
    const now = this.#clock.now();
    await this.#pool.query("delete from access_token where client = $1 and expires_at < $2", [client, now]);
    await this.#pool.query(
      "insert into access_token values ($1, $2, $3, $4)", [digest(token), client, granted, now + TOKEN_LIFE_MS]
    );
    return { token, expiresInSeconds: TOKEN_LIFE_MS / SECOND, scope: granted };
  }

  /** People sign in to the pages with their organisation's client; undefined when the secret is wrong. */
  async openPageLogin(client: string, secret: string): Promise<string | undefined> {
    const { rowCount } = await this.#pool.query(
      "select 1 from client where id = $1 and secret_digest = $2 and not disabled", [client, digest(secret)]);
    if (rowCount !== 1) return undefined;
    const token = randomBytes(32).toString("base64url");
    const now = this.#clock.now();
    await this.#pool.query(
      `delete from access_token where client = $1 and scope = $2 and (expires_at < $3 or digest in (
         select digest from access_token where client = $1 and scope = $2 order by expires_at desc offset ${PAGE_LOGINS_MAX - 1}))`, [client, PAGES, now]);
    await this.#pool.query("insert into access_token values ($1, $2, $3, $4)", [digest(PAGES + token), client, PAGES, now + PAGE_LOGIN_LIFE_MS]);
    return token;
  }

  async loginOfPage(token: string): Promise<Login | undefined> {
    return await this.#loginOf(PAGES + token, `select c.*, t.expires_at from access_token t join client c on c.id = t.client
      where t.digest = $1 and t.expires_at > $2 and not c.disabled`, PAGES + token);
  }

  async closePageLogin(token: string): Promise<void> {
    await this.#pool.query("delete from access_token where digest = $1", [digest(PAGES + token)]);
    this.#kept.delete(PAGES + token);
  }

  async loginOfToken(token: string): Promise<Login | undefined> {
    return await this.#loginOf(`bearer ${token}`, `select c.*, t.expires_at from access_token t join client c on c.id = t.client
      where t.digest = $1 and t.expires_at > $2 and not c.disabled`, token);
  }

  async loginOfLegacyToken(token: string): Promise<Login | undefined> {
    return await this.#loginOf(`legacy ${token}`, `select c.*, ${Number.MAX_SAFE_INTEGER}::bigint as expires_at from client c
      where c.legacy_digest = $1 and $2::bigint > 0 and not c.disabled`, token);
  }

  async #loginOf(key: string, query: string, token: string): Promise<Login | undefined> {
    const mono = this.#clock.elapsed();
    const now = this.#clock.now();
    const kept = this.#kept.get(key);
    if (kept && kept.until > mono && kept.expiresAt > now) return kept.login;
    this.#kept.delete(key);
    const [row] = (await this.#pool.query<ClientRow>(query, [digest(token), now])).rows;
    if (!row) return undefined;
    const login = {
      caller: {
        client: row.id, organisation: row.organisation, role: row.role, amountsInMinorUnits: row.amounts_in_minor_units,
      },
      requestsPerSecond: row.requests_per_second, expiresAt: row.expires_at,
    };
    if (this.#kept.size >= LOGINS_KEPT_MAX) this.#kept.clear();
    this.#kept.set(key, { login, until: mono + LOGIN_KEPT_MS, expiresAt: row.expires_at });
    return login;
  }
}
