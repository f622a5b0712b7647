/** How the car parks stand with the exchange, for technicians. Names no plate. */
import type { Reachability } from "./health.ts";
import type { PublishedFacility } from "./publisher.ts";

export type ExchangeLinkStatus = {
  readonly url: string;
  readonly reachability: Reachability;
  /** Sessions on their way, and those the exchange did not take. */
  readonly waiting: number;
  readonly refused: number;
  readonly facilities: readonly PublishedFacility[];
};
