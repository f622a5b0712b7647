/**
 * Subscriptions, and what is to be delivered to them.
 *
 *   outbox row --fan_out: once, in order--> delivery per subscription that may read the object --> sent, or dead
 *
 * `fan_out` runs in one process at a time, so that of one object the older event is always there before the newer.
 */
const FAN_OUT_LOCK = 7_236_124;

/** `also`: further rows made of the same batch, as `, name as (insert ...)`. */
export const fanOut = (also: string): string => `create or replace function fan_out(now_ms bigint, most int) returns int language plpgsql as $$
  declare
    done int;
  begin
    if not pg_try_advisory_xact_lock(${FAN_OUT_LOCK}) then return 0; end if;
    perform set_config('exchange.role', 'exchange', true);
    with batch as (select * from outbox where fanned_out_at is null order by id limit most),
    made as (
      insert into delivery (subscription, outbox, topic, kind, object_id, version, at, due_at)
      select s.id, b.id, b.topic, b.kind, b.object_id, b.version, b.at, now_ms
      from batch b join subscription s on s.ended_at is null and b.topic = any(s.topics)
      where (cardinality(s.places) = 0
          or s.places && (b.places || case when b.kind = 'place' then array[b.object_id] else '{}' end)
          or (s.children and exists (select 1 from place_ancestor a where a.ancestor = any(s.places)
            and a.place = any(b.places || case when b.kind = 'place' then array[b.object_id] else '{}' end))))
        and case s.role
          when 'administrator' then true
          when 'operator' then b.operator = s.organisation or b.kind in ('place', 'rightSpecification') or is_public(b.kind, b.object_id)
          when 'serviceProvider' then b.parties @> array[s.organisation] or b.kind in ('place', 'rightSpecification') or is_public(b.kind, b.object_id)
            or (b.kind = 'rateTable' and exists (select 1 from connection c where c.provider = s.organisation and c.operator = b.operator))
          when 'enforcement' then b.kind in ('place', 'rightSpecification') or is_public(b.kind, b.object_id)
            or (b.kind in ('assignedRight', 'session') and exists (select 1 from contract c where c.enforcement = s.organisation and c.operator = b.operator
              and (c.place = '' or exists (select 1 from place_ancestor a
                where (a.place = any(b.places) and a.ancestor = c.place) or (a.ancestor = any(b.places) and a.place = c.place)))))
          else false
        end
      order by b.id on conflict do nothing)${also}
    update outbox o set fanned_out_at = now_ms from batch b where o.id = b.id;
    get diagnostics done = row_count;
    return done;
  end $$;`;

export const DELIVERY_TABLES = `
  create table subscription (
    id text primary key, organisation text not null, client text not null, role text not null, endpoint text not null,
    topics text[] not null, places text[] not null, children boolean not null, style text not null,
    secret text not null, old_secret text, old_secret_until bigint, created_at bigint not null, ended_at bigint,
    delivered bigint not null default 0, last_delivered_at bigint
  ) with (fillfactor = 70);
  create index subscription_owner on subscription (organisation) where ended_at is null;

  create table delivery (
    id bigint generated always as identity primary key, subscription text not null references subscription, outbox bigint,
    topic text not null, kind text, object_id text not null, version int, at bigint not null, due_at bigint not null,
    attempts int not null default 0, leased_until bigint, dead_at bigint, last_error text, body text
  ) with (fillfactor = 70);
  create unique index delivery_once on delivery (subscription, outbox) where outbox is not null;
  create index delivery_due on delivery (subscription, due_at) where dead_at is null;
  create index delivery_order on delivery (subscription, topic_object(topic, object_id), id) where dead_at is null;
  create index delivery_dead on delivery (subscription, dead_at) where dead_at is not null;

  ${fanOut("")}

  grant select, insert, update, delete on subscription, delivery to gatehouse_exchange;
  grant usage on all sequences in schema exchange to gatehouse_exchange;
`;

/** What the tables above need; made first. */
export const DELIVERY_FUNCTIONS = `
  create function topic_object(topic text, object_id text) returns text language sql immutable
    as $$ select regexp_replace(topic, '(Created|Updated|Deleted)$', '') || '/' || object_id $$;
  create function is_public(of_kind text, of_id text) returns boolean language sql stable
    as $$ select of_kind = 'rateTable' and exists (select 1 from object o where o.kind = of_kind and o.id = of_id and o.availability = 'public') $$;
`;

/** Secrets are sealed from here on. What was kept before is sealed at the next start (secretBox.ts); its columns then stay empty. */
export const SEALED_SECRETS = `
  alter table subscription rename column secret to plain_secret;
  alter table subscription rename column old_secret to plain_old_secret;
  alter table subscription alter column plain_secret drop not null;
  alter table subscription add column sealed_secret bytea, add column sealed_old_secret bytea;
  alter table operator_endpoint rename column token to plain_token;
  alter table operator_endpoint add column sealed_token bytea;
`;

/** Walked in the order of taking, so that a long queue is not sorted for each few that are taken. */
export const DELIVERIES_IN_ORDER = `
  drop index delivery_due;
  create index delivery_due on delivery (subscription, due_at, id) where dead_at is null;
`;
