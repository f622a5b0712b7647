/** What the sandbox's pages and its server agree on. */

export const ACTORS = ["op1", "op2", "sp1", "sp2", "es1", "ad"] as const;
export type ActorId = (typeof ACTORS)[number];
export type ActorRole = "operator" | "serviceProvider" | "enforcement" | "administrator";

export type Actor = {
  readonly id: ActorId; readonly role: ActorRole; readonly name: string; readonly organisation: string;
  readonly clientId: string; readonly clientSecret: string;
};

export type SandboxPlace = {
  readonly id: string; readonly operator: ActorId; readonly frictionless: boolean;
  /** Drivers pay when they leave: the operator is asked what is due. */
  readonly departures: boolean;
};

export type SandboxWorld = {
  readonly actors: readonly Actor[];
  readonly places: readonly SandboxPlace[];
  /** The specification that account holders' rights refer to, of the frictionless place. */
  readonly accountSpec: string;
  readonly zone: string;
  readonly centre: { readonly latitude: number; readonly longitude: number };
};

/** `somebody`: a client that is none of the sandbox's. */
export type Party = ActorId | "exchange" | "somebody";

/** One message between two parties: no ids, no query values, no body, so no plate. */
export type Message = {
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: Party;
  readonly to: Party;
  readonly method: string;
  /** `/places/{id}?expand`: the template, with the names of the query's parameters. */
  readonly route: string;
  /** 0: no answer came. */
  readonly status: number;
  readonly ms: number;
  /** What the sender called the flow this belongs to. */
  readonly flow: string | null;
};

export const FLOW_HEADER = "x-sandbox-flow";
export const WORLD_PATH = "/sandbox/world.json";
export const MESSAGES_PATH = "/sandbox/messages";

/** A car that took a ticket at an operator's entry; kept in the sandbox's memory only. */
export type ParkedCar = {
  readonly ticket: string; readonly session: string; readonly plate: string;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly dueMinor: number;
  /** An hour that a shop has paid for. */
  readonly validated: boolean;
  readonly paid: boolean;
};

/** How an operator that is asked at departure stands. `questions`: it has no address, it comes for what it is asked. */
export type DepartureDesk = { readonly place: string; readonly way: "address" | "questions"; readonly reachable: boolean; readonly cars: readonly ParkedCar[] };
/** What the page may do to it. `minutesAgo`: when the car came in. */
export type DeskAct =
  | { readonly type: "park"; readonly plate: string; readonly minutesAgo: number }
  | { readonly type: "validate"; readonly ticket: string }
  | { readonly type: "setReachable"; readonly reachable: boolean };

/** GET the desk, POST an act; both answer with the desk. */
export const deskPath = (operator: ActorId): string => `/sandbox/departures/${operator}`;
/** Where the exchange reaches the operator. */
export const operatorPath = (operator: ActorId): string => `/sandbox/operator/${operator}`;
