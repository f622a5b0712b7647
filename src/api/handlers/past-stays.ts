/** Stays so long over that the car park's rights have let them go: found by the read models, known by the journal. */
import type { FacilityId } from "../../carpark/facility/config.ts";
import type { StaffRightsCommand } from "../../carpark/facility/command.ts";
import { rightStayOf } from "../../carpark/readmodels/rights.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { RightsRefusal } from "../../rights/desk/refusal.ts";
import type { Locale } from "../contract/words.ts";
import type { Trouble } from "../http/problem.ts";
import type { Site } from "../site.ts";
import { unknownTrouble } from "./account-words.ts";
import { facilityOf, refusalTrouble } from "./carry.ts";

type Command = Extract<StaffRightsCommand, { readonly type: "GivePastExit" }>;

/** The command that gives such a stay the time of its exit; it is checked here, because the car park no longer knows it. */
export async function pastClosing(
  site: Site, { facility, stay: id }: { readonly facility: string; readonly stay: string }, exitedAt: Instant | null, reason: string, locale: Locale,
): Promise<{ readonly command: Command; readonly past: string } | { readonly trouble: Trouble }> {
  const found = facilityOf(site, facility);
  if ("trouble" in found) return found;
  await site.reads.caughtUp("rights");
  const row = await rightStayOf(site.reads.db, facility, id);
  const account = row?.account ?? null;
  if (account === null) return { trouble: unknownTrouble({ stay: id }, locale) };
  const facts = await site.pastRights(facility as FacilityId, account);
  const stay = facts.accounts.get(account)?.stays.get(id);
  if (!stay?.end) return { trouble: unknownTrouble({ stay: id }, locale) };
  const refused = (because: RightsRefusal): { readonly trouble: Trouble } => ({ trouble: refusalTrouble({ type: "rightsRefused", because }, locale, found.facility) });
  if (stay.end.type === "seen") return refused({ type: "exitSeen", stay: id });
  if (exitedAt === null || exitedAt === stay.end.givenAt) return refused({ type: "nothingToDo", what: "stayClosed" });
  const { enteredAt, end: { noticedAt } } = stay;
  return { command: { type: "GivePastExit", account, stay: id, enteredAt, noticedAt, exitedAt, reason }, past: account };
}
