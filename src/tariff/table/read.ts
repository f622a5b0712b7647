/**
 * JSON -> RateTable, with a finding for everything that was missing, tolerated or wrong.
 *
 *   RateTable -> rateLineCollections[] (summed) -> rateLines[] (one price list)
 *
 * A table with a refused finding has no price; no default ever stands in for a missing amount.
 */
import { isRefused } from "../finding.ts";
import { type Place, Reader, isJson } from "./reader.ts";
import { halfOpenEnd, readLineDuration, type ThreeParts, threePartReading } from "./duration.ts";
import type { Axis, CapWindow, LineKind, RateCollection, RateLine, RateTable, Usage } from "./table.ts";

/** A price list with more lines is generated nonsense, and layout compares lines pairwise. */
const LINES_MAX = 500;
const COLLECTIONS_MAX = 50;

const KINDS: Readonly<Record<string,
  LineKind>> = { flatRate: "flat", flatRateTier: "tier", incrementingRate: "increment" };

/** Undefined exactly when a refused finding was noted. */
export function readRateTable(value: unknown, path: string, reader: Reader): RateTable | undefined {
  const before = reader.findings.length;
  if (!isJson(value)) return reader.refuse("notATable", path,
    "There is no rate table here.", "Give a RateTable object.");
  const at: Place = { json: value, path };
  const id = reader.text(at, "id") ?? reader.refuse("missing",
    `${path}.id`, "The table has no id.", "Give it an id.");
  const version = readVersion(at, reader);
  const collectionPlaces = reader.list(at, "rateLineCollections");
  if (collectionPlaces.length === 0 || collectionPlaces.length > COLLECTIONS_MAX) {
    return reader.refuse("missing",
      `${path}.rateLineCollections`, `The table has ${collectionPlaces.length} price lists.`,
      `Give 1 to ${COLLECTIONS_MAX} rateLineCollections.`);
  }
  const currency = readCurrency(collectionPlaces, reader);
  const validFrom = reader.instant(at, "validityStart");
  const validUntil = reader.instant(at, "validityEnd");
  const acceptsValidation = reader.flag(at, "validation") ?? false;
  const incrementPricing = reader.oneOf(at, "x-incrementPricing", ["atStart"]);
  if (currency === undefined) return undefined;
  const collections = collectionPlaces.map((place, index) => readCollection(place, index, currency, reader));
  if (isRefused(reader.findings.slice(before)) || id === undefined) return undefined;
  return {
    path, id, version, name: readName(at) ?? id, currency, acceptsValidation,
    collections: collections.toSorted((a, b) => a.sequence - b.sequence),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(incrementPricing === undefined ? {} : { incrementPricing }),
  };
}

function readVersion(at: Place, reader: Reader): number {
  const version = reader.integer(at, "version");
  if (version !== undefined) return version;
  reader.tolerate(`${at.path}.version`, "The table has no version; read as 1.", "Give it a version.");
  return 1;
}

function readName(at: Place): string | undefined {
  const name = at.json["rateTableName"];
  if (typeof name === "string") return name;
  if (Array.isArray(name)) {
    const first: unknown = name[0];
    return isJson(first) && typeof first["string"] === "string" ? first["string"] : undefined;
  }
  return isJson(name) ? Object.values(name).find((text): text is string => typeof text === "string")
    : undefined;
}

/** One currency for the whole table; a collection that names none takes the others'. */
function readCurrency(places: readonly Place[], reader: Reader): string | undefined {
  const named = places.map((place) => ({ place,
    text: reader.text(place, "applicableCurrency")?.toUpperCase() }));
  const first = named.find(({ text }) => text !== undefined)?.text;
  if (first === undefined || !/^[A-Z]{3}$/.test(first)) {
    return reader.refuse("missing",
      `${places[0]!.path}.applicableCurrency`, "The currency is missing or no ISO 4217 code.",
      "Give applicableCurrency, EUR.");
  }
  for (const { place, text } of named) {
    const path = `${place.path}.applicableCurrency`;
    if (text === undefined) reader.note("guess",
      "currencyAssumed", path, `Read as ${first}, as its neighbours.`, "Name it.");
    else if (text !== first) reader.refuse("mixedCurrency", path,
      `${text} beside ${first}.`, "Use one currency in a table.");
  }
  return first;
}

function readCollection(at: Place, index: number, currency: string, reader: Reader): RateCollection {
  const linePlaces = reader.list(at, "rateLines");
  if (linePlaces.length === 0 || linePlaces.length > LINES_MAX) {
    reader.refuse("missing",
      `${at.path}.rateLines`, `The price list has ${linePlaces.length} lines.`, `Give 1 to ${LINES_MAX}.`);
  }
  const id = reader.text(at, "id") ?? `c${index + 1}`;
  const minTime = reader.isoDuration(at, "minTime");
  const maxTime = reader.isoDuration(at, "maxTime");
  const three = threeParts(linePlaces, maxTime, reader);
  const lines = linePlaces.map((place, line) => readLine(place, `${id}-l${line + 1}`, currency, three, reader));
  const minimum = reader.amount(at, "minValueCollection", currency);
  const maximum = reader.amount(at, "maxValueCollection", currency);
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    reader.refuse("minimumAboveMaximum",
      `${at.path}.minValueCollection`, "The minimum is above the maximum.", "Exchange them.");
  }
  const validFrom = reader.instant(at, "validStart");
  const validUntil = reader.instant(at, "validEnd");
  const tierMode = reader.oneOf(at, "x-tierMode", ["additive", "cumulative"]);
  return {
    path: at.path, id, sequence: reader.integer(at, "collectionSequence") ?? index,
    lines: lines.filter((line) => line !== undefined),
    axis: readAxis(at, reader), capWindow: readCapWindow(at, maximum !== undefined, maxTime, reader),
    tax: reader.tax(at, currency), nonMonotone: reader.flag(at, "x-nonMonotone") ?? false,
    ...(minTime === undefined ? {} : { minTime }), ...(maxTime === undefined ? {} : { maxTime }),
    ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }),
    ...(validFrom === undefined ? {} : { validFrom }), ...(validUntil === undefined ? {} : { validUntil }),
    ...(tierMode === undefined ? {} : { tierMode }),
  };
}

function threeParts(lines: readonly Place[], maxTime: number | undefined, reader: Reader): ThreeParts {
  const texts = lines.flatMap(({ json }) => [json["durationStart"], json["durationEnd"]])
    .filter((value): value is string => typeof value === "string");
  const reading = threePartReading(texts, maxTime);
  if (reading === "hh:mm:ss") {
    reader.note("guess",
      "threePartDuration", lines[0]!.path, "Three-part times cannot be dd:hh:mm here; read as hh:mm:ss.",
      "Write hh:mm, or dd:hh:mm for days.");
  }
  return reading;
}

function readAxis(at: Place, reader: Reader): Axis {
  const from = reader.instant(at, "referenceTimeStart");
  const until = reader.instant(at, "referenceTimeEnd");
  if (reader.flag(at, "relativeTimes") === false) return { type: "wallClock" };
  return from === undefined ? { type: "stay" }
    : { type: "event", from, ...(until === undefined ? {} : { until }) };
}

function readCapWindow(at: Place, capped: boolean, maxTime: number | undefined, reader: Reader): CapWindow {
  const rolling = reader.oneOf(at, "x-capWindow", ["rolling24h"]);
  const reset = reader.timeOfDay(at, "resetTime");
  if (rolling) return { type: "rolling24h" };
  if (reset !== undefined) return { type: "reset", msOfDay: reset % 86_400_000 };
  if (capped && (maxTime === undefined || maxTime > 86_400_000)) {
    reader.note("warning",
      "capWithoutReset", at.path, "The maximum holds for the whole stay, however many days it lasts.",
      "Give resetTime (00:00), or x-capWindow rolling24h, if it is a maximum per day.");
  }
  return { type: "wholeStay" };
}

function readLine(
  at: Place, id: string, currency: string, three: ThreeParts, reader: Reader,
): RateLine | undefined {
  const kind = readKind(at, reader);
  const value = reader.amount(at, "value", currency);
  if (!reader.member(at, "value")) {
    reader.refuse("missing",
      `${at.path}.value`, "The line has no value.", "Give its value; a free line says 0.");
  }
  const start = readLineTime(at, ["durationStart", "durationStartTime"], three, reader);
  const readEnd = readLineTime(at, ["durationEnd", "durationEndTime"], three, reader);
  const end = readEnd === undefined ? undefined : halfOpenEnd(readEnd);
  const usage = readUsage(at, reader);
  // D-TRO gives whole minutes; where the tier's own times say how long it is, nobody needs the number.
  const bareNumber = typeof at.json["incrementPeriod"] === "number" && end !== undefined
    && usage === "fixedDuration";
  const period = bareNumber ? undefined : reader.isoDuration(at, "incrementPeriod");
  const minimum = reader.amount(at, "minValue", currency);
  const maximum = reader.amount(at, "maxValue", currency);
  const taxJson = reader.list(at, "rateLineTax")[0];
  const tax = taxJson ? reader.tax(taxJson, currency) : undefined;
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    reader.refuse("minimumAboveMaximum",
      `${at.path}.minValue`, "The minimum is above the maximum.", "Exchange them.");
  }
  if (kind === undefined || value === undefined) return undefined;
  return {
    path: at.path, id: reader.text(at, "id") ?? id, sequence: reader.integer(at, "sequence") ?? 0, kind, value,
    ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }),
    ...(period === undefined ? {} : { period }), ...(usage === undefined ? {} : { usage }),
    ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }),
    ...(tax === undefined ? {} : { tax }),
  };
}

function readKind(at: Place, reader: Reader): LineKind | undefined {
  const path = `${at.path}.rateLineType`;
  if (at.json["rateLineType"] === "perUnit") {
    return reader.refuse("perUnitUnsupported", path, "perUnit prices a delivered substance, not time.",
      "Price energy elsewhere; use incrementingRate for time.");
  }
  const type = reader.oneOf(at, "rateLineType", ["flatRate", "flatRateTier", "incrementingRate"]);
  if (type !== undefined) return KINDS[type];
  if (!reader.member(at, "rateLineType")) reader.refuse("missing", path,
    "The line has no type.", "Give rateLineType.");
  return undefined;
}

function readUsage(at: Place, reader: Reader): Usage | undefined {
  const usage = reader.oneOf(at, "usageCondition", ["once", "unlimited", "fixedDuration", "fixedNumber"]);
  if (usage !== "fixedNumber") return usage;
  return reader.refuse("usageWithoutLimit", `${at.path}.usageCondition`,
    "fixedNumber needs a count, and the standard has no member for it.",
      "Write one line with once for each use.");
}

function readLineTime(
  at: Place, names: readonly string[], three: ThreeParts, reader: Reader,
): number | undefined {
  const found = reader.member(at, ...names);
  if (!found) return undefined;
  const read = typeof found.value === "string" || typeof found.value === "number"
    ? readLineDuration(found.value, three) : { type: "unreadable" as const };
  switch (read.type) {
    case "duration":
      if (read.tolerated) reader.tolerate(found.path, read.tolerated, "Write hh:mm, or dd:hh:mm.");
      return read.ms;
    case "calendar":
      return reader.refuse("calendarDuration", found.path,
        `${String(found.value)} counts months or years.`, "Write hh:mm.");
    case "unreadable":
      return reader.refuse("notADuration", found.path, `${JSON.stringify(found.value)} is no time of a line.`,
        "Write hh:mm, or dd:hh:mm.");
  }
}

