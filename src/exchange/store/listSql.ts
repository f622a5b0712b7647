/** The conditions of a list, over the alias `o` of table object. */
import type { ListQuery } from "../query/listQuery.ts";
import type { KeyRing } from "./keyRing.ts";
import { joined, type Sql, sql } from "./sql.ts";

const EARTH_METRES = 6_371_008.8;
const METRES_PER_DEGREE = 111_195;

/** Everything but visibility and deletion; each condition is a piece, all of them must hold. */
export function conditionsOf(query: ListQuery, ring: KeyRing): Sql[] {
  return [
    sql`o.kind = ${query.kind}`,
    ...held(query, ring),
    ...placed(query),
    ...timed(query),
    ...(query.rightSpec.length > 0 ? [ofSpec(query)] : []),
    ...(query.rightType.length > 0 ? [ofRightType(query)] : []),
    ...(query.issuer.length > 0 && query.kind !== "place" ? [sql`o.operator = any(${query.issuer})`] : []),
    ...(query.operator.length > 0 ? [sql`o.operator = any(${query.operator})`] : []),
    ...(query.modifiedSince === null ? [] : [sql`o.changed_at >= ${query.modifiedSince}`]),
  ];
}

const isUse = ({ kind }: ListQuery): boolean => kind === "assignedRight" || kind === "session";

/** Rights and sessions by credential, by place, or both at once. */
function held(query: ListQuery, ring: KeyRing): Sql[] {
  if (!isUse(query)) return [];
  const byCredential = query.credentialId.length > 0;
  if (!byCredential && query.place.length === 0 && query.credentialType.length === 0) return [];
  // An open session has no end yet, so its period does not tell when it ends.
  const endsAfter = query.kind === "assignedRight" ? query.endAfter ?? undefined : undefined;
  const tokens = query.credentialId.flatMap((text) => ring.tokens(text, endsAfter));
  const pieces = [
    sql`h.kind = ${query.kind} and not h.former`,
    ...(byCredential ? [sql`h.token = any(${tokens}::bytea[])`] : []),
    ...(query.credentialType.length > 0 ? [sql`h.credential_type = any(${query.credentialType})`] : []),
    ...(query.place.length > 0 ? [sql`h.place in (${covering(query)})`] : []),
    ...(query.endAfter === null ? [] : [sql`h.end_at > ${query.endAfter}`]),
  ];
  const ids = sql`select h.id from holding h where ${joined(pieces, " and ")}`;
  // A credential has few rights among millions: its tokens are looked up first, whatever the statistics of the day say.
  return [byCredential ? sql`o.id = any(array(${ids}))` : sql`o.id in (${ids})`];
}

/** A place may be named by its id or by another reference that it carries. */
const namedPlaces = (ids: readonly string[]): Sql => sql`(select p.id from place_index p where p.id = any(${ids}) or p.aliases && ${ids}::text[])`;

/** The places named with all below them; what is granted for a whole site is granted for its parts. */
function covering(query: ListQuery): Sql {
  const below = sql`select a.place from place_ancestor a where a.ancestor in ${namedPlaces(query.place)}`;
  if (query.kind === "session") return below;
  return sql`${below} union select a.ancestor from place_ancestor a where a.place in ${namedPlaces(query.place)}`;
}

function placed(query: ListQuery): Sql[] {
  const own: Sql[] = [];
  if (query.kind === "place" && query.place.length > 0) own.push(sql`o.id in (${covering({ ...query, kind: "session" })})`);
  if (query.kind === "rightSpecification" && query.place.length > 0) own.push(sql`o.places && array(${covering(query)})`);
  if (query.kind === "rateTable" && query.place.length > 0) own.push(usedAt(sql`s.places && array(${covering(query)})`));
  const facts = placeFacts(query);
  if (facts.length === 0) return own;
  const matching = sql`select p.id from place_index p where ${joined(facts, " and ")}`;
  if (query.kind === "place") return [...own, sql`o.id in (${matching})`];
  if (query.kind === "rateTable") return [...own, usedAt(sql`s.places && array(${matching})`)];
  return [...own, sql`o.places && array(${matching})`];
}

/** A rate table is where the right specifications are that name it. */
const usedAt = (condition: Sql): Sql => sql`exists (
  select 1 from reference r join object s on s.kind = r.from_kind and s.id = r.from_id
  where r.from_kind = 'rightSpecification' and r.to_kind = 'rateTable' and r.to_id = o.id and ${condition})`;

function placeFacts(query: ListQuery): Sql[] {
  const { near } = query;
  const only = query.kind === "place";
  return [
    ...(near ? [within(near)] : []),
    ...(query.type.length > 0 ? [sql`p.type = any(${query.type})`] : []),
    ...(only && query.structureType.length > 0 ? [sql`p.structure_type = any(${query.structureType})`] : []),
    ...(only && query.structureGrade.length > 0 ? [sql`p.structure_grade = any(${query.structureGrade})`] : []),
    ...(only && query.name !== null ? [sql`position(${query.name.toLowerCase()} in p.names) > 0`] : []),
    ...(only && query.layer !== null ? [sql`p.layer <= ${query.layer}`] : []),
  ];
}

function within({ latitude, longitude, radius }: NonNullable<ListQuery["near"]>): Sql {
  const degrees = radius / METRES_PER_DEGREE + 1e-6;
  // Half a millimetre for what a float loses: radius 0 is the point itself.
  return sql`(p.lat between ${latitude - degrees} and ${latitude + degrees} and ${EARTH_METRES}::float8 * 2 * asin(sqrt(least(1,
    power(sin(radians(p.lat - ${latitude}::float8) / 2), 2)
      + cos(radians(p.lat)) * cos(radians(${latitude}::float8)) * power(sin(radians(p.lon - ${longitude}::float8) / 2), 2)))) <= ${radius + 0.0005})`;
}

function timed(query: ListQuery): Sql[] {
  if (!isUse(query)) return [];
  return [
    ...(query.startAfter === null ? [] : [sql`o.start_at > ${query.startAfter}`]),
    ...(query.startBefore === null ? [] : [sql`o.start_at < ${query.startBefore}`]),
    ...(query.endAfter === null ? [] : [sql`(o.end_at is null or o.end_at > ${query.endAfter})`]),
    ...(query.endBefore === null ? [] : [sql`o.end_at < ${query.endBefore}`]),
  ];
}

function ofSpec(query: ListQuery): Sql {
  if (query.kind !== "rateTable") return query.kind === "rightSpecification" ? sql`o.id = any(${query.rightSpec})` : sql`o.spec = any(${query.rightSpec})`;
  return usedAt(sql`s.id = any(${query.rightSpec})`);
}

function ofRightType(query: ListQuery): Sql {
  if (query.kind !== "place") return query.kind === "rateTable" ? usedAt(sql`s.type = any(${query.rightType})`) : sql`o.type = any(${query.rightType})`;
  return sql`exists (select 1 from object s where s.kind = 'rightSpecification' and s.deleted_at is null
    and s.type = any(${query.rightType}) and s.places && array[o.id])`;
}
