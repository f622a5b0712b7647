/**
 * A made-up city whose events every read model has something to say about. The order of each stream is
 * that of a real one: ordered, printed, taken, in, paid, out.
 */
import type { FacilityConfig, GroupId, LaneId, StationId } from "../../src/carpark/facility/config.ts";
import type { FacilityEvent } from "../../src/carpark/facility/event.ts";
import { type OperatorCommand, decideOperator } from "../../src/carpark/operator/operator.ts";
import { emptyOperator } from "../../src/carpark/operator/state.ts";
import type { HolderRef } from "../../src/carpark/operator/season-ticket.ts";
import type { JournalEvent } from "../../src/carpark/readmodels/table.ts";
import type { CredentialRef, RightId, StayId } from "../../src/carpark/stay/stay.ts";
import type { TicketNumber } from "../../src/carpark/ticket/ticket.ts";
import type { FacilityId } from "../../src/carpark/facility/config.ts";
import { HOUR, MINUTE } from "../../src/kernel/instant.ts";
import { type Rng, rngOf } from "../../src/kernel/random.ts";
import { SEED_SEASON_PRICES } from "../../src/rights/season.ts";

export const ZONE = "Australia/Sydney";
/** Monday, 2 March 2026, 00:00 in Sydney. */
export const MONDAY = Date.UTC(2026, 2, 1, 13);

const group = (id: string): GroupId => id as GroupId;
const lane = (id: string): LaneId => id as LaneId;
const card = (id: string): CredentialRef => id as CredentialRef;

export const configOf = (id: string, number: number): FacilityConfig => ({
  id: id as FacilityId, number, name: id[0]!.toUpperCase() + id.slice(1), address: "12 King Street",
  administration: { name: "City administration", address: "1 Town Hall Square", vatNumber: "51 824 753 556" },
  zone: ZONE, currency: "AUD", taxRateBp: 1_000,
  groups: [
    { id: group("all"), name: "All spaces", within: null, capacity: [{ spaces: 100 }] },
    { id: group("season"), name: "Season tickets", within: group("all"), capacity: [{ days: [1, 2, 3, 4, 5], spaces: 30 }, { spaces: 0 }] },
    { id: group("ordinary"), name: "Ordinary", within: group("all"), capacity: [{ days: [1, 2, 3, 4, 5], spaces: 70 }, { spaces: 100 }] },
  ],
  ticketGroup: group("ordinary"), seasonGroup: group("season"), allGroup: group("all"),
  lanes: [
    { id: lane("E1"), name: "King Street entry", direction: "entry" }, { id: lane("X1"), name: "King Street exit", direction: "exit" },
  ],
  payStations: [{
    id: "P1" as StationId, name: "Ground floor", coins: [50, 100, 200, 500], notes: [500, 1_000, 2_000, 5_000],
    cards: ["mastercard", "visa", "debit"], hopperCapacity: 500,
  }],
  policy: { exitGraceMs: 15 * MINUTE, lostTicketFeeMinor: 4_000, fourEyesAboveMinor: 5_000, maxStayMs: 72 * HOUR },
});

type Dated = { readonly at: number; readonly event: FacilityEvent; readonly by?: string };

/** `count` visits by ticket or season card to one car park, beginning at `from`. */
function visitsOf(random: Rng, facility: string, number: number, from: number, count: number): Dated[] {
  const events: Dated[] = [{ at: from, event: { type: "FacilityConfigured", config: configOf(facility, number) } }];
  for (let n = 1; n <= count; n += 1) {
    const at = from + random.int(10 * HOUR);
    const out = at + MINUTE + random.int(8 * HOUR);
    const stay = `${facility}-${String(n).padStart(6, "0")}` as StayId;
    const ticket = `${String(number).padStart(2, "0")}${String(n).padStart(7, "0")}00` as TicketNumber;
    const bySeason = random.int(4) === 0;
    if (!bySeason) {
      events.push(
        { at, event: { type: "TicketOrdered", number: ticket, lane: lane("E1"), movement: n, group: group("ordinary"), until: at + 5_000 } },
        { at: at + 1, event: { type: "TicketPrinted", number: ticket, lane: lane("E1"), until: at + 30_000 } },
        { at: at + 2, event: { type: "TicketTaken", number: ticket, lane: lane("E1") } },
        { at: out - 3, event: settled(random, ticket, n, out) },
        { at: out - 2, event: { type: "TicketPaid", number: ticket, amountMinor: 500, leaveBy: out + 15 * MINUTE, payment: String(n) } },
        { at: out, event: { type: "TicketUsed", number: ticket, lane: lane("X1") } },
      );
    }
    const credential = bySeason
      ? { kind: "card" as const, card: card(`s${n}`), right: "season-000001" as RightId } : { kind: "ticket" as const, ticket };
    events.push({
      at: at + 3,
      event: {
        type: "StayOpened", stay, credential, basis: bySeason ? "seasonTicket" : "shortTerm", group: group(bySeason ? "season" : "ordinary"),
        enteredAt: at, lane: lane("E1"), flags: random.int(9) === 0 ? ["closingLoopDead"] : [], plate: null, tariffVersion: 1,
      },
    });
    if (random.int(5) > 0) events.push({ at: out, event: { type: "StayClosed", stay, exitedAt: out, lane: lane("X1"), how: "passed", ticket: bySeason ? null : ticket, plate: null } });
    if (random.int(20) === 0) {
      events.push({ at, by: "anna", event: { type: "OccupancyAdjusted", group: group("ordinary"), delta: -1, cause: "staff", reason: "recount" } });
    }
  }
  return [...events, ...troublesOf(random, from)];
}

/** AUD 5.00 by card, or with AUD 6.00 in cash and now and then no coin for the change. */
function settled(random: Rng, ticket: TicketNumber, payment: number, out: number): FacilityEvent {
  const station = "P1" as StationId;
  const [leaveBy, until] = [out + 15 * MINUTE, out + 20_000];
  if (random.int(2) === 0) {
    return {
      type: "CardSaleApproved", station, operation: payment, payment, ticket, amountMinor: 500, taxMinor: 45, use: "settles",
      scheme: random.int(2) === 0 ? "visa" : "debit", reference: String(payment), authorisation: "1", lastDigits: "0000", leaveBy, until,
    };
  }
  const retainedMinor = random.int(8) === 0 ? 100 : 0;
  return {
    type: "CashSettled", station, payment, ticket, dueMinor: 500, insertedMinor: 600, chargeMinor: 500, taxMinor: 45,
    changeMinor: 100 - retainedMinor, retainedMinor, leaveBy, until,
  };
}

function troublesOf(random: Rng, from: number): Dated[] {
  const events: Dated[] = [];
  for (let fault = 1; fault <= 12; fault += 1) {
    const at = from + random.int(9 * HOUR);
    const operational = random.int(3) > 0;
    const organisation = operational ? "maintenance" : "directLabour";
    const asset = operational ? { kind: "barrier" as const, id: "E1" } : { kind: "building" as const, id: "window, level 2" };
    events.push({ at, event: { type: "FaultReported", fault, asset, code: "notOpen", details: "does not open", operational, organisation } });
    events.push({ at: at + 1, event: { type: "FaultNotified", fault, channel: "email", delivered: random.int(4) > 0, detail: "250" } });
    if (random.int(3) === 0) continue;
    const fixed = at + 2 + random.int(6 * HOUR);
    events.push({ at: fixed, by: "bert", event: { type: "FaultFixed", fault, note: "done" } });
    if (random.int(3) > 0) continue;
    events.push({ at: fixed + HOUR, by: "anna", event: { type: "FaultReopened", fault, reason: "again" } });
    events.push({ at: fixed + 2 * HOUR, by: "bert", event: { type: "FaultFixed", fault, note: "done" } });
  }
  for (let visit = 1; visit <= 4; visit += 1) {
    const at = from + visit * 4 * HOUR + random.int(HOUR);
    const guard = { visit, card: card("g1"), company: "northguard" };
    events.push({ at, event: { type: "GuardArrived", ...guard, until: at + 3 * HOUR } });
    if (visit === 3) events.push({ at: at + 3 * HOUR + 1, event: { type: "GuardDepartureMissing", ...guard } });
    else events.push({ at: at + (visit === 2 ? 4 : 20) * MINUTE, event: { type: "GuardLeft", ...guard } });
  }
  events.push({ at: from, by: "anna", event: { type: "NoteWritten", text: "Snow on the top level", subject: null } });
  return events;
}

/** Sales, contracts and cards of the operator, through its decider. */
export function operatorDay(from: number): JournalEvent[] {
  const state = emptyOperator();
  const facilities = ["central", "harbour"].map((id) => ({ id: id as FacilityId, zone: ZONE, currency: "AUD", groups: ["all", "season", "ordinary"] }));
  const duty = { visitsPerDay: 4, minVisitMs: 10 * MINUTE, maxVisitMs: 3 * HOUR };
  const till = { till: "office", shift: 1 };
  const commands: OperatorCommand[] = [
    { type: "ConfigureOperator", config: { facilities, seasonPrices: SEED_SEASON_PRICES } },
    { type: "SetSecurityCompany", company: "northguard", name: "Northguard Security" },
    { type: "SetSecurityContract", company: "northguard", contract: { duties: facilities.map(({ id }) => ({ facility: id, ...duty })), cards: 2 } },
    { type: "IssueGuardCard", company: "northguard", card: card("g1") },
    { type: "SellSeasonTicket", facility: facilities[0]!.id, months: 3, firstDay: "2026-03-02", holder: "h1" as HolderRef, card: card("s1"), priceMinor: 20_000, means: "visa", till },
    { type: "SellSeasonTicket", facility: facilities[1]!.id, months: 12, firstDay: "2026-03-09", holder: "h2" as HolderRef, card: card("s2"), priceMinor: 50_000, means: "cash", till },
    { type: "RenewSeasonTicket", ticket: "season-000001", months: 6, priceMinor: 37_500, means: "cash", till },
    { type: "BlockCard", card: card("s2"), reason: "lost" },
    { type: "ReplaceSeasonCard", ticket: "season-000002", card: card("s3"), reason: "lost" },
  ];
  const events = commands.flatMap((command, index) => decideOperator(state, command, { now: from + index, actor: "anna" }).events);
  return events.map((event, index) => ({ stream: "operator/city", seq: index + 1, at: event.at, type: event.type, payload: event }));
}

/** The journal of one Monday in two car parks and at the operator, streams mixed as they come. */
export function cityMonday(seed: number, visits: number): JournalEvent[] {
  const random = rngOf(seed);
  const streams = [["central", 1], ["harbour", 2]] as const;
  const journal = streams.flatMap(([facility, number]) =>
    visitsOf(random, facility, number, MONDAY, visits)
      .map((dated, order) => ({ ...dated, order }))
      .sort((a, b) => a.at - b.at || a.order - b.order)
      .map(({ at, event, by }, index): JournalEvent =>
        ({ stream: `facility/${facility}`, seq: index + 1, at, type: event.type, payload: by === undefined ? event : { ...event, by } })));
  return [...operatorDay(MONDAY), ...journal].sort((a, b) => a.at - b.at || (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : a.seq - b.seq));
}
