/**
 * What a price costs in time, beside a Temporal-polyfill pricing of the same stay in the same run.
 *
 *   npx esbuild bench/tariff.ts --bundle --platform=node --format=esm --outfile=dist/bench-tariff.mjs
 *   node dist/bench-tariff.mjs [--write]
 *
 * Each figure is processor time (so that other work on the machine does not count), the median of seven
 * rounds; entries are spread over 400 days, so caches are not flattered.
 * `--write` keeps the figures in bench/tariff.json. Ends with 1 when a target is missed.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { Temporal } from "temporal-polyfill";
import { DAY, HOUR, MINUTE } from "../src/kernel/instant.ts";
import { rngOf } from "../src/kernel/random.ts";
import { zoneOf } from "../src/kernel/zone.ts";
import type { ApdsRateTable } from "../src/tariff/apds.ts";
import { compileTariff } from "../src/tariff/compile.ts";
import { latestDeparture } from "../src/tariff/inverse.ts";
import { quote, totalOf } from "../src/tariff/quote.ts";
import type { Tariff } from "../src/tariff/tariff.ts";

const ZONE = "Europe/Vienna";
const ROUNDS = 7;
const ROUND_MS = 300;
const ENTRIES = 4_096;
const BATCH = 2_048;

const hourly = (id: string, value: number): ApdsRateTable => ({
  id, version: 1, rateLineCollections: [{
    id: `${id}-c`, collectionSequence: 1, applicableCurrency: "EUR", relativeTimes: true,
      taxIncluded: true, taxRate: 20,
    rateLines: [{ id: `${id}-l`, sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H",
      usageCondition: "unlimited", value }],
  }],
});
const BANDS = [
  { id: "night", value: 1, from: "00:00", to: "08:00" },
  { id: "day", value: 3, from: "08:00", to: "18:00" },
  { id: "evening", value: 2, from: "18:00", to: "24:00" },
] as const;
const CAP_MINOR = 3_000;
const tariff: Tariff = {
  id: "bands", version: 1, currency: "EUR", selection: "atStart",
    tables: BANDS.map(({ id, value }) => hourly(id, value)),
  when: BANDS.map(({ id, from, to }) => ({ table: id, times: [{ from, to }] })),
  dailyMaximum: { amountMinor: CAP_MINOR, window: { type: "reset", at: "00:00" } },
};

const zone = zoneOf(ZONE);
if (!zone.ok) throw new Error(ZONE);
const made = compileTariff(tariff, zone.value);
if (!made.ok) throw new Error(JSON.stringify(made.error));
const compiled = made.value;

const rng = rngOf("bench");
const entries = Array.from({ length: ENTRIES }, () => Date.UTC(2026, 0, 1) + rng.int(400 * 1_440) * MINUTE);

/** The same tariff by Temporal, hour by hour, as one would write it without a table of offsets. */
function priceByTemporal(from: number, to: number): number {
  const days = new Map<string, number>();
  for (let at = from; at < to; at += HOUR) {
    const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(ZONE);
    const band = BANDS.find(({ from: start, to: end }) => wall.hour >= Number(start.slice(0, 2))
      && wall.hour < Number(end.slice(0, 2)))!;
    const day = wall.toPlainDate().toString();
    days.set(day, (days.get(day) ?? 0) + band.value * 100);
  }
  return [...days.values()].reduce((sum, amount) => sum + Math.min(amount, CAP_MINOR), 0);
}

let sink = 0;
/** Microseconds of processor time for some calls. */
function timeOf(run: (entry: number) => number, calls: number): number {
  const start = process.cpuUsage();
  for (let i = 0; i < calls; i++) sink += run(entries[i % ENTRIES]!);
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** Microseconds of processor time for one call, garbage collection included: median of the rounds. */
function microseconds(run: (entry: number) => number): number {
  for (const entry of entries.slice(0, 512)) sink += run(entry);
  const batch = timeOf(run, 64) > 64 * 200 ? 64 : BATCH;
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let calls = 0;
    const start = process.cpuUsage();
    let elapsed = 0;
    while (elapsed < ROUND_MS * 1e3) {
      for (let i = 0; i < batch; i++) sink += run(entries[(calls + i) % ENTRIES]!);
      calls += batch;
      const { user, system } = process.cpuUsage(start);
      elapsed = user + system;
    }
    rounds.push(elapsed / calls);
  }
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

const totalFrom = (length: number) => (entry: number): number => {
  const total = totalOf(compiled, [{ from: entry, to: entry + length }]);
  return total.ok ? total.value : 0;
};
const quoteFrom = (length: number) => (entry: number): number => {
  const quoted = quote(compiled, [{ from: entry, to: entry + length }]);
  return quoted.ok ? quoted.value.totalMinor : 0;
};

let mismatches = 0;
for (const entry of entries.slice(0, 400)) {
  if (totalFrom(3 * DAY)(entry) !== priceByTemporal(entry, entry + 3 * DAY)) mismatches += 1;
}
const threeDays = microseconds(totalFrom(3 * DAY));
const threeDaysExplained = microseconds(quoteFrom(3 * DAY));
const twoHours = microseconds(totalFrom(2 * HOUR));
const latest = microseconds((entry) => {
  const found = latestDeparture(compiled, entry, 1_000);
  return found.ok ? found.value.until : 0;
});
const byTemporal = microseconds((entry) => priceByTemporal(entry, entry + 3 * DAY));
const figures = {
  threeDayStayMicroseconds: round(threeDays), threeDayStayExplainedMicroseconds: round(threeDaysExplained),
  twoHourStaysPerSecond: Math.round(1e6 / twoHours), latestDepartureMicroseconds: round(latest),
  threeDayStayByTemporalMicroseconds: round(byTemporal),
    timesFasterThanTemporal: Math.round(byTemporal / threeDays),
  mismatchesWithTemporal: mismatches,
};
const targets: readonly (readonly [string, boolean])[] = [
  ["3-day stay at most 2 µs", threeDays <= 2], ["explained at most 10 µs", threeDaysExplained <= 10],
  ["2-hour stays at least 1,000,000/s", 1e6 / twoHours >= 1e6],
    ["the same prices as Temporal", mismatches === 0],
];
console.log(figures);
for (const [target, met] of targets) console.log(`${met ? "met   " : "MISSED"} ${target}`);
if (targets.some(([, met]) => !met)) process.exitCode = 1;
if (process.argv.includes("--write")) {
  const where = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", zone: ZONE,
    tzdata: process.versions.tz };
  writeFileSync("bench/tariff.json", `${JSON.stringify({ ...figures, measuredOn: where }, null, 2)}\n`);
}
if (sink === 0) throw new Error("nothing was priced");

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
