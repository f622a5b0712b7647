/**
 * What people did in the demo's past beside the cars: guards on their rounds, faults reported and mended, season
 * tickets sold at an open till. A few of each, so that no report of a new demo is empty; invented, and said so.
 */
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { FacilityId } from "../carpark/facility/config.ts";
import type { ReadonlyFacility } from "../carpark/facility/state.ts";
import { expectedMinorOf } from "../carpark/office/office.ts";
import type { OperatorCommand } from "../carpark/operator/operator.ts";
import type { HolderRef, PaymentMeans } from "../carpark/operator/season-ticket.ts";
import type { CredentialRef } from "../carpark/stay/stay.ts";
import type { City } from "../config/city.ts";
import { DAY, type DurationMs, HOUR, type Instant, MINUTE } from "../kernel/instant.ts";
import type { SeasonMonths } from "../rights/season.ts";

/** `command`: from the car park's state then; null when there is nothing to do. */
export type DemoAct = {
  readonly at: Instant; readonly facility: string; readonly actor: string | null;
  readonly command: (state: ReadonlyFacility) => FacilityCommand | null;
};

const STAFF = "demo";
/** Made with the security companies before the first day; `cards` in order of issue. */
export type DemoCompany = { readonly company: City["securityCompanies"][number]; readonly cards: readonly CredentialRef[] };

export function companyCommands({ company, cards }: DemoCompany): readonly OperatorCommand[] {
  const duties = company.facilities.map((id) => ({
    facility: id as FacilityId, visitsPerDay: company.visitsPerDay, minVisitMs: company.minDurationMs, maxVisitMs: company.maxDurationMs,
  }));
  return [
    { type: "SetSecurityCompany", company: company.company, name: company.name },
    { type: "SetSecurityContract", company: company.company, contract: { duties, cards: Math.max(1, cards.length) } },
    ...cards.map((card): OperatorCommand => ({ type: "IssueGuardCard", company: company.company, card })),
  ];
}

type Sale = { readonly facility: string; readonly months: SeasonMonths; readonly means: PaymentMeans; readonly holder: object };

/** Buyers of the first morning. */
const SALES: readonly Sale[] = [
  { facility: "central", months: 3, means: "cash", holder: { kind: "person", name: "Edith Larkin", address: "3 Chapel Row, Harbour City 2000", phone: "+61 2 5550 0201" } },
  { facility: "central", months: 12, means: "visa", holder: { kind: "company", name: "Larkin & Moss Solicitors", address: "15 Court Square, Harbour City 2000", phone: "+61 2 5550 0202" } },
  { facility: "museum", months: 6, means: "mastercard", holder: { kind: "person", name: "Omar Said", address: "88 Gallery Road, Harbour City 2001", phone: "+61 2 5550 0203" } },
];
/** The offices open at eight and count at six; the first sale is half an hour later, each next one after it. */
const OFFICE_OPENS: DurationMs = 8 * HOUR;
const OFFICE_COUNTS: DurationMs = 18 * HOUR;
const TILL = "office";
const FLOAT_MINOR = 20_000;
/** One till is short at the count, as tills are. */
const SHORT_MINOR = 250;

export type DemoSale = { readonly at: Instant; readonly command: OperatorCommand; readonly holder: { readonly ref: string; readonly text: string } };

/** `newRef`: random references of this installation. The first shift of each office takes the money. */
export function seasonSales(city: City, from: Instant, day: string, newRef: (kind: "holder" | "card") => string): readonly DemoSale[] {
  const here = new Set<string>(city.facilities.map(({ config }) => config.id));
  return SALES.filter(({ facility }) => here.has(facility)).map(({ facility, months, means, holder }, n) => {
    const ref = newRef("holder");
    return {
      at: from + OFFICE_OPENS + (n + 1) * 30 * MINUTE, holder: { ref, text: JSON.stringify(holder) },
      command: {
        type: "SellSeasonTicket", facility: facility as FacilityId, months, firstDay: day, holder: ref as HolderRef, card: newRef("card") as CredentialRef,
        priceMinor: city.seasonPrices[months], means, till: { till: TILL, shift: 1 }, ...(means === "cash" ? {} : { reference: `DEMO-${n + 1}` }),
      },
    };
  });
}

/** Everything but the sales themselves, in time order. */
export function demoActs(city: City, companies: readonly DemoCompany[], from: Instant, until: Instant): readonly DemoAct[] {
  const acts = [...offices(from), ...faults(from), ...companies.flatMap((company) => rounds(company, from, until))];
  const here = new Set<string>(city.facilities.map(({ config }) => config.id));
  return acts.filter(({ at, facility }) => at < until && here.has(facility)).sort((a, b) => a.at - b.at);
}

function offices(from: Instant): DemoAct[] {
  return [...new Set(SALES.map(({ facility }) => facility))].flatMap((facility, n): DemoAct[] => [
    { at: from + OFFICE_OPENS, facility, actor: STAFF, command: () => ({ type: "OpenShift", till: TILL, floatMinor: FLOAT_MINOR }) },
    {
      at: from + OFFICE_COUNTS, facility, actor: STAFF,
      command: ({ shifts }) => {
        const shift = shifts.get(TILL);
        const shortMinor = n === 0 ? 0 : SHORT_MINOR;
        return shift ? { type: "CloseShift", till: TILL, countedMinor: expectedMinorOf(shift) - shortMinor, reason: shortMinor === 0 ? "counted" : "a coin or two missing" } : null;
      },
    },
  ]);
}

/** A pay station mended within the hour, a lamp the next morning, a window that still waits. */
function faults(from: Instant): DemoAct[] {
  const report = (facility: string, at: Instant, kind: "payStation" | "building", id: string, details: string): DemoAct =>
    ({ at, facility, actor: STAFF, command: () => ({ type: "ReportFault", asset: { kind, id }, details, operational: kind === "payStation" }) });
  const later = (facility: string, at: Instant, id: string, make: (fault: number) => FacilityCommand): DemoAct => ({
    at, facility, actor: STAFF,
    command: ({ faults: known }) => {
      const open = [...known.values()].find(({ asset, fixedAt }) => asset.id === id && fixedAt === null);
      return open ? make(open.id) : null;
    },
  });
  return [
    report("hospital", from + 9 * HOUR, "payStation", "P1", "Receipt printer jams"),
    later("hospital", from + 9 * HOUR + 12 * MINUTE, "P1", (fault) => ({ type: "AcknowledgeFault", fault, acknowledgedBy: "maintenance" })),
    later("hospital", from + 9 * HOUR + 50 * MINUTE, "P1", (fault) => ({ type: "FixFault", fault, note: "Rollers cleaned" })),
    report("museum", from + 7 * HOUR, "building", "lamp, level 2", "Lamp flickers above bay 41"),
    later("museum", from + 15 * HOUR, "lamp, level 2", (fault) => ({ type: "FixFault", fault, note: "Lamp replaced" })),
    report("airport-link", from + 16 * HOUR, "building", "window, stairwell", "Pane cracked, taped for now"),
  ];
}

/** First round of a day, from one visit to the next, and from one car park to the next. */
const FIRST_ROUND: DurationMs = HOUR;
const BETWEEN_CAR_PARKS: DurationMs = 40 * MINUTE;

/** Each company's rounds; its second car park lacks its last visit of the day, its third has one that was too short. */
function rounds({ company, cards }: DemoCompany, from: Instant, until: Instant): DemoAct[] {
  const acts: DemoAct[] = [];
  const { visitsPerDay, minDurationMs, facilities } = company;
  for (let day = from; day < until; day += DAY) {
    for (const [place, facility] of facilities.entries()) {
      for (let visit = 0; visit < visitsPerDay - (place === 1 ? 1 : 0); visit++) {
        const card = cards[visit % cards.length];
        if (card === undefined) continue;
        const arrives = day + FIRST_ROUND + visit * Math.floor((DAY - 8 * HOUR) / visitsPerDay) + place * BETWEEN_CAR_PARKS;
        const stays = place === 2 && visit === 0 ? minDurationMs / 2 : minDurationMs + 6 * MINUTE;
        for (const at of [arrives, arrives + stays]) acts.push({ at, facility, actor: null, command: () => ({ type: "PresentGuardCard", card }) });
      }
    }
  }
  return acts;
}
