/** Stays, open and closed, and how many vehicles came and went in each five minutes. */
import { type Change, type Context, type Database, type Entry, type Table } from "./table.ts";
import { MINUTE } from "../../kernel/instant.ts";
import { type Condition, type Page, pageOf } from "./page.ts";

export type StayRow = {
  readonly facility: string; readonly stay: string; readonly basis: string; readonly grp: string;
  readonly ticket: string | null; readonly card: string | null; readonly entered_at: number;
  readonly entry_lane: string | null;
  readonly exited_at: number | null; readonly exit_lane: string | null; readonly how: string | null;
  readonly flags: readonly string[]; readonly tariff_version: number; readonly seq: number;
};

export const stayTable: Table<StayRow> = {
  name: "read_stay",
  columns: {
    facility: "text", stay: "text", basis: "text", grp: "text", ticket: "text", card: "text", entered_at: "bigint",
    entry_lane: "text", exited_at: "bigint", exit_lane: "text", how: "text", flags: "jsonb",
    tariff_version: "integer", seq: "bigint",
  },
  key: ["facility", "stay"],
  indexes: ["facility, entered_at", "facility, ticket", "entered_at, facility, stay"],
  changesOf: ({ facility, event: e }) => {
    switch (e.type) {
      case "StayOpened":
        return [{
          key: { facility, stay: e.stay },
          fold: () => ({
            facility, stay: e.stay, basis: e.basis, grp: e.group,
            ticket: e.credential.kind === "ticket" ? e.credential.ticket : null,
            card: e.credential.kind === "card" ? e.credential.card : null,
            entered_at: e.enteredAt, entry_lane: e.lane, exited_at: null, exit_lane: null, how: null,
            flags: e.flags, tariff_version: e.tariffVersion,
          }),
        }];
      case "StayClosed":
        return [{ key: { facility, stay: e.stay }, fold: (row) => row && { ...row, exited_at: e.exitedAt, exit_lane: e.lane, how: e.how } }];
      case "StayGroupChanged":
        return [{ key: { facility, stay: e.stay }, fold: (row) => row && { ...row, grp: e.group } }];
      case "StayNeutralSet":
        return [{ key: { facility, stay: e.stay }, fold: (row) => row && { ...row, flags: [...new Set([...row.flags, "neutral"])] } }];
      default:
        return [];
    }
  },
};

/** Long enough for a year on one screen, short enough to see a rush. */
export const BUCKET_MS = 5 * MINUTE;

/** Changes of a group's own count within a bucket; a group around it is the sum of those inside. */
export type OccupancyRow = {
  readonly facility: string; readonly grp: string; readonly bucket_at: number;
  readonly entries: number; readonly exits: number; readonly adjusted: number; readonly seq: number;
};

export const occupancyTable: Table<OccupancyRow> = {
  name: "read_occupancy",
  columns: {
    facility: "text", grp: "text", bucket_at: "bigint", entries: "integer", exits: "integer",
    adjusted: "integer", seq: "bigint",
  },
  key: ["facility", "grp", "bucket_at"],
  indexes: [],
  contextOf: groupsOfStays,
  changesOf: (entry, context) => {
    const e = entry.event;
    if (e.type === "StayOpened") return [counted(entry, e.group, { entries: 1 })];
    if (e.type === "OccupancyAdjusted") return [counted(entry, e.group, { adjusted: e.delta })];
    if (e.type === "StayGroupChanged") return [counted(entry, e.from, { adjusted: -1 }), counted(entry, e.group, { adjusted: 1 })];
    if (e.type !== "StayClosed") return [];
    const group = context.groupOfStay.get(stayKey(entry.facility, e.stay));
    return group === undefined ? [] : [counted(entry, group, { exits: 1 })];
  },
};

function counted(
  { facility, event }: Entry, grp: string, by: { readonly entries?: number; readonly exits?: number; readonly adjusted?: number },
): Change<OccupancyRow> {
  const bucket_at = Math.floor(event.at / BUCKET_MS) * BUCKET_MS;
  return {
    key: { facility, grp, bucket_at },
    fold: (row) => ({
      facility, grp, bucket_at, entries: (row?.entries ?? 0) + (by.entries ?? 0),
      exits: (row?.exits ?? 0) + (by.exits ?? 0), adjusted: (row?.adjusted ?? 0) + (by.adjusted ?? 0),
    }),
  };
}

const stayKey = (facility: string, stay: string): string => `${facility} ${stay}`;

/** The stay table is written before this one, in the same transaction; a closed stay changes its group no more. */
async function groupsOfStays(entries: readonly Entry[], db: Database): Promise<Context> {
  const closed = entries.flatMap(({ facility, event }) => (event.type === "StayClosed" ? [{ facility, stay: event.stay }] : []));
  if (closed.length === 0) return { groupOfStay: new Map() };
  const { rows } = await db.query(
    `select s.facility, s.stay, s.grp from jsonb_to_recordset($1::jsonb) as k(facility text, stay text)
     join read_stay s on s.facility = k.facility and s.stay = k.stay`,
    [JSON.stringify(closed)],
  );
  return { groupOfStay: new Map(rows.map((row) => [stayKey(String(row["facility"]), String(row["stay"])), String(row["grp"])])) };
}

// --- queries -----------------------------------------------------------------------------------------------------

export type StayQuery = {
  readonly facility?: string | undefined; readonly ticket?: string | undefined; readonly open?: boolean | undefined;
  readonly from?: number | undefined; readonly to?: number | undefined;
  /** Flagged, or open and entered before this instant. */
  readonly checkBefore?: number | undefined; readonly rows?: number | undefined; readonly after?: string | undefined;
};

/** Newest entry first. */
export function stays(db: Database, query: StayQuery): Promise<Page<StayRow>> {
  const where: Condition[] = [
    ["t.facility = ?", query.facility], ["t.ticket = ?", query.ticket],
    ["(t.exited_at is null) = ?", query.open], ["t.entered_at >= ?", query.from], ["t.entered_at < ?", query.to],
    ["(t.exited_at is null and (t.entered_at < ? or jsonb_array_length(t.flags) > 0))", query.checkBefore],
  ];
  return pageOf<StayRow>(db, {
    from: "read_stay", where, orderBy: ["t.entered_at", "t.facility", "t.stay"], descending: true,
    rows: query.rows, after: query.after,
  });
}

export type OccupancyPoint = {
  readonly grp: string; readonly bucket_at: number; readonly occupied: number; readonly entries: number;
  readonly exits: number;
};

/**
 * The count of each group at the end of every bucket in [from, to) in which it changed, and once at `from`
 * (its bucket is the one before). Groups as they are in the stays: without those inside them.
 */
export async function occupancyBetween(
  db: Database, facility: string, from: number, to: number,
): Promise<readonly OccupancyPoint[]> {
  const { rows } = await db.query(
    `with before as (
       select grp, sum(entries - exits + adjusted)::int as occupied from read_occupancy where facility = $1 and bucket_at < $2 group by grp),
     inside as (
       select grp, bucket_at, entries, exits, sum(entries - exits + adjusted) over (partition by grp order by bucket_at)::int as change
       from read_occupancy where facility = $1 and bucket_at >= $2 and bucket_at < $3)
     select jsonb_build_object('grp', grp, 'bucket_at', $2::bigint - $4::bigint, 'occupied', occupied, 'entries', 0, 'exits', 0) as row from before
     union all
     select jsonb_build_object('grp', i.grp, 'bucket_at', i.bucket_at, 'occupied', coalesce(b.occupied, 0) + i.change,
       'entries', i.entries, 'exits', i.exits) from inside i left join before b using (grp)`,
    [facility, from, to, BUCKET_MS],
  );
  const points = rows.map(({ row }) => row as OccupancyPoint);
  return points.sort((a, b) => a.bucket_at - b.bucket_at || (a.grp < b.grp ? -1 : 1));
}
