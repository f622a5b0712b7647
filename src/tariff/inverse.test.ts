import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "../kernel/instant.ts";
import { type Zone, zoneOf } from "../kernel/zone.ts";
import type { ApdsRateTable } from "./apds.ts";
import { cheapestOf } from "./cheapest.ts";
import { type CompiledTariff, compileTariff } from "./compile.ts";
import { seed002Tariff } from "./examples/seed-002.ts";
import { latestDeparture } from "./inverse.ts";
import { priceLadder } from "./ladder.ts";
import { totalOf } from "./quote.ts";
import { type Tariff, versionInForce } from "./tariff.ts";

const zone = (name: string): Zone => {
  const found = zoneOf(name);
  if (!found.ok) throw new Error(name);
  return found.value;
};
const lisbon = zone("Europe/Lisbon");
const at = (text: string, where = lisbon): number => {
  const read = where.parseLocal(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const compile = (tariff: Tariff, where = lisbon): CompiledTariff => {
  const compiled = compileTariff(tariff, where);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error.findings));
  return compiled.value;
};
const per = (id: string, value: number, incrementPeriod = "PT1H"): ApdsRateTable => ({
  id, version: 1, rateLineCollections: [{ id: `${id}-c`, collectionSequence: 1, applicableCurrency: "EUR",
    rateLines: [{ id: `${id}-l`, sequence: 1, rateLineType: "incrementingRate",
      usageCondition: "unlimited", incrementPeriod, value }] }],
});
const daytime = (more: Partial<Tariff>): CompiledTariff => compile({
  id: "hours", version: 1, currency: "EUR", tables: [per("day", 2)], outsideHours: "free",
  when: [{ table: "day", times: [{ from: "08:00", to: "18:00" }] }], ...more,
});
const until = (tariff: CompiledTariff, from: string, amount: number): string => {
  const found = latestDeparture(tariff, at(from), amount);
  return found.ok ? lisbon.localText(found.value.until) : found.error.type;
};

describe("how long an amount pays for", () => {
  test("to the end of the last increment it covers", () => {
    const sydney = zone("Australia/Sydney");
    const city = compile(seed002Tariff, sydney);
    const found = latestDeparture(city, at("2026-03-03 09:30", sydney), 1_000);
    expect(found.ok && sydney.localText(found.value.until)).toBe("2026-03-03 11:30");
    expect(latestDeparture(city, at("2026-03-03 09:30", sydney), 249)).toEqual({ ok: false,
      error: { type: "amountTooSmall", leastMinor: 250 } });
  });
  test.each([
    ["carry-over: the rest of the hour counts the next morning", "creditCarryOver", "2025-01-16 08:15"],
    ["cut-off at the end of charging hours", "rateEndCutOff", "2025-01-15 18:00"],
    ["full time: the minutes bought are kept", "fullTimePurchased", "2025-01-15 18:15"],
  ] as const)("%s", (_name, overpaymentPolicy, expected) => {
    expect(until(daytime({ rateTransition: { overpaymentPolicy } }), "2025-01-15 17:15", 200)).toBe(expected);
  });
  test("a purchase runs into the table that follows, when it may", () => {
    const evening: Partial<Tariff> = { tables: [per("day", 2), per("evening", 0.5)],
      when: [{ table: "day", times: [{ from: "08:00", to: "18:00" }] },
        { table: "evening", times: [{ from: "18:00", to: "24:00" }] }] };
    const policy = { overpaymentPolicy: "rateEndCutOff" } as const;
    expect(until(daytime({ ...evening, rateTransition: { ...policy, followThroughAllowed: true } }),
      "2025-01-15 16:00", 600)).toBe("2025-01-15 22:00");
    expect(until(daytime({ ...evening, selection: "split", rateTransition: policy }), "2025-01-15 16:00",
      600)).toBe("2025-01-15 18:00");
  });
  test("paid before charging begins, it counts from the beginning, unless that is not allowed", () => {
    expect(until(daytime({}), "2025-01-15 23:00", 400)).toBe("2025-01-16 10:00");
    expect(until(daytime({ rateTransition: { prepaymentAllowed: false } }), "2025-01-15 23:00",
      400)).toBe("chargingNotBegun");
  });
  test("where a longer stay may be cheaper, the last affordable step counts", () => {
    const early = compile({ id: "e", version: 1, currency: "EUR", tables: [per("hour", 2), {
      id: "early", version: 1, rateLineCollections: [{ id: "e-c", collectionSequence: 1,
        applicableCurrency: "EUR",
          rateLines: [{ id: "e-l", sequence: 1, rateLineType: "flatRate", value: 8 }] }],
    }], when: [{ table: "hour" }],
      offers: [{ id: "early", table: "early", entry: { from: "06:00", to: "09:30" },
        exit: { from: "15:00", to: "19:00" }, applies: "cheaper" }] });
    expect(until(early, "2025-01-15 09:00", 800)).toBe("2025-01-15 19:00");
    expect(until(early, "2025-01-15 09:00", 799)).toBe("2025-01-15 12:00");
  });
});

describe("the ladder", () => {
  test("shows each step once, and ends where there is no price", () => {
    const bounded = compile({ id: "b", version: 1, currency: "EUR",
      tables: [{ id: "b", version: 1, rateLineCollections: [{ id: "c", collectionSequence: 1,
      applicableCurrency: "EUR", maxValueCollection: 5, resetTime: "00:00", rateLines: [
        { id: "1", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H",
          usageCondition: "once", value: 3 },
        { id: "2", sequence: 2, rateLineType: "incrementingRate", incrementPeriod: "PT30M",
          durationStart: "01:00", durationEnd: "03:00", value: 1 }] }] }] });
    const steps = priceLadder(bounded, at("2025-01-15 10:00"));
    expect(steps.ok && steps.value.map(({ afterMs, price }) => [afterMs / MINUTE,
      price.type === "price" ? price.totalMinor : price.reason.type])).toEqual([
      [0, 300], [60, 400], [90, 500], [180, "noLineCovers"],
    ]);
  });
  test("agrees with the price at every minute of two days", () => {
    const sydney = zone("Australia/Sydney");
    const city = compile({ ...seed002Tariff, freeMinutes: { minutes: 10, then: "chargeAll" },
      dailyMaximum: { amountMinor: 4_000, window: { type: "reset", at: "00:00" } } }, sydney);
    const from = at("2026-04-04 13:20", sydney);
    const steps = priceLadder(city, from, 2 * DAY);
    if (!steps.ok) throw new Error(steps.error.type);
    for (let length = MINUTE; length < 2 * DAY; length += MINUTE) {
      const step = steps.value.findLast(({ afterMs }) => afterMs < length)!;
      const total = totalOf(city, [{ from, to: from + length }]);
      expect(step.price).toEqual({ type: "price", totalMinor: total.ok ? total.value : NaN });
    }
  });
});

describe("R17 the cheapest of several tariffs", () => {
  const weekend: Tariff["when"] = [{ table: "tenant", weekdays: ["saturday"] }];
  const publicRate = { id: "public",
    tariff: compile({ id: "p", version: 1, currency: "EUR", tables: [per("public", 2)] }), combinable: true };
  const tenant = { id: "tenant",
    tariff: compile({ id: "t", version: 1, currency: "EUR", tables: [per("tenant", 1)], when: weekend }),
      combinable: true, priority: 1 };
  const stay = (from: string, to: string): { from: number; to: number }[] => [{ from: at(from), to: at(to) }];
  test("each alone, when one covers the stay", () => {
    expect(cheapestOf([publicRate, tenant],
      stay("2025-01-18 10:00", "2025-01-18 12:00"))).toMatchObject({ ok: true, value: { totalMinor: 200 } });
  });
  test("or piece by piece: Friday public, Saturday tenant", () => {
    expect(cheapestOf([publicRate, tenant], stay("2025-01-17 22:00", "2025-01-18 03:00"))).toMatchObject({
      ok: true, value: { totalMinor: 400 + 300, parts: [{ entitlement: "public" }, { entitlement: "tenant" }] },
    });
  });
  test("not combinable: the first by priority that has a price", () => {
    const first = { ...tenant, combinable: false };
    expect(cheapestOf([publicRate, first],
      stay("2025-01-18 10:00", "2025-01-18 12:00"))).toMatchObject({ ok: true, value: { totalMinor: 200 } });
    expect(cheapestOf([publicRate, first],
      stay("2025-01-17 22:00", "2025-01-18 03:00"))).toMatchObject({ ok: true, value: { totalMinor: 1_000 } });
  });
  test("R18 a discount takes off, a surcharge adds, nothing goes below zero", () => {
    const price = (discount: { fixedMinor?: number; percent?: number; surcharge?: boolean }): unknown => {
      const found = cheapestOf([{ ...publicRate, discount }], stay("2025-01-18 10:00", "2025-01-18 12:00"));
      return found.ok && found.value.totalMinor;
    };
    expect([price({ percent: 50 }), price({ fixedMinor: 900 }),
      price({ percent: 10, surcharge: true })]).toEqual([200, 0, 440]);
  });
});

test("a stay is priced by the version valid at its entry (E7)", () => {
  const versions = [{ version: 1 }, { version: 2, effectiveFrom: 10 * HOUR },
    { version: 3, effectiveFrom: 20 * HOUR }];
  expect([9, 10, 19, 20].map((hour) => versionInForce(versions, hour * HOUR)?.version)).toEqual([1, 2, 2, 3]);
});
