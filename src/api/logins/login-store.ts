/** Accounts and logins in PostgreSQL, beside the journal but not part of it. */
import type { Pool } from "pg";
import { ROLES, type Role } from "../contract/login.ts";
import type { Account, Login, LoginStore } from "./logins.ts";

/** Forward only; run at every start. */
const TABLES = `
  create schema if not exists staff;
  create table if not exists staff.account (
    id text primary key, name text not null unique, roles text[] not null, company text, active boolean not null,
    password_hash text not null, last_login_at bigint
  );
  create table if not exists staff.login (
    token_hash text primary key, account text not null references staff.account (id), created_at bigint not null, expires_at bigint not null
  );`;

type AccountRow = { id: string; name: string; roles: string[]; company: string | null; active: boolean; password_hash: string; last_login_at: string | null };
type LoginRow = { token_hash: string; account: string; created_at: string; expires_at: string };

export async function openLoginStore(pool: Pool): Promise<LoginStore> {
  await pool.query(TABLES);
  return {
    async load() {
      const accounts = await pool.query<AccountRow>("select * from staff.account");
      const logins = await pool.query<LoginRow>("select * from staff.login");
      return { accounts: accounts.rows.map(accountOf), logins: logins.rows.map(loginOf) };
    },
    async saveAccount(a) {
      await pool.query(
        `insert into staff.account (id, name, roles, company, active, password_hash, last_login_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set name = excluded.name, roles = excluded.roles, company = excluded.company, active = excluded.active,
           password_hash = excluded.password_hash, last_login_at = excluded.last_login_at`,
        [a.id, a.name, a.roles, a.company, a.active, a.passwordHash, a.lastLoginAt],
      );
    },
    async saveLogin(l) {
      await pool.query("insert into staff.login (token_hash, account, created_at, expires_at) values ($1, $2, $3, $4)", [l.tokenHash, l.account, l.createdAt, l.expiresAt]);
    },
    async deleteLogins(tokenHashes) {
      await pool.query("delete from staff.login where token_hash = any($1)", [tokenHashes]);
    },
  };
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

const accountOf = (row: AccountRow): Account => ({
  id: row.id, name: row.name, roles: row.roles.filter(isRole), company: row.company, active: row.active, passwordHash: row.password_hash,
  lastLoginAt: row.last_login_at === null ? null : Number(row.last_login_at),
});

const loginOf = (row: LoginRow): Login =>
  ({ tokenHash: row.token_hash, account: row.account, createdAt: Number(row.created_at), expiresAt: Number(row.expires_at) });

/** For tests and for a demo without a database: forgets everything at the end. */
export function memoryLoginStore(): LoginStore {
  const accounts = new Map<string, Account>();
  const logins = new Map<string, Login>();
  return {
    load: async () => ({ accounts: [...accounts.values()], logins: [...logins.values()] }),
    saveAccount: async (account) => void accounts.set(account.id, account),
    saveLogin: async (login) => void logins.set(login.tokenHash, login),
    deleteLogins: async (hashes) => hashes.forEach((hash) => logins.delete(hash)),
  };
}
