/**
 * Stays so long over that the car park's rights have let them go: what is still known of them is when they were, what
 * the statements charged, and why. Where they were not charged, what covered them is not known any more.
 */
import { closedStaysOf, decisionsAbout, type RightStayRow, statements } from "../../carpark/readmodels/rights.ts";
import type { Statement } from "../../rights/desk/statement.ts";
import type { Why } from "../../rights/why.ts";
import type { RightStays, TimelineBar } from "../contract/right-stays.ts";
import type { Site } from "../site.ts";
import { whyView } from "./right-stays.ts";

/** Bars of one picture; more are a grey band. */
const BARS_MAX = 500;
/** Statements looked through: ten years of months. */
const STATEMENTS_MAX = 120;

type Asked = { readonly facility: string; readonly account: string; readonly from: number; readonly to: number };

/** What statements say of them; oldest first. */
export async function olderStays(site: Site, asked: Asked, known: ReadonlySet<string>): Promise<RightStays["older"]> {
  await site.reads.caughtUp("rights");
  const stays = (await closedStaysOf(site.reads.db, asked, BARS_MAX)).filter(({ stay }) => !known.has(stay));
  if (stays.length === 0) return [];
  const [page, labels] = await Promise.all([
    statements(site.reads.db, { facility: asked.facility, account: asked.account, rows: STATEMENTS_MAX }), site.credentials.labels(stays.map(({ credential }) => credential)),
  ]);
  const stated = page.rows.map(({ statement }) => statement);
  return stays.map((row) => {
    const { from, to, amountMinor } = statedOf(row, stated);
    return { stay: row.stay, label: labels.get(row.credential) ?? null, from, to, amountMinor, unseen: row.cause === "superseded" || row.cause === "closedByStaff" };
  });
}

export async function statedBars(site: Site, asked: Asked, known: ReadonlySet<string>): Promise<readonly TimelineBar[]> {
  await site.reads.caughtUp("rights");
  const { db } = site.reads;
  const stays = (await closedStaysOf(db, asked, BARS_MAX)).filter(({ stay }) => !known.has(stay));
  if (stays.length === 0) return [];
  const [page, decided, labels] = await Promise.all([
    statements(db, { facility: asked.facility, account: asked.account, rows: STATEMENTS_MAX }),
    decisionsAbout(db, asked.facility, stays.map(({ stay }) => stay)), site.credentials.labels(stays.map(({ credential }) => credential)),
  ]);
  const stated = page.rows.map(({ statement }) => statement);
  return stays.map((row): TimelineBar => ({
    ...statedOf(row, stated), stay: row.stay, label: labels.get(row.credential) ?? null, parker: row.parker, neutral: null,
    payer: row.payer === "provider" || row.payer === "machine" ? row.payer : "account", irregular: row.irregular,
    why: decided.filter(({ stay }) => stay === row.stay).map(({ at, what, why }) => ({ at, what, why: whyView(why as unknown as Why) })),
  }));
}

/** The billed line and its corrections; `amountMinor` null: no statement has it. */
function statedOf({ stay, entered_at, closed_at }: RightStayRow, all: readonly Statement[]): Pick<TimelineBar, "from" | "to" | "segments" | "amountMinor"> {
  const lines = all.flatMap(({ lines: own }) => own).flatMap((line) => (line.type !== "contractFee" && line.item === stay ? [line] : []));
  const first = lines.find((line) => line.type === "stay");
  const amountMinor = lines.length === 0 ? null : lines.reduce((sum, line) => sum + line.amountMinor, 0);
  return {
    from: entered_at, to: first?.type === "stay" ? first.to : closed_at, amountMinor,
    segments: first?.type === "stay" ? first.charged.map(({ from, to }) => ({ from, to, cover: { type: "uncovered" as const, right: null } })) : [],
  };
}
