import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { addMonthsToDay, dateOf, dateText, dayNumberOf, parseDate, weekdayOf } from "./calendar.ts";
import { DAY, HOUR, MINUTE } from "./instant.ts";
import { type Zone, zoneOf } from "./zone.ts";

const ZONES = [
  "Europe/Vienna", "Europe/London", "Australia/Sydney", "America/New_York",
  "Australia/Lord_Howe", // changes by 30 minutes
  "Africa/Casablanca", // four changes in one year: summer time pauses for Ramadan
  "Asia/Beirut", "America/Havana", "America/Asuncion", "Africa/Cairo", // change at midnight
  "Asia/Kathmandu", "Pacific/Chatham", "Antarctica/Troll", "UTC",
];
const zone = (name: string): Zone => {
  const found = zoneOf(name);
  if (!found.ok) throw new Error(`unknown zone ${name}`);
  return found.value;
};
const FROM = Date.UTC(2015, 0, 1);
const UNTIL = Date.UTC(2040, 0, 1);
const oracleAt = (name: string, at: number) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);

/** Every change of the oracle's zone from 2015 on. */
function changesOf(name: string, until = Date.UTC(2040, 0, 1)): number[] {
  const changes: number[] = [];
  for (let at = oracleAt(name, FROM).getTimeZoneTransition("next"); at && at.epochMilliseconds < until; ) {
    changes.push(at.epochMilliseconds);
    at = at.getTimeZoneTransition("next");
  }
  return changes;
}

describe.each(ZONES)("the wall clock of %s agrees with Temporal (E5)", (name) => {
  const ours = zone(name);
  const near = [...changesOf(name), Date.UTC(2024, 1, 29), Date.UTC(2026, 11, 31, 23)].flatMap((change) =>
    [-25 * HOUR, -HOUR, -30 * MINUTE, -1, 0, 1, 29 * MINUTE, 30 * MINUTE, HOUR,
      25 * HOUR].map((d) => change + d));
  const instants = [...near,
    ...Array.from({ length: 400 }, (_, i) => FROM + Math.floor(((UNTIL - FROM) / 400) * i))];

  test("offset, fields, weekday and day boundaries", () => {
    for (const at of instants) {
      const theirs = oracleAt(name, at);
      expect(ours.offsetAt(at)).toBe(theirs.offsetNanoseconds / 1e6);
      const { year, month, day, hour, minute, second, weekday } = ours.wallOf(at);
      expect([year, month, day, hour, minute, second, weekday]).toEqual(
        [theirs.year, theirs.month, theirs.day, theirs.hour, theirs.minute, theirs.second, theirs.dayOfWeek]);
      expect(ours.startOfDay(at)).toBe(theirs.startOfDay().epochMilliseconds);
      expect(ours.nextStartOfDay(at)).toBe(theirs.startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds);
    }
  });

  test("a wall time becomes the compatible instant, in gaps and overlaps too", () => {
    for (const at of instants) {
      for (const shift of [-90, -60, -30, -15, 0, 15, 30, 60, 90]) {
        const w = ours.wallOf(at + shift * MINUTE);
        const plain = Temporal.PlainDateTime.from({ year: w.year, month: w.month, day: w.day,
          hour: w.hour, minute: w.minute })
          .add({ minutes: shift });
        const wall = { year: plain.year, month: plain.month, day: plain.day, hour: plain.hour,
          minute: plain.minute };
        expect(ours.instantOf(wall)).toBe(plain.toZonedDateTime(name,
          { disambiguation: "compatible" }).epochMilliseconds);
      }
    }
  });

  test("days and months are added on the calendar", () => {
    for (const at of instants) {
      const theirs = oracleAt(name, at);
      expect(ours.addDays(at, 1)).toBe(theirs.add({ days: 1 }).epochMilliseconds);
      expect(ours.addDays(at, -30)).toBe(theirs.subtract({ days: 30 }).epochMilliseconds);
      expect(ours.addMonths(at, 3)).toBe(theirs.add({ months: 3 }).epochMilliseconds);
    }
  });
});

test("any instant of any zone round-trips, except the second pass of a repeated hour (E5)", () => {
  fc.assert(fc.property(fc.constantFrom(...ZONES),
    fc.integer({ min: FROM / 60_000, max: UNTIL / 60_000 }), (name, minute) => {
    const at = minute * MINUTE;
    const back = zone(name).instantOf(zone(name).wallOf(at));
    return back === at || (back < at && at - back <= 2 * HOUR
      && zone(name).localText(back) === zone(name).localText(at));
  }), { numRuns: 2_000 });
});

test("zones with several changes a year show all of them", () => {
  expect(changesOf("Africa/Casablanca", Date.UTC(2026, 0, 1)).length).toBeGreaterThan(20);
  const ours = zone("Africa/Casablanca");
  for (const change of changesOf("Africa/Casablanca")) {
    expect(ours.offsetAt(change)).not.toBe(ours.offsetAt(change - 1));
  }
});

test("a boundary of the wall clock that was skipped is the change itself, a repeated one the first", () => {
  const vienna = zone("Europe/Vienna");
  const spring = dayNumberOf(2027, 3, 28);
  expect(vienna.boundaryOf(spring, 2.5 * HOUR)).toBe(Date.UTC(2027, 2, 28, 1));
  const autumn = dayNumberOf(2027, 10, 31);
  expect(vienna.boundaryOf(autumn, 2.5 * HOUR)).toBe(Date.UTC(2027, 9, 31, 0, 30));
  // A day that never was: Samoa went from 29 to 31 December 2011.
  expect(zone("Pacific/Apia").boundaryOf(dayNumberOf(2011, 12, 30), 0)).toBe(Date.UTC(2011, 11, 30, 10));
});

test("text of a local time is printed and read, and refused when it is no time", () => {
  const sydney = zone("Australia/Sydney");
  const at = Date.UTC(2026, 2, 1, 21, 30);
  expect(sydney.localText(at)).toBe("2026-03-02 08:30");
  for (const text of ["2026-03-02 08:30", "2026-03-02T08:30", "2026-03-02 08:30:00"]) {
    expect(sydney.parseLocal(text)).toEqual({ ok: true, value: at });
  }
  for (const text of ["2026-02-30 08:30", "2026-03-02 24:00", "2026-03-02", "now", "2026-03-02 08:60"]) {
    expect(sydney.parseLocal(text)).toEqual({ ok: false, error: { type: "notLocalTime", text } });
  }
});

test("an unknown zone is refused by name", () => {
  for (const name of ["Europe/Wien", "", "+01:00", "Mars/Olympus"]) {
    expect(zoneOf(name)).toEqual({ ok: false, error: { type: "unknownZone", name } });
  }
});

test("31 January + 3 months is 30 April; leap days and centuries are right", () => {
  expect(dateText(addMonthsToDay(parseDate("2026-01-31")!, 3))).toBe("2026-04-30");
  expect(dateText(addMonthsToDay(parseDate("2024-02-29")!, 12))).toBe("2025-02-28");
  expect(dateText(addMonthsToDay(parseDate("2026-01-31")!, -11))).toBe("2025-02-28");
  for (let n = -800_000; n < 2_000_000; n += 997) {
    const { year, month, day } = dateOf(n);
    expect(dayNumberOf(year, month, day)).toBe(n);
    const date = new Date(n * DAY);
    expect([year, month, day, weekdayOf(n)]).toEqual(
      [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay() || 7]);
  }
});
