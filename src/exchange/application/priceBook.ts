/** Rate tables compiled for a zone, kept while their version is the current one. */
import { zoneOf } from "../../kernel/zone.ts";
import { compileTariff } from "../../tariff/compile.ts";
import { tariffOfTable } from "../../tariff/files.ts";
import type { SpecRow } from "../noun.ts";
import type { PostedTable } from "../session/priceCheck.ts";
import type { Store } from "../store/store.ts";

/** A table takes some 20 kB compiled; a country's tables in use fit. */
const TABLES_MAX = 2_000;

export class PriceBook {
  readonly #store: Store;
  /** Null: a table that has no price, kept so that it is not tried again. */
  readonly #kept = new Map<string, PostedTable | null>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The table each specification sells by; those with several, or none that can be read, are left out. */
  async tablesOf(specs: readonly SpecRow[], zoneName: string | null): Promise<ReadonlyMap<string, PostedTable>> {
    const found = new Map<string, PostedTable>();
    if (zoneName === null) return found;
    for (const { id: spec, rates } of specs) {
      const [rate, ...others] = rates;
      if (!rate || others.length > 0) continue;
      const key = `${rate.id}\0${rate.version}\0${zoneName}`;
      let table = this.#kept.get(key);
      if (table === undefined) {
        table = await this.#compiled(rate.id, zoneName);
        if (this.#kept.size >= TABLES_MAX) this.#kept.clear();
        this.#kept.set(key, table);
      }
      if (table) found.set(spec, table);
    }
    return found;
  }

  async #compiled(id: string, zoneName: string): Promise<PostedTable | null> {
    const zone = zoneOf(zoneName);
    const [stored] = await this.#store.load([{ kind: "rateTable", id }], { role: "administrator", organisation: "exchange" });
    if (!zone.ok || !stored || stored.deletedAt !== null) return null;
    const { tariff } = tariffOfTable(stored.body, zone.value);
    const compiled = compileTariff(tariff, zone.value);
    return compiled.ok ? { id, version: stored.version, compiled: compiled.value } : null;
  }
}
