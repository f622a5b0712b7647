/**
 * Where the simulated city begins. A new one gets a past and goes on from it. One with a journal goes on from its
 * last event, which lies in the future when the clock ran fast: events never go back in time.
 */
import type { Journal } from "../journal/journal.ts";
import { present } from "../kernel/assert.ts";
import { type City as SimulatedCity, createCity } from "../simulator/city.ts";
import type { VirtualClock } from "./clock.ts";
import type { DemoOptions } from "./demo-command.ts";
import { pastFrom, playPast, writePast } from "./past.ts";

/** Traffic of the played past, below an ordinary day's, so that a first start takes seconds. */
const PAST_TRAFFIC = 0.25;

export type DemoWorldOptions = Pick<DemoOptions, "city" | "configFile" | "seed" | "traffic"> & { readonly log: { info(text: string): void } };

export function demoWorldFor(options: DemoWorldOptions, clock: VirtualClock) {
  const { city } = options;
  const configs = city.facilities.map(({ config }) => config);
  let world: SimulatedCity | null = null;
  let fresh = false;
  return {
    city: () => present(world, "the simulated city"),
    isNew: () => fresh,
    async prepare(journal: Journal): Promise<void> {
      const streams = await journal.streams();
      fresh = streams.length === 0;
      if (!fresh) {
        clock.beginAt(Math.max(clock.now(), ...streams.map(({ at }) => at)));
        world = createCity(configs, options.seed, clock.now());
        return;
      }
      const from = pastFrom(clock.now(), city.zone);
      world = createCity(configs, options.seed, from);
      world.traffic.set(PAST_TRAFFIC * options.traffic);
      world.quiet(true);
      const events = await writePast(journal, playPast(city, options.configFile, world, from, clock.now()));
      world.quiet(false);
      clock.beginAt(clock.now());
      options.log.info(`The demo's yesterday and today so far: ${events} events.`);
    },
  };
}
