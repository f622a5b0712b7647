/**
 * The city as the product runs it: what the YAML file says, in the units of the car park, and the rules
 * between its parts that a schema cannot say.
 */
import { DEFAULT_MEDIA, type FacilityConfig, type FacilityId, type FacilityPolicy, type GroupConfig, type GroupId, type LaneConfig, type LaneId, type PayStationConfig, type StationId } from "../carpark/facility/config.ts";
import type { CameraFamily } from "../devices/camera/families.ts";
import { DAY, HOUR, MINUTE } from "../kernel/instant.ts";
import { minorOf, type MinorUnits } from "../kernel/money.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import type { Path } from "./places.ts";
import { type Coordinates, type ExchangeAccess, exchangeOf, exchangeProblems, exchangePlaceOf } from "./exchange.ts";
import { rightsPolicyOf } from "./rights.ts";
import type { CityFile } from "./schema.ts";

export type Organisation = { readonly name: string; readonly email: string | null; readonly webhook: string | null };

export type SecurityCompany = {
  readonly company: string;
  readonly name: string;
  readonly facilities: readonly string[];
  readonly visitsPerDay: number;
  readonly minDurationMs: number;
  readonly maxDurationMs: number;
  readonly cards: number;
};

/** A camera that may report over HTTP; its secret is known here by its digest only. */
export type CameraAccess = { readonly id: string; readonly lane: LaneId; readonly family: CameraFamily; readonly secretSha256: string | null };

export type CityFacility = {
  readonly config: FacilityConfig;
  readonly tariff: string;
  readonly cameras: readonly CameraAccess[];
  readonly coordinates: Coordinates | null;
  /** Its place id at an exchange; null keeps it out of there. */
  readonly exchangePlace: string | null;
};

export type City = {
  readonly name: string;
  readonly locale: "en" | "de";
  readonly zone: string;
  readonly currency: string;
  readonly server: {
    readonly host: string | null;
    readonly port: number | null;
    readonly publicUrl: string | null;
    readonly behindTls: boolean;
    readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  };
  readonly administration: { readonly name: string; readonly address: string; readonly vatNumber: string };
  readonly facilities: readonly CityFacility[];
  readonly seasonPrices: { readonly 3: MinorUnits; readonly 6: MinorUnits; readonly 12: MinorUnits };
  readonly faults: {
    readonly maintenance: Organisation;
    readonly directLabour: Organisation;
    readonly escalation: Organisation;
    readonly acknowledgeWithinMs: number;
    readonly serviceLevelMs: { readonly maintenance: number; readonly directLabour: number };
  };
  readonly smtp: { readonly host: string; readonly port: number; readonly secure: boolean; readonly user: string | null; readonly from: string } | null;
  readonly securityCompanies: readonly SecurityCompany[];
  readonly nightlyAt: string;
  /** The exchange this city's car parks speak to; null: none. */
  readonly exchange: ExchangeAccess | null;
};

export type CityProblem = { readonly path: Path; readonly message: string };

/** Quiet in most car parks, and clear of every daylight-saving change we know of. */
const NIGHTLY_AT = "04:10";

export function cityOf(file: CityFile): Result<City, readonly CityProblem[]> {
  const problems: CityProblem[] = [...duplicateProblems(file), ...facilityProblems(file), ...mediaProblems(file), ...securityProblems(file), ...exchangeProblems(file)];
  const money = moneyReader(file.city.currency, problems);
  const policy = policyOf(file, money);
  const stations = stationDefaults(file, money);
  const facilities = file.facilities.map((facility, i) => ({
    config: facilityConfigOf(file, facility, policy(facility.policy, ["facilities", i, "policy"]), stations),
    tariff: facility.tariff ?? file.tariff,
    cameras: facility.lanes.flatMap((lane) => (lane.cameras ?? []).map(({ id, family, secretSha256 }) =>
      ({ id, lane: laneIdOf(lane.id), family, secretSha256: secretSha256 ?? null }))),
    coordinates: facility.coordinates ?? null, exchangePlace: exchangePlaceOf(file, facility),
  }));
  const seasonPrices = {
    3: money(file.seasonPrices.months3, ["seasonPrices", "months3"]),
    6: money(file.seasonPrices.months6, ["seasonPrices", "months6"]),
    12: money(file.seasonPrices.months12, ["seasonPrices", "months12"]),
  };
  if (problems.length > 0) return err(problems);
  return ok({
    name: file.city.name, locale: file.city.locale, zone: file.city.zone, currency: file.city.currency,
    server: {
      host: file.server?.host ?? null, port: file.server?.port ?? null, publicUrl: file.server?.publicUrl ?? null,
      behindTls: file.server?.behindTls ?? false, logLevel: file.server?.logLevel ?? "info",
    },
    administration: administrationOf(file),
    facilities, seasonPrices,
    faults: {
      maintenance: organisationOf(file.faults.maintenance), directLabour: organisationOf(file.faults.directLabour),
      escalation: organisationOf(file.faults.escalation),
      acknowledgeWithinMs: file.faults.acknowledgeMinutes * MINUTE,
      serviceLevelMs: {
        maintenance: file.faults.serviceLevelHours.maintenance * HOUR, directLabour: file.faults.serviceLevelHours.directLabour * HOUR,
      },
    },
    smtp: file.smtp ? { ...file.smtp, user: file.smtp.user ?? null } : null,
    securityCompanies: file.securityCompanies.map((company) => ({
      company: company.id, name: company.name, facilities: company.facilities, visitsPerDay: company.visitsPerDay,
      minDurationMs: company.minMinutes * MINUTE, maxDurationMs: company.maxMinutes * MINUTE, cards: company.cards,
    })),
    nightlyAt: file.nightlyAt ?? NIGHTLY_AT,
    exchange: exchangeOf(file.exchange),
  });
}

type MoneyReader = (value: number | string, path: Path) => MinorUnits;

function moneyReader(currency: string, problems: CityProblem[]): MoneyReader {
  return (value, path) => {
    const minor = minorOf(value, currency);
    if (minor.ok) return minor.value;
    problems.push({ path, message: `\`${minor.error.text}\` is finer than the currency ${currency} allows` });
    return 0;
  };
}

type PolicyFile = CityFile["policy"];

function policyOf(file: CityFile, money: MoneyReader) {
  return (own: { [K in keyof PolicyFile]?: PolicyFile[K] | undefined } | undefined, path: Path): FacilityPolicy => {
    const fee = own?.lostTicketFee === undefined ? money(file.policy.lostTicketFee, ["policy", "lostTicketFee"]) : money(own.lostTicketFee, [...path, "lostTicketFee"]);
    const four = own?.fourEyesAbove === undefined ? money(file.policy.fourEyesAbove, ["policy", "fourEyesAbove"]) : money(own.fourEyesAbove, [...path, "fourEyesAbove"]);
    const trust = own?.cardTrust === undefined
      ? file.policy.cardTrust === undefined ? undefined : money(file.policy.cardTrust, ["policy", "cardTrust"])
      : money(own.cardTrust, [...path, "cardTrust"]);
    return {
      exitGraceMs: (own?.exitGraceMinutes ?? file.policy.exitGraceMinutes) * MINUTE,
      lostTicketFeeMinor: fee, fourEyesAboveMinor: four, ...(trust === undefined ? {} : { cardTrustMinor: trust }),
      maxStayMs: (own?.maxStayDays ?? file.policy.maxStayDays) * DAY,
      acknowledgeFaultWithinMs: file.faults.acknowledgeMinutes * MINUTE,
    };
  };
}

function stationDefaults(file: CityFile, money: MoneyReader): Omit<PayStationConfig, "id" | "name"> {
  const ascending = (values: readonly (number | string)[], key: string): MinorUnits[] =>
    values.map((value, i) => money(value, ["tenders", key, i])).sort((a, b) => a - b);
  return {
    coins: ascending(file.tenders.coins, "coins"), notes: ascending(file.tenders.notes, "notes"),
    cards: file.tenders.cards, hopperCapacity: file.tenders.hopperCapacity,
  };
}

const administrationOf = (file: CityFile) =>
  ({ name: file.city.administration, address: file.city.address, vatNumber: file.city.vatNumber });

const organisationOf = (org: CityFile["faults"]["maintenance"]): Organisation =>
  ({ name: org.name, email: org.email ?? null, webhook: org.webhook ?? null });

type FacilityFile = CityFile["facilities"][number];

// The schema has checked the form of every id; the parser's right to brand them is used here only.
const facilityIdOf = (text: string) => text as FacilityId;
const groupIdOf = (text: string) => text as GroupId;
const laneIdOf = (text: string) => text as LaneId;
const stationIdOf = (text: string) => text as StationId;

function facilityConfigOf(file: CityFile, facility: FacilityFile, policy: FacilityPolicy, tenders: Omit<PayStationConfig, "id" | "name">): FacilityConfig {
  return {
    id: facilityIdOf(facility.id), number: facility.number, name: facility.name, address: facility.address,
    administration: administrationOf(file), zone: facility.zone ?? file.city.zone, currency: file.city.currency,
    taxRateBp: Math.round(file.city.taxPercent * 100),
    groups: groupsOf(facility), ticketGroup: groupIdOf("ordinary"), seasonGroup: groupIdOf("season"), allGroup: groupIdOf("all"),
    media: facility.media ?? DEFAULT_MEDIA,
    lanes: facility.lanes.map(laneConfigOf),
    payStations: facility.payStations.map((station) => ({ id: stationIdOf(station.id), name: station.name ?? station.id, ...tenders })),
    policy,
    contractGroup: groupIdOf(facility.rights?.contractSpaces === undefined ? "ordinary" : "contract"),
    rightsPolicy: { ...rightsPolicyOf(file.rightsPolicy), ...rightsPolicyOf(facility.rights?.policy) },
  };
}

/**
 * Monday to Friday `season` has its spaces and `ordinary` the rest; at weekends `ordinary` may use all. Spaces of
 * `contract` are contracts' alone, every day.
 */
function groupsOf(facility: FacilityFile): GroupConfig[] {
  const all = groupIdOf("all");
  const weekdays = [1, 2, 3, 4, 5] as const;
  const contracts = facility.rights?.contractSpaces ?? 0;
  const contract = { id: groupIdOf("contract"), name: "Contracts", within: all, capacity: [{ spaces: contracts }] };
  const others = facility.spaces - contracts;
  return [
    { id: all, name: "All spaces", within: null, capacity: [{ spaces: facility.spaces }] },
    { id: groupIdOf("season"), name: "Season tickets", within: all, capacity: [{ days: weekdays, spaces: facility.seasonSpaces }, { spaces: 0 }] },
    {
      id: groupIdOf("ordinary"), name: "Tickets", within: all,
      capacity: [{ days: weekdays, spaces: others - facility.seasonSpaces }, { spaces: others }],
    },
    ...(contracts > 0 ? [contract] : []),
  ];
}

function laneConfigOf(lane: FacilityFile["lanes"][number]): LaneConfig {
  return {
    id: laneIdOf(lane.id), name: lane.name ?? lane.id, direction: lane.direction,
    ...(lane.interlock === undefined ? {} : { interlock: lane.interlock }),
    ...(lane.cameras ? { camera: true } : {}), ...(lane.terminal ? { terminal: true } : {}),
  };
}

function duplicateProblems(file: CityFile): CityProblem[] {
  const problems: CityProblem[] = [];
  const once = (values: readonly (string | number)[], pathAt: (i: number) => Path, what: string): void => {
    const seen = new Set<string | number>();
    values.forEach((value, i) => {
      if (seen.has(value)) problems.push({ path: pathAt(i), message: `${what} \`${value}\` is given twice` });
      seen.add(value);
    });
  };
  once(file.facilities.map((f) => f.id), (i) => ["facilities", i, "id"], "facility id");
  once(file.facilities.map((f) => f.number), (i) => ["facilities", i, "number"], "facility number");
  once(file.securityCompanies.map((c) => c.id), (i) => ["securityCompanies", i, "id"], "security company");
  file.facilities.forEach((facility, f) => {
    once(facility.lanes.map((l) => l.id), (i) => ["facilities", f, "lanes", i, "id"], "lane id");
    once(facility.payStations.map((s) => s.id), (i) => ["facilities", f, "payStations", i, "id"], "pay station id");
    once(facility.media ?? [], (i) => ["facilities", f, "media", i], "medium");
    const cameras = facility.lanes.flatMap((lane, l) => (lane.cameras ?? []).map((camera, c) => ({ id: camera.id, path: ["lanes", l, "cameras", c, "id"] })));
    once(cameras.map(({ id }) => id), (i) => ["facilities", f, ...(cameras[i]?.path ?? [])], "camera id");
  });
  return problems;
}

function facilityProblems(file: CityFile): CityProblem[] {
  const problems: CityProblem[] = [];
  file.facilities.forEach((facility, f) => {
    const at = (...path: Path): Path => ["facilities", f, ...path];
    if (facility.seasonSpaces > facility.spaces) problems.push({ path: at("seasonSpaces"), message: `${facility.seasonSpaces} season spaces in a car park of ${facility.spaces}` });
    const contracts = facility.rights?.contractSpaces ?? 0;
    if (contracts + facility.seasonSpaces > facility.spaces) {
      problems.push({ path: [...at("rights"), "contractSpaces"], message: `${contracts} contract and ${facility.seasonSpaces} season spaces in a car park of ${facility.spaces}` });
    }
    for (const direction of ["entry", "exit"] as const) {
      if (!facility.lanes.some((l) => l.direction === direction)) problems.push({ path: at("lanes"), message: `no ${direction} lane` });
    }
    facility.lanes.forEach((lane, l) => {
      if (lane.interlock !== undefined && facility.lanes.filter((other) => other.interlock === lane.interlock).length < 2) {
        problems.push({ path: at("lanes", l, "interlock"), message: `no other lane shares the interlock \`${lane.interlock}\`` });
      }
    });
  });
  return problems;
}

/** A car park can be driven into and out of with what it offers. */
function mediaProblems(file: CityFile): CityProblem[] {
  return file.facilities.flatMap((facility, f) => {
    const problems: CityProblem[] = [];
    const media = facility.media ?? DEFAULT_MEDIA;
    const needs = { plates: "cameras", paymentCard: "terminal" } as const;
    for (const [medium, device] of Object.entries(needs) as [keyof typeof needs, "cameras" | "terminal"][]) {
      const has = facility.lanes.some((lane) => lane[device]);
      if (media.includes(medium) && !has) problems.push({ path: ["facilities", f, "media"], message: `\`${medium}\` is offered and no lane has \`${device}\`` });
    }
    if (media.includes("tickets")) return problems;
    const short = media.filter((medium) => medium === "plates" || medium === "paymentCard");
    if (short.length === 0) problems.push({ path: ["facilities", f, "media"], message: "short-term parkers need `tickets`, `plates` or `paymentCard`" });
    facility.lanes.forEach((lane, l) => {
      if (short.length > 0 && !short.some((medium) => lane[needs[medium as keyof typeof needs]])) {
        problems.push({ path: ["facilities", f, "lanes", l], message: `lane \`${lane.id}\` has no device for ${short.join(" or ")}, and this car park has no tickets` });
      }
    });
    return problems;
  });
}

function securityProblems(file: CityFile): CityProblem[] {
  const known = new Set(file.facilities.map((f) => f.id));
  return file.securityCompanies.flatMap((company, c) => [
    ...company.facilities.flatMap((id, i) =>
      known.has(id) ? [] : [{ path: ["securityCompanies", c, "facilities", i], message: `no facility \`${id}\`` }]),
    ...(company.maxMinutes <= company.minMinutes
      ? [{ path: ["securityCompanies", c, "maxMinutes"], message: "must be longer than minMinutes" }] : []),
  ]);
}
