/** Every event of a facility's rights. Credentials are references; no plate, name or address is ever in one. */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { Cover } from "../coverage/scene.ts";
import type { OverflowTerms, Policy } from "../policy.ts";
import type {
  AccountId, Agreement, Booking, BookingId, Contract, ContractId, CredentialRef, ParkerId, StayEnd, StayId,
} from "../timeline/facts.ts";
import type { CardRight } from "../card.ts";
import type { Basis, CredentialKind, ExternalRight, Hold, Payer, RightElsewhere, RightsConfig, StayEndCause } from "./state.ts";
import type { SettledPast } from "./past.ts";
import type { EntryRefusal } from "./refusal.ts";
import type { Statement } from "./statement.ts";
import type { Why } from "../why.ts";

export type ShownCredential = { readonly ref: CredentialRef; readonly kind: CredentialKind };

/** What the account is told (e-mail): a car beyond the contingent, a stay no longer covered, a promotion. */
export type Notice = "overflow" | "uncovered" | "promoted";

/** `why`: what covers the stay from now on. */
export type CoverChange = {
  readonly why: Why; readonly stay: StayId; readonly since: Instant; readonly cover: Cover; readonly group: string; readonly notice: Notice | null;
};

type TermsEvent =
  | { readonly type: "RightsConfigured"; readonly config: RightsConfig }
  /** In force from `from` on; never earlier than the event. */
  | { readonly type: "PolicySet"; readonly policy: Policy; readonly from: Instant; readonly reason?: string }
  | { readonly type: "TariffSet"; readonly tariff: Tariff; readonly from: Instant }
  | { readonly type: "OpeningSet"; readonly open: boolean; readonly reason: string }
  | { readonly type: "AccountOpened"; readonly account: AccountId; readonly terms: OverflowTerms }
  | { readonly type: "AccountTermsSet"; readonly account: AccountId; readonly terms: OverflowTerms }
  | { readonly type: "ContractSigned"; readonly account: AccountId; readonly contract: Contract;
      /** More contracts than their group has spaces. */
      readonly oversold: { readonly group: string; readonly contracts: number; readonly spaces: number } | null }
  | { readonly type: "ContractEnded"; readonly account: AccountId; readonly contract: ContractId; readonly until: Instant }
  | { readonly type: "AgreementMade"; readonly account: AccountId; readonly agreement: Agreement }
  /** `agreement`: this one; left out: all. */
  | { readonly type: "AgreementsEnded"; readonly account: AccountId; readonly until: Instant; readonly agreement?: string }
  | { readonly type: "RightElsewhereNoted"; readonly account: AccountId; readonly right: RightElsewhere }
  | { readonly type: "BookingMade"; readonly account: AccountId; readonly booking: Booking }
  | { readonly type: "BookingCancelled"; readonly account: AccountId; readonly booking: BookingId };

type CredentialEvent =
  | { readonly type: "ParkerAdded"; readonly account: AccountId; readonly parker: ParkerId }
  | { readonly type: "CredentialAdded"; readonly account: AccountId; readonly parker: ParkerId; readonly credential: ShownCredential }
  | { readonly type: "CredentialBlocked"; readonly credential: CredentialRef; readonly blocked: boolean; readonly reason: string }
  | { readonly type: "CredentialRemovalAwaited"; readonly credential: CredentialRef; readonly stay: StayId }
  | { readonly type: "CredentialRemoved"; readonly credential: CredentialRef };

/** Rights that belong to a credential, not to an account. */
type GrantEvent =
  | { readonly type: "CardRightLearnt"; readonly card: CredentialRef; readonly right: CardRight }
  | { readonly type: "ExternalRightLearnt"; readonly right: ExternalRight }
  | { readonly type: "ExternalRightRevoked"; readonly right: ExternalRight };

type StayEvent =
  | { readonly type: "StayOpened"; readonly stay: StayId; readonly account: AccountId | null; readonly parker: ParkerId | null;
      readonly credential: ShownCredential; readonly basis: Basis; readonly group: string; readonly cover: Cover;
      readonly payer: Payer; readonly agreement: string | null; readonly irregular: boolean;
      readonly notice: Notice | null; readonly why: Why }
  | { readonly type: "EntryRefused"; readonly credential: ShownCredential; readonly refusal: EntryRefusal; readonly why: Why }
  | { readonly type: "StayClosed"; readonly stay: StayId; readonly credential: CredentialRef; readonly end: StayEnd;
      readonly cause: StayEndCause;
      /** Left unpaid at the machine; for staff. Null: the price is unknown. */
      readonly unpaidMinor: MinorUnits | null; readonly why: Why }
  /** `past`: of a stay that the desk has let go of; the journal knows it. */
  | { readonly type: "ExitTimeGiven"; readonly stay: StayId; readonly exitedAt: Instant; readonly reason: string;
      readonly past?: { readonly account: AccountId; readonly enteredAt: Instant } }
  | { readonly type: "PaymentDemanded"; readonly stay: StayId; readonly dueMinor: MinorUnits; readonly why: Why }
  | { readonly type: "StayPaid"; readonly stay: StayId; readonly amountMinor: MinorUnits; readonly why: Why }
  | { readonly type: "AttendantCalled"; readonly credential: ShownCredential; readonly why: Why }
  | { readonly type: "ExitWithoutEntry"; readonly credential: ShownCredential; readonly account: AccountId | null;
      readonly charge: { readonly id: string; readonly amountMinor: MinorUnits } | null; readonly irregular: boolean; readonly why: Why }
  | { readonly type: "NeutralSet"; readonly stays: readonly StayId[]; readonly reason: string }
  | { readonly type: "CoverageAdvanced"; readonly account: AccountId; readonly changes: readonly CoverChange[] };

/** A plate that is still needed is kept: somebody answers for it, until it expires. */
type HoldEvent =
  | { readonly type: "CredentialHeld"; readonly hold: Hold; readonly reason: string }
  | { readonly type: "CredentialHoldReleased"; readonly stay: StayId; readonly credential: CredentialRef; readonly reason: string };

/** Facts further back than the desk reaches: said, then worked out from the journal. */
type PastEvent =
  | { readonly type: "PastTouched"; readonly account: AccountId; readonly since: Instant }
  | { readonly type: "PastSettled"; readonly account: AccountId } & SettledPast;

type BillingEvent =
  | { readonly type: "StatementIssued"; readonly statement: Statement }
  | { readonly type: "OccupancyAdjusted"; readonly group: string; readonly delta: number; readonly reason: string };

export type RightsEvent = TermsEvent | CredentialEvent | GrantEvent | StayEvent | HoldEvent | PastEvent | BillingEvent;
export type RecordedRights = RightsEvent & { readonly at: Instant; readonly by?: string };
