/**
 * The simulation itself: old finds first, then a few fresh sites, then proof that it goes red when a promise is
 * broken. Long campaigns run from the command line.
 */
import { describe, expect, it } from "vitest";
import { regressionSeeds } from "./seeds.ts";
import { simulate } from "./run.ts";
import { runSite } from "./site-run.ts";
import type { Sabotage } from "./site-state.ts";
import { calmSwarm } from "./swarm.ts";
import type { Rng } from "../../kernel/random.ts";

const known = regressionSeeds(new URL("../../../test/simulation/seeds.json", import.meta.url));

/** Every third message twice, up to two minutes later: what the inbox is there for. */
const doubled = (rng: Rng) => ({ ...calmSwarm(rng), duplicate: 0.3, quiet: true });

describe("seeds that once found something", () => {
  it.each(known)("seed $seed site $site: $found", ({ seed, site, days }) => {
    expect(runSite({ seed, site, days }).violations).toEqual([]);
  }, 60_000);
});

describe("simulated sites", () => {
  it("keep A1 to A10, A13, B1 to B7, C4, E10 to E20, F1 to F9 and F14 through faults, and drain", () => {
    const result = simulate({ seed: "test", days: 1, facilities: 4 });
    expect(result.violations).toEqual([]);
    expect(result.missing).toEqual([]);
    expect(result.vehicles).toBeGreaterThan(40);
  }, 120_000);

  it("without tickets too: cameras silent or wrong, terminals without power; nobody is trapped and the money agrees (E16)", () => {
    const runs = ["w1", "w2", "w3"].map((seed) => runSite({ seed, site: 4, days: 1 }));
    expect(runs.flatMap(({ violations }) => violations)).toEqual([]);
    const reached = (mark: string): number => runs.reduce((sum, { marks }) => sum + (marks.counts.get(mark) ?? 0), 0);
    for (const mark of ["paid at the lane", "camera silent", "plate unreadable", "terminal down", "attendant opened"]) expect([mark, reached(mark) > 0]).toEqual([mark, true]);
    expect(reached("ticket entry")).toBe(0);
  }, 120_000);

  it("without faults every car is counted exactly and no barrier waits", () => {
    const result = simulate({ seed: "calm", days: 1, facilities: 2, stopFaults: true });
    expect(result.violations).toEqual([]);
    expect(result.marks.get("crash")).toBeUndefined();
    expect(result.marks.get("ticket exit")).toBeGreaterThan(10);
  }, 120_000);

  it("copies of messages change nothing while the inbox drops them (F12)", () => {
    expect(runSite({ seed: "plant", site: 1, days: 1, swarm: doubled }).violations).toEqual([]);
  }, 60_000);

  it("the same seed is the same run (F6)", () => {
    const one = runSite({ seed: "again", site: 1, days: 1 });
    const other = runSite({ seed: "again", site: 1, days: 1 });
    expect([other.digest, other.steps, [...other.marks.counts]]).toEqual([one.digest, one.steps, [...one.marks.counts]]);
  }, 120_000);
});


const planted: readonly { readonly what: string; readonly sabotage: Sabotage; readonly found: readonly string[] }[] = [
  {
    what: "a car counted twice", found: ["A1"],
    sabotage: { state: (core, events) => {
      for (const e of events) if (e.type === "StayOpened") core.state.staysByGroup.get(e.group)?.add("phantom" as typeof e.stay);
    } },
  },
  {
    what: "an arm closed over whatever stands there", found: ["B1", "B2"],
    sabotage: { effect: (e) => ({ ...e, output: { ...e.output, lanes: e.output.lanes.map((l) => ({ ...l, barrier: "close" as const })) } }) },
  },
  {
    what: "an arm opened without a durable reason", found: ["B5"],
    sabotage: { effect: (e) => ({ ...e, output: { ...e.output, lanes: e.output.lanes.map((l) => ({ ...l, barrier: "open" as const })) } }) },
  },
  {
    what: "a coin credited that never fell", found: ["E11", "E17"],
    sabotage: { command: (c) => c.type === "CountCoins"
      ? [{ ...c, counts: c.counts.map((n) => ({ ...n, toHopper: n.toHopper + (n.denominationMinor === 100 ? 1 : 0) })) }] : [c] },
  },
  {
    what: "duplicates taken for news", found: ["truth"], sabotage: { noDedup: true },
  },
];

describe("a broken promise is found", () => {
  it.each(planted)("$what", ({ sabotage, found }) => {
    const ids = [1, 2].flatMap((site) => runSite({ seed: "plant", site, days: 1, sabotage, swarm: doubled }).violations.map((v) => v.id));
    expect(ids.filter((id) => found.includes(id))).not.toEqual([]);
  }, 120_000);
});
