/**
 * A tariff: rate tables, when each applies, and what the standard leaves to the operator.
 *
 *   tables + when + options  --compileTariff-->  CompiledTariff  --quote(intervals)-->  Quote
 *
 * Plain JSON; amounts outside the tables are minor units. Versions never change once used: a stay is priced
 * by the version valid at its entry.
 */
import type { Instant } from "../kernel/instant.ts";
import type { Currency, MinorUnits } from "../kernel/money.ts";
import type { ApdsRateTable } from "./apds.ts";
import type { TierMode } from "./table/table.ts";

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Local times of day, half-open; `to` at or before `from` runs over midnight, `24:00` is the end of the day. */
export type TimesOfDay = { readonly from: string; readonly to: string };

/** When a table is in force. Everything given must hold; the first entry that holds wins. */
export type TableValidity = {
  /** Id of the table; `null` says that no table is in force then. */
  readonly table: string | null;
  readonly weekdays?: readonly Weekday[];
  /** 1 January to 12 December. */
  readonly months?: readonly number[];
  readonly times?: readonly TimesOfDay[];
  /** `YYYY-MM-DD`, both days included. */
  readonly dates?: readonly { readonly from: string; readonly to: string }[];
  /** On days of one of these types only, by the tariff's calendar (`publicHoliday`, `schoolHolidays`). */
  readonly specialDays?: readonly string[];
  /** Never on days of one of these types. */
  readonly exceptSpecialDays?: readonly string[];
};

/**
 * Which table prices a stay that sees several: the one in force at entry for all of it; each its own part
 * (`split`, the ladder of a resumed table goes on); or increments that run from entry, each priced by the
 * table in force when it starts (`atStart`).
 */
export type TableSelection = "entryTime" | "split" | "atStart";

export type TariffWindow = { readonly type: "reset"; readonly at: string } | { readonly type: "rolling24h" };

/** Another price for stays that enter and leave in given windows: early bird, night flat. */
export type Offer = {
  readonly id: string;
  /** The table that prices the stay when the offer applies. */
  readonly table: string;
  /** Days of entry. */
  readonly weekdays?: readonly Weekday[];
  readonly entry?: TimesOfDay;
  /** Departure within these times, both included, `daysAfterEntry` days after the day of entry (0 the same day). */
  readonly exit?: TimesOfDay & { readonly daysAfterEntry?: number };
  /** `cheaper`: when it costs less than the ordinary price. `always`: instead of it. */
  readonly applies: "cheaper" | "always";
};

/** A discount is given to stays that show its code: a shop's validation, a membership. */
export type Discount = {
  readonly code: string;
  /** The tables that do not accept validations (`validation` not true) refuse it. */
  readonly validation?: boolean;
} & (
  | { readonly type: "percent"; readonly percent: number }
  | { readonly type: "amount"; readonly amountMinor: MinorUnits }
  | { readonly type: "minutes"; readonly minutes: number }
);

export type Tariff = {
  readonly id: string;
  readonly version: number;
  readonly name?: string;
  /** This version prices stays that enter from here on. */
  readonly effectiveFrom?: Instant;
  readonly currency: Currency;
  readonly tables: readonly ApdsRateTable[];
  /** May be left out when there is exactly one table, which is then always in force. */
  readonly when?: readonly TableValidity[];
  /** Types of the special days, by date `YYYY-MM-DD`. */
  readonly calendar?: Readonly<Record<string, readonly string[]>>;
  readonly selection?: TableSelection;
  /** What time without any table in force is: `free` (not charging hours), or without a price. */
  readonly outsideHours?: "free" | "notPermitted";
  /** A stay longer than the last line: not permitted, or the lines again from the first each 24 h. */
  readonly beyondLastLine?: "notPermitted" | "repeatEach24h";
  /** How tiers are read where the table itself does not say. */
  readonly tierMode?: TierMode;
  /** What more time costs: the rest of the ladder, or a fresh stay. */
  readonly extensionPricing?: "continue" | "fresh";
  readonly rateTransition?: {
    readonly overpaymentPolicy?: "rateEndCutOff" | "fullTimePurchased" | "creditCarryOver";
    readonly followThroughAllowed?: boolean;
    readonly prepaymentAllowed?: boolean;
  };
  /** A stay of at most these minutes is free; a longer one is charged from its start, or for the rest only. */
  readonly freeMinutes?: { readonly minutes: number; readonly then: "chargeAll" | "chargeRest" };
  readonly offers?: readonly Offer[];
  readonly dailyMaximum?: { readonly amountMinor: MinorUnits; readonly window: TariffWindow };
  readonly minimumMinor?: MinorUnits;
  readonly maximumMinor?: MinorUnits;
  readonly discounts?: readonly Discount[];
  /** `id@version` of tables whose guessed reading a person has confirmed. */
  readonly confirmed?: readonly string[];
};

/** The version in force at an instant: the latest that has become effective. */
export function versionInForce<T extends { readonly version: number; readonly effectiveFrom?: Instant }>(
  versions: readonly T[], at: Instant,
): T | undefined {
  const effective = versions.filter((v) => (v.effectiveFrom ?? -Infinity) <= at);
  return effective.reduce<T | undefined>((latest, v) => {
    if (!latest) return v;
    const order = (v.effectiveFrom ?? -Infinity) - (latest.effectiveFrom ?? -Infinity);
    return order > 0 || (!(order < 0) && v.version > latest.version) ? v : latest;
  }, undefined);
}
