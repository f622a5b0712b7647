/** What a page shows: the newest that match, never more than a page can hold. Both walls stand as in every list. */
import type { ListQuery } from "../query/listQuery.ts";
import type { Stored } from "../stored.ts";
import { conditionsOf } from "./listSql.ts";
import { COLUMNS, type ObjectRow, storedOf } from "./rows.ts";
import { joined, sql } from "./sql.ts";
import type { Store } from "./store.ts";
import { mayRead, type Reader } from "./visibility.ts";

export type Search = {
  readonly list: ListQuery;
  /** Not a filter of the standard: whose session it is, or who may read it as its provider. */
  readonly provider: string | null;
  /** Any of these credentials, many of which nobody has; instead of the list's own. */
  readonly spellings?: readonly string[];
  readonly most: number;
};

/** Objects that a misspelt plate leads to; more are no help to whoever looks. */
const SIMILAR_MAX = 200;

/** At most `most`; newest creation first. */
export async function newest(store: Store, { list, provider, spellings, most }: Search, reader: Reader): Promise<readonly Stored[]> {
  const held = spellings === undefined ? undefined : await idsHeldBy(store, list, spellings, reader);
  if (held?.length === 0) return [];
  const matching = joined([
    ...conditionsOf(list, store.ring), mayRead(reader), sql`o.deleted_at is null`,
    ...(provider === null ? [] : [sql`o.parties @> array[${provider}]::text[]`]), ...(held === undefined ? [] : [sql`o.id = any(${held})`]),
  ], " and ");
  const rows = await store.reading.rows<ObjectRow>(reader, sql`
    select ${COLUMNS}, true as visible from object o join object_version v on v.kind = o.kind and v.id = o.id and v.version = o.version
    where ${matching} order by o.seq desc limit ${most}`);
  return rows.map((row) => storedOf(row, store.ring));
}

/**
 * One period at a time: hundreds of spellings have a token in each, and nobody else's look-up shall wait until all of them
 * are made. A period's tokens are in its own partition, so no other is opened.
 */
async function idsHeldBy({ ring, reading }: Store, { kind, endAfter }: ListQuery, spellings: readonly string[], reader: Reader): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (const period of ring.periods(kind === "assignedRight" ? endAfter ?? undefined : undefined)) {
    const tokens = spellings.map((text) => ring.token(period, text));
    const rows = await reading.rows<{ id: string }>(reader, sql`
      select distinct h.id from unnest(${tokens}::text[]) as t(token)
      join holding h on h.period = ${period} and h.token = decode(t.token, 'hex') and h.kind = ${kind} and not h.former limit ${SIMILAR_MAX}`);
    for (const { id } of rows) ids.add(id);
    if (ids.size >= SIMILAR_MAX) break;
  }
  return [...ids];
}

export type LookUpPlace = { readonly id: string; readonly zone: string };

/** Where the reader may look plates up: contracted places, an operator's own, all for an administrator. */
export async function placesToLookUp({ reading }: Store, { organisation, role }: Reader, most: number): Promise<readonly LookUpPlace[]> {
  const may = role === "administrator" ? sql`true`
    : role === "operator" ? sql`p.operator = ${organisation}`
    : role === "enforcement" ? sql`exists (select 1 from contract c where c.enforcement = ${organisation} and c.operator = p.operator
        and (c.place = '' or exists (select 1 from place_ancestor a where a.place = p.id and a.ancestor = c.place)))`
    : sql`false`;
  return await reading.rows<LookUpPlace>({ organisation, role }, sql`
    select p.id, p.zone from place_index p join object o on o.kind = 'place' and o.id = p.id and o.deleted_at is null
    where p.zone is not null and ${may} order by o.seq limit ${most}`);
}

