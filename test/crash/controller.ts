/**
 * A controller in a car park: real HTTP between the simulated devices of a world and a server that is killed again
 * and again. The world goes on while the server is down, as cars and coins do.
 *
 *   world --inputs--> POST, one by one, each with its key --> server
 *   world <--levels, orders-- GET outputs, every POLL_MS  <-- server
 *
 * Keeps what was acknowledged: sequence and types of every answered request that recorded something.
 */
import type { FacilityCommand } from "../../src/carpark/facility/command.ts";
import type { DesiredOutputs, Order } from "../../src/carpark/facility/outputs.ts";
import { type SimulatedAgent, agentFor } from "../../src/simulator/agent.ts";
import { MINUTE, SECOND } from "../../src/kernel/instant.ts";
import { arrive } from "../../src/simulator/world/traffic.ts";
import { advance, nextAt } from "../../src/simulator/world/step.ts";
import type { World } from "../../src/simulator/world/world.ts";

export type Acknowledged = { readonly seq: number; readonly events: readonly string[] };

const POLL_MS = 30;
/** Devices at rest confirm their levels; a controller does so every two seconds. */
const CONFIRM_MS = 2_000;
const REQUEST_MS_MAX = 4_000;
/** In the world's time. */
const CAR_EVERY_MS = 5_000;
/** In the world's time: from the arming loop to the end of the closing loop, driver's hesitation included. */
const PASSAGE_MS = 15_000;
const QUEUED_CARS_MAX = 2;

export type Controller = {
  readonly world: World;
  readonly acknowledged: Acknowledged[];
  /** Answers other than success, by status: 409 says "does not apply now", 5xx that the store is away. */
  readonly answers: Map<number, number>;
  /** Brings the world to its instant and hands over what its devices said. */
  step(now: number): void;
  /** Vehicles that drove in or out, and those of them whose passage no server can have heard as a whole. */
  readonly crossings: { all: number; unheard: number };
  idle(): boolean;
  stop(): Promise<void>;
};

export function controllerOf(world: World, token: string, urlOf: () => string | null): Controller {
  const agent: SimulatedAgent = agentFor(world);
  const queue: FacilityCommand[] = [];
  const acknowledged: Acknowledged[] = [];
  const answers = new Map<number, number>();
  const id = world.config.id;
  let link: string | null = null;
  let after = 0;
  let running = true;
  let posting = false;
  let confirmedAt = 0;
  let key = 0;
  let nextCarAt = world.now;
  const crossings = { all: 0, unheard: 0 };
  /** Crossings whose last edges may still be in the queue; since when (world) the link has not been lost. */
  let pending = 0;
  let heardSince: number | null = null;
  // The camera is not driven over HTTP.
  agent.onInput((command) => void (command.type !== "AttachPlate" && queue.push(command)));

  async function ask(method: "GET" | "POST", path: string, body?: FacilityCommand): Promise<{ status: number; json: Record<string, unknown> } | null> {
    const base = urlOf();
    if (base === null) return null;
    try {
      const response = await fetch(`${base}/api/v1/devices/${id}/${path}`, {
        method, signal: AbortSignal.timeout(REQUEST_MS_MAX),
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { "content-type": "application/json", "idempotency-key": `${id}-crash-${++key}` } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    } catch {
      return null;
    }
  }

  async function post(command: FacilityCommand): Promise<boolean> {
    const answer = await ask("POST", "station" in command ? "station-inputs" : "lane-inputs", command);
    if (answer === null) return false;
    answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
    const { seq, events } = answer.json as { seq?: number; events?: string[] };
    if (answer.status === 200 && seq !== undefined && events && events.length > 0) acknowledged.push({ seq, events });
    return answer.status < 500;
  }

  async function pump(): Promise<void> {
    while (running) {
      const command = queue[0];
      if (link === null || !command) {
        await pause(5);
        continue;
      }
      posting = true;
      const heard = await post(command);
      posting = false;
      if (heard) queue.shift();
      // A controller does not replay old edges to a server that was away: it reports what is now.
      else lose();
    }
  }

  function lose(): void {
    link = null;
    heardSince = null;
    crossings.unheard += pending;
    pending = 0;
    queue.length = 0;
  }

  async function poll(): Promise<void> {
    while (running) {
      await pause(POLL_MS);
      const answer = await ask("GET", `outputs?after=${after}`);
      if (answer?.status !== 200) continue;
      const seen = answer.json as { link: string; outputs: DesiredOutputs | null; orders: { n: number; order: Order }[] };
      if (seen.link !== link) {
        after = 0;
        link = seen.link;
        heardSince = world.now;
        confirmedAt = 0;
        continue;
      }
      if (seen.outputs) agent.apply(seen.outputs);
      for (const { n, order } of seen.orders) {
        after = Math.max(after, n);
        agent.order(order);
      }
      if (Date.now() - confirmedAt > CONFIRM_MS) {
        confirmedAt = Date.now();
        agent.readAll();
      }
    }
  }

  function move(limit: number): void {
    const before = world.inside;
    advance(world, limit);
    const crossed = Math.abs(world.inside - before);
    crossings.all += crossed;
    if (heardSince === null || world.now - heardSince < PASSAGE_MS) crossings.unheard += crossed;
    else pending += crossed;
  }

  const loops = [pump(), poll()];
  return {
    world, acknowledged, answers, crossings,
    step(now) {
      if (now >= nextCarAt) {
        nextCarAt = now + CAR_EVERY_MS;
        sendCar(world);
      }
      if (queue.length === 0 && !posting) pending = 0;
      for (let at = Math.min(nextAt(world), now); at < now; at = Math.min(nextAt(world), now)) move(at);
      move(now);
      agent.deliver();
    },
    idle: () => queue.length === 0 && !posting && link !== null,
    async stop() {
      running = false;
      await Promise.all(loops);
    },
  };
}

/** A car whose driver parks for a minute or so, pays in cash and leaves; none while the street is full of them. */
function sendCar(world: World): void {
  if (world.traffic === 0) return;
  const free = [...world.lanes.values()].filter((lane) => lane.config.direction === "entry" && lane.queue.length < QUEUED_CARS_MAX);
  const lane = free[world.rng.traffic.int(Math.max(1, free.length))];
  if (lane) arrive(world, lane, { quirk: "none", stayMs: (20 + world.rng.traffic.int(60)) * SECOND, patienceMs: 10 * MINUTE }, null);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
