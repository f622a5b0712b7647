/** A small car park drawn from the seed: small, so that it is full often, and different in every seed. */
import type { FacilityConfig, FacilityId, GroupId, LaneConfig, LaneId, StationId } from "../../carpark/facility/config.ts";
import type { TariffVersion } from "../../carpark/facility/pricing.ts";
import type { CredentialRef, RightId } from "../../carpark/stay/stay.ts";
import type { RightsAct } from "../../carpark/operator/directory.ts";
import type { HolderRef } from "../../carpark/operator/season-ticket.ts";
import type { CardRight } from "../../rights/card.ts";
import { OVERFLOW, type Policy } from "../../rights/policy.ts";
import { seed002Tariff } from "../../tariff/examples/seed-002.ts";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import type { Rng } from "../../kernel/random.ts";

/** Friday, 6 March 2026, 06:00 in Sydney: the first day of a run ends in a weekend, where capacities change. */
export const SIMULATION_START = Date.UTC(2026, 2, 5, 19);

const ALL = "all" as GroupId;
const SEASON = "season" as GroupId;
const ORDINARY = "ordinary" as GroupId;
const CONTRACT = "contract" as GroupId;

/** Every fourth site has no tickets: the plate or a payment card is the ticket. */
export const isTicketless = (number: number): boolean => number % 4 === 0;

export function drawSite(rng: Rng, number: number): FacilityConfig {
  const season = 2 + rng.int(4);
  const ordinary = 4 + rng.int(16);
  const contracts = 1 + rng.int(3);
  const all = season + ordinary + contracts;
  return {
    id: `sim-${number}` as FacilityId, number, name: `Simulated ${number}`, address: "1 Seed Street",
    administration: { name: "City administration", address: "1 Town Hall Square", vatNumber: "51 824 753 556" },
    zone: "Australia/Sydney", currency: "AUD", taxRateBp: 1_000,
    groups: [
      { id: ALL, name: "All spaces", within: null, capacity: [{ spaces: all }] },
      { id: SEASON, name: "Season tickets", within: ALL, capacity: [{ days: [1, 2, 3, 4, 5], spaces: season }, { spaces: 0 }] },
      { id: CONTRACT, name: "Contracts", within: ALL, capacity: [{ spaces: contracts }] },
      { id: ORDINARY, name: "Ordinary", within: ALL, capacity: [{ days: [1, 2, 3, 4, 5], spaces: ordinary }, { spaces: season + ordinary }] },
    ],
    contractGroup: CONTRACT, rightsPolicy: drawPolicy(rng),
    media: isTicketless(number) ? ["plates", "paymentCard", "cards"] : ["tickets", "plates", "cards"], ticketGroup: ORDINARY, seasonGroup: SEASON, allGroup: ALL, lanes: drawLanes(rng).map((lane) => (isTicketless(number) ? { ...lane, terminal: true } : lane)),
    payStations: Array.from({ length: 1 + rng.int(2) }, (_, i) => ({
      id: `P${i + 1}` as StationId, name: `Station ${i + 1}`, coins: [50, 100, 200], notes: [500, 1_000, 2_000, 5_000],
      cards: ["mastercard", "visa", "debit"] as const, hopperCapacity: 12 + rng.int(60),
    })),
    policy: { exitGraceMs: 15 * MINUTE, lostTicketFeeMinor: 4_000, fourEyesAboveMinor: 5_000, maxStayMs: 72 * HOUR },
  };
}

function drawPolicy(rng: Rng): Partial<Policy> {
  return {
    overflow: rng.pick(OVERFLOW), exitRule: rng.pick(["known", "authorised", "present"] as const),
    windowEnd: rng.pick(["charge", "free"] as const), neutralCountsAs: rng.pick(["absent", "present"] as const),
  };
}

function drawLanes(rng: Rng): LaneConfig[] {
  const lane = (id: string, direction: "entry" | "exit", interlock?: string): LaneConfig => ({
    id: id as LaneId, name: id, direction, camera: true, ...(interlock === undefined ? {} : { interlock }),
  });
  if (rng.chance(0.25)) return [lane("T1", "entry", "T"), lane("T2", "exit", "T")];
  const entries = 1 + rng.int(2);
  const exits = 1 + rng.int(2);
  return [
    ...Array.from({ length: entries }, (_, i) => lane(`E${i + 1}`, "entry")),
    ...Array.from({ length: exits }, (_, i) => lane(`X${i + 1}`, "exit")),
  ];
}

export const SITE_TARIFF: TariffVersion = { version: 1, effectiveFrom: 0, tariff: seed002Tariff };

export type SiteCard = { readonly card: CredentialRef; readonly right: CardRight; readonly kind: "season" | "service" };

export type SiteAccount = { readonly acts: readonly RightsAct[]; readonly cards: readonly CredentialRef[] };

/** A company with fewer contracts than cars; some by day only, and in half of the sites what is beyond them is on its account. */
export function drawAccount(rng: Rng, config: FacilityConfig): SiteAccount {
  const account = "fleet";
  const count = 1 + rng.int(2);
  const cars = Array.from({ length: count + 2 }, (_, i) => ({ parker: `car-${i + 1}`, card: `parker-${config.id}-${i + 1}` as CredentialRef }));
  const window = { days: [1, 2, 3, 4, 5], fromMs: 7 * HOUR, toMs: 19 * HOUR };
  const acts: RightsAct[] = [
    { type: "AccountOpened", account, kind: "company", contact: "holder-fleet" as HolderRef, terms: { overflow: null, overflowLimit: null } },
    ...cars.flatMap(({ parker, card }): RightsAct[] => [
      { type: "ParkerAdded", account, parker, name: null }, { type: "CredentialAdded", account, parker, credential: { kind: "card", ref: card } },
    ]),
    ...Array.from({ length: count }, (_, i): RightsAct => ({ type: "ContractSigned", facility: config.id, account, contract: {
      id: `contract-${i + 1}`, from: null, until: null, window: rng.chance(0.3) ? window : null, parkers: null, group: CONTRACT,
      overflow: null, overflowLimit: null, monthlyFeeMinor: 10_000,
    } })),
  ];
  const agreement = { id: "as-it-goes", from: null, until: null, parkers: null, tariff: null };
  if (rng.chance(0.5)) acts.push({ type: "AgreementMade", facility: config.id, account, agreement });
  return { acts, cards: cars.map(({ card }) => card) };
}

/** Season tickets, some expired, blocked or of elsewhere, and a guard's card. */
export function drawCards(rng: Rng, facility: FacilityId, from: number): SiteCard[] {
  const cards: SiteCard[] = [];
  for (let i = 1; i <= 6; i++) {
    const kind = i === 6 ? "service" : "season";
    cards.push({
      card: `card-${facility}-${i}` as CredentialRef, kind,
      right: {
        right: `right-${i}` as RightId, kind, facilities: rng.chance(0.1) ? ["elsewhere" as FacilityId] : [facility],
        validFrom: from - 24 * HOUR, validUntil: rng.chance(0.15) ? from - HOUR : from + 400 * 24 * HOUR,
        days: kind === "service" ? [1, 2, 3, 4, 5, 6, 7] : [1, 2, 3, 4, 5], blocked: rng.chance(0.1),
      },
    });
  }
  return cards;
}
