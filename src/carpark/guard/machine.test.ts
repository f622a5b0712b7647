/** docs/machines/guard-visit.md is the code: every row is driven through the decider and compared. */
import { expect, it } from "vitest";
import { machineRows } from "../../../test/carpark/machine-table.ts";
import { type Desk, deskOf } from "../../../test/carpark/noun-desk.ts";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { CredentialRef } from "../stay/stay.ts";
import {
  type GuardCard, type GuardCommand, type GuardEvent, applyGuardDeadline, decideGuard, evolveGuard,
  nextGuardDeadline,
} from "./guard.ts";

const MAX = 2 * HOUR;
const ref = (card: string): CredentialRef => card as CredentialRef;
const CARDS: readonly GuardCard[] = [
  { card: ref("ours"), company: "northguard", facilities: ["central"], blocked: false, maxVisitMs: MAX },
  { card: ref("another"), company: "northguard", facilities: ["central"], blocked: false, maxVisitMs: MAX },
  { card: ref("blocked"), company: "northguard", facilities: ["central"], blocked: true, maxVisitMs: MAX },
  { card: ref("stranger"), company: "southwatch", facilities: ["harbour"], blocked: false, maxVisitMs: MAX },
];

type World = Desk<GuardCommand>;
type Act = (d: World) => Refusal | null;
const insert = (at: number, card: string | null): Act => (d) => d.give(at, { type: "PresentGuardCard", card: card === null ? null : ref(card) });

const INPUT: Record<string, Act> = {
  card: insert(20 * MINUTE, "ours"),
  "card within 5 s": insert(4_999, "ours"),
  "card, blocked meanwhile": (d) => {
    d.state.guardCards.set(ref("ours"), { ...CARDS[0]!, blocked: true });
    return insert(20 * MINUTE, "ours")(d);
  },
  "card at the maximum": insert(MAX, "ours"),
  "card after the maximum": insert(MAX + 1, "ours"),
  "the maximum passes": (d) => d.give(MAX + 1, null),
  "another guard's card": insert(20 * MINUTE, "another"),
  "card of no company": insert(20 * MINUTE, "season"),
  "unreadable card": insert(20 * MINUTE, null),
  "blocked card": insert(20 * MINUTE, "blocked"),
  "card of a company not responsible here": insert(20 * MINUTE, "stranger"),
};

it.each(machineRows("guard-visit.md"))("$state, $input -> $next", ({ state, input, next, events }) => {
  const d = deskOf<GuardCommand, GuardEvent>(
    { decide: decideGuard, evolve: evolveGuard, next: nextGuardDeadline, apply: applyGuardDeadline }, "central",
    (f) => CARDS.forEach((guard) => f.guardCards.set(guard.card, guard)));
  const stateOf = (): string => (d.state.openVisits.has(ref("ours")) ? "inside" : "away");
  if (state === "inside") insert(0, "ours")(d);
  expect(stateOf()).toBe(state);
  const before = d.log.length;
  const refusal = INPUT[input]!(d);
  const written = d.log.slice(before).map(({ type }) => type).join(", ");
  expect(refusal ? `*${refusal.type}*` : written || "-").toBe(events);
  expect(stateOf()).toBe(next);
});
