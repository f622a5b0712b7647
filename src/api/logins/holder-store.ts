/** Logins of account holders in PostgreSQL, beside the journal but not part of it. No address, no name, no token. */
import type { Pool } from "pg";
import type { HolderLogin, HolderSession, HolderStore } from "./holder-logins.ts";

/** Forward only; run at every start. */
const TABLES = `
  create schema if not exists holder;
  create table if not exists holder.login (
    account text primary key, email_digest text not null unique, password_hash text, invite_digest text, invite_expires_at bigint, last_login_at bigint
  );
  create table if not exists holder.session (
    token_hash text primary key, account text not null, created_at bigint not null, expires_at bigint not null
  );`;

type LoginRow = {
  account: string; email_digest: string; password_hash: string | null; invite_digest: string | null; invite_expires_at: string | null; last_login_at: string | null;
};
type SessionRow = { token_hash: string; account: string; created_at: string; expires_at: string };

export async function openHolderStore(pool: Pool): Promise<HolderStore> {
  await pool.query(TABLES);
  return {
    async load() {
      const logins = await pool.query<LoginRow>("select * from holder.login");
      const sessions = await pool.query<SessionRow>("select * from holder.session");
      return { logins: logins.rows.map(loginOf), sessions: sessions.rows.map(sessionOf) };
    },
    async save(l) {
      await pool.query(
        `insert into holder.login (account, email_digest, password_hash, invite_digest, invite_expires_at, last_login_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (account) do update set email_digest = excluded.email_digest, password_hash = excluded.password_hash,
           invite_digest = excluded.invite_digest, invite_expires_at = excluded.invite_expires_at, last_login_at = excluded.last_login_at`,
        [l.account, l.emailDigest, l.passwordHash, l.inviteDigest, l.inviteExpiresAt, l.lastLoginAt],
      );
    },
    async remove(account) {
      await pool.query("delete from holder.session where account = $1", [account]);
      await pool.query("delete from holder.login where account = $1", [account]);
    },
    async saveSession(s) {
      await pool.query("insert into holder.session (token_hash, account, created_at, expires_at) values ($1, $2, $3, $4)", [s.tokenHash, s.account, s.createdAt, s.expiresAt]);
    },
    async deleteSessions(tokenHashes) {
      await pool.query("delete from holder.session where token_hash = any($1)", [tokenHashes]);
    },
  };
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

const loginOf = (row: LoginRow): HolderLogin => ({
  account: row.account, emailDigest: row.email_digest, passwordHash: row.password_hash, inviteDigest: row.invite_digest,
  inviteExpiresAt: numberOf(row.invite_expires_at), lastLoginAt: numberOf(row.last_login_at),
});

const sessionOf = (row: SessionRow): HolderSession =>
  ({ tokenHash: row.token_hash, account: row.account, createdAt: Number(row.created_at), expiresAt: Number(row.expires_at) });

/** For tests: forgets everything at the end. */
export function memoryHolderStore(): HolderStore {
  const logins = new Map<string, HolderLogin>();
  const sessions = new Map<string, HolderSession>();
  return {
    load: async () => ({ logins: [...logins.values()], sessions: [...sessions.values()] }),
    save: async (login) => void logins.set(login.account, login),
    remove: async (account) => {
      logins.delete(account);
      for (const session of sessions.values()) if (session.account === account) sessions.delete(session.tokenHash);
    },
    saveSession: async (session) => void sessions.set(session.tokenHash, session),
    deleteSessions: async (hashes) => hashes.forEach((hash) => sessions.delete(hash)),
  };
}
