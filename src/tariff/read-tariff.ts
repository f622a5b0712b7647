/**
 * Any JSON -> Tariff, so that a document from a browser or a file is never trusted by its looks.
 *
 *   JSON --readTariff--> Tariff --compileTariff--> CompiledTariff
 *
 * Checks the members outside the rate tables (the table reader checks those when it compiles). A member that
 * is not known is refused: a misspelt `dailyMaximum` must not become a tariff without a maximum.
 */
import { err, ok, type Result } from "../kernel/result.ts";
import type { TariffRefused } from "./compile.ts";
import type { Finding } from "./finding.ts";
import { isJson } from "./table/reader.ts";
import { type Tariff, WEEKDAYS } from "./tariff.ts";

/** Notes what is wrong with a value at a path. */
type Check = (value: unknown, path: string, note: Note) => void;
type Note = (code: Finding["code"], path: string, message: string, fix: string) => void;
type Shape = { readonly [member: string]: { readonly check: Check; readonly optional?: true } };

/** A program that writes longer lists has gone wrong; a year of special days is below. */
const LIST_MAX = 1_000;

const text: Check = (value, path, note) => {
  if (typeof value !== "string" || value.trim() === "") note("unknownValue", path, `${shown(value)} is no text.`, "Write a text.");
};
const number: Check = (value, path, note) => {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
    note("notANumber", path, `${shown(value)} is no number from 0.`, "Write a number such as 15.");
  }
};
const whole: Check = (value, path, note) => {
  if (!Number.isSafeInteger(value) || Number(value) < 0) note("notANumber", path, `${shown(value)} is no whole number from 0.`, "Write a whole number.");
};
const flag: Check = (value, path, note) => {
  if (typeof value !== "boolean") note("unknownValue", path, `${shown(value)} is neither true nor false.`, "Write true or false.");
};
const oneOf = (...allowed: readonly string[]): Check => (value, path, note) => {
  if (!allowed.includes(value as string)) note("unknownValue", path, `${shown(value)} is not known here.`, `Use one of ${allowed.join(", ")}.`);
};
const listOf = (item: Check): Check => (value, path, note) => {
  if (!Array.isArray(value)) return note("unknownValue", path, `${shown(value)} is no list.`, "Write a list in [ ].");
  if (value.length > LIST_MAX) return note("unknownValue", path, `The list has ${value.length} entries.`, `Give at most ${LIST_MAX}.`);
  value.forEach((entry: unknown, i) => item(entry, `${path}[${i}]`, note));
};
const objectOf = (shape: Shape): Check => (value, path, note) => {
  if (!isJson(value)) return note("unknownValue", path, `${shown(value)} is no object.`, "Write an object in { }.");
  for (const [member, { check, optional }] of Object.entries(shape)) {
    if (value[member] !== undefined) check(value[member], `${path}.${member}`, note);
    else if (!optional) note("missing", `${path}.${member}`, `${member} is missing.`, `Give ${member}.`);
  }
  for (const member of Object.keys(value)) {
    if (shape[member] === undefined) note("unknownValue", `${path}.${member}`, `There is no member ${member} here.`, `Use ${Object.keys(shape).join(", ")}.`);
  }
};
const anything: Check = () => undefined;
const need = (check: Check) => ({ check });
const may = (check: Check) => ({ check, optional: true as const });

const times = objectOf({ from: need(text), to: need(text) });
const weekdays = listOf(oneOf(...WEEKDAYS));
const tableOrNone: Check = (value, path, note) => (value === null ? undefined : text(value, path, note));
const validity = objectOf({
  table: need(tableOrNone), weekdays: may(weekdays), months: may(listOf(whole)), times: may(listOf(times)),
  dates: may(listOf(objectOf({ from: need(text), to: need(text) }))),
  specialDays: may(listOf(text)), exceptSpecialDays: may(listOf(text)),
});
const offer = objectOf({
  id: need(text), table: need(text), weekdays: may(weekdays), entry: may(times),
  exit: may(objectOf({ from: need(text), to: need(text), daysAfterEntry: may(whole) })), applies: need(oneOf("cheaper", "always")),
});
const window: Check = (value, path, note) => {
  if (isJson(value) && value["type"] === "rolling24h") return objectOf({ type: need(anything) })(value, path, note);
  return objectOf({ type: need(oneOf("reset", "rolling24h")), at: need(text) })(value, path, note);
};
const DISCOUNT_VALUES: Readonly<Record<string, string>> = { percent: "percent", amount: "amountMinor", minutes: "minutes" };
const discount: Check = (value, path, note) => {
  const type = isJson(value) ? value["type"] : undefined;
  const member = typeof type === "string" && Object.hasOwn(DISCOUNT_VALUES, type) ? DISCOUNT_VALUES[type] : undefined;
  objectOf({
    code: need(text), validation: may(flag), type: need(oneOf(...Object.keys(DISCOUNT_VALUES))),
    ...(member === undefined ? {} : { [member]: need(number) }),
  })(value, path, note);
};
const calendar: Check = (value, path, note) => {
  if (!isJson(value)) return note("unknownValue", path, `${shown(value)} is no object.`, "Write { \"2026-12-25\": [\"publicHoliday\"] }.");
  for (const [date, types] of Object.entries(value)) listOf(text)(types, `${path}.${date}`, note);
};

const tariff = objectOf({
  id: need(text), version: need(whole), name: may(text), effectiveFrom: may(whole), currency: need(currency), tables: need(listOf(anything)),
  when: may(listOf(validity)), calendar: may(calendar), selection: may(oneOf("entryTime", "split", "atStart")),
  outsideHours: may(oneOf("free", "notPermitted")), beyondLastLine: may(oneOf("notPermitted", "repeatEach24h")),
  tierMode: may(oneOf("additive", "cumulative")), extensionPricing: may(oneOf("continue", "fresh")),
  rateTransition: may(objectOf({
    overpaymentPolicy: may(oneOf("rateEndCutOff", "fullTimePurchased", "creditCarryOver")), followThroughAllowed: may(flag), prepaymentAllowed: may(flag),
  })),
  freeMinutes: may(objectOf({ minutes: need(number), then: need(oneOf("chargeAll", "chargeRest")) })),
  offers: may(listOf(offer)), dailyMaximum: may(objectOf({ amountMinor: need(whole), window: need(window) })),
  minimumMinor: may(whole), maximumMinor: may(whole), discounts: may(listOf(discount)), confirmed: may(listOf(text)),
});

function currency(value: unknown, path: string, note: Note): void {
  if (typeof value !== "string" || !/^[A-Z]{3}$/.test(value)) note("unknownValue", path, `${shown(value)} is no currency.`, "Write its ISO 4217 code, EUR.");
}

/** The document as a tariff that `compileTariff` may be given, or every place where it is none. */
export function readTariff(json: unknown): Result<Tariff, TariffRefused> {
  const findings: Finding[] = [];
  tariff(json, "$", (code, path, message, fix) => findings.push({ severity: "refused", code, path, message, fix }));
  return findings.length > 0 ? err({ type: "tariffRefused", findings }) : ok(json as Tariff);
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? "nothing";
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}
