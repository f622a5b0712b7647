/**
 * Stays under rights as people see them: who, from when to when, covered by what, for how much, and why.
 *
 *   the car park's rights (state) + decisions (read model) + plates (vault) --> views
 */
import { MINUTE, type Instant } from "../../kernel/instant.ts";
import { type MinorUnits, majorText } from "../../kernel/money.ts";
import type { Zone } from "../../kernel/zone.ts";
import { chargeable } from "../../rights/coverage/coverage.ts";
import { type Price, priceOf } from "../../rights/coverage/price.ts";
import type { Cover, Segment } from "../../rights/coverage/scene.ts";
import { machinePrice, tariffsOf } from "../../rights/desk/billing.ts";
import { segmentsOfAll, segmentsUntil } from "../../rights/desk/covering.ts";
import { configOf, zoneAt } from "../../rights/desk/deciding.ts";
import type { Account, Rights, Stay } from "../../rights/desk/state.ts";
import { inForce } from "../../rights/policy.ts";
import { endInstant } from "../../rights/timeline/presence.ts";
import { contractValid } from "../../rights/timeline/window.ts";
import { type Why, because, whyText } from "../../rights/why.ts";
import { quoteParts } from "../../tariff/explain.ts";
import type { RightStay, Timeline } from "../contract/right-stays.ts";
import type { CoverView, SegmentView, WhyView } from "../contract/rights-words.ts";

export type Decided = { readonly at: Instant; readonly what: string; readonly why: Why };
/** What the views take from elsewhere: plates from the vault, decisions from the read model. */
export type Told = {
  readonly labelOf: (credential: string) => string | null;
  readonly decidedOf: (stay: string) => readonly Decided[];
};

export const whyView = (why: Why): WhyView => ({
  rule: why.rule, rules: why.rules, policy: why.policy ?? null, facts: { ...why.facts }, text: { en: whyText(why, "en"), de: whyText(why, "de") },
});

export function coverView(cover: Cover): CoverView {
  switch (cover.type) {
    case "booking": return { type: cover.type, right: cover.booking };
    case "contract": case "kept": return { type: cover.type, right: cover.contract };
    case "seasonTicket": case "external": case "service": return { type: cover.type, right: cover.right };
    case "reported": case "uncovered": return { type: cover.type, right: null };
  }
}

const segmentView = ({ from, to, cover }: Segment): SegmentView => ({ from, to, cover: coverView(cover) });

/** Every stay of an account within reach of corrections, in entry order. */
export const staysOf = (account: Account): readonly Stay[] =>
  [...account.stays.values()].sort((a, b) => a.order - b.order);

export const endedAtOf = (state: Rights, stay: Stay): Instant | null =>
  (stay.end === null ? null : endInstant(stay.enteredAt, stay.end, state.policy));

/** Stays that touch the period, half-open; open ones last to now. */
export function staysIn(state: Rights, account: Account, from: Instant, to: Instant): readonly Stay[] {
  return staysOf(account).filter((stay) => stay.enteredAt < to && (endedAtOf(state, stay) ?? Infinity) >= from);
}

/** Views of these stays of one account, up to now. Coverage of the account is worked out once for all of them. */
export function rightStayViews(state: Rights, account: Account, stays: readonly Stay[], now: Instant, told: Told): readonly RightStay[] {
  const common = segmentsOfAll(state, account, now);
  return stays.map((stay) => {
    const segments = stay.neutralAt !== null ? segmentsUntil(state, account, stay, now) : common(stay.id);
    return stayView(state, account, stay, segments, now, told);
  });
}

function stayView(state: Rights, account: Account, stay: Stay, segments: readonly Segment[], now: Instant, told: Told): RightStay {
  const price = stay.payer === "machine" && stay.end === null
    ? machinePrice(state, { stay, account }, now)
    : priceOf(chargeable(segments), tariffsOf(state, account, stay.agreement), zoneAt(state));
  const priced = price.ok ? price.value : null;
  const billed = account.billed.get(stay.id);
  return {
    facility: configOf(state).facility, stay: stay.id, account: stay.account, parker: stay.parker, credential: stay.credential, kind: stay.kind,
    label: told.labelOf(stay.credential), basis: stay.basis, payer: stay.payer, group: stay.group, enteredAt: stay.enteredAt,
    exitedAt: endedAtOf(state, stay), end: endKind(state, stay), irregular: stay.irregular, neutralAt: stay.neutralAt, provenAt: stay.provenAt,
    cover: stay.end === null ? coverView(stay.cover) : null, segments: segments.map(segmentView),
    amountMinor: priced?.amountMinor ?? null, paidMinor: stay.paidMinor,
    billed: billed ? { statement: billed.statement, amountMinor: billed.amountMinor } : null,
    chargedMs: chargedMsOf(priced), price: priced ? priceLines(priced, zoneAt(state)) : [],
    why: [...told.decidedOf(stay.id).map(({ at, what, why }) => ({ at, what, why: whyView(why) })), ...dueWhy(state, stay, priced, now)],
  };
}

const chargedMsOf = (price: Price | null): number => (price?.intervals ?? []).reduce((sum, { from, to }) => sum + (to - from), 0);

/** The amount so far, explained like every decision. */
function dueWhy(state: Rights, stay: Stay, price: Price | null, now: Instant): RightStay["why"] {
  if (!price || price.amountMinor === 0) return [];
  const { currency } = configOf(state);
  const why = because("due", {
    amount: `${majorText(price.amountMinor, currency)} ${currency}`, paid: majorText(stay.paidMinor, currency), minutes: Math.ceil(chargedMsOf(price) / MINUTE),
  });
  return [{ at: endedAtOf(state, stay) ?? now, what: "charged", why: whyView(why) }];
}

function priceLines({ quotes }: Price, zone: Zone): RightStay["price"] {
  return quotes.flatMap((quote) => {
    const german = quoteParts(quote, zone, "de");
    return quoteParts(quote, zone, "en").map(({ at, text, amountMinor }, index) => ({ at, amountMinor, text: { en: text, de: german[index]?.text ?? text } }));
  });
}

function endKind(state: Rights, { end }: Stay): RightStay["end"] {
  if (end === null) return "open";
  if (end.type === "seen") return "seen";
  return end.givenAt !== null ? "given" : inForce(state.policy, end.noticedAt).unknownExit;
}

/** Charges not yet on a statement, over all stays and incidents; null: the tariff has no price for one of them. */
export function unbilledMinor(state: Rights, account: Account, views: readonly RightStay[]): MinorUnits | null {
  const incidents = account.incidents.reduce((sum, { id, amountMinor }) => sum + amountMinor - (account.billed.get(id)?.amountMinor ?? 0), 0);
  return views.filter(({ payer }) => payer === "account").reduce<MinorUnits | null>((sum, { amountMinor, billed }) =>
    (sum === null || amountMinor === null ? null : sum + amountMinor - (billed?.amountMinor ?? 0)), incidents);
}

export type Asked = { readonly from: Instant; readonly to: Instant; readonly now: Instant };

export function timelineView(state: Rights, account: Account, asked: Asked, told: Told): Timeline {
  const { from, to, now } = asked;
  const { facility, zone, currency } = configOf(state);
  const views = rightStayViews(state, account, staysIn(state, account, from, to), now, told);
  const bars = views.map((view): Timeline["bars"][number] => ({
    stay: view.stay, label: view.label, parker: view.parker, from: view.enteredAt, to: view.exitedAt, segments: view.segments,
    neutral: view.neutralAt === null ? null : { from: view.neutralAt, to: view.provenAt ?? view.exitedAt },
    amountMinor: view.amountMinor, payer: view.payer, irregular: view.irregular, why: view.why,
  }));
  const total = bars.reduce<MinorUnits | null>((sum, { amountMinor }) => (sum === null || amountMinor === null ? null : sum + amountMinor), 0);
  return {
    facility, account: account.id, zone, currency, from, to, at: now, bars, levels: levelsOf(state, account, bars, asked),
    bookings: account.bookings.filter((booking) => booking.from < to && booking.to > from)
      .map(({ id, parker, from: begins, to: ends, madeAt }) => ({ booking: id, facility, account: account.id, parker, from: begins, to: ends, madeAt })),
    totalMinor: total,
  };
}

/** Steps of one picture: more would be a grey band. */
const LEVELS_MAX = 2_000;

/** How many contracts, covered and uncovered cars there were from each instant on. */
function levelsOf(state: Rights, account: Account, bars: Timeline["bars"], { from, to, now }: Asked): Timeline["levels"] {
  const zone = zoneAt(state);
  const end = Math.min(to, now);
  const edges = new Set<Instant>([from]);
  const add = (at: Instant | null): void => {
    if (at !== null && at > from && at < end) edges.add(at);
  };
  for (const { segments } of bars) for (const segment of segments) [segment.from, segment.to].forEach(add);
  for (const contract of account.contracts) {
    add(contract.from);
    add(contract.until);
    if (contract.window !== null) windowEdges(contract.window, from, end, zone).forEach(add);
  }
  return [...edges].sort((a, b) => a - b).slice(0, LEVELS_MAX).map((at) => {
    const covers = bars.flatMap(({ segments }) => segments.filter((segment) => segment.from <= at && at < segment.to));
    const uncovered = covers.filter(({ cover }) => cover.type === "uncovered" || cover.type === "reported").length;
    return { at, contracts: account.contracts.filter((contract) => contractValid(contract, at, zone)).length, covered: covers.length - uncovered, uncovered };
  });
}

function windowEdges(window: { readonly fromMs: number; readonly toMs: number }, from: Instant, to: Instant, zone: Zone): readonly Instant[] {
  const edges: Instant[] = [];
  for (let day = zone.dayNumberAt(from) - 1; day <= zone.dayNumberAt(to) + 1; day++) {
    edges.push(zone.boundaryOf(day, window.fromMs), window.toMs >= 86_400_000 ? zone.boundaryOf(day + 1, 0) : zone.boundaryOf(day, window.toMs));
  }
  return edges;
}
