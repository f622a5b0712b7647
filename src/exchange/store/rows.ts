/** Rows of object and object_version as the domain's objects; plates are put back while their key lives. */
import type { Instant } from "../../kernel/instant.ts";
import { shown } from "../credential.ts";
import type { JsonObject } from "../json.ts";
import type { Kind } from "../kind.ts";
import type { Stored } from "../stored.ts";
import type { KeyRing } from "./keyRing.ts";
import { type Sql, sql } from "./sql.ts";

export type ObjectRow = {
  kind: Kind; id: string; seq: number; version: number; created_at: Instant; changed_at: Instant; deleted_at: Instant | null;
  created_by: string; create_digest: string; owner: string; operator: string | null; parties: string[]; places: string[];
  type: string | null; spec: string | null; availability: string | null; rank: number | null; start_at: Instant | null; end_at: Instant | null;
  derived_from: string | null; body: string; sealed: Buffer | null; period: string | null; at: Instant; author: string; body_version: number; visible: boolean; connected?: boolean;
};

export const COLUMNS: Sql = sql`o.kind, o.id, o.seq, o.version, o.created_at, o.changed_at, o.deleted_at, o.created_by, o.create_digest,
  o.owner, o.operator, o.parties, o.places, o.type, o.spec, o.availability, o.rank, o.start_at, o.end_at, o.derived_from,
  v.body, v.sealed, v.period, v.at, v.author, v.version as body_version`;

/** Where a sealed text belongs; sealed bytes moved elsewhere do not open. */
export const sealingPlace = (kind: Kind, id: string, version: number): string => `exchange/${kind}/${id}/${version}`;

export function storedOf(row: ObjectRow, ring: KeyRing): Stored {
  const texts = row.sealed && row.period !== null ? ring.unseal(
    row.period, row.sealed, sealingPlace(row.kind, row.id, row.body_version)
  ) : undefined;
  const body = JSON.parse(row.body) as JsonObject;
  return {
    kind: row.kind, id: row.id, seq: row.seq, version: row.version, createdAt: row.created_at, changedAt: row.changed_at, deletedAt: row.deleted_at,
    createdBy: row.created_by, createDigest: row.create_digest, owner: row.owner, operator: row.operator, parties: row.parties, places: row.places,
    type: row.type, spec: row.spec, availability: row.availability, rank: row.rank, startAt: row.start_at, endAt: row.end_at,
    derivedFrom: row.derived_from, receivedAt: row.at, author: row.author, body: texts ? shown(body, texts) : body, visible: row.visible, connected: row.connected ?? false,
  };
}
