/** Places as a tree with what hangs on it: children, specifications, occupancy. Inventory is open to every caller. */
import type { Instant } from "../../kernel/instant.ts";
import type { JsonObject } from "../json.ts";
import type { PlaceRow, SpecRow } from "../noun.ts";
import type { Occupancy } from "../place/occupancy.ts";
import type { ObjectKey } from "../stored.ts";
import type { Reading } from "./reading.ts";
import { sql } from "./sql.ts";

export type Child = { readonly of: string; readonly id: string; readonly version: number };

export class Inventory {
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** By id or by another reference a place carries; the id wins. */
  async places(names: readonly string[]): Promise<ReadonlyMap<string, PlaceRow>> {
    if (names.length === 0) return new Map();
    const rows = await this.#reading.rows<{
      id: string; operator: string; zone: string | null; layer: number; capabilities: string[]; aliases: string[]; ancestors: string[];
    }>("exchange", sql`
      select p.id, p.operator, p.zone, p.layer, p.capabilities, p.aliases, array(select a.ancestor from place_ancestor a where a.place = p.id) as ancestors
      from place_index p where p.id = any(${names}) or p.aliases && ${names}::text[] order by p.id`);
    const found = new Map<string, PlaceRow>();
    for (const name of names) {
      const row = rows.find((one) => one.id === name) ?? rows.find((one) => one.aliases.includes(name));
      if (row) found.set(name, { ...row, alias: row.id === name ? null : name });
    }
    return found;
  }

  /** Specifications offered at the places or at what they lie in. */
  async specsAt(places: readonly string[]): Promise<readonly SpecRow[]> {
    if (places.length === 0) return [];
    const rows = await this.#reading.rows<{
      id: string; version: number; seq: number; type: string | null; places: string[]; operator: string; rank: number | null; start_at: Instant | null;
      end_at: Instant | null; availability: string | null;
    }>("exchange", sql`
      select o.id, o.version, o.seq, o.type, o.places, o.operator, o.rank, o.start_at, o.end_at, o.availability from object o
      where o.kind = 'rightSpecification' and o.deleted_at is null and o.places && array(
        select a.ancestor from place_ancestor a where a.place in (select p.id from place_index p where p.id = any(${places}) or p.aliases && ${places}::text[]))`);
    return rows.map((row) => ({
      id: row.id, version: row.version, seq: row.seq, type: row.type, places: row.places, operator: row.operator, rank: row.rank,
      startAt: row.start_at, endAt: row.end_at, suspended: row.availability === "suspended",
    }));
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
    return new Map(rows.map((row) => [row.place, { recordedAt: row.recorded_at, receivedAt: row.received_at, body: JSON.parse(row.body) as JsonObject }]));
  }

  /** An older count than the stored one changes nothing; false tells so. */
  async recordOccupancy(place: string, { recordedAt, body }: Occupancy, now: Instant): Promise<boolean> {
    const rows = await this.#reading.rows("exchange", sql`
      insert into occupancy (place, recorded_at, received_at, body) values (${place}, ${recordedAt}, ${now}, ${JSON.stringify(body)})
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
