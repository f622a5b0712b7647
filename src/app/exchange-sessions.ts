/** Sessions on their way to the exchange: the follower that notices, the outbox that keeps, the sender that tells. */
import type pg from "pg";
import { capacity, freeSpaces } from "../carpark/counting/counting.ts";
import { compiledTariff } from "../carpark/facility/pricing.ts";
import { facilityZone } from "../carpark/facility/clock.ts";
import type { City } from "../config/city.ts";
import { pauses } from "../exchange-link/pause.ts";
import type { LinkedFacility, Publisher } from "../exchange-link/publisher.ts";
import { enqueueOpen, readStay, SESSION_TOPIC, sessionFollower } from "../exchange-link/session-follower.ts";
import { type LinkedPlace, SESSION_SCHEDULE, sessionSender } from "../exchange-link/session-sender.ts";
import type { ExchangeClient } from "../exchange-link/client.ts";
import { openFollowers } from "../journal/follower.ts";
import { openDeliverer } from "../journal/outbox.ts";
import type { Instant } from "../kernel/instant.ts";
import { plateOfSealed } from "../rights/plate/plate.ts";
import { quote } from "../tariff/quote.ts";
import type { Clock } from "./clock.ts";
import type { RunningSite } from "./site.ts";

export type SessionsOptions = {
  readonly client: ExchangeClient; readonly city: City; readonly running: RunningSite; readonly clock: Clock;
  readonly publisher: Publisher;
  readonly places: ReadonlyMap<string, string>;
  readonly warn: (text: string) => void;
};

export type Waiting = { readonly waiting: number; readonly refused: number };

export type SessionsOut = {
  /** Tells what is due; one turn at a time. */
  turn(): Promise<void>;
  waiting(): Promise<Waiting>;
  close(): Promise<void>;
};

export async function openSessionsOut({ client, city, running, clock, publisher, places, warn }: SessionsOptions): Promise<SessionsOut> {
  const { pool, journal, vault, postgres: { connectionString } } = running;
  const since = await linkedSince(pool, clock.now());
  const followers = openFollowers({ connectionString, journal, followers: [sessionFollower(since)], log: warn });
  await followers.start();
  const send = sessionSender({
    client, since, now: clock.now, stayOf: (message) => readStay(pool, message), placeOf: (facility) => linkedPlace(running, city, places, publisher, facility),
    plateOf: async (ref) => {
      const text = await vault.open(ref);
      return text === undefined ? null : plateOfSealed(text)?.text ?? null;
    },
  });
  const pause = pauses(() => performance.now());
  const deliverer = await openDeliverer({
    connectionString, topic: SESSION_TOPIC, schedule: SESSION_SCHEDULE, now: clock.now,
    deliver: async ({ payload }) => {
      const outcome = await send(payload);
      if (outcome.type === "notThere") pause.begin();
      else pause.end();
      return outcome;
    },
    onDead: ({ key, reason }) => warn(`The session of ${key} is not taken by the exchange: ${reason}. It is tried again at the next start.`),
  });
  // What was refused may have been put right on the other side meanwhile.
  await deliverer.replay((await deliverer.dead()).map(({ id }) => id));
  let opened = false;
  return {
    async turn() {
      if (!opened && followers.status().every(({ state }) => state === "following")) {
        await enqueueOpen(pool, clock.now());
        opened = true;
      }
      // A session names its place: first every place has been told, or refused.
      if (publisher.status().some(({ inventory }) => inventory === "waiting")) return;
      if (pause.over()) await deliverer.deliverDue();
    },
    waiting: async () => ({ waiting: Number(await deliverer.waiting()), refused: (await deliverer.dead()).length }),
    async close() {
      await deliverer.close();
      await followers.close();
    },
  };
}

/** When the car parks of this database were linked for the first time. */
async function linkedSince(pool: pg.Pool, now: Instant): Promise<Instant> {
  await pool.query("create table if not exists exchange_link (single boolean primary key default true check (single), since bigint not null)");
  await pool.query("insert into exchange_link (since) values ($1) on conflict do nothing", [now]);
  const { rows: [row] } = await pool.query<{ since: number }>("select since from exchange_link");
  return row?.since ?? now;
}

function linkedPlace(running: RunningSite, city: City, places: ReadonlyMap<string, string>, publisher: Publisher, facility: string): LinkedPlace | null {
  const place = places.get(facility);
  const state = running.owners.find(({ core }) => core.state.id === facility)?.core.state;
  if (place === undefined || !state) return null;
  return {
    place, currency: state.config?.currency ?? city.currency, published: publisher.isPublished(facility),
    priceOf(version, from, to) {
      const tariff = state.tariffs.find((one) => one.version === version)?.tariff;
      const compiled = tariff && compiledTariff(tariff, facilityZone(state));
      const priced = compiled?.ok === true && to > from ? quote(compiled.value, [{ from, to }]) : null;
      return priced?.ok === true ? priced.value.totalMinor : null;
    },
  };
}

/** The linked car parks as they stand now. */
export function linkedFacilities(city: City, { owners }: RunningSite, now: Instant): readonly LinkedFacility[] {
  return city.facilities.flatMap(({ config: { id }, exchangePlace: place, coordinates }) => {
    const core = owners.find(({ core: { state } }) => state.id === id)?.core;
    if (place === null || !core?.state.config) return [];
    const { state } = core;
    const { config, tariffs } = core.state;
    // A driver who asks has no contract and no season ticket: what is kept for those is not free.
    const spaces = capacity(state, config.ticketGroup, now);
    const counted = { occupied: spaces - Math.min(spaces, Math.max(0, freeSpaces(state, config.ticketGroup, now))), spaces };
    return [{ facility: id, config, tariffs, place, coordinates, language: city.locale, counted }];
  });
}
