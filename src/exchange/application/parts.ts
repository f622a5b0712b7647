/**
 * What the exchange is made of, for its HTTP server and for whoever works beside it over the same store:
 * deliveries, relays, pages.
 */
import type { Inventory } from "../store/inventory.ts";
import type { Parties } from "../store/parties.ts";
import type { Clock, Store } from "../store/store.ts";
import type { Departures } from "../store/departures.ts";
import type { Erasures } from "../store/erasures.ts";
import type { Subscriptions } from "../store/subscriptions.ts";
import type { Database } from "../store/database.ts";
import type { Reads } from "./reads.ts";
import type { Writes } from "./writes.ts";

export type Parts = {
  readonly database: Database;
  readonly store: Store;
  readonly inventory: Inventory;
  readonly parties: Parties;
  readonly subscriptions: Subscriptions;
  readonly departures: Departures;
  readonly erasures: Erasures;
  readonly reads: Reads;
  readonly writes: Writes;
  readonly clock: Clock;
  readonly currency: string;
};
