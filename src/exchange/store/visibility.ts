/**
 * The first wall: what a caller may read, as a condition of every query. The second is the same question
 * in the database's row-level security (schema.ts), written apart so that a slip in one is not one in both.
 */
import type { Caller } from "../client/caller.ts";
import { joined, type Sql, sql } from "./sql.ts";

export type Reader = Pick<Caller, "organisation" | "role">;

/** Over the alias `o` of table object. */
export function mayRead({ organisation, role }: Reader): Sql {
  const inventory = sql`o.kind in ('place', 'rightSpecification')`;
  const publicRates = sql`(o.kind = 'rateTable' and o.availability = 'public')`;
  switch (role) {
    case "administrator":
      return sql`true`;
    case "operator":
      return either(inventory, publicRates, sql`o.operator = ${organisation}`);
    case "serviceProvider":
      return either(inventory, publicRates, sql`(o.kind = 'rateTable' and ${connected(organisation)})`,
        sql`(o.kind in ('assignedRight', 'session') and o.parties @> array[${organisation}]::text[])`);
    case "enforcement":
      return either(inventory, publicRates, sql`(o.kind in ('assignedRight', 'session') and ${contracted(organisation)})`);
  }
}

/** Sessions of all providers at the operators a provider is connected to, which it sees only in part. */
export const adjacent = ({ organisation }: Reader): Sql => sql`(o.kind = 'session' and ${connected(organisation)})`;

const either = (...pieces: readonly Sql[]): Sql => sql`(${joined(pieces, " or ")})`;

export const connected = (provider: string): Sql =>
  sql`exists (select 1 from connection c where c.provider = ${provider} and c.operator = o.operator)`;

/** A contract covers a place with everything below it; a right for the whole site covers its parts. */
const contracted = (enforcement: string): Sql => sql`exists (
  select 1 from contract c where c.enforcement = ${enforcement} and c.operator = o.operator and (c.place = '' or exists (
    select 1 from place_ancestor a
    where (a.place = any(o.places) and a.ancestor = c.place) or (a.ancestor = any(o.places) and a.place = c.place))))`;
