/**
 * The state of one facility: everything its lanes, stations and office need to decide, folded from its
 * stream. Plain data in Maps; `evolve` alone changes it, deciders see it read-only.
 */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { CardRight } from "../../rights/card.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import { RIGHTS_STATE_VERSION } from "../../rights/desk/snapshot.ts";
import { type Rights, emptyRights } from "../../rights/desk/state.ts";
import type { StayClaim } from "../claim/claim.ts";
import type { Fault } from "../fault/fault.ts";
import type { GuardCard, OpenVisit } from "../guard/guard.ts";
import type { Call } from "../intercom/intercom.ts";
import type { Lane } from "../lane/lane.ts";
import type { Shift } from "../office/office.ts";
import type { Chit, PayStation, SettledPayment } from "../paystation/paystation.ts";
import type { ProviderPayment } from "../rights/provider-payment.ts";
import type { CredentialRef, Stay, StayId } from "../stay/stay.ts";
import type { Ticket, TicketNumber, TicketState } from "../ticket/ticket.ts";
import type { FacilityConfig, FacilityId, GroupId, LaneId, StationId } from "./config.ts";
import type { FacilityMode } from "./event.ts";
import type { TariffVersion } from "./pricing.ts";

/** Raised whenever the shape of `Facility` or its rights changes, so that an old `PeriodClosed` is replayed from its events instead. */
export const FACILITY_STATE_VERSION = 4_000 + RIGHTS_STATE_VERSION;

/** `right`: it showed a credential and waits for a space in its group; without it, it waits for a ticket. */
export type WaitingPlace = { readonly lane: LaneId; readonly movement: number; readonly right?: WaitingRight };
export type WaitingRight = { readonly credential: ShownCredential; readonly group: GroupId };

export type Facility = {
  readonly id: FacilityId;
  /** Instant of the last event; decisions never happen before it. */
  now: Instant;
  config: FacilityConfig | null;
  tariffs: TariffVersion[];
  mode: FacilityMode;
  /** Next running numbers; all identity in the stream comes from here. */
  next: { movement: number; stay: number; ticket: number; call: number; fault: number; visit: number; payment: number; chit: number; shift: number; sale: number };
  lanes: Map<LaneId, Lane>;
  tickets: Map<TicketNumber, Ticket>;
  ticketTotals: { issued: number; live: number; paid: number; used: number; void: number };
  stays: Map<StayId, Stay>;
  staysByCard: Map<CredentialRef, StayId>;
  /** By the stay of the rights (`s12`) that began it. */
  staysByRight: Map<string, StayId>;
  staysByGroup: Map<GroupId, Set<StayId>>;
  adjustments: Map<GroupId, number>;
  /** By stay: what a phone or an app was told is due, and may settle. */
  claims: Map<string, StayClaim>;
  /** What providers have told us they collected. */
  providerPayments: Map<string, ProviderPayment>;
  waiting: WaitingPlace[];
  calls: Map<number, Call>;
  stations: Map<StationId, PayStation>;
  /** Not redeemed yet. */
  chits: Map<number, Chit>;
  /** The latest settled payments, oldest first, for refunds. */
  settled: Map<number, SettledPayment>;
  /** Open shifts by till. */
  shifts: Map<string, Shift>;
  cards: Map<CredentialRef, CardRight>;
  operatorSeq: number;
  guardCards: Map<CredentialRef, GuardCard>;
  openVisits: Map<CredentialRef, OpenVisit>;
  /** Open faults, and fixed ones while they can still be reopened. */
  faults: Map<number, Fault>;
  openFaults: Set<number>;
  /** Who may park here and who pays: accounts, contracts, coverage. Its own deciders and `evolveRights` alone change it. */
  readonly rights: Rights;
};

export type ReadonlyFacility = DeepReadonly<Omit<Facility, "rights">> & { readonly rights: Rights };

export const LIVE_STATES: readonly TicketState[] = ["ordered", "printed", "taken", "live"];

export function emptyFacility(id: FacilityId): Facility {
  return {
    id, now: 0, config: null, tariffs: [], mode: "open",
    next: { movement: 1, stay: 1, ticket: 1, call: 1, fault: 1, visit: 1, payment: 1, chit: 1, shift: 1, sale: 1 },
    lanes: new Map(), tickets: new Map(), ticketTotals: { issued: 0, live: 0, paid: 0, used: 0, void: 0 },
    stays: new Map(), staysByCard: new Map(), staysByRight: new Map(), staysByGroup: new Map(), adjustments: new Map(),
    claims: new Map(), providerPayments: new Map(), waiting: [], calls: new Map(), stations: new Map(), chits: new Map(), settled: new Map(), shifts: new Map(), cards: new Map(), operatorSeq: 0,
    guardCards: new Map(), openVisits: new Map(), faults: new Map(), openFaults: new Set(), rights: emptyRights(),
  };
}
