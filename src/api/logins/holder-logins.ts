/**
 * Logins of account holders to My parking.
 *
 *   staff invite --one-time code--> holder chooses a password --> logs in with e-mail and password
 *
 * Promise: no e-mail address is kept here, only its keyed digest; a stolen copy of the tables opens nothing and
 * names nobody. Each login is for one account.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { DAY, HOUR, type Instant } from "../../kernel/instant.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { Attempts } from "./attempts.ts";
import { decoyHash, hashPassword, passwordMatches } from "./password.ts";

/** A phone in a pocket: longer than a staff login, short enough that a lost one is closed by itself. */
export const HOLDER_LOGIN_LIFE_MS = 30 * DAY;
/** Somebody on holiday still finds the invitation good. */
export const INVITATION_LIFE_MS = 14 * DAY;
/** Open sessions of one account; the oldest is closed for the next. */
const SESSIONS_MAX = 20;
/** Expired sessions are dropped at most this often. */
const DROP_EVERY_MS = HOUR;

export type HolderLogin = {
  readonly account: string;
  readonly emailDigest: string;
  readonly passwordHash: string | null;
  readonly inviteDigest: string | null;
  readonly inviteExpiresAt: Instant | null;
  readonly lastLoginAt: Instant | null;
};
export type HolderSession = { readonly tokenHash: string; readonly account: string; readonly createdAt: Instant; readonly expiresAt: Instant };

/** Where they are kept; PostgreSQL in the product (holder-store.ts). */
export type HolderStore = {
  load(): Promise<{ readonly logins: readonly HolderLogin[]; readonly sessions: readonly HolderSession[] }>;
  save(login: HolderLogin): Promise<void>;
  remove(account: string): Promise<void>;
  saveSession(session: HolderSession): Promise<void>;
  deleteSessions(tokenHashes: readonly string[]): Promise<void>;
};

export type HolderWho = { readonly account: string; readonly expiresAt: Instant };
export type HolderState = { readonly state: "none" | "invited" | "active"; readonly lastLoginAt: Instant | null; readonly inviteExpiresAt: Instant | null };
export type HolderProblem =
  | { readonly type: "loginRefused" } | { readonly type: "inviteInvalid" } | { readonly type: "emailTaken" }
  | { readonly type: "tooManyAttempts"; readonly seconds: number };
type Opened = { readonly token: string; readonly who: HolderWho };

export class HolderLogins {
  readonly #store: HolderStore;
  readonly #now: () => Instant;
  readonly #secret: string;
  readonly #attempts = new Attempts();
  readonly #logins = new Map<string, HolderLogin>();
  readonly #sessions = new Map<string, HolderSession>();
  #droppedAt = 0;

  private constructor(store: HolderStore, now: () => Instant, secret: string) {
    this.#store = store;
    this.#now = now;
    this.#secret = secret;
  }

  /** `now` is the wall clock. `secret` keys the digests of e-mail addresses and stays with this installation. */
  static async open(store: HolderStore, now: () => Instant, secret: string): Promise<HolderLogins> {
    const made = new HolderLogins(store, now, secret);
    const { logins, sessions } = await store.load();
    for (const login of logins) made.#logins.set(login.account, login);
    for (const session of sessions) made.#sessions.set(session.tokenHash, session);
    return made;
  }

  stateOf(account: string): HolderState {
    const login = this.#logins.get(account);
    if (!login) return { state: "none", lastLoginAt: null, inviteExpiresAt: null };
    const state = login.passwordHash !== null ? "active" : "invited";
    return { state, lastLoginAt: login.lastLoginAt, inviteExpiresAt: login.inviteDigest === null ? null : login.inviteExpiresAt };
  }

  /** A new code; an older one is good for nothing from now on. A password chosen before stays until a new one is chosen. */
  async invite(account: string, email: string): Promise<Result<{ readonly code: string; readonly expiresAt: Instant }, HolderProblem>> {
    const emailDigest = this.#digestOf(email);
    if (this.#takenByOther(account, emailDigest)) return err({ type: "emailTaken" });
    const code = randomBytes(24).toString("base64url");
    const expiresAt = this.#now() + INVITATION_LIFE_MS;
    const old = this.#logins.get(account);
    await this.#save({
      account, emailDigest, passwordHash: old?.passwordHash ?? null, lastLoginAt: old?.lastLoginAt ?? null,
      inviteDigest: hashOf(code), inviteExpiresAt: expiresAt,
    });
    return ok({ code, expiresAt });
  }

  /** The code works once. */
  async activate(code: string, password: string, address: string): Promise<Result<Opened, HolderProblem>> {
    const seconds = this.#attempts.admit(`code ${address}`, address, this.#now());
    if (seconds > 0) return err({ type: "tooManyAttempts", seconds });
    const inviteDigest = hashOf(code);
    const invited = (): HolderLogin | undefined =>
      [...this.#logins.values()].find((one) => one.inviteDigest === inviteDigest && (one.inviteExpiresAt ?? 0) > this.#now());
    if (!invited()) return err({ type: "inviteInvalid" });
    const passwordHash = await hashPassword(password);
    const login = invited();
    if (!login) return err({ type: "inviteInvalid" });
    this.#attempts.succeeded(`code ${address}`);
    this.#logins.set(login.account, { ...login, inviteDigest: null });
    await this.#closeAll(login.account);
    return ok(await this.#openSession({ ...login, passwordHash, inviteDigest: null, inviteExpiresAt: null }));
  }

  /** The same refusal for an unknown address and a wrong password, after the same time. */
  async logIn(email: string, password: string, address: string): Promise<Result<Opened, HolderProblem>> {
    const emailDigest = this.#digestOf(email);
    const seconds = this.#attempts.admit(emailDigest, address, this.#now());
    if (seconds > 0) return err({ type: "tooManyAttempts", seconds });
    const login = [...this.#logins.values()].find((one) => one.emailDigest === emailDigest);
    const matches = await passwordMatches(login?.passwordHash ?? (await decoyHash()), password);
    const now = login && this.#logins.get(login.account);
    if (!now || now.passwordHash === null || now.passwordHash !== login.passwordHash || !matches) return err({ type: "loginRefused" });
    this.#attempts.succeeded(emailDigest);
    return ok(await this.#openSession(now));
  }

  /** For acts that ask for the password once more. */
  async confirm(account: string, password: string, address: string): Promise<Result<null, HolderProblem>> {
    const seconds = this.#attempts.admit(`confirm ${account}`, address, this.#now());
    if (seconds > 0) return err({ type: "tooManyAttempts", seconds });
    const matches = await passwordMatches(this.#logins.get(account)?.passwordHash ?? (await decoyHash()), password);
    if (!matches || (this.#logins.get(account)?.passwordHash ?? null) === null) return err({ type: "loginRefused" });
    this.#attempts.succeeded(`confirm ${account}`);
    return ok(null);
  }

  /** Closes every open session of the account but the one that asked. */
  async changePassword(account: string, password: string, keep: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    const login = this.#logins.get(account);
    if (!login) return;
    await this.#save({ ...login, passwordHash, inviteDigest: null, inviteExpiresAt: null });
    await this.#closeAll(account, hashOf(keep));
  }

  /** The contact's e-mail address changed: it is the login's name. */
  async setEmail(account: string, email: string): Promise<Result<null, HolderProblem>> {
    const emailDigest = this.#digestOf(email);
    if (this.#takenByOther(account, emailDigest)) return err({ type: "emailTaken" });
    const login = this.#logins.get(account);
    if (login && login.emailDigest !== emailDigest) await this.#save({ ...login, emailDigest });
    return ok(null);
  }

  /** The address is the login of another account. */
  isTaken(account: string, email: string): boolean {
    return this.#takenByOther(account, this.#digestOf(email));
  }

  whoOf(token: string): HolderWho | null {
    const session = this.#sessions.get(hashOf(token));
    if (!session || session.expiresAt <= this.#now() || !this.#logins.has(session.account)) return null;
    return { account: session.account, expiresAt: session.expiresAt };
  }

  async logOut(token: string): Promise<void> {
    await this.#close([hashOf(token)]);
  }

  /** No login any more; its sessions end at once. */
  async revoke(account: string): Promise<void> {
    this.#logins.delete(account);
    await this.#closeAll(account);
    await this.#store.remove(account);
  }

  /** The demo's accounts begin with a password of their own. */
  async give(account: string, email: string, password: string): Promise<void> {
    await this.#save({
      account, emailDigest: this.#digestOf(email), passwordHash: await hashPassword(password), inviteDigest: null, inviteExpiresAt: null, lastLoginAt: null,
    });
  }

  async #openSession(login: HolderLogin): Promise<Opened> {
    const now = this.#now();
    await this.#dropExpired(now);
    const token = randomBytes(32).toString("base64url");
    const session: HolderSession = { tokenHash: hashOf(token), account: login.account, createdAt: now, expiresAt: now + HOLDER_LOGIN_LIFE_MS };
    await this.#save({ ...login, lastLoginAt: now });
    await this.#store.saveSession(session);
    this.#sessions.set(session.tokenHash, session);
    const open = [...this.#sessions.values()].filter(({ account }) => account === login.account).sort((a, b) => b.createdAt - a.createdAt);
    await this.#close(open.slice(SESSIONS_MAX).map(({ tokenHash }) => tokenHash));
    return { token, who: { account: login.account, expiresAt: session.expiresAt } };
  }

  async #save(login: HolderLogin): Promise<void> {
    await this.#store.save(login);
    this.#logins.set(login.account, login);
  }

  async #dropExpired(now: Instant): Promise<void> {
    if (now - this.#droppedAt < DROP_EVERY_MS) return;
    this.#droppedAt = now;
    await this.#close([...this.#sessions.values()].filter(({ expiresAt }) => expiresAt <= now).map(({ tokenHash }) => tokenHash));
  }

  async #closeAll(account: string, keep: string | null = null): Promise<void> {
    await this.#close([...this.#sessions.values()].filter((one) => one.account === account && one.tokenHash !== keep).map(({ tokenHash }) => tokenHash));
  }

  async #close(tokenHashes: readonly string[]): Promise<void> {
    if (tokenHashes.length === 0) return;
    for (const hash of tokenHashes) this.#sessions.delete(hash);
    await this.#store.deleteSessions(tokenHashes);
  }

  #takenByOther(account: string, emailDigest: string): boolean {
    return [...this.#logins.values()].some((one) => one.account !== account && one.emailDigest === emailDigest);
  }

  #digestOf(email: string): string {
    return createHmac("sha256", this.#secret).update(`holder ${email.normalize("NFKC").trim().toLowerCase()}`).digest("hex");
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
