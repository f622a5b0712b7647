/** Every event of a facility's stream. `at` is set when it is recorded; it never decreases in a stream. */
import type { Instant } from "../../kernel/instant.ts";
import type { CardRight } from "../../rights/card.ts";
import type { RightsEvent } from "../../rights/desk/event.ts";
import type { ClaimEvent } from "../claim/claim.ts";
import type { CountingEvent } from "../counting/counting.ts";
import type { FaultEvent } from "../fault/fault.ts";
import type { GuardCard, GuardEvent } from "../guard/guard.ts";
import type { IntercomEvent } from "../intercom/intercom.ts";
import type { LaneEvent } from "../lane/lane.ts";
import type { LaneSaleEvent } from "../lane/sale.ts";
import type { OfficeEvent } from "../office/office.ts";
import type { RightsAct } from "../operator/directory.ts";
import type { PayStationEvent } from "../paystation/event.ts";
import type { AccountMailEvent } from "../rights/mail.ts";
import type { StayPaymentEvent } from "../rights/payment.ts";
import type { CredentialRef, StayEvent } from "../stay/stay.ts";
import type { TicketEvent } from "../ticket/ticket.ts";
import type { WaitingEvent } from "../waiting/waiting.ts";
import type { FacilityConfig } from "./config.ts";
import type { TariffVersion } from "./pricing.ts";

/** `fire`: exits open until reset on site. `safe`: our own assertion failed; entries closed, exits by the attendant. */
export type FacilityMode = "open" | "closed" | "fire" | "safe";

export type LifecycleEvent =
  | { readonly type: "FacilityConfigured"; readonly config: FacilityConfig }
  /** `reason`: absent when the configuration published it. */
  | { readonly type: "TariffPublished"; readonly tariff: TariffVersion; readonly reason?: string }
  | { readonly type: "FacilityModeSet"; readonly mode: FacilityMode; readonly reason: string }
  /** The process that owns the stream started again: half-finished passages are settled by the restart table. */
  | { readonly type: "OwnerStarted"; readonly epoch: number }
  /** Versioned full state of the stream; start-up reads it and the tail behind it. */
  | { readonly type: "PeriodClosed"; readonly stateVersion: number; readonly digest: string; readonly state: unknown }
  | { readonly type: "NoteWritten"; readonly text: string; readonly subject: string | null };

/** What this facility learnt from the operator's stream, up to and including that sequence. */
export type TaughtEvent =
  | { readonly type: "CardRightSet"; readonly card: CredentialRef; readonly right: CardRight; readonly operatorSeq: number }
  | { readonly type: "GuardCardSet"; readonly guard: GuardCard; readonly operatorSeq: number }
  /** The act is known now; what it changed of the rights are `Rights` events beside it. */
  | { readonly type: "RightsLearnt"; readonly act: RightsAct["type"]; readonly account: string | null; readonly operatorSeq: number;
      /** Why it could not be taken over as it was; null: it was. */
      readonly problem: string | null };

/** An event of this car park's rights (accounts, contracts, coverage, statements), in its own words. */
export type RightsWrapped = { readonly type: "Rights"; readonly rights: RightsEvent };

export type FacilityEvent =
  | LifecycleEvent | TaughtEvent | RightsWrapped | StayPaymentEvent | ClaimEvent | AccountMailEvent | LaneEvent | LaneSaleEvent | TicketEvent | StayEvent | CountingEvent | WaitingEvent
  | IntercomEvent | PayStationEvent | OfficeEvent | FaultEvent | GuardEvent;

/** An event with its instant and, when a person caused it, who. */
export type Recorded<E = FacilityEvent> = E & { readonly at: Instant; readonly by?: string };
