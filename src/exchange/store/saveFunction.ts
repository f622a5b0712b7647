/**
 * `save(change)`: one statement, one transaction, one answer.
 *
 * The decision was made on versions read before; the change says which, and fails with GH409 when one of
 * them has moved. So a decision is never stored on top of a state it has not seen.
 *
 * Time: the writer announces the second it writes in, by an advisory lock that lives as long as its
 * transaction; only then does it take the time. Whoever lists asks which seconds are still announced
 * (horizon.ts), so no change appears behind an instant that a list has already given out.
 */

/** Announced seconds are counted from here, to fit the lock's 32 bits until 2092. */
export const ANNOUNCED_FROM_SECOND = 1_700_000_000;
export const ANNOUNCEMENT_LOCK = 7_236_120;
export const CONFLICT = "GH409";
export const BLOCKED = "GH410";

/** `also`: further conditions, before anything is written. `release`: what becomes of what the version before was found by. */
const saveFunction = (also: string, release = `
        delete from holding h where h.id = write.id and h.kind = write.kind;`): string => `
  create or replace function save(change json) returns bigint language plpgsql as $$
  declare
    write record;
    guard record;
    now_ms bigint;
    actor text := change->>'organisation';
    actor_client text := change->>'client';
  begin
    perform set_config('exchange.role', 'exchange', true);
    perform pg_advisory_xact_lock_shared(${ANNOUNCEMENT_LOCK}, (extract(epoch from clock_timestamp())::bigint - ${ANNOUNCED_FROM_SECOND})::int);
    now_ms := (extract(epoch from clock_timestamp()) * 1000)::bigint;

${also}    for guard in select * from json_to_recordset(change->'guards') as g(kind text, id text, version int) loop
      perform 1 from object o where o.kind = guard.kind and o.id = guard.id and o.version = guard.version and o.deleted_at is null for share;
      if not found then raise exception 'guard' using errcode = '${CONFLICT}'; end if;
    end loop;

    for write in select * from json_to_recordset(change->'writes') as w(kind text, id text, expected int, version int, body text,
        sealed text, period text, digest text, owner text, operator text, parties text[], places text[], type text, spec text,
        availability text, rank int, start_at bigint, end_at bigint, derived_from text, deleted boolean, topic text,
        "references" json, holdings json, place json) loop
      if write.expected = 0 then
        insert into object (kind, id, seq, version, created_at, changed_at, created_by, create_digest, owner, operator, parties, places,
            type, spec, availability, rank, start_at, end_at, derived_from)
          values (write.kind, write.id, nextval('object_seq'), write.version, now_ms, now_ms, actor, coalesce(write.digest, ''), write.owner,
            write.operator, write.parties, write.places, write.type, write.spec, write.availability, write.rank, write.start_at,
            write.end_at, write.derived_from)
          on conflict do nothing;
      else
        update object o set version = write.version, changed_at = now_ms, deleted_at = case when write.deleted then now_ms end,
            owner = write.owner, operator = write.operator, parties = write.parties, places = write.places, type = write.type,
            spec = write.spec, availability = write.availability, rank = write.rank, start_at = write.start_at, end_at = write.end_at,
            derived_from = write.derived_from
          where o.kind = write.kind and o.id = write.id and o.version = write.expected and o.deleted_at is null;
      end if;
      if not found then raise exception 'version' using errcode = '${CONFLICT}'; end if;

      if write.version <> write.expected then
        insert into object_version (kind, id, version, at, author, client, body, sealed, period)
          values (write.kind, write.id, write.version, now_ms, actor, actor_client, write.body, decode(write.sealed, 'hex'), write.period);
      end if;

      if write.expected <> 0 then
        delete from reference r where r.from_kind = write.kind and r.from_id = write.id;${release}
      end if;
      if not write.deleted then
        insert into reference select write.kind, write.id, r.kind, r.id, r.blocking
          from json_to_recordset(write."references") as r(kind text, id text, blocking boolean) on conflict do nothing;
        insert into holding (period, token, place, kind, id, credential_type, end_at)
          select h.period, decode(h.token, 'hex'), h.place, write.kind, write.id, h.credential_type, coalesce(write.end_at, ${Number.MAX_SAFE_INTEGER})
          from json_to_recordset(write.holdings) as h(period text, token text, place text, credential_type text);
      elsif exists (select 1 from reference r where r.to_kind = write.kind and r.to_id = write.id and r.blocking) then
        raise exception 'referred to' using errcode = '${BLOCKED}';
      end if;
      if write.kind = 'place' then perform save_place(write.id, write.operator, write.deleted, write.place); end if;

      if write.topic is not null then
        insert into outbox (at, topic, kind, object_id, version, deleted, operator, parties, places, author, client)
          values (now_ms, write.topic, write.kind, write.id, write.version, write.deleted, write.operator, write.parties, write.places,
            actor, actor_client);
      end if;
    end loop;
    return now_ms;
  end $$;`;

export const SAVE_FUNCTION = `${saveFunction("")}

  -- A place's row in the index and its line of ancestors, itself included. Moves are one after the other.
  create function save_place(place_id text, place_operator text, gone boolean, facts json) returns void language plpgsql as $$
  declare
    new_parent text := facts->>'parent';
  begin
    if gone then
      delete from place_index where id = place_id;
      delete from place_ancestor where place = place_id;
      delete from occupancy where place = place_id;
      return;
    end if;
    if new_parent is distinct from (select parent from place_index where id = place_id)
        or not exists (select 1 from place_index where id = place_id) then
      -- A move waits for those who hang something below what moves, and they for it.
      if exists (select 1 from place_index where id = place_id) then
        perform pg_advisory_xact_lock(${ANNOUNCEMENT_LOCK + 1});
      elsif new_parent is not null then
        perform pg_advisory_xact_lock_shared(${ANNOUNCEMENT_LOCK + 1});
      end if;
      if exists (select 1 from place_ancestor where place = new_parent and ancestor = place_id) then
        raise exception 'cycle' using errcode = '${CONFLICT}';
      end if;
      delete from place_ancestor a using place_ancestor below
        where below.ancestor = place_id and a.place = below.place
          and a.ancestor in (select ancestor from place_ancestor where place = place_id and ancestor <> place_id);
      insert into place_ancestor values (place_id, place_id) on conflict do nothing;
      insert into place_ancestor
        select below.place, above.ancestor from place_ancestor below, place_ancestor above
        where below.ancestor = place_id and above.place = new_parent on conflict do nothing;
    end if;
    insert into place_index (id, parent, layer, type, structure_type, structure_grade, names, lat, lon, operator, zone, capabilities, aliases)
      values (place_id, new_parent, (facts->>'layer')::int, facts->>'type', facts->>'structureType', facts->>'structureGrade',
        facts->>'names', (facts->>'lat')::double precision, (facts->>'lon')::double precision, place_operator, facts->>'zone',
        array(select json_array_elements_text(facts->'capabilities')), array(select json_array_elements_text(facts->'aliases')))
      on conflict (id) do update set parent = excluded.parent, layer = excluded.layer, type = excluded.type,
        structure_type = excluded.structure_type, structure_grade = excluded.structure_grade, names = excluded.names, lat = excluded.lat,
        lon = excluded.lon, operator = excluded.operator, zone = excluded.zone, capabilities = excluded.capabilities, aliases = excluded.aliases;
  end $$;
  grant execute on function save(json), save_place(text, text, boolean, json) to gatehouse_exchange;
`;

const INVENTORY_UNCHANGED = `    if (change->>'inventory')::bigint <> inventory_version() then
      raise exception 'inventory' using errcode = '${CONFLICT}';
    end if;
`;

/**
 * The inventory (places, specifications, rate tables, agreements) has one version, raised by every change of it. A decision
 * that rests on what was read of it before says on which version; a newer one is a conflict. The version is a sum over
 * rows, of which each writer takes one that nobody holds: writers do not wait for each other, and each commit raises it.
 *
 * `save_created` saves the new sessions and rights of many requests at once: all, or none and GH409; then each is
 * saved alone and has its own outcome.
 */
export const INVENTORY_VERSION = `
  create table inventory_change (slot int primary key generated always as identity, changes bigint not null) with (fillfactor = 50);
  insert into inventory_change (changes) values (1);
  grant select, insert, update on inventory_change to gatehouse_exchange;

  create function inventory_version() returns bigint language sql stable as $$ select sum(changes)::bigint from exchange.inventory_change $$;

  create function inventory_changed() returns trigger language plpgsql as $$
  begin
    update inventory_change set changes = changes + 1 where slot = (select slot from inventory_change for update skip locked limit 1);
    if not found then insert into inventory_change (changes) values (1); end if;
    return null;
  end $$;
  create trigger inventory_changed after insert or update or delete on object_place for each row execute function inventory_changed();
  create trigger inventory_changed after insert or update or delete on object_spec for each row execute function inventory_changed();
  create trigger inventory_changed after insert or update or delete on object_rate for each row execute function inventory_changed();
  create trigger inventory_changed after insert or update or delete on connection for each statement execute function inventory_changed();

${saveFunction(INVENTORY_UNCHANGED)}

  create function save_created(changes json) returns bigint language plpgsql as $$
  declare
    now_ms bigint;
    made int;
  begin
    perform set_config('exchange.role', 'exchange', true);
    perform pg_advisory_xact_lock_shared(${ANNOUNCEMENT_LOCK}, (extract(epoch from clock_timestamp())::bigint - ${ANNOUNCED_FROM_SECOND})::int);
    now_ms := (extract(epoch from clock_timestamp()) * 1000)::bigint;
    if exists (select 1 from json_array_elements_text(changes->'inventory') i(version) where i.version::bigint <> inventory_version()) then
      raise exception 'inventory' using errcode = '${CONFLICT}';
    end if;
    with w as materialized (
      select * from json_to_recordset(changes->'writes') as w(organisation text, client text, kind text, id text, version int, body text,
        sealed text, period text, digest text, owner text, operator text, parties text[], places text[], type text, spec text,
        availability text, rank int, start_at bigint, end_at bigint, derived_from text, topic text, "references" json, holdings json)),
    -- In one order everywhere, so that two processes with the same ids wait for each other and not in a ring.
    o as (
      insert into object (kind, id, seq, version, created_at, changed_at, created_by, create_digest, owner, operator, parties, places,
          type, spec, availability, rank, start_at, end_at, derived_from)
        select s.kind, s.id, nextval('object_seq'), s.version, now_ms, now_ms, s.organisation, coalesce(s.digest, ''), s.owner, s.operator, s.parties, s.places,
          s.type, s.spec, s.availability, s.rank, s.start_at, s.end_at, s.derived_from
        from (select * from w order by kind, id) s
        on conflict do nothing returning 1),
    v as (
      insert into object_version (kind, id, version, at, author, client, body, sealed, period)
        select kind, id, version, now_ms, organisation, client, body, decode(sealed, 'hex'), period from w on conflict do nothing),
    r as (
      insert into reference select w.kind, w.id, t.kind, t.id, t.blocking
        from w cross join lateral json_to_recordset(w."references") as t(kind text, id text, blocking boolean) on conflict do nothing),
    h as (
      insert into holding (period, token, place, kind, id, credential_type, end_at)
        select t.period, decode(t.token, 'hex'), t.place, w.kind, w.id, t.credential_type, coalesce(w.end_at, ${Number.MAX_SAFE_INTEGER})
        from w cross join lateral json_to_recordset(w.holdings) as t(period text, token text, place text, credential_type text)),
    told as (
      insert into outbox (at, topic, kind, object_id, version, deleted, operator, parties, places, author, client)
        select now_ms, topic, kind, id, version, false, operator, parties, places, organisation, client from w where topic is not null)
    select count(*) into made from o;
    if made <> json_array_length(changes->'writes') then
      raise exception 'there already' using errcode = '${CONFLICT}';
    end if;
    return now_ms;
  end $$;
  grant execute on function save_created(json), inventory_version() to gatehouse_exchange;
`;

/**
 * A plate can be erased singly: what an object was found by in an earlier version stays, and finds nothing but the erasure.
 * Digests of creations without a key would tell whether a guessed plate is the one that was sent: they go.
 */
export const SINGLE_ERASURE = `
  alter table holding add column former boolean not null default false;
  update object set create_digest = '' where kind in ('assignedRight', 'session') and create_digest not in ('derived', 'embedded');
${saveFunction(INVENTORY_UNCHANGED, `
        delete from holding h where h.id = write.id and h.kind = write.kind and (h.token = '' or exists (
          select 1 from json_to_recordset(write.holdings) as n(period text, token text) where n.period = h.period and decode(n.token, 'hex') = h.token));
        update holding h set former = true where h.id = write.id and h.kind = write.kind and not h.former;`)}

  create table erasure (
    id text primary key, at bigint not null, organisation text not null, client text not null, reason text not null,
    objects text[] not null, kept int not null
  );
  create index erasure_owner on erasure (organisation, at);
  grant select, insert on erasure to gatehouse_exchange;
`;
