/** What the read models know of tariffs: who published which version, and the stays a month was paid for. */
import type { Basis } from "../stay/stay.ts";
import type { Database } from "./table.ts";

export type Publication = {
  readonly version: number; readonly at: number; readonly by: string | null; readonly reason: string | null;
};

/** Publications of one car park, first to last. */
export async function tariffPublications(db: Database, facility: string): Promise<readonly Publication[]> {
  const { rows } = await db.query(
    `select jsonb_build_object('version', event->'tariff'->'version', 'at', at, 'by', by_staff, 'reason', event->'reason') as row
     from read_log where facility = $1 and category = 'system' and event->>'type' = 'TariffPublished' order by seq`,
    [facility],
  );
  return rows.map(({ row }) => row as Publication);
}

/** A closed short-term stay with what decides its price. */
export type PaidStay = {
  readonly stay: string;
  readonly entered_at: number;
  readonly exited_at: number;
  /** The price runs from the ticket, and stops when it is paid; null where the stay's ticket was lost. */
  readonly issued_at: number | null;
  readonly paid_at: number | null;
};

/** Closed short-term stays that entered in [from, until), by entry, behind the last one read. */
export async function paidStays(
  db: Database, facility: string, period: { readonly from: number; readonly until: number }, after: PaidStay | null, rowsMax: number,
): Promise<readonly PaidStay[]> {
  const { rows } = await db.query(
    `select jsonb_build_object('stay', s.stay, 'entered_at', s.entered_at, 'exited_at', s.exited_at,
       'issued_at', t.issued_at, 'paid_at', t.paid_at) as row
     from read_stay s left join read_ticket t on t.facility = s.facility and t.number = s.ticket
     where s.facility = $1 and s.entered_at >= $2 and s.entered_at < $3 and (s.entered_at, s.stay) > ($4::bigint, $5::text)
       and s.basis = 'shortTerm' and s.exited_at is not null
     order by s.entered_at, s.stay limit $6`,
    [facility, period.from, period.until, after?.entered_at ?? -1, after?.stay ?? "", rowsMax],
  );
  return rows.map(({ row }) => row as PaidStay);
}

export type OtherStays = { readonly basis: Basis; readonly open: boolean; readonly stays: number };

/** How many stays of each kind entered in [from, until), open and closed. */
export async function staysByKind(
  db: Database, facility: string, period: { readonly from: number; readonly until: number },
): Promise<readonly OtherStays[]> {
  const { rows } = await db.query(
    `select jsonb_build_object('basis', basis, 'open', exited_at is null, 'stays', count(*)) as row from read_stay
     where facility = $1 and entered_at >= $2 and entered_at < $3 group by basis, exited_at is null`,
    [facility, period.from, period.until],
  );
  return rows.map(({ row }) => row as OtherStays);
}
