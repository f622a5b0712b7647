/** The sessions a page shows: the newest that match, never more than a page can hold. Both walls stand as in every list. */
import type { ListQuery } from "../query/listQuery.ts";
import type { Stored } from "../stored.ts";
import { conditionsOf } from "./listSql.ts";
import { COLUMNS, type ObjectRow, storedOf } from "./rows.ts";
import { joined, sql } from "./sql.ts";
import type { Store } from "./store.ts";
import { mayRead, type Reader } from "./visibility.ts";

/** Not a filter of the standard: whose session it is, or who may read it as its provider. */
export type SessionsQuery = { readonly list: ListQuery; readonly provider: string | null; readonly most: number };

/** At most `most`; newest creation first. */
export async function newestSessions(store: Store, { list, provider, most }: SessionsQuery, reader: Reader): Promise<readonly Stored[]> {
  const matching = joined([
    ...conditionsOf(list, store.ring), mayRead(reader), sql`o.deleted_at is null`,
    ...(provider === null ? [] : [sql`o.parties @> array[${provider}]::text[]`]),
  ], " and ");
  const rows = await store.reading.rows<ObjectRow>(reader, sql`
    select ${COLUMNS}, true as visible from object o join object_version v on v.kind = o.kind and v.id = o.id and v.version = o.version
    where ${matching} order by o.seq desc limit ${most}`);
  return rows.map((row) => storedOf(row, store.ring));
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

