/** Handlers of stays under rights: an account's stays and timeline, decisions, and what staff do about doubt. */
import { setImmediate } from "node:timers/promises";
import type { StaffRightsCommand } from "../../carpark/facility/command.ts";
import type { FacilityId } from "../../carpark/facility/config.ts";
import { type DecidedRow, decisions, decisionsAbout } from "../../carpark/readmodels/rights.ts";
import { DAY, type Instant } from "../../kernel/instant.ts";
import type { NeutralScope } from "../../rights/desk/command.ts";
import { previewPast } from "../../rights/desk/past-preview.ts";
import { previewOf } from "../../rights/desk/preview.ts";
import { prepareCloseStay } from "../../rights/desk/staff.ts";
import type { Account, Rights, Stay } from "../../rights/desk/state.ts";
import type { Why } from "../../rights/why.ts";
import type { DecisionView, Preview, RightStay } from "../contract/right-stays.ts";
import { TIMELINE_DAYS_MAX } from "../contract/right-stays.ts";
import type { Routes } from "../contract/routes.ts";
import type { Locale } from "../contract/words.ts";
import type { Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { FacilityHandle, Site } from "../site.ts";
import { olderStays, statedBars } from "../views/stated-stays.ts";
import { coverView, rightStayViews, staysIn, type Told, timelineView, whyView } from "../views/right-stays.ts";
import { pastClosing } from "./past-stays.ts";
import { type Person, personOf, personOrNull } from "../views/person.ts";
import { periodTrouble, plainTrouble, unknownTrouble } from "./account-words.ts";
import { type Asking, carry, facilityOf, recordedOf, refusalTrouble } from "./carry.ts";
import { accountOf } from "./directory.ts";

type StayRoutes = Pick<
  Routes, "accountStays" | "accountTimeline" | "decisions" | "setRightsNeutral" | "previewNeutral" | "closeRightStay" | "previewClose" | "admitRightByHand" | "releaseRightByHand"
>;

/** Stays of one answer without a period: the last month. */
const STAYS_USUAL_MS = 35 * DAY;

export function rightStayHandlers(site: Site): { readonly [N in keyof StayRoutes]: RouteHandler<StayRoutes[N]> } {
  return {
    accountStays: async ({ params, query, locale }) => {
      const found = placeOf(site, params.facility, params.account, locale);
      if ("trouble" in found) return found;
      const { facility, rights, account } = found;
      const now = site.now();
      const from = query.from ?? now - STAYS_USUAL_MS;
      const to = query.to ?? Number.MAX_SAFE_INTEGER;
      if (to <= from) return { trouble: periodTrouble(locale, TIMELINE_DAYS_MAX) };
      const rows = account ? await viewsOf(site, facility, rights, account, staysIn(rights, account, from, to)) : [];
      const older = account ? await olderStays(site, { facility: facility.id, account: account.id, from, to }, new Set(account.stays.keys())) : [];
      return { answer: { at: now, currency: rights.config?.currency ?? site.city.currency, zone: rights.config?.zone ?? site.city.zone, rows: [...rows], older: [...older] } };
    },
    accountTimeline: async ({ params, query, locale }) => {
      const found = placeOf(site, params.facility, params.account, locale);
      if ("trouble" in found) return found;
      const { facility, rights, account } = found;
      const { from, to } = query;
      if (to <= from || to - from > TIMELINE_DAYS_MAX * DAY) return { trouble: periodTrouble(locale, TIMELINE_DAYS_MAX) };
      const now = site.now();
      if (!account || !rights.config) {
        const empty = { zone: rights.config?.zone ?? site.city.zone, currency: rights.config?.currency ?? site.city.currency };
        return { answer: { facility: params.facility, account: params.account, ...empty, from, to, at: now, bars: [], levels: [], bookings: [], totalMinor: 0 } };
      }
      const here = staysIn(rights, account, from, to);
      const picture = timelineView(rights, account, { from, to, now }, await toldOf(site, facility.id, here));
      const older = await statedBars(site, { facility: facility.id, account: account.id, from, to }, new Set(here.map(({ id }) => id)));
      const olderMinor = older.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0);
      const bars = [...older, ...picture.bars].sort((a, b) => a.from - b.from);
      return { answer: { ...picture, bars, totalMinor: picture.totalMinor === null ? null : picture.totalMinor + olderMinor } };
    },
    decisions: async ({ params, query, locale }) => {
      const found = facilityOf(site, params.facility);
      if ("trouble" in found) return found;
      await site.reads.caughtUp("rights");
      const page = await decisions(site.reads.db, { ...query, facility: params.facility });
      const labels = await site.credentials.labels(page.rows.flatMap(({ credential }) => credential ?? []));
      return { answer: { rows: page.rows.map((row) => decisionView(row, labels, personOf(site.logins, locale))), next: page.next } };
    },
    setRightsNeutral: (asked) => {
      const scope = scopeOf(site, asked.params.facility, asked.body.scope, asked.locale);
      return "trouble" in scope ? scope : ordered(site, asked.params.facility, { type: "SetNeutral", scope: scope.scope, reason: asked.body.reason }, asked);
    },
    previewNeutral: ({ params, body, locale }) => {
      const scope = scopeOf(site, params.facility, body.scope, locale);
      return "trouble" in scope ? scope : previewed(site, params.facility, (rights, now, until) => previewOf(rights, { type: "SetNeutral", scope: scope.scope, reason: "preview" }, now, until), locale);
    },
    closeRightStay: async (asked) => {
      const found = await closing(site, asked.params, asked.body.exitedAt, asked.body.reason, asked.locale);
      if ("trouble" in found) return found;
      if (found.command.type === "CloseStay") await prepare(site, asked.params.facility, found.command);
      return ordered(site, asked.params.facility, found.command, asked);
    },
    previewClose: async ({ params, body, locale }) => {
      const found = await closing(site, params, body.exitedAt, "preview", locale);
      if ("trouble" in found) return found;
      const { command, past } = found;
      if (past === null && command.type === "CloseStay") return previewed(site, params.facility, (rights, now, until) => previewOf(rights, command, now, until), locale);
      const account = past ?? (command.type === "GivePastExit" ? command.account : "");
      const facts = await site.pastRights(params.facility as FacilityId, account);
      return previewed(site, params.facility, (rights, now, until) => previewPast(rights, facts, account, command, now, until), locale);
    },
    admitRightByHand: async (asked) => {
      const { kind, text, reason } = asked.body;
      const referred = site.credentials.refer(kind, text);
      if (!referred.ok) return { trouble: plainTrouble(referred.error.type, asked.locale) };
      const { credential, vault, kept } = referred.value;
      // Kept as a plate of a car inside: nobody registers it by this.
      const rows = { put: (vault.put ?? []).map((row) => ({ ...row, class: "stay" as const })) };
      const done = await carry(site, asked.params.facility, { type: "DecideRights", command: { type: "StaffAdmit", credential, reason } }, { ...asked, vault: rows });
      if ("trouble" in done) return done;
      kept();
      return { answer: { seq: done.carried.seq, at: done.carried.at } };
    },
    releaseRightByHand: (asked) => {
      const found = stayOf(site, asked.params.facility, asked.params.stay, asked.locale);
      if ("trouble" in found) return found;
      const credential = { ref: found.stay.credential, kind: found.stay.kind };
      return ordered(site, asked.params.facility, { type: "StaffRelease", credential, reason: asked.body.reason }, asked);
    },
  };
}

/** What the closing changes for its account is worked out between other work, so that no lane waits for it. */
async function prepare(site: Site, facility: string, command: Extract<StaffRightsCommand, { readonly type: "CloseStay" }>): Promise<void> {
  const found = facilityOf(site, facility);
  if ("trouble" in found) return;
  const { rights } = found.facility.core.state;
  const work = prepareCloseStay(rights, command, Math.max(site.now(), rights.now));
  while (!work.next().done) await setImmediate();
}

const ordered = (site: Site, facility: string, command: StaffRightsCommand, asking: Asking) =>
  recordedOf(site, facility, { type: "DecideRights", command }, asking);

/** `account` null: known in the city, and nothing of it here. */
function placeOf(site: Site, facilityId: string, accountId: string, locale: Locale):
  { readonly facility: FacilityHandle; readonly rights: Rights; readonly account: Account | null } | { readonly trouble: Trouble } {
  const found = facilityOf(site, facilityId);
  if ("trouble" in found) return found;
  const known = accountOf(site, accountId, locale);
  if ("trouble" in known) return known;
  const { rights } = found.facility.core.state;
  return { facility: found.facility, rights, account: rights.accounts.get(accountId) ?? null };
}

/** Plates and decisions of these stays. */
export async function toldOf(site: Site, facility: string, stays: readonly Stay[]): Promise<Told> {
  await site.reads.caughtUp("rights");
  const [labels, rows] = await Promise.all([
    site.credentials.labels(stays.map(({ credential }) => credential)), decisionsAbout(site.reads.db, facility, stays.map(({ id }) => id)),
  ]);
  const byStay = new Map<string, { at: Instant; what: string; why: Why }[]>();
  // The read model keeps a why as it was recorded.
  for (const { stay, at, what, why } of rows) byStay.set(stay, [...(byStay.get(stay) ?? []), { at, what, why: why as unknown as Why }]);
  return { labelOf: (ref) => labels.get(ref) ?? null, decidedOf: (stay) => byStay.get(stay) ?? [] };
}

export async function viewsOf(site: Site, facility: FacilityHandle, rights: Rights, account: Account, stays: readonly Stay[]): Promise<readonly RightStay[]> {
  if (stays.length === 0) return [];
  return rightStayViews(rights, account, stays, site.now(), await toldOf(site, facility.id, stays));
}

export const decisionView = (row: DecidedRow, labels: ReadonlyMap<string, string>, person: Person): DecisionView => ({
  facility: row.facility, seq: row.number, at: row.at, what: row.what, stay: row.stay === "" ? null : row.stay, account: row.account,
  credential: row.credential, label: row.credential === null ? null : labels.get(row.credential) ?? null, by: personOrNull(person, row.by_staff),
  why: whyView(row.why as unknown as Why),
});

type AskedScope = { readonly type: "facility" } | { readonly type: "account"; readonly account: string } | { readonly type: "stay"; readonly stay: string };

function scopeOf(site: Site, facility: string, scope: AskedScope, locale: Locale): { readonly scope: NeutralScope } | { readonly trouble: Trouble } {
  if (scope.type !== "stay") return { scope };
  const found = stayOf(site, facility, scope.stay, locale);
  return "trouble" in found ? found : { scope: { type: "stay", credential: found.stay.credential } };
}

type Closing = {
  readonly command: Extract<StaffRightsCommand, { readonly type: "CloseStay" | "GivePastExit" }>;
  /** The account whose journal says what it changes; null: the car park knows. */
  readonly past: string | null;
};

async function closing(
  site: Site, params: { readonly facility: string; readonly stay: string }, exitedAt: Instant | null, reason: string, locale: Locale,
): Promise<Closing | { readonly trouble: Trouble }> {
  const found = stayOf(site, params.facility, params.stay, locale);
  if ("trouble" in found) return pastClosing(site, params, exitedAt, reason, locale);
  const { credential, enteredAt, account } = found.stay;
  const first = account === null ? undefined : site.facilities.get(params.facility)?.core.state.rights.accounts.get(account)?.marks[0];
  const past = first !== undefined && exitedAt !== null && exitedAt < first.sweep.at ? account : null;
  return { command: { type: "CloseStay", credential, enteredAt, exitedAt, reason }, past };
}

/** Open or closed, of an account or of nobody. */
function stayOf(site: Site, facility: string, id: string, locale: Locale): { readonly stay: Stay } | { readonly trouble: Trouble } {
  const found = facilityOf(site, facility);
  if ("trouble" in found) return found;
  const { rights } = found.facility.core.state;
  const visitor = rights.visitors.get(id) ?? rights.goneVisitors.get(id);
  if (visitor) return { stay: visitor };
  for (const account of rights.accounts.values()) {
    const stay = account.stays.get(id);
    if (stay) return { stay };
  }
  return { trouble: unknownTrouble({ stay: id }, locale) };
}

/** A preview shows what would be owed if nothing else happened for so long. */
const PREVIEW_AHEAD_MS = DAY;

type Previewing = (rights: Rights, now: Instant, until: Instant) => ReturnType<typeof previewOf>;

async function previewed(site: Site, facilityId: string, make: Previewing, locale: Locale): Promise<{ readonly answer: Preview } | { readonly trouble: Trouble }> {
  const found = facilityOf(site, facilityId);
  if ("trouble" in found) return found;
  const { rights } = found.facility.core.state;
  if (!rights.config) return { trouble: refusalTrouble({ type: "rightsRefused", because: { type: "rightsNotConfigured" } }, locale, found.facility) };
  const now = Math.max(site.now(), rights.now);
  const work = make(rights, now, now + PREVIEW_AHEAD_MS);
  let slice = work.next();
  for (; !slice.done; slice = work.next()) await setImmediate();
  const made = slice.value;
  if (!made.ok) return { trouble: refusalTrouble({ type: "rightsRefused", because: made.error }, locale, found.facility) };
  const labels = await site.credentials.labels(made.value.stays.map(({ credential }) => credential));
  return { answer: {
    at: now, until: now + PREVIEW_AHEAD_MS, currency: made.value.currency, stays: made.value.stays.length,
    beforeMinor: made.value.beforeMinor, afterMinor: made.value.afterMinor,
    rows: made.value.stays.map(({ stay, account, credential, before, after, coverBefore, coverAfter }) => ({
      account, stay, label: labels.get(credential) ?? null,
      beforeMinor: before?.untilMinor ?? null, afterMinor: after?.untilMinor ?? null, beforeNowMinor: before?.nowMinor ?? null, afterNowMinor: after?.nowMinor ?? null,
      coverBefore: coverBefore && coverView(coverBefore), coverAfter: coverAfter && coverView(coverAfter),
    })),
  } };
}
