/** A car park over a journal in memory, with its plate desk and the reading path of its cameras: what an exchange is linked to in tests. */
import { type Cameras, camerasOf } from "../../src/app/plates/cameras.ts";
import { type FacilityOwner, startFacility } from "../../src/carpark/application/facility-owner.ts";
import type { FacilityCommand } from "../../src/carpark/facility/command.ts";
import type { FacilityConfig, LaneId } from "../../src/carpark/facility/config.ts";
import type { Recorded } from "../../src/carpark/facility/event.ts";
import type { City } from "../../src/config/city.ts";
import type { LinkedCarPark } from "../../src/exchange-link/car-park.ts";
import { foldsOf, isAbout, type ToldStay } from "../../src/exchange-link/told-stay.ts";
import { memoryJournal, memoryStore } from "../../src/journal/memory.ts";
import { memoryVault } from "../../src/journal/vault.ts";
import type { Instant } from "../../src/kernel/instant.ts";
import { siteConfig } from "../carpark/site.ts";
import { testTariff } from "../carpark/tariff.ts";

export const TICKETLESS: FacilityConfig = {
  ...siteConfig({ ordinary: 20, season: 0 }), media: ["plates", "paymentCard"], lanes: siteConfig().lanes.map((lane) => ({ ...lane, camera: true, terminal: true })),
};

export type CityCarPark = Awaited<ReturnType<typeof cityCarPark>>;

/** `clock.now` is the test's; events are numbered from 1 in `log`. */
export async function cityCarPark(clock: { now(): Instant }, place: string, config: FacilityConfig = TICKETLESS) {
  const store = memoryStore();
  const journal = memoryJournal(store);
  const vault = memoryVault(store);
  const log: Recorded[] = [];
  let watching: Cameras | null = null;
  const ports = {
    journal, now: clock.now, report: ({ message }: { readonly message: string }) => { throw new Error(message); },
    onDurable: ({ events }: { readonly events: readonly { readonly event: Recorded }[] }) => {
      log.push(...events.map(({ event }) => event));
      // A desk hears of what is durable, as in the running product.
      watching?.observe("north", events.map(({ event }) => event));
    },
  };
  const owner: FacilityOwner = await startFacility(config.id, [], ports);
  const city = { facilities: [{ config, cameras: [] }] } as unknown as City;
  const cameras = camerasOf(city, [owner], vault, { ...clock, elapsed: () => 0 }, (text) => { throw new Error(text); });
  watching = cameras;
  const give = (command: FacilityCommand) => owner.execute(command, { at: clock.now() });
  await give({ type: "ConfigureFacility", config });
  const priced = await give({ type: "PublishTariff", tariff: { ...testTariff, effectiveFrom: null } });
  if (!priced.ok) throw new Error(JSON.stringify(priced.error));
  const sense = async (lane: string, ...edges: readonly (readonly ["arming" | "underArm" | "closing", boolean])[]) => {
    for (const [loop, occupied] of edges) await give({ type: "SenseLoop", lane: lane as LaneId, loop, occupied });
  };
  for (const { id } of config.lanes) await sense(id, ["arming", false], ["underArm", false], ["closing", false]);
  const see = (lane: string, text: string) =>
    cameras.take("north", lane as LaneId, { text, confidence: 0.95, country: null, direction: null, readAt: clock.now() }, clock.now());
  /** As the follower folds it; what was sold for a plate before is not looked at. */
  const told = (key: string): ToldStay | null => log.flatMap((event) => foldsOf(event)).reduce<ToldStay | null>((stay, { about, fold }) => {
    const isIt = stay ? isAbout(stay, about) : about.by === "key" && about.id === key;
    return isIt ? fold(stay, null) : stay;
  }, null);
  const park: LinkedCarPark = {
    facility: "north", place, taken: async (key) => told(key)?.payments ?? [], desk: cameras.deskOf("north")!, state: () => owner.core.state,
    execute: (command, rows) => owner.execute(command, { at: clock.now(), ...(rows ? { vault: rows } : {}) }),
  };
  return {
    owner, cameras, park, log, store, give, sense, see, told,
    parks: new Map([["north", park]]),
    get state() { return owner.core.state; },
    drive: (lane: string) => sense(lane, ["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]),
    /** In through E1 by its plate; the stay of the rights. */
    async enter(text: string): Promise<string> {
      await sense("E1", ["arming", true]);
      await see("E1", text);
      await sense("E1", ["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]);
      await cameras.settled();
      return [...owner.core.state.rights.accountOfOpen.keys()].at(-1) ?? "";
    },
    last: <T extends Recorded["type"]>(type: T) => log.findLast((event): event is Extract<Recorded, { type: T }> => event.type === type),
  };
}
