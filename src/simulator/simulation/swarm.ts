/**
 * Which faults this seed suffers and how often. Every seed leaves some out altogether, because faults that are
 * always there hide others.
 */
import type { Rng } from "../../kernel/random.ts";
import type { Quirk } from "../world/world.ts";

/** Things that strike at a moment; rates in events a day. */
export const STRIKES = [
  "crash", "powerCut", "linkDown", "reboot", "printerOut", "printerJam", "printerSlow", "retractFails", "armStuck",
  "loopStuck", "loopSilent", "payoutJam", "stationPaperOut", "fire", "laneMode",
] as const;
/** Where there are no tickets: a camera that says nothing or cannot read, a terminal that does not work. */
export const TICKETLESS_STRIKES = ["cameraSilent", "cameraDirty", "terminalDown"] as const;
type TicketStrike = (typeof STRIKES)[number];
export type Strike = TicketStrike | (typeof TICKETLESS_STRIKES)[number];

export type Swarm = {
  readonly rates: Readonly<Record<Strike, number>>;
  /** Probabilities for each message. */
  readonly duplicate: number;
  readonly loss: number;
  readonly delay: number;
  readonly clockStepMs: number;
  readonly quirks: Readonly<Partial<Record<Quirk, number>>>;
  readonly traffic: number;
  /** Milliseconds a commit takes at most. */
  readonly commitMs: number;
  readonly quiet: boolean;
  readonly staffSlow: boolean;
};

const RATE: Readonly<Record<TicketStrike, number>> = {
  crash: 12, powerCut: 3, linkDown: 5, reboot: 8, printerOut: 2, printerJam: 3, printerSlow: 3, retractFails: 2, armStuck: 3,
  loopStuck: 2, loopSilent: 3, payoutJam: 4, stationPaperOut: 2, fire: 0.6, laneMode: 3,
};

const NONE = { cameraSilent: 0, cameraDirty: 0, terminalDown: 0 } as const;
const TICKETLESS_RATE = 4;

/** The same seed at a site without tickets: what its lanes stand on fails too. */
export function withoutTickets(swarm: Swarm, rng: Rng): Swarm {
  const rates = Object.fromEntries(TICKETLESS_STRIKES.map((s) => [s, rng.chance(0.7) ? TICKETLESS_RATE * (0.5 + rng.next()) : 0]));
  return { ...swarm, rates: { ...swarm.rates, ...rates } };
}

const QUIRKS: readonly Quirk[] = [
  "leaveQueue", "backOutAfterPress", "backOutAfterTicket", "backOutUnderArm", "tailgateIn", "tailgateOut", "loseTicket",
  "damageTicket", "dawdle", "skipPayment", "cancelPayment", "payByCard", "ignoreTicket", "leaveReceipt", "falseCoin",
];

export function drawSwarm(rng: Rng): Swarm {
  const some = (probability: number, value: number): number => (rng.chance(probability) ? value : 0);
  const rates = { ...NONE, ...Object.fromEntries(STRIKES.map((s) => [s, some(0.5, RATE[s] * (0.3 + rng.next()))])) } as Record<Strike, number>;
  const quirks: Partial<Record<Quirk, number>> = {};
  for (const quirk of QUIRKS) quirks[quirk] = some(0.5, quirk === "payByCard" ? 200 : 10 + rng.int(40));
  return {
    rates, quirks, duplicate: some(0.6, 0.05), loss: some(0.5, 0.03), delay: some(0.4, 0.01), clockStepMs: some(0.4, 90_000),
    traffic: 0.7 + rng.next() * 2.5, commitMs: rng.chance(0.3) ? 400 : 15, quiet: rng.chance(0.97), staffSlow: rng.chance(0.3),
  };
}

/** No faults at all: what the world does without them must be exact. */
export function calmSwarm(rng: Rng): Swarm {
  const swarm = drawSwarm(rng);
  const rates = { ...NONE, ...Object.fromEntries(STRIKES.map((s) => [s, 0])) } as Record<Strike, number>;
  return { ...swarm, rates, duplicate: 0, loss: 0, delay: 0, clockStepMs: 0, quirks: { payByCard: 200 } };
}
