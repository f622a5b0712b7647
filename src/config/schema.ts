/**
 * The shape of the city's YAML file. Money is written in major units ("60.00"), times in minutes and days,
 * as people say them; `facilities.ts` turns them into what the car park decides with.
 */
import { z } from "zod";
import { MEDIA } from "../carpark/facility/config.ts";
import { CAMERA_FAMILIES } from "../devices/camera/families.ts";
import { zoneOf } from "../kernel/zone.ts";
import { coordinates, exchange, facilityExchange } from "./exchange.ts";
import { facilityRights, rightsPolicy } from "./rights.ts";

const text = z.string().min(1).max(200);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "small letters, digits and hyphens");
const deviceId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, "letters, digits and hyphens");
/** Digits as in 60 or "60.00"; how many after the point depends on the currency. */
const money = z.union([z.number().min(0).max(1_000_000), z.string().regex(/^\d{1,7}(\.\d{1,3})?$/)]);
const zone = z.string().refine((name) => zoneOf(name).ok, "no zone of the IANA database");
const minutes = z.number().min(0).max(525_600);
const email = z.string().regex(/^[^\s@]{1,64}@[^\s@]{1,190}$/, "no e-mail address");
const webUrl = z.string().regex(/^https?:\/\/[^\s]{1,500}$/, "no web address");
const hours = z.string().regex(/^\d{2}:\d{2}$/);

export const lane = z.strictObject({
  id: deviceId,
  name: text.optional(),
  direction: z.enum(["entry", "exit"]),
  interlock: deviceId.optional(),
  /** Number-plate cameras that report over HTTP: two look at a vehicle from in front and behind. */
  cameras: z.array(z.strictObject({
    id: deviceId,
    family: z.enum(CAMERA_FAMILIES),
    /** SHA-256 of the camera's secret (`gatehouse config camera-secret` makes both); without it nobody may report as this camera. */
    secretSha256: z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits; gatehouse config camera-secret makes them").optional(),
  })).min(1).max(2).optional(),
  /** A terminal for payment cards at the pillar. */
  terminal: z.boolean().optional(),
});

const tenders = z.strictObject({
  coins: z.array(money).max(10),
  notes: z.array(money).max(10),
  cards: z.array(z.enum(["mastercard", "visa", "debit"])),
  hopperCapacity: z.int().min(1).max(10_000),
});

const policy = z.strictObject({
  exitGraceMinutes: minutes.min(1),
  lostTicketFee: money,
  fourEyesAbove: money,
  /** A card payment without an answer lets the driver go up to this; 50.00 where it is left out. */
  cardTrust: money.optional(),
  maxStayDays: z.number().min(1).max(366),
});

export const facility = z.strictObject({
  id,
  number: z.int().min(1).max(99),
  name: text,
  address: text,
  /** All spaces, and those designated to season tickets from Monday to Friday. */
  spaces: z.int().min(1).max(100_000),
  seasonSpaces: z.int().min(0).max(100_000),
  /** What drivers are identified by; left out: tickets and cards. */
  media: z.array(z.enum(MEDIA)).min(1).max(MEDIA.length).optional(),
  lanes: z.array(lane).min(1).max(50),
  payStations: z.array(z.strictObject({ id: deviceId, name: text.optional() })).max(50),
  tariff: text.optional(),
  zone: zone.optional(),
  policy: policy.partial().optional(),
  rights: facilityRights.optional(),
  coordinates: coordinates.optional(),
  exchange: facilityExchange.optional(),
});

const organisation = z.strictObject({ name: text, email: email.optional(), webhook: webUrl.optional() });

export const cityFile = z.strictObject({
  city: z.strictObject({
    name: text,
    administration: text,
    address: text,
    vatNumber: text,
    locale: z.enum(["en", "de"]),
    zone,
    currency: z.string().regex(/^[A-Z]{3}$/),
    taxPercent: z.number().min(0).max(100),
  }),
  server: z.strictObject({
    host: text.optional(),
    port: z.int().min(0).max(65_535).optional(),
    publicUrl: webUrl.optional(),
    /** Behind a proxy that ends TLS: cookies are marked Secure, and its forwarded address is believed. */
    behindTls: z.boolean().optional(),
    logLevel: z.enum(["debug", "info", "warn", "error", "silent"]).optional(),
  }).optional(),
  /** `seed-002`, or the path of a file with APDS rate tables; facilities may name their own. */
  tariff: text,
  tenders,
  policy,
  /** For all car parks; each may say something else. */
  rightsPolicy: rightsPolicy.optional(),
  seasonPrices: z.strictObject({ months3: money, months6: money, months12: money }),
  faults: z.strictObject({
    maintenance: organisation,
    directLabour: organisation,
    /** The city's own contact for what nobody acknowledged in time. */
    escalation: organisation,
    acknowledgeMinutes: minutes.min(1),
    serviceLevelHours: z.strictObject({ maintenance: z.number().min(0.1).max(8_760), directLabour: z.number().min(0.1).max(8_760) }),
  }),
  smtp: z.strictObject({ host: text, port: z.int().min(1).max(65_535), secure: z.boolean(), user: text.optional(), from: email }).optional(),
  securityCompanies: z.array(z.strictObject({
    id,
    name: text,
    facilities: z.array(id).min(1).max(1_000),
    visitsPerDay: z.int().min(1).max(48),
    minMinutes: z.int().min(1).max(720),
    maxMinutes: z.int().min(1).max(1_440),
    cards: z.int().min(0).max(1_000),
  })).max(100),
  exchange: exchange.optional(),
  /** When the nightly `PeriodClosed` is written, facility time. */
  nightlyAt: hours.optional(),
  facilities: z.array(facility).min(1).max(1_000),
});
export type CityFile = z.infer<typeof cityFile>;
