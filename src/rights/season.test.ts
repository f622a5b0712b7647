import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOf, dateText, daysInMonth, parseDate } from "../kernel/calendar.ts";
import { DAY } from "../kernel/instant.ts";
import { zoneOf } from "../kernel/zone.ts";
import { present } from "../kernel/assert.ts";
import { cardRefusal } from "./card.ts";
import { SEASON_MONTHS, SEED_SEASON_PRICES, renewalStart, seasonPeriod, seasonRight, validityOf } from "./season.ts";

const sydney = zoneOf("Australia/Sydney");
if (!sydney.ok) throw new Error("no zone");
const zone = sydney.value;
const day = (text: string): number => present(parseDate(text), text);

describe("season tickets", () => {
  it.each([
    ["2026-01-31", 3, "2026-04-30"],
    ["2026-11-30", 3, "2027-02-28"],
    ["2027-11-30", 3, "2028-02-29"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2028-02-29", 12, "2029-02-28"],
    ["2026-03-02", 12, "2027-03-02"],
  ] as const)("I6: from %s for %i months it expires on %s", (first, months, expiry) => {
    expect(dateText(seasonPeriod(day(first), months).expiryDay)).toBe(expiry);
  });

  it("I6: 3, 6 or 12 calendar months: the same day of the later month, or its last day", () => {
    fc.assert(fc.property(fc.integer({ min: 15_000, max: 60_000 }), fc.constantFrom(...SEASON_MONTHS), (first, months) => {
      const from = dateOf(first);
      const to = dateOf(seasonPeriod(first, months).expiryDay);
      expect(to.year * 12 + to.month - (from.year * 12 + from.month)).toBe(months);
      expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)));
    }));
  });

  it("I6: costs AUD 200, 375 or 500", () => {
    expect(SEASON_MONTHS.map((m) => SEED_SEASON_PRICES.priceMinor[m])).toEqual([20_000, 37_500, 50_000]);
  });

  it("is valid from the start of its first day to the end of its expiry day, across a clock change", () => {
    const right = seasonRight("season-1", "central", [seasonPeriod(day("2026-01-31"), 3)], zone, false);
    const start = zone.boundaryOf(day("2026-01-31"), 0);
    const end = zone.boundaryOf(day("2026-05-01"), 0);
    expect(cardRefusal(right, "central", start - 1, 5)).toBe("notYetValid");
    expect(cardRefusal(right, "central", start, 5)).toBeNull();
    expect(cardRefusal(right, "central", end - 1, 4)).toBeNull();
    expect(cardRefusal(right, "central", end, 5)).toBe("expired");
    expect(cardRefusal(right, "north", start, 5)).toBe("wrongFacility");
    expect(cardRefusal(right, "central", start + DAY, 6)).toBe("outsideWindow");
  });

  it("renews without a gap while valid, and from today once expired", () => {
    const first = seasonPeriod(day("2026-01-31"), 3);
    const early = seasonPeriod(renewalStart(first.expiryDay, day("2026-04-10")), 3);
    expect(dateText(early.firstDay)).toBe("2026-05-01");
    expect(validityOf([first, early], zone).validFrom).toBe(zone.boundaryOf(first.firstDay, 0));
    const late = seasonPeriod(renewalStart(first.expiryDay, day("2026-06-10")), 3);
    expect(dateText(late.firstDay)).toBe("2026-06-10");
    expect(validityOf([first, late], zone).validFrom).toBe(zone.boundaryOf(late.firstDay, 0));
  });
});
