/** What a list is asked for, read from the query string: filters, page, expand. Malformed known values are refused. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { HOUR, type Instant } from "../../kernel/instant.ts";
import { CREDENTIAL_CHARS_MAX } from "../credential.ts";
import type { Kind } from "../kind.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { readInstant } from "../tolerance/instant.ts";

export type ListQuery = {
  readonly kind: Kind;
  readonly page: number;
  /** Of `Link: rel=next`: go on behind this object, whatever was deleted meanwhile. */
  readonly after: number | null;
  readonly near: { readonly latitude: number; readonly longitude: number; readonly radius: number } | null;
  readonly type: readonly string[];
  readonly place: readonly string[];
  readonly rightSpec: readonly string[];
  readonly rightType: readonly string[];
  readonly credentialId: readonly string[];
  readonly credentialType: readonly string[];
  readonly structureType: readonly string[];
  readonly structureGrade: readonly string[];
  readonly name: string | null;
  readonly layer: number | null;
  readonly operator: readonly string[];
  readonly issuer: readonly string[];
  readonly startAfter: Instant | null;
  readonly startBefore: Instant | null;
  readonly endAfter: Instant | null;
  readonly endBefore: Instant | null;
  readonly modifiedSince: Instant | null;
};

export type QueryProblem = { readonly parameter: string; readonly message: string };
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A list of ids in one filter: more belongs into several requests. */
const VALUES_MAX = 200;
const PAGE_MAX = 1_000_000;
const RADIUS_METRES_MAX = 20_037_508;
/** The end of the year 9999, in seconds. */
const SECONDS_MAX = 253_402_300_799;
/** `now` as an instant that lies after every start of this second. */
const SECOND_MS = 1_000;

/** Throws nothing: the first malformed value ends the reading. */
class Reader {
  problem: QueryProblem | null = null;
  readonly #query: RawQuery;
  readonly #lint: Lint;
  readonly #now: Instant;

  constructor(query: RawQuery, lint: Lint, now: Instant) {
    this.#query = query;
    this.#lint = lint;
    this.#now = now;
  }

  text(name: string): string | null {
    const value = this.#query[name];
    const text = typeof value === "string" ? value : value?.join(",");
    return text === undefined || text === "" ? null : text;
  }

  list(name: string): readonly string[] {
    const values = (this.text(name) ?? "").split(",").map((one) => one.trim()).filter((one) => one !== "");
    if (values.length > VALUES_MAX) this.#refuse(name, `at most ${VALUES_MAX} values`);
    if (values.some((one) => one.length > CREDENTIAL_CHARS_MAX + 55 || one.includes("\0"))) this.#refuse(name, "a value is too long");
    return values;
  }

  number(name: string, min: number, max: number, whole: boolean): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = Number(text);
    const good = (whole ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text.trim()) && value >= min && value <= max;
    if (!good) this.#refuse(name, whole ? `a whole number from ${min} to ${max}` : `a number from ${min} to ${max}`);
    return good ? value : null;
  }

  /** Epoch seconds; the pilot also sends the word now and written instants. `now` is this second, included. */
  instant(name: string): Instant | null {
    const text = this.text(name)?.trim() ?? null;
    if (text === null) return null;
    if (/^\d+$/.test(text) && Number(text) <= SECONDS_MAX) return Number(text) * SECOND_MS;
    this.#lint.add("T25", name);
    const second = Math.floor(this.#now / SECOND_MS) * SECOND_MS;
    if (text === "now") return name.endsWith("before") ? second + SECOND_MS : second;
    const read = readInstant(text);
    if (!read) this.#refuse(name, "epoch seconds");
    return read ? Date.parse(read.text) : null;
  }

  near(): ListQuery["near"] {
    const latitude = this.number("latitude", -90, 90, false);
    const longitude = this.number("longitude", -180, 180, false);
    const radius = this.number("radius", 0, RADIUS_METRES_MAX, true);
    const given = [latitude, longitude, radius].filter((one) => one !== null).length;
    if (given === 0) return null;
    if (latitude === null || longitude === null || radius === null) {
      this.#refuse("latitude", "latitude, longitude and radius belong together");
      return null;
    }
    return { latitude, longitude, radius };
  }

  #refuse(parameter: string, message: string): void {
    this.problem ??= { parameter, message: `${parameter}: ${message}` };
  }
}

export function readListQuery(kind: Kind, query: RawQuery, lint: Lint, now: Instant): Result<ListQuery, QueryProblem> {
  const read = new Reader(query, lint, now);
  const renamed = query["identifier_id"] !== undefined && query["credential_id"] === undefined;
  if (renamed) lint.add("T22", "identifier_id");
  const location = read.list("location_type");
  if (location.length > 0) lint.add("T4", "location_type");
  const list: ListQuery = {
    kind,
    page: read.number("page", 1, PAGE_MAX, true) ?? 1,
    after: read.number("after", 0, Number.MAX_SAFE_INTEGER, true),
    near: read.near(),
    type: read.list("type").map((one) => (one === "parkingPlace" ? "place" : one)),
    place: read.list("place"),
    rightSpec: read.list("right_spec"),
    rightType: read.list("right_type"),
    credentialId: read.list(renamed ? "identifier_id" : "credential_id"),
    credentialType: read.list("credential_type"),
    structureType: [...read.list("structure_type"), ...location.flatMap((one) => STRUCTURES_OF_LOCATION[one] ?? [])],
    structureGrade: read.list("structure_grade"),
    name: read.text("name"),
    layer: read.number("layer", 0, 1_000, true),
    operator: read.list("operator"),
    issuer: read.list("issuer"),
    startAfter: read.instant("start_after"),
    startBefore: read.instant("start_before"),
    endAfter: read.instant("end_after"),
    endBefore: read.instant("end_before"),
    modifiedSince: read.instant("modified_since"),
  };
  return read.problem ? err(read.problem) : ok(list);
}

/** The pilot's location types, as structure types of the standard. */
const STRUCTURES_OF_LOCATION: Readonly<Record<string, readonly string[]>> = {
  off_street: ["offStreetStructure", "offStreetSurface"], offStreet: ["offStreetStructure", "offStreetSurface"],
  on_street: ["onStreet"], onStreet: ["onStreet"],
};

/** Pay on departure asks for what is open now; a query of this shape may be relayed to the operator. */
export const asksForOpenStay = (query: ListQuery, now: Instant): boolean =>
  query.kind === "session" && query.credentialId.length > 0 && query.place.length > 0
  && query.startBefore !== null && query.endAfter !== null && Math.abs(query.endAfter - now) < HOUR;
