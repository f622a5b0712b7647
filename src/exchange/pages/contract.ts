/**
 * What the exchange's pages and its server agree on. Amounts are minor units, instants epoch milliseconds; null is
 * not known or does not apply, never 0.
 */
export type PageRole = "operator" | "serviceProvider" | "enforcement" | "administrator";

export type Who = {
  readonly client: string; readonly organisation: string; readonly name: string; readonly role: PageRole;
  readonly until: number;
};
/** `offered`: for trying out on one machine only, to whoever is not signed in; else empty. */
export type WhoAnswer = { readonly who: Who | null; readonly offered: readonly OfferedLogin[] };
export type OfferedLogin = SignIn & { readonly name: string; readonly role: PageRole };
export type SignIn = { readonly client: string; readonly secret: string };

/** Why a page's request was refused; the words are the page's. */
export type PageReason =
  | "signInRefused" | "notSignedIn" | "otherSite" | "notForRole" | "notUnderstood" | "noPlace" | "noContract" | "noRecord"
  | "clientExists" | "noOrganisation" | "noClient" | "ownClient" | "noDeadLetter";

/** In every language somebody wrote; the page chooses. */
export type Names = readonly { readonly language: string; readonly string: string }[];
export type Party = { readonly id: string; readonly name: string };

export type Availability = {
  /** The server's clock, by which ages are told. */
  readonly now: number;
  readonly places: readonly PlaceCard[];
  /** There are more places than these. */
  readonly more: boolean;
};
export type PlaceCard = {
  readonly id: string; readonly names: Names; readonly operator: Party; readonly zone: string;
  readonly latitude: number | null; readonly longitude: number | null;
  readonly spaces: number | null; readonly free: number | null;
  /** When the count was taken. */
  readonly countedAt: number | null;
  /** Older than three times the pace at which the operator counts. */
  readonly stale: boolean;
  /** From the point that was asked for. */
  readonly metres: number | null;
};

/** What a stay costs that begins now, as an operator's table says it. */
export type Offer = {
  readonly id: string; readonly type: string; readonly table: Names;
  /** Null: the table gives no price that could be read, or is not shown to this organisation. */
  readonly price: { readonly currency: string; readonly steps: readonly PriceStep[] } | null;
};
/**
 * `upTo`: any stay up to that long costs the total. `each`: from there on, each part that is begun costs that much more.
 * `none`: longer stays have no price.
 */
export type PriceStep =
  | { readonly type: "upTo"; readonly toMs: number; readonly totalMinor: number }
  | { readonly type: "each"; readonly fromMs: number; readonly toMs: number; readonly partMs: number; readonly partMinor: number; readonly totalMinor: number }
  | { readonly type: "none"; readonly fromMs: number };
export type Offers = { readonly at: number; readonly offers: readonly Offer[] };

export type SessionSearch = {
  readonly plate?: string; readonly place?: string; readonly provider?: string;
  /** Sessions that touch this time. */
  readonly from?: number; readonly to?: number;
  /** Plates that are easily taken for this one; operators only. */
  readonly similar?: boolean;
};
export const SESSIONS_SHOWN_MAX = 1_000;
export type SessionsFound = {
  readonly rows: readonly SessionRow[]; readonly more: boolean;
};
export type SessionRow = {
  readonly id: string; readonly version: number;
  /** Empty when erased: with their month, or on request. */
  readonly plates: readonly string[];
  /** Not the plate that was asked for, but easily taken for it. */
  readonly similar: boolean;
  readonly place: PlaceName | null; readonly provider: Party | null; readonly operator: Party | null;
  readonly start: number; readonly end: number | null; readonly overdue: boolean; readonly receivedAt: number;
  /** Null where the reader sees no money. */
  readonly money: Money | null;
  /** The posted price is not the table's. */
  readonly priceDiffers: boolean;
};
export type PlaceName = { readonly id: string; readonly names: Names; readonly zone: string };
export type Money = { readonly currency: string; readonly dueMinor: number; readonly paidMinor: number };

export type SessionRecord = {
  readonly row: SessionRow; readonly deletedAt: number | null;
  /** Oldest first. */
  readonly versions: readonly RecordVersion[];
  readonly rights: readonly RecordRight[];
};
export type RecordVersion = {
  readonly version: number; readonly receivedAt: number; readonly by: Party; readonly plates: readonly string[];
  readonly place: string | null; readonly start: number; readonly end: number | null; readonly segments: readonly RecordSegment[];
};
export type RecordSegment = {
  readonly start: number; readonly end: number | null; readonly right: string | null; readonly transactions: readonly RecordTransaction[] | null;
};
export type RecordTransaction = { readonly minor: number | null; readonly paidAt: number | null; readonly id: string };
export type RecordRight = {
  readonly id: string; readonly version: number; readonly issuer: Party; readonly from: number | null; readonly until: number | null; readonly receivedAt: number;
};

export type LookUp = { readonly place: string; readonly plate: string };
export type LookUpPlaces = { readonly places: readonly PlaceName[] };
/** `ended`: a right that ended a short while ago, for the officer to be patient. */
export type LookUpAnswer = {
  readonly at: number; readonly zone: string; readonly state: "valid" | "ended" | "none";
  /** Of the right that lasts longest. */
  readonly until: number | null; readonly permit: boolean; readonly rights: number;
  /** Not here, but at another place where the asker may look: paid for the wrong place, most likely. */
  readonly elsewhere: readonly { readonly place: PlaceName; readonly until: number | null }[];
  /** For operators: plates with a right here that are easily taken for this one. */
  readonly similar: readonly { readonly plate: string; readonly until: number | null }[];
};

export type Partners = {
  readonly organisations: readonly Organisation[]; readonly clients: readonly Client[];
  readonly connections: readonly { readonly provider: string; readonly operator: string }[];
  /** Without a place: all of the operator's. */
  readonly contracts: readonly { readonly enforcement: string; readonly operator: string; readonly place: string | null }[];
};
export type Organisation = Party & { readonly role: PageRole };
export type Client = { readonly id: string; readonly organisation: string; readonly requestsPerSecond: number; readonly revoked: boolean };
export type NewClient = { readonly id: string; readonly organisation: string };
/** Told once; nobody can read it again. */
export type NewSecret = { readonly client: string; readonly secret: string };

export type Deliveries = {
  readonly waiting: number;
  readonly subscriptions: readonly {
    readonly id: string; readonly organisation: Party; readonly endpoint: string; readonly topics: readonly string[];
    readonly delivered: number; readonly lastDeliveredAt: number | null;
  }[];
  readonly dead: readonly {
    readonly id: number; readonly organisation: Party; readonly topic: string; readonly object: string; readonly attempts: number;
    readonly at: number; readonly deadAt: number; readonly reason: string;
  }[];
};
export type Replayed = { readonly count: number };
