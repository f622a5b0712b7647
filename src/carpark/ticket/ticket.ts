/**
 * A ticket's life:
 *
 *   ordered -> printed -> taken -> live -> paid -> used
 *        \________\_________\_______\_______\-> void(reason)
 *
 * Only live and paid tickets pay or leave. Numbers are unique per facility for ever, and at any moment
 * issued = live + paid + used + void, where a ticket not yet driven in counts as live.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Brand } from "../../kernel/brand.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { StayId } from "../stay/stay.ts";

/** Facility (2 digits), running number (7), check digits (2, ISO 7064 MOD 97-10). */
export type TicketNumber = Brand<string, "TicketNumber">;

export type TicketState = "ordered" | "printed" | "taken" | "live" | "paid" | "used" | "void";

export type VoidReason =
  | "notPrinted" | "notTaken" | "backedOut" | "restart" | "laneClosed"
  | "replaced" | "lost" | "stayClosed" | "staff";

/** Who issued it: the pillar of a lane, or the office. */
export type IssuingMachine = { readonly kind: "lane"; readonly lane: LaneId } | { readonly kind: "office" };

export type Ticket = {
  readonly number: TicketNumber;
  /** Entry date and time printed on it; the stay is charged from here. */
  readonly issuedAt: Instant;
  readonly machine: IssuingMachine;
  readonly group: GroupId;
  state: TicketState;
  stay: StayId | null;
  /** All that was paid for it so far, and when last. */
  paidMinor: MinorUnits;
  paidAt: Instant | null;
  /** May leave until this instant, inclusive; null while not paid. */
  leaveBy: Instant | null;
  voidReason: VoidReason | null;
  /** The damaged or lost ticket this one stands for. */
  readonly replaces: TicketNumber | null;
  claim: Claim | null;
  /** When it was used or voided; kept a while so that a driver is told why it is refused. */
  endedAt: Instant | null;
};

/** Marks who is about to settle or release a stay; nobody else can until it is given back or expires. */
export type Claim = {
  readonly by: { readonly kind: "lane" | "payStation" | "office" | "app"; readonly id: string };
  readonly until: Instant;
};

/** What a reader got from the bar code: number, date (dd/mm/yyyy) and time (hh/mm/ss), or nothing. */
export type TicketRead =
  | { readonly readable: true; readonly number: string; readonly date: string; readonly time: string }
  | { readonly readable: false };

export type TicketEvent =
  | { readonly type: "TicketOrdered"; readonly number: TicketNumber; readonly lane: LaneId; readonly movement: number; readonly group: GroupId; readonly until: Instant }
  | { readonly type: "TicketPrinted"; readonly number: TicketNumber; readonly lane: LaneId; readonly until: Instant }
  /** Nobody took it in time: the printer shall draw it back. */
  | { readonly type: "TicketRecalled"; readonly number: TicketNumber; readonly lane: LaneId; readonly until: Instant }
  | { readonly type: "TicketTaken"; readonly number: TicketNumber; readonly lane: LaneId }
  /** Recorded as backed out, yet the driver has it inside: it proves the entry and counts again. */
  | { readonly type: "TicketRevived"; readonly number: TicketNumber }
  | { readonly type: "TicketVoided"; readonly number: TicketNumber; readonly reason: VoidReason }
  /** `lane`: its exit slot holds the ticket until then: captured when used, given back when unclaimed. */
  | { readonly type: "TicketClaimed"; readonly number: TicketNumber; readonly claim: Claim }
  | { readonly type: "TicketUnclaimed"; readonly number: TicketNumber; readonly lane: LaneId | null }
  /** Payment of any kind settled what was due: from now until `leaveBy` (inclusive) it may leave. */
  | { readonly type: "TicketPaid"; readonly number: TicketNumber; readonly amountMinor: MinorUnits; readonly leaveBy: Instant; readonly payment: string }
  | { readonly type: "GraceExtended"; readonly number: TicketNumber; readonly leaveBy: Instant; readonly reason: string }
  /** The office printed a new ticket for the same stay; the old number is void. */
  | { readonly type: "TicketReplaced"; readonly old: TicketNumber; readonly number: TicketNumber; readonly reason: string }
  /** A lost ticket whose stay could not be found: a paid ticket that stands for an unknown stay. */
  | { readonly type: "LostTicketIssued"; readonly number: TicketNumber; readonly group: GroupId; readonly reason: string }
  | { readonly type: "TicketUsed"; readonly number: TicketNumber; readonly lane: LaneId | null };
