/**
 * A city of simulated car parks behind the device port, for the demo: people drive cars by hand, traffic comes
 * by itself, the clock is the caller's.
 *
 *   demo clock --advance(until)--> worlds --onInput--> owners --apply, order--> worlds
 *                     ^ waits for `settled` after every moment in which a device spoke
 */
import type { FacilityConfig, FacilityId } from "../carpark/facility/config.ts";
import type { CredentialRef } from "../carpark/stay/stay.ts";
import type { DeviceAgent } from "../devices/port.ts";
import { assert, present } from "../kernel/assert.ts";
import type { Instant } from "../kernel/instant.ts";
import type { MinorUnits } from "../kernel/money.ts";
import { type Result, err, ok } from "../kernel/result.ts";
import { type SimulatedAgent, agentFor } from "./agent.ts";
import type { ActionRefusal, CityAction } from "./world/action.ts";
import { QUEUE_MAX } from "./world/driving.ts";
import { act } from "./world/hands.ts";
import { viewOf } from "./world/show.ts";
import { advance, nextAt } from "./world/step.ts";
import { arrive, parkWithCard, parkWithPayCard, parkWithPlate, parkWithTicket } from "./world/traffic.ts";
import type { WorldView } from "./world/view.ts";
import { type CardKind, type PaperTicket, type PlasticCard, type World, beat, createWorld } from "./world/world.ts";

export type Settling = {
  /** Resolves when everything handed to the owners is decided, durable and applied. */
  readonly settled: () => Promise<void>;
  /** When an owner next has something due by itself, or null; `wake` makes it do so. */
  readonly wakeAt?: () => Instant | null;
  readonly wake?: (at: Instant) => void;
};

export type City = {
  readonly facilities: readonly FacilityId[];
  agentOf(facility: FacilityId): DeviceAgent;
  /** Everything up to `now`, without waiting for anybody: for owners that answer at once. */
  step(now: Instant): void;
  /** Everything up to `until`, moment by moment, waiting for the owners in between. `at` is told each moment. */
  advance(until: Instant, settling: Settling, at: (now: Instant) => void): Promise<void>;
  nextAt(): Instant;
  view(facility: string): Result<WorldView, ActionRefusal>;
  act(facility: string, action: CityAction): Result<{ readonly vehicle: number }, ActionRefusal>;
  /** A card that exists from now on; automatic traffic of that facility drives with it, unless it is foreign there. */
  issueCard(facility: FacilityId, card: CredentialRef, kind: CardKind): void;
  /** A code somebody may have on the phone there. */
  issueCode(facility: FacilityId, code: CredentialRef): void;
  /** A car that was inside before, known by its plate or by its driver's payment card; false when every bay is taken. */
  parkWithPlate(facility: FacilityId, plate: string): boolean;
  parkWithPayCard(facility: FacilityId, card: CredentialRef): boolean;
  /** A car that was inside before, its driver with that card; false: no such card or no bay. */
  parkWithCard(facility: FacilityId, card: CredentialRef): boolean;
  /** A car that was inside before this city began, its driver with this ticket; false when every bay is taken. */
  park(facility: FacilityId, ticket: PaperTicket): boolean;
  /** Coins put into a hopper by hand; the owner is told by `FillHopper`, which staff enter. */
  fillHopper(facility: FacilityId, station: string, denominationMinor: MinorUnits, count: number): void;
  readonly traffic: {
    /** 0 none, 1 an ordinary day, up to 5; for one facility or all. */
    set(level: number, facility?: FacilityId): void;
  };
  /** Devices at rest stop confirming their levels: for clocks that run much faster than life. */
  quiet(on: boolean): void;
};

/** More than this many times an ordinary day only fills the streets. */
export const TRAFFIC_MAX = 5;

export function createCity(configs: readonly FacilityConfig[], seed: number | string, at: Instant): City {
  const worlds = new Map<string, World>(configs.map((config) => [config.id, createWorld(config, seed, at)]));
  const agents = new Map<string, SimulatedAgent>([...worlds].map(([id, world]) => [id, agentFor(world)]));
  const all = [...worlds.values()];
  const deliver = (): boolean => [...agents.values()].map((agent) => agent.deliver()).includes(true);
  const next = (): Instant => all.reduce((least, world) => Math.min(least, nextAt(world)), Infinity);

  function moment(now: Instant): boolean {
    for (const world of all) advance(world, now);
    return deliver();
  }

  async function advanceTo(until: Instant, settling: Settling, tell: (now: Instant) => void): Promise<void> {
    if (deliver()) await settling.settled();
    for (;;) {
      const wakeAt = settling.wakeAt?.() ?? Infinity;
      const now = Math.min(next(), Math.max(wakeAt, all[0]?.now ?? until), until);
      tell(now);
      const spoke = moment(now);
      const woken = wakeAt <= now;
      if (woken) settling.wake?.(now);
      if (spoke || woken) await settling.settled();
      if (now >= until) return;
    }
  }

  return {
    facilities: configs.map((config) => config.id),
    agentOf: (facility) => present(agents.get(facility), `facility ${facility}`),
    step(now) {
      deliver();
      for (let at = Math.min(next(), now); ; at = Math.min(next(), now)) {
        moment(at);
        if (at >= now) return;
      }
    },
    advance: advanceTo,
    nextAt: next,
    view: (facility) => withWorld(worlds, facility, (world) => ok(viewOf(world))),
    act: (facility, action) => withWorld(worlds, facility, (world) => actIn(world, action)),
    issueCard(facility, card, kind) {
      const world = present(worlds.get(facility), `facility ${facility}`);
      if (!world.cards.some((c) => c.card.ref === card)) world.cards.push({ card: { ref: card, kind }, carrier: null });
    },
    issueCode(facility, code) {
      const { codes } = present(worlds.get(facility), `facility ${facility}`);
      if (!codes.includes(code)) codes.push(code);
    },
    parkWithPlate: (facility, plate) => parkWithPlate(present(worlds.get(facility), `facility ${facility}`), plate) !== null,
    parkWithPayCard: (facility, card) => parkWithPayCard(present(worlds.get(facility), `facility ${facility}`), card) !== null,
    parkWithCard: (facility, card) => parkWithCard(present(worlds.get(facility), `facility ${facility}`), card) !== null,
    park: (facility, ticket) => parkWithTicket(present(worlds.get(facility), `facility ${facility}`), { ...ticket }) !== null,
    fillHopper(facility, station, denominationMinor, count) {
      const found = [...present(worlds.get(facility), `facility ${facility}`).stations.values()].find((s) => s.id === station);
      const { hoppers } = present(found, `station ${station}`);
      assert(hoppers.has(denominationMinor), `a hopper for ${denominationMinor}`);
      hoppers.set(denominationMinor, (hoppers.get(denominationMinor) ?? 0) + count);
    },
    traffic: {
      set(level, facility) {
        const value = Math.max(0, Math.min(TRAFFIC_MAX, level));
        for (const world of facility ? [present(worlds.get(facility), "facility")] : all) world.traffic = value;
      },
    },
    quiet(on) {
      for (const world of all) {
        world.quiet = on;
        beat(world);
      }
    },
  };
}

function withWorld<T>(
  worlds: ReadonlyMap<string, World>, facility: string, then: (world: World) => Result<T, ActionRefusal>,
): Result<T, ActionRefusal> {
  const world = worlds.get(facility);
  return world ? then(world) : err({ type: "facilityUnknown", facility });
}

function actIn(world: World, action: CityAction): Result<{ readonly vehicle: number }, ActionRefusal> {
  if (action.type === "arrive") {
    const lane = world.lanes.get(action.lane);
    if (!lane) return err({ type: "laneUnknown", lane: action.lane });
    const vehicle = arrive(world, lane, null, cardFor(world, action.card), action.plate);
    if (vehicle && action.code) vehicle.code = world.codes[0] ?? ("qr_nobody" as CredentialRef);
    return vehicle ? ok({ vehicle: vehicle.id }) : err({ type: "laneQueueFull", lane: action.lane, vehiclesMax: QUEUE_MAX });
  }
  const vehicle = world.vehicles.get(action.vehicle);
  if (!vehicle) return err({ type: "vehicleUnknown", vehicle: action.vehicle });
  const done = act(world, vehicle, action);
  return done.ok ? ok({ vehicle: vehicle.id }) : done;
}

/** The card a person at the screen drives with: a certain one, the newest of that kind not on the road now, or a stranger's. */
function cardFor(world: World, wanted: CredentialRef | "season" | "service" | "foreign" | undefined): PlasticCard | null {
  if (wanted === undefined) return null;
  const known = world.cards.findLast((c) => c.card.ref === wanted || (c.card.kind === wanted && c.carrier === null));
  if (!known) return { ref: null, kind: "foreign" };
  known.carrier = world.next.vehicle;
  return known.card;
}
