/**
 * Guard visits: a card in the office reader is an arrival, the next a departure. Barrier use never counts.
 * An open visit older than its maximum makes the next card-in an arrival; the old one is kept as
 * "no departure recorded". A card whose company is not responsible for this car park is refused, recorded.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { CredentialRef } from "../stay/stay.ts";

/** What a facility must know of a guard's card: its company, and the visit duty here. */
export type GuardCard = {
  readonly card: CredentialRef;
  readonly company: string;
  readonly facilities: readonly string[];
  readonly blocked: boolean;
};

export type OpenVisit = { readonly visit: number; readonly card: CredentialRef; readonly company: string; readonly arrivedAt: Instant };

export type GuardRefusal = "unknownCard" | "credentialBlocked" | "notResponsible";

export type GuardEvent =
  | { readonly type: "GuardArrived"; readonly visit: number; readonly card: CredentialRef; readonly company: string }
  | { readonly type: "GuardLeft"; readonly visit: number; readonly card: CredentialRef; readonly company: string }
  | { readonly type: "GuardDepartureMissing"; readonly visit: number; readonly card: CredentialRef; readonly company: string }
  | { readonly type: "GuardCardRefused"; readonly card: CredentialRef | null; readonly company: string | null; readonly reason: GuardRefusal };

export type GuardCommand = { readonly type: "PresentGuardCard"; readonly card: CredentialRef | null };
