/**
 * The demo city: simulated devices behind the device port, driven by a virtual clock.
 *
 *   every PACE_MS: clock.target -> city.advance moment by moment -> devices speak -> owners decide -> durable -> devices obey
 *
 * The city waits at every moment for its owners, so that 600 times as fast is the same story, only quicker;
 * when it cannot keep up, time runs slower than asked rather than skipping anything.
 */
import type { FacilityOwner } from "../carpark/application/facility-owner.ts";
import { nextDeadline } from "../carpark/facility/decide.ts";
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { DemoActionBody } from "../api/contract/demo.ts";
import type { DemoCity } from "../api/site.ts";
import type { Instant } from "../kernel/instant.ts";
import type { Result } from "../kernel/result.ts";
import type { City as SimulatedCity, Settling } from "../simulator/city.ts";
import type { CityAction } from "../simulator/world/action.ts";
import type { VirtualClock } from "./clock.ts";
import type { Cameras } from "./plates/cameras.ts";

/** Pictures are sent ten times a second; the world moves twice as often. */
const PACE_MS = 50;
/** One turn of the loop works at most this long before the web server gets a turn. */
const TURN_MS_MAX = 200;
/** Faster than this, devices at rest stop repeating themselves. */
const QUIET_SPEED = 20;

export class DemoDriver {
  readonly #city: SimulatedCity;
  readonly #clock: VirtualClock;
  readonly #owners: readonly FacilityOwner[];
  readonly #cameras: Cameras;
  readonly #report: (message: string) => void;
  readonly #pending = new Set<Promise<unknown>>();
  #traffic: number;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> | null = null;

  constructor(
    city: SimulatedCity, clock: VirtualClock, owners: readonly FacilityOwner[], cameras: Cameras, traffic: number, report: (message: string) => void,
  ) {
    this.#city = city;
    this.#clock = clock;
    this.#owners = owners;
    this.#cameras = cameras;
    this.#traffic = traffic;
    this.#report = report;
    city.traffic.set(traffic);
    for (const owner of owners) {
      const id = city.facilities.find((facility) => owner.stream.endsWith(`/${facility}`));
      if (id) city.agentOf(id).onInput((command) => this.#give(owner, command));
    }
  }

  start(): void {
    this.#timer = setInterval(() => this.#run(), PACE_MS);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#turn;
  }

  /** What the owners still work on; the city waits for it before its next moment. */
  get settling(): Settling {
    return {
      settled: async () => {
        while (this.#pending.size > 0 || this.#cameras.busy) {
          await Promise.all(this.#pending);
          await this.#cameras.settled();
        }
      },
      wakeAt: () => this.#owners.reduce<Instant | null>((least, { core }) => {
        const due = nextDeadline(core);
        return due === null ? least : least === null ? due : Math.min(least, due);
      }, null),
      wake: (at) => {
        for (const owner of this.#owners) {
          const due = nextDeadline(owner.core);
          if (due !== null && due <= at) this.#give(owner, { type: "Tick" });
        }
      },
    };
  }

  #give(owner: FacilityOwner, command: FacilityCommand): void {
    const done = owner.execute(command, { at: this.#clock.now() }).catch((error: unknown) => this.#report(String(error)));
    this.#pending.add(done);
    void done.finally(() => this.#pending.delete(done));
  }

  #run(): void {
    this.#turn ??= this.#advance()
      .catch((error: unknown) => this.#report(error instanceof Error ? error.stack ?? error.message : String(error)))
      .finally(() => { this.#turn = null; });
  }

  async #advance(): Promise<void> {
    const target = this.#clock.target();
    const from = this.#clock.now();
    if (target <= from) return;
    const began = performance.now();
    // In steps, so that a long way does not keep the loop to itself.
    const step = Math.max(1, Math.ceil((target - from) / STEPS));
    for (let until = Math.min(target, from + step); ; until = Math.min(target, until + step)) {
      await this.#city.advance(until, this.settling, (now) => this.#clock.reach(now));
      if (until >= target) return;
      if (performance.now() - began > TURN_MS_MAX) break;
    }
    this.#clock.fallBehind();
  }

  /** How the API sees it. */
  get face(): DemoCity {
    return {
      clock: () => {
        const now = this.#clock.now();
        return { now, aheadMs: now - Date.now(), speed: this.#clock.speed, paused: this.#clock.paused, traffic: this.#traffic };
      },
      setClock: (change) => {
        this.#clock.set(change);
        this.#city.quiet(this.#clock.speed > QUIET_SPEED);
      },
      setTraffic: (level) => {
        this.#traffic = level;
        this.#city.traffic.set(level);
      },
      world: (facility) => {
        const view = this.#city.view(facility);
        return view.ok ? view.value : null;
      },
      act: (facility, action) => this.#act(facility, action),
    };
  }

  #act(facility: string, action: DemoActionBody): Result<{ readonly vehicle: number }, { readonly type: string }> {
    // The contract has read every field; ids are branded here.
    return this.#city.act(facility, action as CityAction);
  }
}

/** Parts of one turn between which it looks at the time it has used. */
const STEPS = 20;
