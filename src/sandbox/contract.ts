/** What the sandbox's pages and its server agree on. */

export const ACTORS = ["op1", "op2", "sp1", "sp2", "es1", "ad"] as const;
export type ActorId = (typeof ACTORS)[number];
export type ActorRole = "operator" | "serviceProvider" | "enforcement" | "administrator";

export type Actor = {
  readonly id: ActorId; readonly role: ActorRole; readonly name: string; readonly organisation: string;
  readonly clientId: string; readonly clientSecret: string;
};

export type SandboxPlace = { readonly id: string; readonly operator: ActorId; readonly frictionless: boolean };

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
  readonly status: number;
  readonly ms: number;
  /** What the sender called the flow this belongs to. */
  readonly flow: string | null;
};

export const FLOW_HEADER = "x-sandbox-flow";
export const WORLD_PATH = "/sandbox/world.json";
export const MESSAGES_PATH = "/sandbox/messages";
