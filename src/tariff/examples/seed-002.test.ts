import { describe, expect, test } from "vitest";
import { zoneOf } from "../../kernel/zone.ts";
import { compileTariff } from "../compile.ts";
import { quote, totalOf } from "../quote.ts";
import { seed002Tariff } from "./seed-002.ts";

const zone = zoneOf("Australia/Sydney");
if (!zone.ok) throw new Error("zone");
const sydney = zone.value;
const compiled = compileTariff(seed002Tariff, sydney);
if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
const tariff = compiled.value;
const at = (text: string): number => {
  const read = sydney.parseLocal(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};

/** 2026-03-02 is a Monday. Clocks go back on 2026-04-05 03:00 and forward on 2026-10-04 02:00. */
const STAYS: readonly (readonly [string, string, string, number])[] = [
  ["Tuesday across 10:00: 2.50 + 5.00", "2026-03-03 09:30", "2026-03-03 11:30", 750],
  ["one minute is an hour", "2026-03-03 09:00", "2026-03-03 09:01", 250],
  ["exactly an hour is one hour", "2026-03-03 09:00", "2026-03-03 10:00", 250],
  ["a minute more starts the second, in the dear band", "2026-03-03 09:00", "2026-03-03 10:01", 750],
  ["the hour that starts at 10:00 is dear (E8)", "2026-03-03 10:00", "2026-03-03 10:30", 500],
  ["the hour that starts at 09:59 is cheap (E8)", "2026-03-03 09:59", "2026-03-03 10:30", 250],
  ["Friday to Saturday over midnight", "2026-03-06 23:30", "2026-03-07 01:30", 500 + 500],
  ["Sunday to Monday over midnight", "2026-03-08 22:30", "2026-03-09 01:30", 1000 + 1000 + 250],
  ["Saturday daytime", "2026-03-07 10:00", "2026-03-07 12:00", 2000],
  ["a whole Tuesday", "2026-03-03 00:00", "2026-03-04 00:00", 10 * 250 + 14 * 500],
  ["the Sunday of 25 hours charges 25 (E5)", "2026-04-05 00:00", "2026-04-06 00:00", 11 * 500 + 14 * 1000],
  ["the Sunday of 23 hours charges 23 (E5)", "2026-10-04 00:00", "2026-10-05 00:00", 9 * 500 + 14 * 1000],
  ["no time, no charge", "2026-03-03 09:00", "2026-03-03 09:00", 0],
];

describe("the city's tariff", () => {
  test.each(STAYS)("%s", (_name, from, to, expected) => {
    const stay = [{ from: at(from), to: at(to) }];
    const quoted = quote(tariff, stay);
    expect(quoted).toMatchObject({ ok: true, value: { totalMinor: expected, currency: "AUD", draft: false } });
    expect(totalOf(tariff, stay)).toEqual({ ok: true, value: expected });
  });

  test("the explanation names each hour's table, and its charges add up", () => {
    const quoted = quote(tariff, [{ from: at("2026-03-03 09:30"), to: at("2026-03-03 11:30") }]);
    expect(quoted.ok && quoted.value.charges).toEqual([
      { table: "workday-night", collection: "workday-night-hours", line: "workday-night-hour", units: 1,
        amountMinor: 250, uncappedMinor: 250,
        from: at("2026-03-03 09:30"), to: at("2026-03-03 10:30") },
      { table: "workday-day", collection: "workday-day-hours", line: "workday-day-hour", units: 1,
        amountMinor: 500, uncappedMinor: 500,
        from: at("2026-03-03 10:30"), to: at("2026-03-03 11:30") },
    ]);
    expect(quoted.ok && quoted.value.taxes).toEqual([{ ratePercent: "10", included: true, grossMinor: 750,
      netMinor: 682, taxMinor: 68 }]);
    expect(quoted.ok && [quoted.value.tableId,
      quoted.value.interpretation.selection]).toEqual(["workday-night", "atStart"]);
  });

  test("two intervals are one clock: the hour begun before the pause is used up after it", () => {
    const stay = [
      { from: at("2026-03-03 08:00"), to: at("2026-03-03 08:30") },
      { from: at("2026-03-03 12:00"), to: at("2026-03-03 12:30") },
    ];
    expect(totalOf(tariff, stay)).toEqual({ ok: true, value: 250 });
    expect(totalOf(tariff, [stay[0]!,
      { from: stay[1]!.from, to: stay[1]!.to + 60_000 }])).toEqual({ ok: true, value: 750 });
  });
});
