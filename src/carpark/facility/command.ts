/** Every command of a facility: what devices report, drivers press and staff order. */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { CardRight } from "../../rights/card.ts";
import type { RightsCommand } from "../../rights/desk/command.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { ClaimCommand } from "../claim/claim.ts";
import type { FaultCommand } from "../fault/fault.ts";
import type { GuardCard, GuardCommand } from "../guard/guard.ts";
import type { CallOutcome } from "../intercom/intercom.ts";
import type { BarrierPosition, LoopName } from "../lane/inputs.ts";
import type { LaneMode, PlateRead } from "../lane/lane.ts";
import type { LaneSaleCommand } from "../lane/sale.ts";
import type { OfficeCommand } from "../office/office.ts";
import type { RightsAct } from "../operator/directory.ts";
import type { PayStationCommand } from "../paystation/command.ts";
import type { AccountMailCommand, SendStatementCommand } from "../rights/mail.ts";
import type { StayPaymentCommand } from "../rights/payment.ts";
import type { ProviderPaymentCommand } from "../rights/provider-payment.ts";
import type { CredentialRef, StayId } from "../stay/stay.ts";
import type { TicketNumber, TicketRead } from "../ticket/ticket.ts";
import type { CardScheme, FacilityConfig, GroupId, LaneId } from "./config.ts";
import type { TariffVersion } from "./pricing.ts";

/** From the lane's devices. `SenseLoop` is an edge or a heartbeat of the same level. */
export type LaneCommand =
  | { readonly type: "SenseLoop"; readonly lane: LaneId; readonly loop: LoopName; readonly occupied: boolean }
  | { readonly type: "SenseBarrier"; readonly lane: LaneId; readonly position: BarrierPosition }
  | { readonly type: "PressButton"; readonly lane: LaneId }
  | { readonly type: "PressHelp"; readonly lane: LaneId }
  | { readonly type: "ReportTicketPrinted"; readonly lane: LaneId; readonly number: TicketNumber }
  | { readonly type: "ReportTicketNotPrinted"; readonly lane: LaneId; readonly number: TicketNumber; readonly cause: string }
  | { readonly type: "ReportTicketTaken"; readonly lane: LaneId; readonly number: TicketNumber }
  | { readonly type: "ReportTicketRetracted"; readonly lane: LaneId; readonly number: TicketNumber; readonly retracted: boolean }
  /** `card: null`: readable, but no card of this city. */
  | { readonly type: "PresentCard"; readonly lane: LaneId; readonly card: CredentialRef | null }
  /**
   * A plate read by the camera, a parker's card, a code or a payment card shown at the lane. Null: readable, but nothing
   * anybody knows. `readAt`: when it was read; a reading older than `READ_FRESH_MS` opens nothing.
   */
  | {
      readonly type: "PresentCredential"; readonly lane: LaneId; readonly credential: ShownCredential | null; readonly readAt?: Instant;
      /** Of a plate: how it was matched. */
      readonly read?: PlateRead;
    }
  /** What the terminal at the exit answers to a `laneSale`. */
  | LaneSaleCommand
  /** A later, better look at a vehicle that has just passed: the plate of its stay was another one. */
  | { readonly type: "CorrectPlate"; readonly lane: LaneId; readonly was: CredentialRef; readonly plate: CredentialRef; readonly read: PlateRead }
  | { readonly type: "ReportCardTaken"; readonly lane: LaneId }
  | { readonly type: "PresentTicket"; readonly lane: LaneId; readonly read: TicketRead }
  /** The camera read a plate for the vehicle on the loop; the plate itself is in the vault. */
  | { readonly type: "AttachPlate"; readonly lane: LaneId; readonly plate: CredentialRef };

/** By staff, each with an actor in the envelope; a reason where it overrides something. */
export type AttendantCommand =
  | { readonly type: "OpenByStaff"; readonly lane: LaneId; readonly reason: string; readonly ticket?: TicketNumber; readonly stay?: StayId }
  | { readonly type: "SetLaneMode"; readonly lane: LaneId; readonly mode: LaneMode; readonly reason: string }
  | { readonly type: "SetFacilityMode"; readonly mode: "open" | "closed"; readonly reason: string }
  | { readonly type: "RaiseFireAlarm" }
  | { readonly type: "ResetFireAlarm"; readonly reason: string }
  | { readonly type: "LeaveSafeMode"; readonly reason: string }
  | { readonly type: "AnswerCall"; readonly call: number }
  | { readonly type: "EndCall"; readonly call: number; readonly outcome: CallOutcome }
  | { readonly type: "ExtendGrace"; readonly ticket: TicketNumber; readonly minutes: number; readonly reason: string }
  | { readonly type: "VoidTicket"; readonly ticket: TicketNumber; readonly reason: string }
  | { readonly type: "AdjustCount"; readonly group: GroupId; readonly delta: number; readonly reason: string }
  | { readonly type: "CloseStay"; readonly stay: StayId; readonly exitedAt?: Instant; readonly reason: string }
  | { readonly type: "SetNeutral"; readonly stay: StayId; readonly reason: string }
  /** Staff acts on the rights: policy, neutral, closing, letting in and out by hand, statements. */
  | { readonly type: "DecideRights"; readonly command: StaffRightsCommand }
  | SendStatementCommand
  | { readonly type: "AdmitByHand"; readonly at?: Instant; readonly reason: string }
  | { readonly type: "ReleaseByHand"; readonly stay: StayId; readonly at?: Instant; readonly reason: string }
  | { readonly type: "WriteNote"; readonly text: string; readonly subject?: string };

/** What staff decide about the rights of a car park; what accounts have is decided in the directory and learnt. */
export type StaffRightsCommand = Extract<RightsCommand, {
  readonly type: "SetPolicy" | "SetNeutral" | "CloseStay" | "StaffAdmit" | "StaffRelease" | "IssueStatement" | "HoldCredential" | "ReleaseHold"
    | "GivePastExit" | "SettlePast";
}>;

/** By account holders, apps and providers; the edge has checked who asks. */
export type HolderRightsCommand = Extract<RightsCommand, { readonly type: "MakeBooking" | "CancelBooking" | "LearnExternalRight" | "RevokeExternalRight" }>;
export type HolderCommand =
  | { readonly type: "AskRights"; readonly command: HolderRightsCommand } | ClaimCommand | StayPaymentCommand | ProviderPaymentCommand;

/** By the product itself. */
export type SystemCommand =
  | { readonly type: "ConfigureFacility"; readonly config: FacilityConfig }
  /** `effectiveFrom` null: from now on. A number that is not the next one is refused: somebody else has published. */
  | {
      readonly type: "PublishTariff"; readonly reason?: string;
      readonly tariff: Omit<TariffVersion, "effectiveFrom"> & { readonly effectiveFrom: Instant | null };
    }
  | { readonly type: "StartOwner"; readonly epoch: number }
  | { readonly type: "EnterSafeMode"; readonly reason: string }
  | { readonly type: "LearnCardRight"; readonly card: CredentialRef; readonly right: CardRight; readonly operatorSeq: number }
  | { readonly type: "LearnGuardCard"; readonly guard: GuardCard; readonly operatorSeq: number }
  | { readonly type: "LearnRights"; readonly act: RightsAct; readonly operatorSeq: number }
  /** Money of a season ticket of this car park; `till` null: paid without an office. */
  | {
      readonly type: "LearnSeasonSale"; readonly season: string; readonly kind: "sold" | "renewed"; readonly till: string | null;
      readonly means: "cash" | CardScheme; readonly amountMinor: MinorUnits; readonly reference?: string;
      readonly soldBy: string | null; readonly operatorSeq: number;
    }
  | AccountMailCommand
  | { readonly type: "ClosePeriod" }
  /** The clock moved; due deadlines are applied and nothing else. */
  | { readonly type: "Tick" };

export type FacilityCommand =
  | LaneCommand | AttendantCommand | SystemCommand | PayStationCommand | OfficeCommand | FaultCommand | GuardCommand | HolderCommand;
