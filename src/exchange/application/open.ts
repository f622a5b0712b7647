/** Opens the exchange over a database: everything but its HTTP server. */
import { openDatabase } from "../store/database.ts";
import { Inventory } from "../store/inventory.ts";
import { Parties } from "../store/parties.ts";
import { type Clock, openStore } from "../store/store.ts";
import { openSecretBox } from "../store/secretBox.ts";
import { Departures } from "../store/departures.ts";
import { Erasures } from "../store/erasures.ts";
import { Subscriptions } from "../store/subscriptions.ts";
import type { Parts } from "./parts.ts";
import { Reads } from "./reads.ts";
import { Writes } from "./writes.ts";

export type OpenOptions = {
  readonly connectionString: string;
  /** The keys of plates and of secrets: in the data folder, never in a backup that is kept longer than plates may be. */
  readonly keyFolder: string;
  readonly clock: Clock;
  readonly newId: () => string;
  /** ISO 4217; amounts of segments carry none. */
  readonly currency: string;
};

export type OpenExchange = Parts & { close(): Promise<void> };

export async function openExchange({ connectionString, keyFolder, clock, newId, currency }: OpenOptions): Promise<OpenExchange> {
  const database = await openDatabase(connectionString);
  const store = await openStore({ database, keyFolder, clock });
  const box = await openSecretBox(database.owner, keyFolder);
  const inventory = new Inventory(store.reading);
  const parties = new Parties(database.pool, clock);
  const writes = new Writes({ store, inventory, clock, currency, newId });
  const departures = new Departures(database.pool, store.ring, box);
  const erasures = new Erasures(database, store.ring);
  const reads = new Reads(store, inventory, departures, clock);
  const subscriptions = new Subscriptions(database.pool, box);
  return { database, subscriptions, departures, erasures, store, inventory, parties, writes, reads, clock, currency, close: () => database.close() };
}
