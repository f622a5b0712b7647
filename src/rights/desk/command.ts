/** Every command to a facility's rights. Staff acts carry a reason. */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { OverflowTerms, Policy } from "../policy.ts";
import type { AccountId, Agreement, BookingId, Contract, ContractId, CredentialRef, ParkerId, StayId } from "../timeline/facts.ts";
import type { ShownCredential } from "./event.ts";
import type { CardRight } from "../card.ts";
import type { Why } from "../why.ts";
import type { AsOf, SettledPast } from "./past.ts";
import type { ExternalRight, RightElsewhere, RightsConfig } from "./state.ts";

export type TermsCommand =
  /** `tariff` and `policy` are those of the beginning; a later one changes the configuration alone. */
  | { readonly type: "ConfigureRights"; readonly config: RightsConfig; readonly tariff: Tariff | null; readonly policy: Partial<Policy> }
  /** `from` left out: from now on. */
  | { readonly type: "SetPolicy"; readonly policy: Partial<Policy>; readonly from?: Instant; readonly reason?: string }
  | { readonly type: "SetTariff"; readonly tariff: Tariff; readonly from?: Instant }
  | { readonly type: "SetOpening"; readonly open: boolean; readonly reason: string }
  | { readonly type: "OpenAccount"; readonly account: AccountId; readonly terms: OverflowTerms }
  | { readonly type: "SetAccountTerms"; readonly account: AccountId; readonly terms: OverflowTerms }
  | { readonly type: "SignContract"; readonly account: AccountId; readonly contract: Contract }
  | { readonly type: "EndContract"; readonly account: AccountId; readonly contract: ContractId; readonly until: Instant }
  | { readonly type: "MakeAgreement"; readonly account: AccountId; readonly agreement: Agreement }
  /** From now on; what was agreed last is agreed again when it is switched on. */
  | { readonly type: "SwitchPayAsYouGo"; readonly account: AccountId; readonly enabled: boolean }
  | { readonly type: "EndAgreement"; readonly account: AccountId; readonly agreement: string; readonly until: Instant }
  | { readonly type: "NoteRightElsewhere"; readonly account: AccountId; readonly right: RightElsewhere }
  | { readonly type: "MakeBooking"; readonly account: AccountId; readonly parker: ParkerId; readonly from: Instant; readonly to: Instant }
  /** Before it begins, its early tolerance included. */
  | { readonly type: "CancelBooking"; readonly account: AccountId; readonly booking: BookingId };

export type CredentialCommand =
  | { readonly type: "AddParker"; readonly account: AccountId; readonly parker: ParkerId; readonly credentials: readonly ShownCredential[] }
  | { readonly type: "AddCredential"; readonly account: AccountId; readonly parker: ParkerId; readonly credential: ShownCredential }
  | { readonly type: "BlockCredential"; readonly credential: CredentialRef; readonly blocked: boolean; readonly reason: string }
  | { readonly type: "RemoveCredential"; readonly account: AccountId; readonly credential: CredentialRef };

export type GrantCommand =
  | { readonly type: "LearnCardRight"; readonly card: CredentialRef; readonly right: CardRight }
  /** Learnt again with other times: those hold from now on. */
  | { readonly type: "LearnExternalRight"; readonly right: ExternalRight }
  | { readonly type: "RevokeExternalRight"; readonly provider: string; readonly right: string; readonly credential: CredentialRef };

export type LaneCommand =
  | { readonly type: "Enter"; readonly credential: ShownCredential }
  | { readonly type: "Exit"; readonly credential: ShownCredential }
  /** `amountMinor`: what was asked for and has been taken; left out: what is due now. */
  | { readonly type: "Pay"; readonly credential: ShownCredential; readonly amountMinor?: MinorUnits }
  /** The car that was admitted did not come in. */
  | { readonly type: "BackOut"; readonly stay: StayId }
  /** The car that `judgeExit` released is out; `stay` null: it was not inside. `why` is the judgement's. */
  | { readonly type: "ConfirmExit"; readonly credential: ShownCredential; readonly stay: StayId | null; readonly why: Why };

export type StaffCommand =
  | { readonly type: "StaffAdmit"; readonly credential: ShownCredential; readonly reason: string }
  | { readonly type: "StaffRelease"; readonly credential: ShownCredential; readonly reason: string }
  | { readonly type: "SetNeutral"; readonly scope: NeutralScope; readonly reason: string }
  | { readonly type: "CloseStay"; readonly credential: CredentialRef; readonly enteredAt: Instant | null;
      readonly exitedAt: Instant | null; readonly reason: string }
  /** Of a stay that the desk has let go of, as the journal knows it. */
  | { readonly type: "GivePastExit"; readonly account: AccountId; readonly stay: StayId; readonly enteredAt: Instant; readonly noticedAt: Instant;
      readonly exitedAt: Instant; readonly reason: string }
  /** Until then the plate is not erased. */
  | { readonly type: "HoldCredential"; readonly stay: StayId; readonly because: "unpaid" | "disputed"; readonly until: Instant; readonly reason: string }
  | { readonly type: "ReleaseHold"; readonly stay: StayId; readonly reason: string }
  | { readonly type: "AdjustOccupancy"; readonly group: string; readonly delta: number; readonly reason: string };
export type NeutralScope =
  | { readonly type: "facility" } | { readonly type: "account"; readonly account: AccountId }
  | { readonly type: "stay"; readonly credential: CredentialRef };

export type RightsCommand =
  | TermsCommand | CredentialCommand | GrantCommand | LaneCommand | StaffCommand
  | { readonly type: "IssueStatement"; readonly account: AccountId; readonly month: string }
  /** What late facts changed, worked out by `settlePast`; refused when it was overtaken. */
  | { readonly type: "SettlePast"; readonly account: AccountId; readonly asOf: AsOf; readonly settled: SettledPast }
  /** A clock edge; every other command implies it. */
  | { readonly type: "Advance" };
