/** One vehicle inside, from confirmed entry to confirmed exit. */
import type { Brand } from "../../kernel/brand.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { GroupId, LaneId } from "../facility/config.ts";
import type { PlateRead } from "../lane/lane.ts";
import type { TicketNumber } from "../ticket/ticket.ts";

/** Facility id and running number, "central-000123". */
export type StayId = Brand<string, "StayId">;
/** A random reference to a card, plate or holder kept in the vault; says nothing about it. */
export type CredentialRef = Brand<string, "CredentialRef">;
/** Id of a right in the operator's stream. */
export type RightId = string;

/** Why the stay may be here. `irregular`: it drove in without being let in. */
export type Basis = "booking" | "seasonTicket" | "contract" | "external" | "service" | "payAsYouGo" | "reportedOverflow" | "shortTerm" | "irregular";

export type StayCredential =
  | { readonly kind: "ticket"; readonly ticket: TicketNumber }
  | { readonly kind: "card"; readonly card: CredentialRef; readonly right: RightId }
  /** A stay of the car park's rights, begun with this credential. */
  | { readonly kind: "right"; readonly stay: string; readonly credential: ShownCredential }
  | { readonly kind: "none" };

/** Why somebody should look at it. */
export type StayFlag = "passageUnknown" | "closingLoopDead" | "tailgate" | "heldOpen" | "enteredAgainstVoid" | "manual" | "neutral";

export type Stay = {
  readonly id: StayId;
  credential: StayCredential;
  readonly basis: Basis;
  group: GroupId;
  readonly enteredAt: Instant;
  readonly lane: LaneId | null;
  flags: readonly StayFlag[];
  /** The plate the camera read at entry, in the vault. */
  plate: CredentialRef | null;
  readonly tariffVersion: number;
};

/** `superseded`: the same parker entered again; nobody saw this exit. */
export type StayEnd = "passed" | "passageUnknown" | "closedByStaff" | "manualRelease" | "superseded";

export type StayEvent =
  | {
      readonly type: "StayOpened";
      readonly stay: StayId;
      readonly credential: StayCredential;
      readonly basis: Basis;
      readonly group: GroupId;
      readonly enteredAt: Instant;
      readonly lane: LaneId | null;
      readonly flags: readonly StayFlag[];
      readonly plate: CredentialRef | null;
      readonly tariffVersion: number;
      readonly reason?: string;
    }
  /** `ticket`: the one it stood for, null when none; absent in journals from before exits were found by ticket. */
  | {
      readonly type: "StayClosed"; readonly stay: StayId; readonly exitedAt: Instant; readonly lane: LaneId | null; readonly how: StayEnd;
      readonly ticket?: TicketNumber | null; readonly plate: CredentialRef | null; readonly reason?: string;
    }
  /** What covers it changed, and with it the group it is counted in. */
  | { readonly type: "StayGroupChanged"; readonly stay: StayId; readonly from: GroupId; readonly group: GroupId }
  /** A better look at the car: the plate seen at its entry was another one. */
  | { readonly type: "StayPlateCorrected"; readonly stay: StayId; readonly was: CredentialRef; readonly plate: CredentialRef; readonly read: PlateRead }
  | { readonly type: "StayNeutralSet"; readonly stay: StayId; readonly reason: string }
  /** A vehicle left that was not recorded inside; the count is not touched by it. */
  | { readonly type: "AnomalousExit"; readonly lane: LaneId; readonly movement: number | null };
