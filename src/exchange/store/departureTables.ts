/**
 * Pay on departure: which operators are asked, what they are still to be told, and the questions that wait for an operator
 * who comes for them (a site behind NAT).
 */
import { fanOut } from "./deliveryTables.ts";

/** A provider's change of an operator's session is a payment the operator must hear of; one row each, made with the fan-out. */
const PAYMENTS = `,
    told as (
      insert into departure_payment (session, version, operator, at, due_at)
      select b.object_id, b.version, b.operator, b.at, now_ms from batch b join operator_endpoint e on e.operator = b.operator
      where b.topic = 'SessionUpdated' and b.author <> b.operator
        and exists (select 1 from object o where o.kind = 'session' and o.id = b.object_id and o.owner = b.operator)
      on conflict do nothing)`;

export const DEPARTURE_TABLES = `
  create table operator_endpoint (operator text primary key, base text, token text);

  create table departure_payment (
    session text not null, version int not null, operator text not null, at bigint not null, due_at bigint not null, attempts int not null default 0,
    state text not null default 'pendingOperator', reason text, alerted boolean not null default false, leased_until bigint,
    primary key (session, version)
  ) with (fillfactor = 70);
  create index departure_payment_due on departure_payment (due_at) where state = 'pendingOperator';

  create table operator_question (
    id text primary key, operator text not null, asked_at bigint not null, period text not null, question text not null,
    taken_at bigint, status int, answer text
  );
  create index operator_question_open on operator_question (operator, asked_at) where taken_at is null;

  create function grant_party(session_id text, provider text) returns void language plpgsql as $$
  begin
    perform set_config('exchange.role', 'exchange', true);
    update object set parties = parties || provider where kind = 'session' and id = session_id and not parties @> array[provider];
  end $$;

  create function tell_again(session_id text, now_ms bigint) returns void language plpgsql as $$
  begin
    perform set_config('exchange.role', 'exchange', true);
    insert into outbox (at, topic, kind, object_id, version, deleted, operator, parties, places, author, client)
      select now_ms, 'SessionUpdated', kind, id, version, false, operator, parties, places, operator, 'exchange' from object
      where kind = 'session' and id = session_id and deleted_at is null;
  end $$;

  ${fanOut(PAYMENTS)}

  grant select, insert, update, delete on operator_endpoint, departure_payment, operator_question to gatehouse_exchange;
`;
