/**
 * Logins: a random token in a cookie, its SHA-256 in the database, so that a stolen copy of the table opens
 * nothing. Accounts and open logins are few and kept in memory; the database is written first.
 */
import { createHash, randomBytes } from "node:crypto";
import { HOUR, type Instant } from "../../kernel/instant.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { ROLES, type Role } from "../contract/login.ts";
import { Attempts } from "./attempts.ts";
import { decoyHash, hashPassword, passwordMatches } from "./password.ts";

/** A working day; then the password is asked for again. */
export const LOGIN_LIFE_MS = 12 * HOUR;
/** Open logins of one account; the oldest is closed for the next. */
const LOGINS_PER_ACCOUNT_MAX = 20;
/** Accounts of a city's staff. */
const ACCOUNTS_MAX = 5_000;

export type Account = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly company: string | null;
  readonly active: boolean;
  readonly passwordHash: string;
  readonly lastLoginAt: Instant | null;
};

export type Login = { readonly tokenHash: string; readonly account: string; readonly createdAt: Instant; readonly expiresAt: Instant };

/** Where accounts and logins are kept; PostgreSQL in the product (login-store.ts). */
export type LoginStore = {
  load(): Promise<{ readonly accounts: readonly Account[]; readonly logins: readonly Login[] }>;
  saveAccount(account: Account): Promise<void>;
  saveLogin(login: Login): Promise<void>;
  deleteLogins(tokenHashes: readonly string[]): Promise<void>;
};

export type Who = { readonly account: Account; readonly login: Login };
export type LoginProblem = { readonly type: "loginRefused" } | { readonly type: "tooManyAttempts"; readonly seconds: number };
export type AccountProblem = { readonly type: "nameTaken" } | { readonly type: "notFound" } | { readonly type: "lastAdministrator" } | { readonly type: "tooManyAccounts" };

export class Logins {
  readonly #store: LoginStore;
  readonly #now: () => Instant;
  readonly #attempts = new Attempts();
  readonly #accounts = new Map<string, Account>();
  readonly #logins = new Map<string, Login>();

  private constructor(store: LoginStore, now: () => Instant) {
    this.#store = store;
    this.#now = now;
  }

  /** `now` is the wall clock, never the demo's virtual one: a fast clock must not log people out. */
  static async open(store: LoginStore, now: () => Instant): Promise<Logins> {
    const logins = new Logins(store, now);
    const loaded = await store.load();
    for (const account of loaded.accounts) logins.#accounts.set(account.id, account);
    for (const login of loaded.logins) logins.#logins.set(login.tokenHash, login);
    await logins.#dropExpired();
    return logins;
  }

  get accounts(): readonly Account[] {
    return [...this.#accounts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Null when no account has the id. */
  nameOf(id: string): string | null {
    return this.#accounts.get(id)?.name ?? null;
  }

  /** The token for the cookie; the same refusal for a wrong name and a wrong password. */
  async logIn(name: string, password: string, address: string): Promise<Result<{ readonly token: string; readonly who: Who }, LoginProblem>> {
    const account = await this.#proved(name, password, address);
    if (!account.ok) return account;
    const now = this.#now();
    await this.#dropExpired();
    const token = randomBytes(32).toString("base64url");
    const login: Login = { tokenHash: tokenHashOf(token), account: account.value.id, createdAt: now, expiresAt: now + LOGIN_LIFE_MS };
    const seen = { ...account.value, lastLoginAt: now };
    await this.#store.saveAccount(seen);
    await this.#store.saveLogin(login);
    this.#accounts.set(seen.id, seen);
    this.#logins.set(login.tokenHash, login);
    await this.#dropBeyond(account.value.id);
    return ok({ token, who: { account: seen, login } });
  }

  /** A second person agrees with name and password; nobody is logged in by it. */
  async confirm(name: string, password: string, address: string): Promise<Result<Account, LoginProblem>> {
    return this.#proved(name, password, address);
  }

  async #proved(name: string, password: string, address: string): Promise<Result<Account, LoginProblem>> {
    const seconds = this.#attempts.admit(name.toLowerCase(), address, this.#now());
    if (seconds > 0) return err({ type: "tooManyAttempts", seconds });
    const account = [...this.#accounts.values()].find((one) => one.name === name.toLowerCase() && one.active);
    const matches = await passwordMatches(account?.passwordHash ?? (await decoyHash()), password);
    if (!account || !matches) return err({ type: "loginRefused" });
    this.#attempts.succeeded(account.name);
    return ok(account);
  }

  whoOf(token: string): Who | null {
    const login = this.#logins.get(tokenHashOf(token));
    if (!login || login.expiresAt <= this.#now()) return null;
    const account = this.#accounts.get(login.account);
    return account?.active ? { account, login } : null;
  }

  async logOut(token: string): Promise<void> {
    await this.#close([tokenHashOf(token)]);
  }

  async createAccount(wanted: { readonly name: string; readonly password: string; readonly roles: readonly Role[]; readonly company: string | null }): Promise<Result<Account, AccountProblem>> {
    if (this.#accounts.size >= ACCOUNTS_MAX) return err({ type: "tooManyAccounts" });
    if (this.accounts.some((one) => one.name === wanted.name)) return err({ type: "nameTaken" });
    const account: Account = {
      id: `staff-${randomBytes(6).toString("hex")}`, name: wanted.name, roles: inOrder(wanted.roles), company: wanted.company, active: true,
      passwordHash: await hashPassword(wanted.password), lastLoginAt: null,
    };
    if (this.accounts.some((one) => one.name === wanted.name)) return err({ type: "nameTaken" });
    await this.#store.saveAccount(account);
    this.#accounts.set(account.id, account);
    return ok(account);
  }

  /** A new password, fewer roles or an account made inactive closes its open logins. */
  async changeAccount(
    id: string, change: { readonly roles?: readonly Role[] | undefined; readonly password?: string | undefined; readonly active?: boolean | undefined; readonly company?: string | null | undefined },
  ): Promise<Result<Account, AccountProblem>> {
    const account = this.#accounts.get(id);
    if (!account) return err({ type: "notFound" });
    const passwordHash = change.password === undefined ? account.passwordHash : await hashPassword(change.password);
    const changed: Account = {
      ...account, passwordHash, roles: inOrder(change.roles ?? account.roles), active: change.active ?? account.active,
      company: change.company === undefined ? account.company : change.company,
    };
    const administrators = [...this.#accounts.values()].map((one) => (one.id === id ? changed : one)).filter((one) => one.active && one.roles.includes("administrator"));
    if (administrators.length === 0) return err({ type: "lastAdministrator" });
    await this.#store.saveAccount(changed);
    this.#accounts.set(id, changed);
    const open = [...this.#logins.values()].filter((login) => login.account === id).map((login) => login.tokenHash);
    await this.#close(open);
    return ok(changed);
  }

  async #dropExpired(): Promise<void> {
    const now = this.#now();
    await this.#close([...this.#logins.values()].filter((login) => login.expiresAt <= now).map((login) => login.tokenHash));
  }

  async #dropBeyond(account: string): Promise<void> {
    const open = [...this.#logins.values()].filter((login) => login.account === account).sort((a, b) => b.createdAt - a.createdAt);
    await this.#close(open.slice(LOGINS_PER_ACCOUNT_MAX).map((login) => login.tokenHash));
  }

  async #close(tokenHashes: readonly string[]): Promise<void> {
    if (tokenHashes.length === 0) return;
    await this.#store.deleteLogins(tokenHashes);
    for (const hash of tokenHashes) this.#logins.delete(hash);
  }
}

const tokenHashOf = (token: string): string => createHash("sha256").update(token).digest("hex");
const inOrder = (roles: readonly Role[]): readonly Role[] => ROLES.filter((role) => roles.includes(role));

