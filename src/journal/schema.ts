/**
 * The tables, as forward-only steps. A step that has run anywhere is never changed: add another.
 *
 *   stream      the head of each stream: who owns it, how far it is
 *   journal     the events, partitioned by month of their time
 *   open_stay, posting, outbox, idempotency, vault, vault_hold    committed with the events
 *   follower_position    how far each follower is, committed with its own rows
 */
export type Migration = { readonly id: number; readonly name: string; readonly sql: string };

export const MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: "journal, essential rows, vault, followers",
    sql: `
      create table stream (
        stream text primary key,
        kind text not null,
        epoch bigint not null,
        seq bigint not null default 0,
        at bigint not null default 0,
        digest bytea not null,
        closed_seq bigint not null default 0,
        closed_at bigint not null default 0
      ) with (fillfactor = 50);

      create table journal (
        stream text not null,
        seq bigint not null,
        at bigint not null,
        type text not null,
        version int not null,
        payload text not null,
        digest bytea not null,
        primary key (stream, seq, at)
      ) partition by range (at);

      create table open_stay (
        stream text not null,
        stay text not null,
        seq bigint not null,
        row text not null,
        primary key (stream, stay)
      ) with (fillfactor = 80);

      create table posting (
        stream text not null,
        seq bigint not null,
        n int not null,
        at bigint not null,
        account text not null,
        amount_minor bigint not null,
        currency text not null,
        ref text,
        primary key (stream, seq, n)
      );

      create table outbox (
        stream text not null,
        seq bigint not null,
        n int not null,
        topic text not null,
        key text not null,
        payload text not null,
        at bigint not null,
        due_at bigint not null,
        attempts int not null default 0,
        dead boolean not null default false,
        last_error text,
        primary key (stream, seq, n)
      ) with (fillfactor = 80);
      create index outbox_due on outbox (topic, due_at) where not dead;
      create index outbox_order on outbox (stream, topic, key, seq, n) where not dead;

      create table idempotency (
        stream text not null,
        key text not null,
        body_hash text not null,
        answer text not null,
        at bigint not null,
        primary key (stream, key)
      );

      create table vault (
        realm text not null,
        ref text not null,
        class text not null,
        generation int not null,
        wrapped_key bytea not null,
        sealed bytea not null,
        erase_at bigint,
        erase_progress bigint,
        primary key (realm, ref)
      ) with (fillfactor = 80);
      create index vault_due on vault (realm, erase_at) where erase_at is not null;
      create index vault_generation on vault (realm, class, generation);

      create table vault_hold (
        realm text not null,
        ref text not null,
        owner text not null,
        reason text not null,
        until_at bigint not null,
        primary key (realm, ref)
      );

      create table vault_clock (
        realm text primary key,
        wall bigint not null,
        progress bigint not null
      );

      create table follower_position (
        follower text not null,
        stream text not null,
        seq bigint not null,
        primary key (follower, stream)
      ) with (fillfactor = 50);

      create table follower (
        name text primary key,
        version int not null
      );`,
  },
];
