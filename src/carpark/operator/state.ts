/**
 * The state of the operator: what the city sells and contracts, for all of its car parks. Plain data in
 * Maps; `evolve` alone changes it, deciders see it read-only.
 */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { SeasonPrices } from "../../rights/season.ts";
import type { FacilityId } from "../facility/config.ts";
import type { CredentialRef } from "../stay/stay.ts";
import { type Directory, emptyDirectory } from "./directory.ts";
import type { MaintenanceContract } from "./maintenance.ts";
import type { SeasonTicket } from "./season-ticket.ts";
import type { SecurityCompany } from "./security.ts";
import type { ServiceCard } from "./service-card.ts";

/** Raised whenever the shape of `Operator` changes. */
export const OPERATOR_STATE_VERSION = 2;

/** What contracts and agreements are checked against. `groups`: the counting groups a contract may occupy. */
export type OperatorFacility = { readonly id: FacilityId; readonly zone: string; readonly currency: string; readonly groups: readonly string[] };

/** From the city's YAML file, recorded in the journal so that a replay needs no file. */
export type OperatorConfig = {
  readonly facilities: readonly OperatorFacility[];
  readonly seasonPrices: SeasonPrices;
};

/** What a card is: nothing in the city has a card twice, and a card never returns from `replaced`. */
export type CardUse =
  | { readonly kind: "season"; readonly ticket: string }
  | { readonly kind: "replaced"; readonly ticket: string }
  | { readonly kind: "guard"; readonly company: string }
  | { readonly kind: "service" };

export type Operator = {
  now: Instant;
  config: OperatorConfig | null;
  next: { season: number };
  seasonTickets: Map<string, SeasonTicket>;
  cards: Map<CredentialRef, CardUse>;
  companies: Map<string, SecurityCompany>;
  serviceCards: Map<CredentialRef, ServiceCard>;
  maintenance: Map<string, MaintenanceContract>;
  directory: Directory;
};

export type ReadonlyOperator = DeepReadonly<Operator>;

export function emptyOperator(): Operator {
  return {
    now: 0, config: null, next: { season: 1 }, seasonTickets: new Map(), cards: new Map(), companies: new Map(),
    serviceCards: new Map(), maintenance: new Map(), directory: emptyDirectory(),
  };
}
