/**
 * What the API needs of the running product: the owners of the streams, the read models, the vault of
 * holders, the logins and, in the demo, the virtual city. Wired in src/app.
 */
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { PlateStay, ReadingOutcome } from "../carpark/application/plate-desk.ts";
import type { FacilityId, LaneId } from "../carpark/facility/config.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { DesiredOutputs } from "../carpark/facility/outputs.ts";
import type { FacilityCore } from "../carpark/facility/decide.ts";
import type { OperatorCommand, OperatorEvent } from "../carpark/operator/operator.ts";
import type { ReadonlyOperator } from "../carpark/operator/state.ts";
import type { CameraAccess, City } from "../config/city.ts";
import type { CameraReading } from "../devices/camera/reading.ts";
import type { HttpAgent } from "../devices/http/agent.ts";
import type { ExchangeLinkStatus } from "../exchange-link/status.ts";
import type { Instant } from "../kernel/instant.ts";
import type { Result } from "../kernel/result.ts";
import type { MatchWhy, Tier } from "../rights/plate/match.ts";
import type { AnyRefusal } from "./http/statuses.ts";
import type { HolderRef } from "../carpark/operator/season-ticket.ts";
import type { Database } from "../carpark/readmodels/table.ts";
import type { VaultChanges } from "../journal/journal.ts";
import type { Rights } from "../rights/desk/state.ts";
import type { OpenDesk } from "../rights/scenario/run.ts";
import type { DemoActionBody, DemoClock } from "./contract/demo.ts";
import type { Role } from "./contract/login.ts";
import type { Holder } from "./contract/seasons.ts";
import type { CredentialBook, People } from "./people.ts";
import type { Mailer } from "../notifications/mailer.ts";
import type { SimulatedMailbox } from "../notifications/simulated-mailbox.ts";
import type { HolderLogins } from "./logins/holder-logins.ts";
import type { Logins } from "./logins/logins.ts";
import type { EdgeProblem } from "./http/problem.ts";

/** The demo's clock, traffic and drawn world. */
export type DemoCity = {
  clock(): DemoClock;
  setClock(change: { readonly speed?: number | undefined; readonly paused?: boolean | undefined }): void;
  setTraffic(level: number): void;
  /** What the browser draws; null for a facility that is not simulated. */
  world(facility: string): unknown;
  act(facility: string, action: DemoActionBody): Result<{ readonly vehicle: number }, { readonly type: string }>;
};

/** `vault`: what is kept in the vault in the same transaction. */
export type Caller = { readonly actor: string | null; readonly key?: string | null; readonly body?: unknown; readonly vault?: VaultChanges };

/** A command was carried out and is durable; or refused; or our side could not. */
export type Carried<E> = { readonly seq: number; readonly at: Instant; readonly events: readonly E[] };
export type NotCarried =
  | { readonly kind: "refused"; readonly refusal: AnyRefusal }
  | { readonly kind: "edge"; readonly problem: EdgeProblem; readonly detail?: string };

/** What an agent says of one of its devices (the shape of the device port's status). */
export type DeviceReport = {
  readonly device: string;
  readonly lane: string | null;
  readonly station: string | null;
  readonly health: "ok" | "warning" | "fault" | "offline";
  readonly condition: string;
  readonly lastSeen: Instant;
};

export type FacilityHandle = {
  readonly id: FacilityId;
  /** State, inputs and clock as they are now; read only. */
  readonly core: FacilityCore;
  readonly seq: number;
  readonly owner: "running" | "safe" | "stopped";
  readonly storeHealthy: boolean;
  /** Levels behind which every event is durable. */
  readonly outputs: DesiredOutputs;
  execute(command: FacilityCommand, caller: Caller): Promise<Result<Carried<Recorded>, NotCarried>>;
  devices(): readonly DeviceReport[];
};

export type OperatorHandle = {
  readonly state: ReadonlyOperator;
  readonly seq: number;
  execute(command: OperatorCommand, caller: Caller): Promise<Result<Carried<Recorded<OperatorEvent>>, NotCarried>>;
};

/** Called after events of a stream are durable, in order, with the first event's sequence. */
export type ChangeListener = (facility: string, firstSeq: number, events: readonly Recorded[]) => void;

/** The read models: a pool to query, and how long to wait for what was just done to arrive in them. */
export type Reads = {
  readonly db: Database;
  /** Resolves when the model has read all that is durable now, or after READ_WAIT_MS: an old list beats none. */
  caughtUp(model: ReadModelName): Promise<void>;
  status(): Promise<readonly {
    readonly name: string; readonly behind: number; readonly state: "following" | "catchingUp" | "retrying"; readonly failing: boolean;
    readonly detail: string | null;
  }[]>;
};
export type ReadModelName = "facilities" | "stays" | "tickets" | "log-book" | "faults" | "guards" | "seasons" | "payments" | "rights";
export const READ_WAIT_MS = 1_000;

/** Named persons and companies, kept in the vault; the journal knows them by a random reference. */
export type Holders = {
  /** A new reference and the rows that keep the holder, committed with the sale. */
  keep(holder: Holder): { readonly ref: HolderRef; readonly vault: VaultChanges };
  /** Null once erased. */
  open(refs: readonly string[]): Promise<ReadonlyMap<string, Holder>>;
  /** By name, address or telephone. */
  search(text: string): Promise<readonly string[]>;
};

/** What became of a camera's reading. `notNow`: it may be sent again. */
export type ReadingAnswer = {
  readonly outcome: ReadingOutcome | "notAPlate" | "notNow"; readonly tier: Tier | null; readonly why: MatchWhy | null;
};
export type CameraGate = {
  camera(facility: string, camera: string): CameraAccess | null;
  take(facility: string, lane: LaneId, reading: CameraReading, receivedAt: Instant): Promise<ReadingAnswer>;
  /** Stays inside whose plate somebody typed; nothing when it is no plate. `near`: one character may be wrong. */
  typed(facility: string, plate: string, near: boolean): readonly PlateStay[];
};

/** Takes money on a driver's phone. Simulated in the demo; a real one is an agreement with a payment service. */
export type PhonePayments = {
  take(amountMinor: number, currency: string): Promise<{ readonly approved: true; readonly reference: string } | { readonly approved: false }>;
  /** What was taken for a stay that could not be paid any more. */
  giveBack(reference: string): Promise<void>;
};

/** Counted since the start; `seconds` is the sum, `buckets` are cumulative. */
export type Measured = {
  readonly appends: {
    readonly durable: number; readonly refused: number; readonly events: number; readonly seconds: number;
    readonly buckets: readonly { readonly bound: number; readonly count: number }[];
  };
  readonly outbox: readonly { readonly topic: string; readonly waiting: number; readonly dead: number }[];
};
export type Measures = () => Promise<Measured>;

export type Site = {
  readonly city: City;
  readonly version: string;
  readonly startedAt: Instant;
  readonly demo: boolean;
  /** The car parks' clock: virtual in the demo. */
  now(): Instant;
  readonly facilities: ReadonlyMap<string, FacilityHandle>;
  readonly operator: OperatorHandle;
  readonly reads: Reads;
  readonly measures: Measures;
  readonly holders: Holders;
  readonly cameras: CameraGate;
  /** Null: paying by phone is not offered. */
  readonly phonePayments: PhonePayments | null;
  /** All facts of an account that the journal of a car park has, from its beginning: read anew each time. */
  pastRights(facility: FacilityId, account: string): Promise<Rights>;
  readonly people: People;
  readonly credentials: CredentialBook;
  readonly logins: Logins;
  /** Logins of account holders to My parking. */
  readonly holderLogins: HolderLogins;
  /** Null: no mail server is configured. */
  readonly mailer: Mailer | null;
  /** The mailer of a demo without a mail server of its own; null elsewhere. */
  readonly simulatedMailbox: SimulatedMailbox | null;
  /** The address in links that leave the house. */
  publicUrl(): string;
  readonly secureCookies: boolean;
  /** One-click logins of the demo; empty elsewhere. */
  /** The same for My parking. */
  readonly demoHolders: readonly { readonly account: string; readonly email: string; readonly password: string; readonly name: string }[];
  readonly demoLogins: readonly { readonly name: string; readonly password: string; readonly roles: readonly Role[] }[];
  readonly demoCity: DemoCity | null;
  /** Null: the car parks are linked to no exchange. */
  exchangeLink(): Promise<ExchangeLinkStatus | null>;
  /** Car parks whose devices report over HTTP. */
  readonly deviceLinks: ReadonlyMap<string, HttpAgent>;
  readonly embeddedStore: boolean;
  /** A desk of its own in memory, for scenarios. */
  readonly openScenarioDesk: OpenDesk;
  onChange(listener: ChangeListener): () => void;
};
