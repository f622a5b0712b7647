/**
 * The common tariff as a form: bands by weekday and time of day with a price per started increment, flats for
 * early birds and nights, free minutes, a daily maximum. Everything is kept as typed text.
 *
 *   Tariff --formOf--> FormTyped --tariffOf--> Tariff      the same tariff again, or no form at all
 *
 * A tariff that says more than the form can show has no form: its JSON is edited, and nothing in it is lost.
 */
import { majorText, minorOf } from "../../../kernel/money.ts";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { ApdsRateTable } from "../../../tariff/apds.ts";
import { readTariff } from "../../../tariff/read-tariff.ts";
import { readTimeOfDay } from "../../../tariff/table/duration.ts";
import {
  type Offer, type TableValidity, type Tariff, type TimesOfDay, type Weekday, WEEKDAYS,
} from "../../../tariff/tariff.ts";
import { sameJson } from "./json.ts";

export type BandTyped = {
  readonly id: string; readonly tableVersion: number; readonly name: string; readonly days: readonly Weekday[];
  readonly from: string; readonly to: string; readonly price: string;
  /** One increment. */
  readonly minutes: string;
  /** The price list ends here; empty: it never does. */
  readonly upToHours: string;
};
export type FlatTyped = {
  readonly id: string; readonly tableVersion: number; readonly name: string; readonly days: readonly Weekday[];
  readonly entryFrom: string; readonly entryTo: string; readonly exitFrom: string; readonly exitTo: string;
  readonly nextDay: boolean; readonly price: string;
};
export type FormTyped = {
  readonly id: string; readonly version: number; readonly name: string; readonly currency: string;
  /** Included in every price; empty when no rate is stated. */
  readonly taxPercent: string;
  readonly bands: readonly BandTyped[];
  readonly flats: readonly FlatTyped[];
  readonly freeMinutes: string;
  readonly freeThen: "chargeAll" | "chargeRest";
  readonly dailyMaximum: string;
  /** A time of day, or `rolling24h`. */
  readonly dailyFrom: string;
  readonly outsideHours: "" | "free" | "notPermitted";
  readonly beyondLastLine: "" | "notPermitted" | "repeatEach24h";
  readonly confirmed: readonly string[];
};

export type FormProblem = "missing" | "notMoney" | "notATime" | "notANumber" | "noDays";
/** By field: `bands.0.price`, `freeMinutes`. */
export type FormProblems = Readonly<Record<string, FormProblem>>;

export const EMPTY_BAND: BandTyped = {
  id: "", tableVersion: 1, name: "", days: WEEKDAYS, from: "00:00", to: "24:00", price: "", minutes: "60", upToHours: "",
};
export const EMPTY_FLAT: FlatTyped = {
  id: "", tableVersion: 1, name: "", days: WEEKDAYS, entryFrom: "", entryTo: "", exitFrom: "", exitTo: "", nextDay: false, price: "",
};

/** Longest price list the form offers: ten days. */
const HOURS_MAX = 240;
const MINUTES_MAX = 1_440;

export function tariffOf(form: FormTyped): Result<Tariff, FormProblems> {
  const problems: Record<string, FormProblem> = {};
  const note = <T>(field: string, problem: FormProblem, instead: T): T => {
    problems[field] = problem;
    return instead;
  };
  const read = readersOf(form.currency, note);
  if (form.id.trim() === "") note("id", "missing", "");
  if (form.bands.length === 0) note("bands", "missing", "");
  const taxPercent = form.taxPercent === "" ? undefined : read.number("taxPercent", form.taxPercent, 0, 100, false);
  const tax = { taxIncluded: true, ...(taxPercent === undefined ? {} : { taxRate: taxPercent }) };
  const bands = form.bands.map((band, i) => {
    const at = `bands.${i}`;
    const minutes = read.number(`${at}.minutes`, band.minutes, 1, MINUTES_MAX, true);
    const hours = band.upToHours === "" ? undefined : read.number(`${at}.upToHours`, band.upToHours, 1, HOURS_MAX, true);
    if (band.name.trim() === "") note(`${at}.name`, "missing", "");
    const ends = hours === undefined ? {} : { durationStart: "00:00", durationEnd: lineTime(hours) };
    const line = {
      id: `${band.id}-hour`, sequence: 1, rateLineType: "incrementingRate" as const, incrementPeriod: periodOf(minutes),
      usageCondition: "unlimited" as const, value: read.money(`${at}.price`, band.price), ...ends,
    };
    return {
      table: { ...tableOf(band, "hourly", form.currency, tax, line), "x-incrementPricing": "atStart" as const },
      when: { table: band.id, ...read.days(`${at}.days`, band.days), ...wholeDay(read.times(at, band.from, band.to, "from", "to")) } satisfies TableValidity,
    };
  });
  const flats = form.flats.map((flat, i) => flatOf(flat, `flats.${i}`, form.currency, tax, read));
  const free = form.freeMinutes === "" ? undefined : read.number("freeMinutes", form.freeMinutes, 1, MINUTES_MAX, true);
  const maximum = form.dailyMaximum === "" ? undefined : minorOf(form.dailyMaximum.replace(",", "."), form.currency);
  const dailyFrom = form.dailyFrom === "rolling24h" ? { type: "rolling24h" as const } : { type: "reset" as const, at: read.time("dailyFrom", form.dailyFrom) };
  if (maximum && (!maximum.ok || maximum.value <= 0)) note("dailyMaximum", "notMoney", "");
  if (Object.keys(problems).length > 0) return err(problems);
  return ok({
    id: form.id, version: form.version, ...(form.name === "" ? {} : { name: form.name }), currency: form.currency, selection: "atStart",
    tables: [...bands.map(({ table }) => table), ...flats.map(({ table }) => table)], when: bands.map(({ when }) => when),
    ...(flats.length === 0 ? {} : { offers: flats.map(({ offer }) => offer) }),
    ...(free === undefined ? {} : { freeMinutes: { minutes: free, then: form.freeThen } }),
    ...(maximum?.ok ? { dailyMaximum: { amountMinor: maximum.value, window: dailyFrom } } : {}),
    ...(form.outsideHours === "" ? {} : { outsideHours: form.outsideHours }),
    ...(form.beyondLastLine === "" ? {} : { beyondLastLine: form.beyondLastLine }),
    ...(form.confirmed.length === 0 ? {} : { confirmed: form.confirmed }),
  });
}

type Read = ReturnType<typeof readersOf>;

function readersOf(currency: string, note: <T>(field: string, problem: FormProblem, instead: T) => T) {
  const time = (field: string, text: string): string => (readTimeOfDay(text) === undefined ? note(field, "notATime", text) : text);
  return {
    time,
    /** Decimal major units, as rate tables have them; a comma is a point. */
    money(field: string, text: string): number {
      const minor = minorOf(text.replace(",", "."), currency);
      return minor.ok && minor.value >= 0 ? Number(majorText(minor.value, currency)) : note(field, "notMoney", 0);
    },
    number(field: string, text: string, min: number, max: number, whole: boolean): number {
      const value = /^\d{1,6}([.,]\d{1,4})?$/.test(text.trim()) ? Number(text.replace(",", ".")) : Number.NaN;
      return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : note(field, "notANumber", min);
    },
    /** Every day needs no weekdays. */
    days(field: string, days: readonly Weekday[]): { readonly weekdays?: readonly Weekday[] } {
      if (days.length === 0) note(field, "noDays", "");
      return days.length === WEEKDAYS.length ? {} : { weekdays: WEEKDAYS.filter((day) => days.includes(day)) };
    },
    times: (at: string, from: string, to: string, fromName: string, toName: string): TimesOfDay =>
      ({ from: time(`${at}.${fromName}`, from), to: time(`${at}.${toName}`, to) }),
  };
}

const wholeDay = (times: TimesOfDay): { readonly times?: readonly TimesOfDay[] } =>
  times.from === "00:00" && times.to === "24:00" ? {} : { times: [times] };

function tableOf(
  at: { readonly id: string; readonly name: string; readonly tableVersion: number }, rateType: "hourly" | "daily", currency: string,
  tax: { readonly taxIncluded: boolean; readonly taxRate?: number }, line: ApdsRateTable["rateLineCollections"][number]["rateLines"][number],
): ApdsRateTable {
  return {
    id: at.id, version: at.tableVersion, availability: "public", rateType, validation: true, rateTableName: [{ language: "en", string: at.name }],
    rateLineCollections: [{ id: `${at.id}-hours`, collectionSequence: 1, applicableCurrency: currency, relativeTimes: true, ...tax, rateLines: [line] }],
  };
}

function flatOf(flat: FlatTyped, at: string, currency: string, tax: { readonly taxIncluded: boolean; readonly taxRate?: number }, read: Read) {
  const line = { id: `${flat.id}-flat`, sequence: 1, rateLineType: "flatRate" as const, usageCondition: "once" as const, value: read.money(`${at}.price`, flat.price) };
  const offer: Offer = {
    id: flat.id, table: flat.id, ...read.days(`${at}.days`, flat.days), entry: read.times(at, flat.entryFrom, flat.entryTo, "entryFrom", "entryTo"),
    exit: { ...read.times(at, flat.exitFrom, flat.exitTo, "exitFrom", "exitTo"), ...(flat.nextDay ? { daysAfterEntry: 1 } : {}) }, applies: "cheaper",
  };
  return { table: tableOf(flat, "daily", currency, tax, line), offer };
}

const periodOf = (minutes: number): string => (minutes % 60 === 0 ? `PT${minutes / 60}H` : `PT${minutes}M`);
/** `hh:mm`, from a day on `dd:hh:mm`. */
const lineTime = (hours: number): string => {
  const two = (n: number) => String(n).padStart(2, "0");
  return hours < 24 ? `${two(hours)}:00` : `${two(Math.floor(hours / 24))}:${two(hours % 24)}:00`;
};

/** The form of a tariff, when writing the form back gives that tariff; null when the form cannot show all of it. */
export function formOf(json: unknown): FormTyped | null {
  const read = readTariff(json);
  if (!read.ok) return null;
  const tariff = read.value;
  const money = (value: unknown): string => {
    const minor = typeof value === "number" ? minorOf(value, tariff.currency) : null;
    return minor?.ok ? majorText(minor.value, tariff.currency) : "";
  };
  // Tables are read by the shape the form writes; whatever differs shows when the form is written back.
  const tables = tariff.tables as readonly (Partial<ApdsRateTable> | null)[];
  const flatIds = new Set((tariff.offers ?? []).map(({ table }) => table));
  const bandTables = tables.filter((table) => !flatIds.has(table?.id ?? ""));
  const when = whenOf(tariff);
  const first = tables[0]?.rateLineCollections?.[0];
  const form: FormTyped = {
    id: tariff.id, version: tariff.version, name: tariff.name ?? "", currency: tariff.currency,
    taxPercent: first?.taxRate === undefined ? "" : String(first.taxRate),
    bands: bandTables.map((table, i): BandTyped => ({
      ...namesOf(table), days: when[i]?.weekdays ?? WEEKDAYS, from: when[i]?.times?.[0]?.from ?? "00:00", to: when[i]?.times?.[0]?.to ?? "24:00",
      price: money(lineOf(table)?.value), minutes: minutesOf(lineOf(table)?.incrementPeriod), upToHours: hoursOf(lineOf(table)?.durationEnd),
    })),
    flats: (tariff.offers ?? []).map((offer): FlatTyped => {
      const table = tables.find((each) => each?.id === offer.table) ?? null;
      return {
        ...namesOf(table), days: offer.weekdays ?? WEEKDAYS, entryFrom: offer.entry?.from ?? "", entryTo: offer.entry?.to ?? "",
        exitFrom: offer.exit?.from ?? "", exitTo: offer.exit?.to ?? "", nextDay: offer.exit?.daysAfterEntry === 1, price: money(lineOf(table)?.value),
      };
    }),
    freeMinutes: tariff.freeMinutes === undefined ? "" : String(tariff.freeMinutes.minutes), freeThen: tariff.freeMinutes?.then ?? "chargeAll",
    dailyMaximum: tariff.dailyMaximum === undefined ? "" : majorText(tariff.dailyMaximum.amountMinor, tariff.currency),
    dailyFrom: tariff.dailyMaximum?.window.type === "reset" ? tariff.dailyMaximum.window.at : tariff.dailyMaximum ? "rolling24h" : "00:00",
    outsideHours: tariff.outsideHours ?? "", beyondLastLine: tariff.beyondLastLine ?? "", confirmed: tariff.confirmed ?? [],
  };
  const written = tariffOf(form);
  return written.ok && sameJson(written.value, { ...tariff, when }) ? form : null;
}

/** One table alone is always in force; the form says so in `when`. */
const whenOf = (tariff: Tariff): readonly TableValidity[] => {
  const only = tariff.tables[0] as Partial<ApdsRateTable> | null | undefined;
  return tariff.when ?? (tariff.tables.length === 1 && only?.id !== undefined ? [{ table: only.id }] : []);
};

type LooseTable = Partial<ApdsRateTable> | null;

function namesOf(table: LooseTable): { readonly id: string; readonly tableVersion: number; readonly name: string } {
  const name: unknown = table?.rateTableName?.[0]?.string;
  return { id: table?.id ?? "", tableVersion: table?.version ?? 0, name: typeof name === "string" ? name : "" };
}

const lineOf = (table: LooseTable) => table?.rateLineCollections?.[0]?.rateLines?.[0];

function minutesOf(period: string | undefined): string {
  const match = /^PT(\d+)([HM])$/.exec(period ?? "");
  return match ? String(Number(match[1]) * (match[2] === "H" ? 60 : 1)) : "";
}

function hoursOf(end: string | number | undefined): string {
  const match = /^(?:(\d\d):)?(\d\d):00$/.exec(typeof end === "string" ? end : "");
  return match ? String(Number(match[1] ?? 0) * 24 + Number(match[2])) : "";
}

/** A band or flat nobody has named yet, with an id no table has. */
export function freshId(form: FormTyped, kind: "band" | "flat"): string {
  const taken = new Set([...form.bands, ...form.flats].map(({ id }) => id));
  for (let n = 1; ; n++) if (!taken.has(`${kind}-${n}`)) return `${kind}-${n}`;
}
