/**
 * Properties of every price. GATEHOUSE_PROPERTY_RUNS sets how many cases are checked altogether (default one
 * million, some twenty seconds on one core), GATEHOUSE_PROPERTY_SEED repeats a find.
 */
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "../kernel/instant.ts";
import { type Rng, rngOf } from "../kernel/random.ts";
import type { Zone } from "../kernel/zone.ts";
import type { ApdsRateTable } from "./apds.ts";
import { type CompiledTariff, compileTariff } from "./compile.ts";
import { latestDeparture } from "./inverse.ts";
import { quote, totalOf } from "./quote.ts";
import type { Tariff } from "./tariff.ts";
import {
  additiveTable, bandedTariff, bothEncodings, changesWithin, degressiveTable, entryIn, lengthOf, tableOf, ZONES,
} from "./testing/generated.ts";
import { stepwisePrice } from "./testing/stepwise.ts";

const RUNS = Number(process.env["GATEHOUSE_PROPERTY_RUNS"] ?? 1_000_000);
const SEED = process.env["GATEHOUSE_PROPERTY_SEED"] ?? "tariff-1";

const compiled = (source: Tariff | ApdsRateTable, zone: Zone): CompiledTariff => {
  const tariff = "tables" in source ? source : { id: "t", version: 1, currency: "EUR", tables: [source] };
  const made = compileTariff(tariff, zone);
  if (!made.ok) throw new Error(JSON.stringify(made.error.findings, null, 1));
  return made.value;
};
/** Minor units, or Infinity where there is no price: a stay that is not permitted is dearer than any. */
const priceOf = (tariff: CompiledTariff, from: number, to: number): number => {
  const total = totalOf(tariff, [{ from, to }]);
  return total.ok ? total.value : Infinity;
};

type Case = { readonly rng: Rng; readonly zone: Zone };
/** Share of all cases, cases checked on one set of tables, and the check itself; it throws what is wrong. */
type Property = { readonly title: string; readonly share: number; readonly perTable: number; readonly prepare: (c: Case) => () => void };

const PROPERTIES: readonly Property[] = [
  {
    title: "no time costs nothing, any time an integer of at least 0 (E1)", share: 0.15, perTable: 60,
    prepare: ({ rng, zone }) => {
      const tariff = compiled(additiveTable(rng), zone);
      return () => {
        const from = entryIn(rng, zone);
        expectSame(priceOf(tariff, from, from), 0);
        const price = priceOf(tariff, from, from + lengthOf(rng));
        if (!(price >= 0) || (price !== Infinity
          && !Number.isSafeInteger(price))) throw new Error(`price ${price}`);
      };
    },
  },
  {
    title: "a longer stay never costs less (E2)", share: 0.15, perTable: 60,
    prepare: ({ rng, zone }) => {
      const tariff = rng.chance(0.5) ? compiled(additiveTable(rng), zone) : compiled(bandedTariff(rng), zone);
      return () => {
        const from = entryIn(rng, zone);
        const length = lengthOf(rng);
        expectAtLeast(priceOf(tariff, from, from + length + 1 + rng.int(2 * HOUR)),
          priceOf(tariff, from, from + length));
      };
    },
  },
  {
    title: "tiers that add up and tiers that state totals price the same", share: 0.1, perTable: 60,
    prepare: ({ rng, zone }) => {
      const { additive, cumulative, lengthMs } = bothEncodings(rng);
      const [a, c] = [compiled(additive, zone), compiled(cumulative, zone)];
      return () => {
        const from = entryIn(rng, zone);
        const to = from + rng.int(lengthMs / MINUTE + 5) * MINUTE + rng.int(2);
        expectSame(priceOf(a, from, to), priceOf(c, from, to));
      };
    },
  },
  {
    title: "no cap is passed in any of its windows, and every cent is explained (E4, E9)", share: 0.1,
      perTable: 60,
    prepare: ({ rng, zone }) => {
      const tariff = compiled(additiveTable(rng), zone);
      return () => checkExplained(tariff, entryIn(rng, zone), lengthOf(rng));
    },
  },
  {
    title: "a stay cut in two at a reset is never cheaper (E3)", share: 0.1, perTable: 60,
    prepare: ({ rng, zone }) => {
      const reset = rng.int(24);
      const tariff = compiled(degressiveTable(rng, `${String(reset).padStart(2, "0")}:00`), zone);
      return () => {
        const from = entryIn(rng, zone);
        const cut = zone.boundaryOf(zone.dayNumberAt(from) + rng.int(3), reset * HOUR);
        // Where increments do not fit into the windows, a cut shifts which window a later one starts in, and a cap
        // in between can then favour either; so beyond the next reset only increments that always fit are claimed.
        const period = tariff.tables[0]!.source.collections[0]!.lines[0]!.period!;
        const most = (30 * MINUTE) % period === 0 ? 3 * DAY
          : zone.boundaryOf(zone.dayNumberAt(cut) + 1, reset * HOUR) - cut - 1;
        const to = cut + 1 + rng.int(most);
        if (cut <= from) return;
        expectAtLeast(priceOf(tariff, from, cut) + priceOf(tariff, cut, to), priceOf(tariff, from, to));
      };
    },
  },
  {
    title: "the latest departure for a stay's price is not before its end", share: 0.04, perTable: 40,
    prepare: ({ rng, zone }) => {
      const tariff = compiled(rng.chance(0.5) ? additiveTable(rng) : bandedTariff(rng), zone);
      return () => {
        const from = entryIn(rng, zone);
        const to = from + 1 + rng.int(4 * DAY);
        const price = priceOf(tariff, from, to);
        if (price === Infinity) return;
        const latest = latestDeparture(tariff, from, price);
        if (!latest.ok) throw new Error(JSON.stringify(latest.error));
        expectAtLeast(latest.value.until, to);
        expectAtLeast(price, latest.value.totalMinor);
        if (!latest.value.beyondHorizon) expectAtLeast(priceOf(tariff, from, latest.value.until + 1),
          price + 1);
      };
    },
  },
  {
    title: "the order in which lines are written is irrelevant", share: 0.1, perTable: 60,
    prepare: ({ rng, zone }) => {
      const table = additiveTable(rng);
      const collection = table.rateLineCollections[0]!;
      const shuffled = collection.rateLines.map((line) => ({ line, key: rng.next() })).sort((a, b) => a.key - b.key).map(({ line }) => line);
      const [a, b] = [compiled(table, zone),
        compiled({ ...table, rateLineCollections: [{ ...collection, rateLines: shuffled }] }, zone)];
      return () => {
        const from = entryIn(rng, zone);
        const to = from + lengthOf(rng);
        expectSame(priceOf(a, from, to), priceOf(b, from, to));
      };
    },
  },
  {
    title: "a week later costs the same, unless the clocks change in between", share: 0.1, perTable: 60,
    prepare: ({ rng, zone }) => {
      const tariff = compiled(bandedTariff(rng), zone);
      return () => {
        const from = entryIn(rng, zone);
        const to = from + rng.int(3 * DAY);
        if (changesWithin(zone, from - DAY, to + 9 * DAY)) return;
        expectSame(priceOf(tariff, from + 7 * DAY, to + 7 * DAY), priceOf(tariff, from, to));
      };
    },
  },
  {
    title: "days with a clock change charge the hours that passed, each by its wall clock (E5, E8)",
      share: 0.06, perTable: 30,
    prepare: ({ rng, zone }) => {
      const tariff = bandedTariff(rng);
      const made = compiled(tariff, zone);
      return () => {
        const from = entryIn(rng, zone);
        const to = from + rng.int(30 * HOUR);
        // In a repeated hour a boundary counts from its first pass; the wall clock alone cannot tell the passes apart.
        if (changesWithin(zone, from - DAY, to + DAY, true)) return;
        expectSame(priceOf(made, from, to), stepwisePrice(tariff, from, to, zone.wallOf));
      };
    },
  },
  {
    title: "cutting an interval into touching ones changes nothing, and the clock stands still between others (E6)", share: 0.1, perTable: 60,
    prepare: ({ rng, zone }) => {
      const tariff = compiled(rng.chance(0.5) ? additiveTable(rng) : bandedTariff(rng), zone);
      const flat = compiled(tableOf("flat",
        [{ id: "l", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT20M",
          usageCondition: "unlimited", value: 1 }]), zone);
      return () => {
        const from = entryIn(rng, zone);
        const to = from + lengthOf(rng);
        const cut = from + Math.floor(rng.next() * (to - from));
        const cutPrice = totalOf(tariff, [{ from, to: cut }, { from: cut, to }]);
        expectSame(cutPrice.ok ? cutPrice.value : Infinity, priceOf(tariff, from, to));
        const pause = rng.int(2 * DAY);
        const paused = totalOf(flat, [{ from, to: cut }, { from: cut + pause, to: to + pause }]);
        expectSame(paused.ok ? paused.value : Infinity, priceOf(flat, from, to));
      };
    },
  },
];

function expectSame(got: number, wanted: number): void {
  if (got !== wanted) throw new Error(`${got} instead of ${wanted}`);
}
function expectAtLeast(got: number, least: number): void {
  if (!(got >= least)) throw new Error(`${got} is less than ${least}`);
}

function checkExplained(tariff: CompiledTariff, from: number, length: number): void {
  const quoted = quote(tariff, [{ from, to: from + length }]);
  if (!quoted.ok) return;
  const { charges, caps, adjustments, totalMinor, taxes } = quoted.value;
  const minimums = caps.filter((cap) => cap.by === "collectionMinimum").reduce((sum, cap) => sum + cap.amountMinor, 0);
  const sum = (list: readonly { readonly amountMinor: number }[]): number => list.reduce((total,
    { amountMinor }) => total + amountMinor, 0);
  expectSame(sum(charges) + minimums + sum(adjustments), totalMinor);
  expectSame(taxes.reduce((total, { grossMinor }) => total + grossMinor, 0), totalMinor);
  const collection = tariff.tables[0]!.collections[0]!;
  if (collection.maximum === undefined) return;
  const windows = new Map<number, number>();
  for (const charge of charges) {
    const window = collection.resetAt ? collection.resetAt(charge.from).ordinal
      : collection.capWindow.type === "rolling24h" ? Math.floor((charge.from - from) / DAY) : 0;
    windows.set(window, (windows.get(window) ?? 0) + charge.amountMinor);
  }
  for (const amount of windows.values()) expectAtLeast(Math.round(collection.maximum / 10_000), amount);
}

describe(`prices, ${RUNS} cases, seed ${SEED}`, () => {
  test.each(PROPERTIES)("$title", ({ title, share, perTable, prepare }) => {
    const runs = Math.ceil(RUNS * share);
    for (let done = 0; done < runs; done += perTable) {
      const rng = rngOf(`${SEED}/${title}/${done}`);
      const check = prepare({ rng, zone: rng.pick(ZONES) });
      for (let i = 0; i < perTable; i++) {
        try {
          check();
        } catch (error) {
          throw new Error(`seed ${SEED}, tables ${done}, case ${i}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  }, 120_000);

  test("the shares make the whole", () => {
    expect(PROPERTIES.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  });
});

test("prices agree with a pricing by Temporal, around clock changes too (E5)", () => {
  const rng = rngOf(`${SEED}/temporal`);
  for (let i = 0; i < 60; i++) {
    const zone = rng.pick(ZONES);
    const tariff = bandedTariff(rng);
    const made = compiled(tariff, zone);
    const from = entryIn(rng, zone);
    const to = from + rng.int(30 * HOUR);
    if (changesWithin(zone, from - DAY, to + DAY, true)) continue;
    const wallOf = (at: number): { weekday: number; msOfDay: number; dayNumber: number } => {
      const t = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone.name);
      const day = t.toPlainDate().since(Temporal.PlainDate.from("1970-01-01")).days;
      return { weekday: t.dayOfWeek,
        msOfDay: t.hour * HOUR + t.minute * MINUTE + t.second * 1_000 + t.millisecond, dayNumber: day };
    };
    expect(priceOf(made, from, to)).toBe(stepwisePrice(tariff, from, to, wallOf));
  }
});
