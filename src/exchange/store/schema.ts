/**
 * The tables of the exchange, in a schema of their own, as forward-only steps. A step that has run anywhere is
 * never changed: add another.
 *
 *   object            the head of every resource: version, owner, what it is found by
 *   object_version    every version ever accepted, with the time it was received; plates sealed beside it
 *   holding           who holds what where: (credential token, place) -> right or session, partitioned by period
 *   reference         which object stands in the way of which other's deletion
 *   place_index, place_ancestor, occupancy    places by tree, name, point; and how full they are
 *   outbox            one row per change, written with it; deliveries are made from it (deliveryTables.ts)
 *   erasure           who had a plate erased from which objects; without the plate
 *   organisation, client, access_token, connection, contract    who may do what
 *
 * Two walls: every query carries its own filter by caller, and the tables are read under a role that is no
 * superuser, whose row-level security asks the same question again (policies below).
 */
import type { Migration } from "../../journal/schema.ts";
import { DELIVERIES_IN_ORDER, DELIVERY_FUNCTIONS, DELIVERY_TABLES, SEALED_SECRETS } from "./deliveryTables.ts";
import { DEPARTURE_TABLES } from "./departureTables.ts";
import { INVENTORY_VERSION, SAVE_FUNCTION, SINGLE_ERASURE } from "./saveFunction.ts";

export const APP_ROLE = "gatehouse_exchange";

const TABLES = `
  create sequence object_seq;
  create table object (
    kind text not null, id text not null, seq bigint not null, version int not null,
    created_at bigint not null, changed_at bigint not null, deleted_at bigint,
    created_by text not null, create_digest text not null,
    owner text not null, operator text, parties text[] not null, places text[] not null,
    type text, spec text, availability text, rank int, start_at bigint, end_at bigint, derived_from text,
    primary key (kind, id)
  ) partition by list (kind);
  create table object_version (
    kind text not null, id text not null, version int not null, at bigint not null,
    author text not null, client text not null, body text not null, sealed bytea, period text,
    primary key (kind, id, version)
  ) partition by list (kind);
  create index object_seq_order on object (seq);
  create index object_changed on object (changed_at);
  create index object_operator on object (operator, seq);
  create index object_parties on object using gin (parties);
  create table object_place partition of object for values in ('place') with (fillfactor = 80);
  create table object_spec partition of object for values in ('rightSpecification') with (fillfactor = 80);
  create table object_rate partition of object for values in ('rateTable') with (fillfactor = 80);
  create table object_right partition of object for values in ('assignedRight') with (fillfactor = 80);
  create table object_session partition of object for values in ('session') with (fillfactor = 80);
  create index spec_places on object_spec using gin (places);
  create table version_place partition of object_version for values in ('place');
  create table version_spec partition of object_version for values in ('rightSpecification');
  create table version_rate partition of object_version for values in ('rateTable');
  create table version_right partition of object_version for values in ('assignedRight');
  create table version_session partition of object_version for values in ('session');

  create table holding (
    period text not null, token bytea not null, place text not null, kind text not null, id text not null,
    credential_type text, end_at bigint not null
  ) partition by list (period);
  create index holding_token on holding (token, place);
  create index holding_place on holding (place, end_at);
  create index holding_object on holding (id);

  create table reference (
    from_kind text not null, from_id text not null, to_kind text not null, to_id text not null, blocking boolean not null,
    primary key (from_kind, from_id, to_kind, to_id)
  );
  create index reference_to on reference (to_kind, to_id);

  create table place_index (
    id text primary key, parent text, layer int not null, type text not null, structure_type text, structure_grade text,
    names text not null, lat double precision, lon double precision, operator text not null, zone text,
    capabilities text[] not null, aliases text[] not null
  );
  create index place_index_aliases on place_index using gin (aliases);
  create table place_ancestor (place text not null, ancestor text not null, primary key (place, ancestor));
  create index place_ancestor_down on place_ancestor (ancestor);
  create table occupancy (place text primary key, recorded_at bigint not null, received_at bigint not null, body text not null);

  create table outbox (
    id bigint generated always as identity primary key, at bigint not null, topic text not null,
    kind text not null, object_id text not null, version int not null, deleted boolean not null,
    operator text, parties text[] not null, places text[] not null, author text not null, client text not null,
    fanned_out_at bigint
  ) with (fillfactor = 80);
  create index outbox_waiting on outbox (id) where fanned_out_at is null;

  create table organisation (
    id text primary key, role text not null, name text not null, version int not null default 1, changed_at bigint not null
  );
  create table client (
    id text primary key, organisation text not null references organisation, role text not null, secret_digest bytea not null,
    legacy_digest bytea unique, requests_per_second int not null, amounts_in_minor_units boolean not null default false,
    disabled boolean not null default false
  );
  create table access_token (digest bytea primary key, client text not null references client, scope text not null, expires_at bigint not null);
  create index access_token_expiry on access_token (expires_at);
  create table connection (provider text not null, operator text not null, primary key (provider, operator));
  create table contract (enforcement text not null, operator text not null, place text not null default '', primary key (enforcement, operator, place));
  create table key_period (period text primary key, generation int not null, erased_at bigint);
`;

/** What a caller of these settings may read. The role \`exchange\` is the server's own work. */
const POLICIES = `
  do $$ begin
    create role ${APP_ROLE} nologin;
  exception when duplicate_object or unique_violation then null;
  end $$;
  do $$ begin
    execute format('grant ${APP_ROLE} to %I', current_user);
  end $$;
  grant usage on schema exchange to ${APP_ROLE};
  grant select, insert, update, delete on all tables in schema exchange to ${APP_ROLE};
  grant usage on all sequences in schema exchange to ${APP_ROLE};
  revoke delete on object, object_version from ${APP_ROLE};
  revoke update on object_version from ${APP_ROLE};

  create function caller_role() returns text language sql stable as $$ select coalesce(current_setting('exchange.role', true), '') $$;
  create function caller_organisation() returns text language sql stable
    as $$ select coalesce(current_setting('exchange.organisation', true), '') $$;

  -- One function, not a condition per role: a query over the partitions is planned in a tenth of the time.
  create function caller_reads(kind text, availability text, object_operator text, parties text[], places text[]) returns boolean
    language plpgsql stable as $$
  declare
    asks text := caller_role();
    own text := caller_organisation();
  begin
    if asks = '' then return false; end if;
    if asks in ('exchange', 'administrator') or kind in ('place', 'rightSpecification') then return true; end if;
    if kind = 'rateTable' and availability = 'public' then return true; end if;
    if asks = 'operator' then return object_operator = own; end if;
    if asks = 'serviceProvider' then
      if kind in ('assignedRight', 'session') and own = any(parties) then return true; end if;
      if kind = 'rateTable' or (kind = 'session' and current_setting('exchange.adjacent', true) = 'on') then
        return exists (select 1 from connection c where c.provider = own and c.operator = object_operator);
      end if;
      return false;
    end if;
    if asks = 'enforcement' and kind in ('assignedRight', 'session') then
      return exists (select 1 from contract c where c.enforcement = own and c.operator = object_operator
        and (c.place = '' or exists (select 1 from place_ancestor a
          where (a.place = any(caller_reads.places) and a.ancestor = c.place) or (a.ancestor = any(caller_reads.places) and a.place = c.place))));
    end if;
    return false;
  end $$;
  create function caller_reads_object(object_kind text, object_id text) returns boolean language plpgsql stable as $$
  begin
    return caller_role() = 'exchange' or exists (select 1 from object o where o.kind = object_kind and o.id = object_id);
  end $$;

  alter table object enable row level security;
  create policy reading on object for select using (caller_reads(kind, availability, operator, parties, places));
  create policy own_work on object using (caller_role() = 'exchange');

  alter table object_version enable row level security;
  create policy reading on object_version for select using (caller_reads_object(kind, id));
  create policy written_by_us on object_version for insert with check (caller_role() = 'exchange');

  -- Tokens, places and ids: they lead to objects, which are guarded themselves.
  alter table holding enable row level security;
  create policy reading on holding for select using (caller_role() <> '');
  create policy own_work on holding using (caller_role() = 'exchange');
`;

export const EXCHANGE_MIGRATIONS: readonly Migration[] = [
  { id: 1, name: "objects, versions, holdings, outbox, parties", sql: TABLES },
  { id: 2, name: "row-level security", sql: POLICIES },
  { id: 3, name: "one statement saves a change", sql: SAVE_FUNCTION },
  { id: 4, name: "subscriptions and deliveries", sql: DELIVERY_FUNCTIONS + DELIVERY_TABLES },
  { id: 5, name: "operators asked at departure, and told of payments", sql: DEPARTURE_TABLES },
  { id: 6, name: "a version of the inventory; creations are saved in groups", sql: INVENTORY_VERSION },
  { id: 7, name: "secrets are sealed", sql: SEALED_SECRETS },
  { id: 8, name: "a plate is erased singly", sql: SINGLE_ERASURE },
  { id: 9, name: "a long queue of deliveries is walked in its order", sql: DELIVERIES_IN_ORDER },
];
