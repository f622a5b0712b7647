/**
 * The state of one facility's rights: who is known, what they may, who is inside, who has been billed.
 *
 *   facts (accounts, contracts, stays) + what has been settled of their coverage (`base`, `head`)
 *
 * Plain data, mutated by `evolve` alone. Coverage kept here is never a decision of its own: a walk from the
 * beginning over the same facts gives the same (property test).
 */
import { DAY, type DurationMs, type Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Interval } from "../../tariff/clock.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { CardRight } from "../card.ts";
import { BEGINNING, type Cover, type Segment, type Sweep } from "../coverage/scene.ts";
import type { Dated, OverflowTerms, Policy } from "../policy.ts";
import type { Presence } from "../timeline/presence.ts";
import type { BookedSpan } from "../timeline/booked.ts";
import type {
  AccountId, Agreement, Booking, BookingId, Contract, CredentialRef, GrantedSpan, ParkerId, StayEnd, StayId,
} from "../timeline/facts.ts";
import type { Why } from "../why.ts";
import type { Statement } from "./statement.ts";

/** `spaces`: the most the group ever offers; how many there are now is asked of `Room`. */
export type GroupConfig = { readonly id: string; readonly within: string | null; readonly spaces: number };
export type RightsConfig = {
  readonly facility: string;
  readonly zone: string;
  readonly currency: Currency;
  readonly groups: readonly GroupConfig[];
  /** What a stay occupies by what covers it; each names one of the groups. */
  readonly shortTermGroup: string;
  readonly contractGroup: string;
  readonly seasonGroup: string;
  readonly serviceGroup: string;
  /** The party that issues statements; numbers are gap-free for it in each year. */
  readonly issuer: string;
  /** Tax included in all amounts, percent as text; null: the operator states none. */
  readonly vatRatePercent: string | null;
  /** Null: the tariff's price of 24 hours stands in, and is said so. */
  readonly lostTicketMinor: MinorUnits | null;
};

export type CredentialKind = "plate" | "card" | "qr" | "paymentCard";
export type Credential = {
  readonly kind: CredentialKind;
  readonly account: AccountId;
  readonly parker: ParkerId;
  blocked: boolean;
  /** Leaves the account at the exit of the stay it began. */
  leaving: boolean;
};

/** In the documented order; an account beyond its contingent gets `reportedOverflow` or `payAsYouGo`. */
export type Basis =
  | "booking" | "seasonTicket" | "contract" | "external" | "service" | "payAsYouGo" | "reportedOverflow" | "shortTerm";

/** What a service provider's app bought for a credential, half-open; the provider pays for what it covers. */
export type ExternalRight = {
  readonly provider: string; readonly right: string; readonly credential: CredentialRef; readonly from: Instant; readonly until: Instant;
};

/** A right at another facility of the operator, known so that a lane can say "wrong car park". */
export type RightElsewhere = {
  readonly id: string; readonly parkers: readonly ParkerId[] | null; readonly from: Instant | null; readonly until: Instant | null;
};

/** `backedOut`: the car never came in; the stay has no length. */
export type StayEndCause = "exit" | "superseded" | "closedByStaff" | "releasedByStaff" | "backedOut";

/** Keeps a plate past its deadline, for at most `HOLD_MAX`. */
export type Hold = {
  readonly stay: StayId; readonly credential: CredentialRef; readonly because: "unpaid" | "disputed"; readonly owner: string;
  readonly since: Instant; readonly until: Instant;
};

export type KeptHold = Hold & { readonly reason: string };

export type Payer = "account" | "provider" | "machine";

export type Stay = {
  readonly id: StayId;
  readonly order: number;
  /** Both null for a parker nobody knows. */
  readonly account: AccountId | null;
  readonly parker: ParkerId | null;
  readonly credential: CredentialRef;
  readonly kind: CredentialKind;
  readonly enteredAt: Instant;
  readonly basis: Basis;
  /** Fixed at entry. */
  readonly payer: Payer;
  readonly agreement: string | null;
  readonly irregular: boolean;
  group: string;
  cover: Cover;
  end: StayEnd | null;
  endedBy: StayEndCause | null;
  neutralAt: Instant | null;
  provenAt: Instant | null;
  /** Rights of its credential. */
  granted: readonly GrantedSpan[];
  paidMinor: MinorUnits;
  paidAt: Instant | null;
};

/** Where coverage can be gone on from, and the stays that left while it was the last mark. */
export type Mark = { readonly sweep: Sweep; readonly left: StayId[] };

/** What is left of a stay that the desk has let go of; `why` where a late fact changed it after it was billed. */
export type Unbilled = {
  readonly id: string; readonly credential: CredentialRef; readonly from: Instant; readonly to: Instant;
  readonly charged: readonly Interval[]; readonly amountMinor: MinorUnits; readonly why?: Why;
};

/** A charge that belongs to no stay: an exit without entry. */
export type Incident = { readonly id: string; readonly at: Instant; readonly credential: CredentialRef; readonly amountMinor: MinorUnits };

export type Account = {
  readonly id: AccountId;
  readonly terms: Dated<OverflowTerms>[];
  readonly parkers: Map<ParkerId, Set<CredentialRef>>;
  /** By id. */
  contracts: Contract[];
  agreements: Agreement[];
  elsewhere: RightElsewhere[];
  /** In the order they were made. */
  bookings: Booking[];
  /** Ever, the cancelled and forgotten ones too: the next one's number follows. */
  bookingsMade: number;
  booked: readonly BookedSpan[];
  /** Open stays and those within reach of corrections. */
  readonly stays: Map<StayId, Stay>;
  readonly open: Set<StayId>;
  /** Presences that end at or after `head`, in entry order, and which of them have an end. */
  current: Map<StayId, Presence>;
  going: StayId[];
  /** Rises with every fact that may touch coverage. */
  version: number;
  /** Never empty; the first stands at the horizon. */
  marks: Mark[];
  /** Coverage just before the last event, and the segments ended by then of stays in `stays`. */
  head: Sweep;
  segments: Map<StayId, Segment[]>;
  /** Coverage with the facts of that instant, and the segments they ended; null: not looked at yet. */
  view: Sweep | null;
  viewEnded: { readonly stay: StayId; readonly segment: Segment }[];
  /**
   * A fact reached back before the first mark: not announced yet (`reachedBack`), waiting to be worked out from the
   * journal (`past`), and how many there have been.
   */
  reachedBack: Instant | null;
  past: { readonly since: Instant } | null;
  pastFacts: number;
  /** A stay that was let go of lasted until then: facts before it need the journal too. */
  journalUntil: Instant;
  /** Let go of by the desk, and on no statement yet, or not with this amount. */
  readonly unbilled: Map<string, Unbilled>;
  incidents: Incident[];
  incidentsMade: number;
  /** What has been billed of each stay or incident within reach, and on which statement first. */
  readonly billed: Map<string, { readonly statement: string; readonly amountMinor: MinorUnits }>;
  /** Issued ones by month; those out of reach are in the journal alone. */
  readonly statements: Map<string, Statement>;
  readonly statedMonths: Set<string>;
  supersededCount: number;
};

/** A space kept for a booking whose car has not come and gone. */
export type Reservation = {
  readonly booking: BookingId; readonly account: AccountId; readonly parker: ParkerId; readonly from: Instant; readonly until: Instant;
};

/** How far back a fact changes at once what was charged: two stated months and some days to complain. */
export const REACH: DurationMs = 70 * DAY;

/** Who changed it and why; neither where the file did. */
export type PolicyVersion = Dated<Policy> & { readonly reason?: string; readonly by?: string };

export type Rights = {
  now: Instant;
  /** What lies further back is let go of. */
  readonly reach: DurationMs;
  /** False: facts alone are kept, and coverage is worked out by whoever asks (`past.ts`). */
  readonly settles: boolean;
  config: RightsConfig | null;
  open: boolean;
  readonly policy: PolicyVersion[];
  readonly tariffs: Dated<Tariff>[];
  readonly accounts: Map<AccountId, Account>;
  readonly credentials: Map<CredentialRef, Credential>;
  /** Those whose removal waits for an exit. */
  readonly leaving: Set<CredentialRef>;
  /** Season tickets and service cards, by their card. */
  readonly cards: Map<CredentialRef, CardRight>;
  readonly externals: Map<CredentialRef, ExternalRight[]>;
  /** When a clock edge may change the coverage of cars of an account that are inside. */
  readonly checks: Map<AccountId, Instant>;
  /** Stays of parkers nobody knows: open ones, and closed ones in order of closing until the horizon. */
  readonly visitors: Map<StayId, Stay>;
  readonly goneVisitors: Map<StayId, Stay>;
  readonly openByCredential: Map<CredentialRef, StayId>;
  readonly openByParker: Map<string, StayId>;
  /** Which account a stay belongs to; null: nobody's. Open stays only. */
  readonly accountOfOpen: Map<StayId, AccountId | null>;
  readonly groups: Map<string, Set<StayId>>;
  readonly adjustments: Map<string, number>;
  reservations: Reservation[];
  /** By stay; expired ones go with the next. */
  readonly holds: Map<StayId, KeptHold>;
  staysCount: number;
  /** Last statement number of each year. */
  readonly statementNumbers: Map<number, number>;
};
export type ReadonlyRights = DeepReadonly<Rights>;

export const emptyRights = (reach = REACH, settles = true): Rights => ({
  now: 0, reach, settles, config: null, open: true, policy: [], tariffs: [], accounts: new Map(), credentials: new Map(),
  leaving: new Set(), cards: new Map(), externals: new Map(), checks: new Map(),
  visitors: new Map(), goneVisitors: new Map(), openByCredential: new Map(), openByParker: new Map(), accountOfOpen: new Map(),
  groups: new Map(), adjustments: new Map(), reservations: [], holds: new Map(), staysCount: 0, statementNumbers: new Map(),
});

export const emptyAccount = (id: AccountId, terms: OverflowTerms, at: Instant): Account => ({
  id, terms: [{ from: at, value: terms }], parkers: new Map(), contracts: [], agreements: [], elsewhere: [], bookings: [], booked: [],
  bookingsMade: 0, stays: new Map(), open: new Set(), current: new Map(), going: [], version: 0, marks: [{ sweep: BEGINNING, left: [] }],
  head: BEGINNING, segments: new Map(), view: null, viewEnded: [], reachedBack: null, past: null, pastFacts: 0, journalUntil: BEGINNING.at, unbilled: new Map(),
  incidents: [], incidentsMade: 0, billed: new Map(), statements: new Map(), statedMonths: new Set(), supersededCount: 0,
});

export const parkerKey = (account: AccountId, parker: ParkerId): string => JSON.stringify([account, parker]);

export type OpenPlace = { readonly stay: Stay; readonly account: Account | null };

/** The open stay of whoever shows the credential: of its parker, else of the credential itself. */
export function openStayOf(state: Rights, ref: CredentialRef): OpenPlace | null {
  const holder = state.credentials.get(ref);
  const id = (holder && state.openByParker.get(parkerKey(holder.account, holder.parker))) ?? state.openByCredential.get(ref);
  return id === undefined ? null : openStay(state, id);
}

export function openStay(state: Rights, id: StayId): OpenPlace | null {
  const accountId = state.accountOfOpen.get(id);
  if (accountId === undefined) return null;
  const account = accountId === null ? null : state.accounts.get(accountId) ?? null;
  const stay = account ? account.stays.get(id) : state.visitors.get(id);
  return stay ? { stay, account } : null;
}
