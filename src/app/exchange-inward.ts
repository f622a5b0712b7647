/**
 * What comes from the exchange into our car parks: rights asked for at the entries, rights sold meanwhile, questions before departure
 * and payments. Each part is in src/exchange-link; here they get their car parks, clock, database and loops.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { facilityOfStream } from "../carpark/application/facility-owner.ts";
import { type DurationMs, MINUTE } from "../kernel/instant.ts";
import type { LinkedCarPark } from "../exchange-link/car-park.ts";
import { type ExchangeClient, failureText } from "../exchange-link/client.ts";
import { type Departures, openDepartures } from "../exchange-link/departure.ts";
import { type Doorbell, openDoorbell } from "../exchange-link/doorbell.ts";
import { openEntryRights } from "../exchange-link/entry.ts";
import { type Follower, openFollower, READ_EVERY_MS } from "../exchange-link/follow.ts";
import { pauses } from "../exchange-link/pause.ts";
import { openPositions } from "../exchange-link/positions.ts";
import { fetchQuestions } from "../exchange-link/questions.ts";
import { readStay } from "../exchange-link/session-follower.ts";
import { subscribed, type Subscription, type SubscriptionStore } from "../exchange-link/subscription.ts";
import type { Clock } from "./clock.ts";
import type { RunningSite } from "./site.ts";

/** What the web server needs of it; null while no exchange is linked. */
export type ExchangeFace = { readonly answer: Departures; readonly hear: Doorbell["hear"] };

export type InwardOptions = {
  readonly client: ExchangeClient;
  /** Facility -> place id. */
  readonly places: ReadonlyMap<string, string>;
  readonly running: RunningSite;
  readonly clock: Clock;
  readonly dataDir: string;
  /** Where the exchange may ring; null: it cannot reach us, and lists are read every 20 s. */
  readonly ringAt: string | null;
  readonly log: { info(text: string): void; warn(text: string): void };
};

export type Inward = { readonly follower: Follower; readonly subscription: () => Subscription | null; close(): Promise<void> };

/** The doorbell is a comfort: without it rights are known in 20 s. */
const SUBSCRIBE_EVERY_MS: DurationMs = 5 * MINUTE;
/** A hundred rights sold in one second are read together. */
const RING_GAP_MS: DurationMs = 250;
/** Where our server takes deliveries and questions. */
export const EVENTS_PATH = "/exchange/events";

export async function startInward({ client, places, running, clock, dataDir, ringAt, log }: InwardOptions): Promise<Inward> {
  const { now } = clock;
  const elapsed = (): number => performance.now();
  const warn = (text: string): void => log.warn(text);
  const parks = linkedCarParks(places, running, clock);
  const positions = await openPositions(running.pool, client.url);
  let specs: Follower["specs"] = () => null;
  const entry = openEntryRights({ client, parks, specs: (place) => specs(place), now, elapsed, warn });
  const follower = openFollower({ client, parks, positions, entry, pause: pauses(elapsed), now, elapsed, warn });
  ({ specs } = follower);
  const answer = openDepartures(parks, now);

  let subscription: Subscription | null = null;
  const bell = openDoorbell(() => subscription?.secret ?? null, now, () => { wake(); });
  const closed = new AbortController();
  let wake = (): void => {};
  const loop = async (): Promise<void> => {
    let subscribeAt = 0;
    while (!closed.signal.aborted) {
      if (ringAt !== null && elapsed() >= subscribeAt) {
        subscribeAt = elapsed() + SUBSCRIBE_EVERY_MS;
        const made = await subscribed(client, subscriptionFile(dataDir, client.url), ringAt + EVENTS_PATH, [...places.values()]);
        if (made.ok) subscription = made.value;
        else log.info(`The exchange does not ring at ${ringAt} (${failureText(made.error)}); rights are read every ${READ_EVERY_MS / 1_000} s.`);
      }
      const rung = new Promise<void>((done) => { wake = done; });
      await follower.turn().catch((error: unknown) => warn(`rights of the exchange: ${error instanceof Error ? error.message : "?"}`));
      const waited = new AbortController();
      const signal = AbortSignal.any([closed.signal, waited.signal]);
      await sleep(RING_GAP_MS, undefined, { signal, ref: false }).catch(() => {});
      await Promise.race([rung, sleep(READ_EVERY_MS, undefined, { signal, ref: false }).catch(() => {})]);
      waited.abort();
    }
  };
  const looping = loop();
  const questions = fetchQuestions({ client, answer, warn, pause: async (ms, signal) => { await sleep(ms, undefined, { signal, ref: false }).catch(() => {}); } });
  running.cameras.askBeforeEntry((question) => entry.ask(question));
  running.exchange.face = { answer, hear: (delivery) => bell.hear(delivery) };
  return {
    follower, subscription: () => subscription,
    async close() {
      running.cameras.askBeforeEntry(null);
      running.exchange.face = null;
      closed.abort();
      wake();
      // Their held requests end with the client.
      await Promise.all([looping, questions.close(), entry.settled()]);
    },
  };
}

function linkedCarParks(places: ReadonlyMap<string, string>, { owners, cameras, pool }: RunningSite, clock: Clock): ReadonlyMap<string, LinkedCarPark> {
  return new Map(owners.flatMap((owner) => {
    const facility = facilityOfStream(owner.stream);
    const [place, desk] = [places.get(facility), cameras.deskOf(facility)];
    if (place === undefined || !desk) return [];
    const park: LinkedCarPark = {
      facility, place, desk, state: () => owner.core.state,
      // Before the first session was told there is no table yet.
      taken: async (key) => (await readStay(pool, { facility, key }).catch(() => null))?.payments ?? [],
      execute: (command, vault) => owner.execute(command, { at: clock.now(), ...(vault ? { vault } : {}) }),
    };
    return [[facility as string, park] as const];
  }));
}

function subscriptionFile(dataDir: string, exchange: string): SubscriptionStore {
  const file = join(dataDir, "exchange-subscription.json");
  return {
    read() {
      if (!existsSync(file)) return null;
      // Written by the line below.
      const kept = JSON.parse(readFileSync(file, "utf8")) as Subscription & { readonly exchange: string };
      return kept.exchange === exchange ? kept : null;
    },
    write: (subscription) => writeFileSync(file, JSON.stringify({ ...subscription, exchange }), { mode: 0o600 }),
  };
}
