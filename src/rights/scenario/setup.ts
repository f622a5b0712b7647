/** The commands that bring a facility to where a scenario begins. */
import { present } from "../../kernel/assert.ts";
import { HOUR, type Instant, MINUTE } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { RightsCommand } from "../desk/command.ts";
import type { ShownCredential } from "../desk/event.ts";
import type { CredentialKind } from "../desk/state.ts";
import type { Policy } from "../policy.ts";
import type { Agreement, Contract } from "../timeline/facts.ts";
import { type Scenario, durationMs } from "./read.ts";
import { type AccountFile, DAYS, type PolicyFile, type TariffFile } from "./schema.ts";

/** The README's names and defaults. */
const SHORT_TERM = "shortTerm";
const CONTRACT = "contract";
const PER_STARTED_HOUR = 2;
const SHORT_TERM_SPACES = 50;
const CONTRACT_SPACES = 20;
/** Digits of generated contract ids, so that they sort as numbers. */
const ID_DIGITS = 5;

/** How a credential shown as text is named in commands. */
export type Naming = (kind: CredentialKind, text: string) => ShownCredential;

export function setupCommands(scenario: Scenario, naming: Naming): readonly RightsCommand[] {
  const { file, zone, currency } = scenario;
  const capacity = file.facility?.capacity;
  const within = capacity?.all === undefined ? null : "all";
  const groups = [
    ...(capacity?.all === undefined ? [] : [{ id: "all", within: null, spaces: capacity.all }]),
    { id: SHORT_TERM, within, spaces: capacity?.shortTerm ?? SHORT_TERM_SPACES },
    { id: CONTRACT, within, spaces: capacity?.contract ?? CONTRACT_SPACES },
  ];
  return [
    {
      type: "ConfigureRights", policy: policyOf(file.policy ?? {}), tariff: tariffOf("short-term", file.facility?.tariff ?? {}, currency),
      config: { facility: "scenario", zone: zone.name, currency, groups,
        shortTermGroup: SHORT_TERM, contractGroup: CONTRACT, seasonGroup: CONTRACT, serviceGroup: SHORT_TERM, issuer: "scenario", vatRatePercent: null, lostTicketMinor: null },
    },
    ...Object.entries(file.accounts ?? {}).flatMap(([id, account]) => accountCommands(id, account, zone, currency, naming)),
  ];
}

function accountCommands(id: string, account: AccountFile, zone: Zone, currency: string, naming: Naming): readonly RightsCommand[] {
  const parkers = Object.entries(account.parkers ?? {}).map(([parker, credentials]): RightsCommand =>
    ({ type: "AddParker", account: id, parker, credentials: credentialsOf(credentials, naming) }));
  return [
    { type: "OpenAccount", account: id, terms: { overflow: account.overflow ?? null, overflowLimit: account.overflowLimit ?? null } },
    ...parkers,
    ...contractsOf(account, zone).map((contract): RightsCommand => ({ type: "SignContract", account: id, contract })),
    ...agreementsOf(account, zone, currency).map((agreement): RightsCommand => ({ type: "MakeAgreement", account: id, agreement })),
  ];
}

type Shown = { readonly [K in CredentialKind]?: readonly string[] | undefined };

export const credentialsOf = ({ plate, card, qr }: Shown, naming: Naming): readonly ShownCredential[] => [
  ...(plate ?? []).map((text) => naming("plate", text)),
  ...(card ?? []).map((text) => naming("card", text)),
  ...(qr ?? []).map((text) => naming("qr", text)),
];

const instantOf = (text: string | undefined, zone: Zone): Instant | null => {
  if (text === undefined) return null;
  const at = zone.parseLocal(text);
  return present(at.ok ? at.value : null, `local time ${text}`);
};

const timeOf = (text: string): number => {
  const [hours, minutes] = text.split(":").map(Number);
  return (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE;
};

function contractsOf(account: AccountFile, zone: Zone): readonly Contract[] {
  const listed = typeof account.contracts === "number" ? Array.from({ length: account.contracts }, () => ({})) : account.contracts ?? [];
  return listed.map((contract: Exclude<AccountFile["contracts"], number | undefined>[number], i): Contract => ({
    id: contract.id ?? `c${String(i + 1).padStart(ID_DIGITS, "0")}`,
    from: instantOf(contract.from, zone), until: instantOf(contract.until, zone), parkers: contract.parkers ?? null, group: CONTRACT,
    window: contract.window ? {
      days: contract.window.days.map((day) => DAYS.indexOf(day) + 1), fromMs: timeOf(contract.window.from), toMs: timeOf(contract.window.to),
    } : null,
    overflow: contract.overflow ?? null, overflowLimit: contract.overflowLimit ?? null, monthlyFeeMinor: 0,
  }));
}

function agreementsOf({ payAsYouGo }: AccountFile, zone: Zone, currency: string): readonly Agreement[] {
  if (payAsYouGo === undefined || payAsYouGo === false) return [];
  const terms = payAsYouGo === true ? {} : payAsYouGo;
  return [{
    id: "payAsYouGo-1", from: instantOf(terms.from, zone), until: instantOf(terms.until, zone), parkers: terms.parkers ?? null,
    tariff: terms.tariff ? tariffOf("pay-as-you-go", terms.tariff, currency) : null,
  }];
}

function tariffOf(id: string, { perStartedHour, maxPerDay }: TariffFile, currency: string): Tariff {
  return { id, version: 1, currency, tables: [{
    id: `${id}-hours`, version: 1,
    rateLineCollections: [{
      id: "hours", collectionSequence: 1, applicableCurrency: currency, relativeTimes: true, taxIncluded: true,
      ...(maxPerDay ? { maxValueCollection: maxPerDay.amount, resetTime: maxPerDay.resetTime ?? "00:00" } : {}),
      rateLines: [{
        id: "hour", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited",
        value: perStartedHour ?? PER_STARTED_HOUR,
      }],
    }],
  }] };
}

/** Durations are read, everything else is as written. */
function policyOf(file: PolicyFile): Partial<Policy> {
  const durations = ["bookingEarlyTolerance", "bookingLateTolerance", "exitGrace", "erasePlateAfter"] as const;
  const read = durations.flatMap((key) => {
    const text = file[key];
    return text === undefined ? [] : [[key, durationMs(text)] as const];
  });
  const given = Object.entries(file).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...Object.fromEntries(read) } as Partial<Policy>;
}
