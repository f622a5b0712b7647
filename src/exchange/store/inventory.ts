/** Places as a tree with what hangs on it: children, specifications, occupancy. Inventory is open to every caller. */
import type { Instant } from "../../kernel/instant.ts";
import type { JsonObject } from "../json.ts";
import type { PlaceRow, SpecRow } from "../noun.ts";
import type { Occupancy } from "../place/occupancy.ts";
import type { ObjectKey } from "../stored.ts";
import type { Reading } from "./reading.ts";
import { sql } from "./sql.ts";

export type Child = { readonly of: string; readonly id: string; readonly version: number };

export type Surroundings = {
  readonly places: ReadonlyMap<string, PlaceRow>;
  readonly specs: readonly SpecRow[];
  /** Operators the provider may sell for. */
  readonly connected: readonly string[];
  /** Of the inventory this was read from; undefined when none of the places is there. */
  readonly version?: number;
};

type SurroundingsRow = {
  id: string; operator: string; zone: string | null; layer: number; capabilities: string[]; aliases: string[]; ancestors: string[];
  connected: boolean; specs: SpecRow[] | null; version: number;
};

/** Places with their specifications kept, each for each provider that sells there; a country's places in use fit. */
const KEPT_MAX = 20_000;

export class Inventory {
  readonly #reading: Reading;
  /** Of one version of the inventory: what was read of an older one has gone. */
  readonly #kept = new Map<string, Surroundings>();
  #keptVersion = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** By id or by another reference a place carries; the id wins. */
  async places(names: readonly string[]): Promise<ReadonlyMap<string, PlaceRow>> {
    return (await this.surroundings(names, false, null)).places;
  }

  /**
   * The same with specifications, as it was read before. Whoever decides on it saves with its version, which fails when it is no
   * longer the newest; and whoever would refuse on it looks again.
   */
  async keptSurroundings(name: string, provider: string | null): Promise<Surroundings & { readonly kept: boolean }> {
    const key = JSON.stringify([name, provider]);
    const kept = this.#kept.get(key);
    if (kept) return { ...kept, kept: true };
    const read = await this.surroundings([name], true, provider);
    if (read.version !== undefined && read.version >= this.#keptVersion) {
      if (read.version > this.#keptVersion || this.#kept.size >= KEPT_MAX) this.#kept.clear();
      this.#keptVersion = read.version;
      this.#kept.set(key, read);
    }
    return { ...read, kept: false };
  }

  /** What was kept did not hold. */
  forgetSurroundings(): void {
    this.#kept.clear();
  }

  /**
   * Places with what a decision about them needs, in one question: what they lie in, the specifications
   * offered there or above, and whether the provider may sell for their operator.
   */
  async surroundings(names: readonly string[], withSpecs: boolean, provider: string | null): Promise<Surroundings> {
    if (names.length === 0) return { places: new Map(), specs: [], connected: [] };
    const rows = await this.#reading.rows<SurroundingsRow>("exchange", sql`
      select p.id, p.operator, p.zone, p.layer, p.capabilities, p.aliases, up.ancestors,
        exists (select 1 from connection c where c.provider = ${provider}::text and c.operator = p.operator) as connected,
        case when ${withSpecs}::boolean then (
          select json_agg(json_build_object('id', o.id, 'version', o.version, 'seq', o.seq, 'type', o.type, 'places', o.places, 'operator', o.operator,
            'rank', o.rank, 'startAt', o.start_at, 'endAt', o.end_at, 'suspended', o.availability = 'suspended', 'rates', array(
              select json_build_object('id', t.id, 'version', t.version) from reference r join object t on t.kind = 'rateTable' and t.id = r.to_id
              where r.from_kind = 'rightSpecification' and r.from_id = o.id and r.to_kind = 'rateTable' and t.deleted_at is null)) order by o.seq)
          from object o where o.kind = 'rightSpecification' and o.deleted_at is null and o.places && up.ancestors) end as specs,
        inventory_version() as version
      from place_index p cross join lateral (select array(select a.ancestor from place_ancestor a where a.place = p.id) as ancestors) up
      where p.id = any(${names}) or p.aliases && ${names}::text[] order by p.id`);
    const places = new Map<string, PlaceRow>();
    for (const name of names) {
      const row = rows.find((one) => one.id === name) ?? rows.find((one) => one.aliases.includes(name));
      if (!row) continue;
      const { id, operator, zone, layer, capabilities, ancestors } = row;
      places.set(name, { id, operator, zone, layer, capabilities, ancestors, alias: id === name ? null : name });
    }
    return {
      places, specs: [...new Map(rows.flatMap((row) => row.specs ?? []).map((spec) => [spec.id, spec])).values()],
      connected: rows.filter((row) => row.connected).map((row) => row.operator),
      ...(rows[0] ? { version: rows[0].version } : {}),
    };
  }

  async children(parents: readonly string[]): Promise<readonly Child[]> {
    return await this.#reading.rows<Child>("exchange", sql`
      select p.parent as of, p.id, o.version from place_index p join object o on o.kind = 'place' and o.id = p.id
      where p.parent = any(${parents}) order by o.seq`);
  }

  /** What can be bought at each place. */
  async specsOf(places: readonly string[]): Promise<readonly Child[]> {
    return await this.#reading.rows<Child>("exchange", sql`
      select r.to_id as of, o.id, o.version from reference r join object o on o.kind = r.from_kind and o.id = r.from_id
      where r.to_kind = 'place' and r.to_id = any(${places}) and r.from_kind = 'rightSpecification' and o.deleted_at is null order by o.seq`);
  }

  async occupancies(places: readonly string[]): Promise<ReadonlyMap<string, Occupancy & { readonly receivedAt: Instant }>> {
    const rows = await this.#reading.rows<{ place: string; recorded_at: Instant; received_at: Instant; body: string }>("exchange", sql`
      select place, recorded_at, received_at, body from occupancy where place = any(${places})`);
    return new Map(rows.map((row) => [
      row.place, { recordedAt: row.recorded_at, receivedAt: row.received_at, body: JSON.parse(row.body) as JsonObject },
    ]));
  }

  /** An older count than the stored one changes nothing; false tells so. */
  async recordOccupancy(place: string, { recordedAt, body }: Occupancy, now: Instant): Promise<boolean> {
    const rows = await this.#reading.rows("exchange", sql`
      insert into occupancy (place, recorded_at, received_at, body) values (
        ${place}, ${recordedAt}, ${now}, ${JSON.stringify(body)}
      )
      on conflict (place) do update set recorded_at = excluded.recorded_at, received_at = excluded.received_at, body = excluded.body
        where occupancy.recorded_at <= excluded.recorded_at returning place`);
    return rows.length === 1;
  }

  /** What stands in the way of a deletion. */
  async blockers({ kind, id }: ObjectKey): Promise<readonly string[]> {
    const rows = await this.#reading.rows<{ id: string }>("exchange", sql`
      select r.from_id as id from reference r where r.to_kind = ${kind} and r.to_id = ${id} and r.blocking order by r.from_id limit 100`);
    return rows.map((row) => row.id);
  }
}
