/**
 * The lane: arming (detection loop), authorisation (one decision per movement), passage (under-arm and
 * closing loop). Each rising edge of the detection loop is a movement, numbered within the facility.
 * The table of states is docs/machines/lane-entry.md and lane-exit.md.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { CredentialKind } from "../../rights/desk/state.ts";
import type { MatchWhy, Tier } from "../../rights/plate/match.ts";
import type { Why } from "../../rights/why.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { Basis, CredentialRef, RightId, StayId } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import type { LaneSale } from "./sale.ts";

export type LaneMode = "automatic" | "closed" | "heldOpen" | "outOfService";

/** Who may pass at an entry, decided before the arm rises. */
export type Admission =
  | { readonly by: "ticket"; readonly ticket: TicketNumber; readonly group: GroupId }
  | { readonly by: "card"; readonly card: CredentialRef; readonly right: RightId; readonly basis: Basis; readonly group: GroupId }
  /** `stay`: of the rights, open since the decision; `group`: what it occupied then. */
  | { readonly by: "right"; readonly stay: string; readonly credential: ShownCredential; readonly basis: Basis; readonly group: GroupId }
  | { readonly by: "staff"; readonly actor: string; readonly reason: string; readonly group: GroupId };

/** Who may pass at an exit. */
export type Release =
  | { readonly by: "ticket"; readonly ticket: TicketNumber; readonly stay: StayId | null }
  | { readonly by: "card"; readonly card: CredentialRef; readonly stay: StayId | null }
  /** `stay`: of the rights; null: not recorded inside, let out by the exit rule. */
  | { readonly by: "right"; readonly credential: ShownCredential; readonly stay: string | null; readonly why: Why }
  | { readonly by: "staff"; readonly actor: string; readonly reason: string; readonly ticket: TicketNumber | null; readonly stay: StayId | null };

/** Closed list of reasons an entry is refused, in the order they are tested. */
export const ENTRY_REFUSALS = [
  "facilityClosed", "laneNotInService", "credentialBlocked", "alreadyPresent",
  "wrongFacility", "expired", "notYetValid", "outsideWindow", "noRight", "mediumNotOffered", "overflowRefused", "groupFull",
] as const;
export type EntryRefusal = (typeof ENTRY_REFUSALS)[number];

/** Closed list of reasons an exit is not simply released. */
export const EXIT_REFUSALS = [
  "ticketUnreadable", "ticketUnknown", "ticketOfOtherFacility", "ticketMismatch", "ticketVoid", "ticketUsed",
  "ticketClaimed", "notPaid", "graceOver", "cardUnknown", "notPresent", "credentialUnknown", "enteredByTicket", "notPriced", "paymentDue", "cardDeclined", "safeMode",
] as const;
export type ExitRefusal = (typeof EXIT_REFUSALS)[number];

export type Phase =
  | { readonly step: "approached" }
  /** No space: in the facility's waiting order. */
  | { readonly step: "waiting" }
  /** A space is kept for this waiting car until then: it may press the button. */
  | { readonly step: "offered"; readonly group: GroupId; readonly until: Instant }
  | { readonly step: "printing"; readonly ticket: TicketNumber; readonly group: GroupId; readonly until: Instant }
  | { readonly step: "offering"; readonly ticket: TicketNumber; readonly group: GroupId; readonly until: Instant }
  /** Nobody took it; the printer draws it back. */
  | { readonly step: "retracting"; readonly ticket: TicketNumber; readonly group: GroupId; readonly until: Instant }
  | { readonly step: "ticketInMouth"; readonly ticket: TicketNumber; readonly group: GroupId }
  | { readonly step: "printerFault" }
  | { readonly step: "refused"; readonly reason: EntryRefusal | ExitRefusal; readonly until: Instant }
  /** The amount is on the display; paid, the arm rises. */
  | { readonly step: "paymentDue"; readonly dueMinor: MinorUnits; readonly until: Instant }
  | { readonly step: "returningCard"; readonly pass: Admission | Release; readonly until: Instant }
  /** The arm is to be open until this movement has passed or backed out. */
  | { readonly step: "opening"; readonly pass: Admission | Release; readonly since: Instant }
  /** The intercom rings or the attendant speaks. */
  | { readonly step: "attendant"; readonly call: number };

export type Movement = {
  readonly id: number;
  readonly since: Instant;
  plate: CredentialRef | null;
  phase: Phase;
  /** What was shown here last and did not open yet; `stay`: the open stay of the rights that it belongs to. */
  right: ShownRight | null;
  /** The arm was reported not to open for it. */
  barrierFailed: boolean;
};

export type ShownRight = { readonly credential: ShownCredential; readonly stay: string | null };

/** How sure a plate is: the tier in which it was matched and why (`tier` null: nobody fits), and what the camera says of itself. */
export type PlateRead = { readonly tier: Tier | null; readonly why: MatchWhy; readonly confidence: number | null };

/** `sale`: what the terminal of the lane has not answered yet. */
export type Lane = { readonly id: LaneId; mode: LaneMode; movement: Movement | null; sale: LaneSale | null };

export type MovementEnd = "passed" | "backedOut" | "left" | "lost";

export type LaneEvent =
  | { readonly type: "VehicleApproached"; readonly lane: LaneId; readonly movement: number }
  /** `instead`: what was taken for this vehicle's plate before. */
  | { readonly type: "PlateAttached"; readonly lane: LaneId; readonly movement: number; readonly plate: CredentialRef; readonly read?: PlateRead; readonly instead?: CredentialRef }
  | { readonly type: "MovementEnded"; readonly lane: LaneId; readonly movement: number; readonly how: MovementEnd; readonly plate: CredentialRef | null }
  | { readonly type: "EntryRefused"; readonly lane: LaneId; readonly movement: number; readonly reason: EntryRefusal; readonly card: CredentialRef | null; readonly until: Instant;
      /** Shown to the rights, not as a season or service card; null: nobody knows it. */
      readonly right?: ShownCredential | null }
  | { readonly type: "EntryAdmitted"; readonly lane: LaneId; readonly movement: number; readonly pass: Admission; readonly returnCardBy: Instant | null }
  | { readonly type: "CardReturned"; readonly lane: LaneId; readonly movement: number }
  | { readonly type: "TicketNotPrinted"; readonly lane: LaneId; readonly movement: number; readonly cause: string }
  | { readonly type: "TicketStuck"; readonly lane: LaneId; readonly movement: number; readonly number: TicketNumber }
  | { readonly type: "ExitRefused"; readonly lane: LaneId; readonly movement: number; readonly reason: ExitRefusal; readonly medium: "ticket" | CredentialKind; readonly ticket: TicketNumber | null; readonly card: CredentialRef | null; readonly until: Instant;
      readonly right?: ShownRight | null }
  /** At the exit, by somebody whose stay the machine is paid for. */
  | { readonly type: "PaymentAsked"; readonly lane: LaneId; readonly movement: number; readonly right: ShownRight; readonly dueMinor: MinorUnits; readonly until: Instant }
  | { readonly type: "ExitReleased"; readonly lane: LaneId; readonly movement: number; readonly pass: Release; readonly returnCardBy: Instant | null }
  /** A vehicle passed that had not been let through. */
  | { readonly type: "IrregularPassage"; readonly lane: LaneId; readonly movement: number | null; readonly cause: "tailgate" | "forced" | "heldOpen" }
  | { readonly type: "LaneModeSet"; readonly lane: LaneId; readonly mode: LaneMode; readonly reason: string }
  | { readonly type: "BarrierFailed"; readonly lane: LaneId; readonly symptom: "notOpen" | "notClosed" | "cardLeft" };
