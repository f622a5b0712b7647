/** The table of docs/machines/claim.md is the code: every row is driven through the decider and compared. */
import { describe, expect, it } from "vitest";
import { machineRows } from "../../../test/carpark/machine-table.ts";
import { type Machine, machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";
import { foldBooks, booksViolations } from "../books/books.ts";
import type { FacilityConfig, LaneId } from "../facility/config.ts";
import { violations } from "../facility/invariants.ts";
import type { Refusal } from "../facility/refusal.ts";
import { dueOfStay } from "../rights/payment.ts";
import { THROUGH_EXCHANGE } from "../rights/provider-payment.ts";
import { claimantOf } from "./claim.ts";

const DUE = 500;
const config: FacilityConfig = {
  ...siteConfig({ ordinary: 3, season: 0 }), media: ["plates", "paymentCard", "tickets"], lanes: siteConfig().lanes.map((lane) => ({ ...lane, camera: true, terminal: true })),
};
type World = { readonly s: Site; readonly m: Machine; readonly stay: string };
type Act = (w: World) => Refusal | null;

/** A car inside for 50 minutes: by its plate, or by ticket with its plate seen. */
function world(byTicket: boolean): World {
  const s = siteOf(byTicket ? config : { ...config, media: ["plates", "paymentCard"] }, testTariff).at("11:00");
  if (byTicket) s.enter("E1");
  else s.comeIn("E1", "plate", "p-1");
  s.at(s.now + HOUR - 10 * MINUTE);
  return { s, m: machineOf(s), stay: byTicket ? [...s.state.stays.keys()][0]! : s.state.rights.openByCredential.get("p-1")! };
}

const PHONE = { kind: "phone", id: "phone" } as const;
const then = (...acts: readonly Act[]): Act => (w) => acts.reduce<Refusal | null>((_, act) => act(w), null);
const wait = (ms: number): Act => ({ s }) => { s.silence(ms); return null; };
const pays = (reference: string, amountMinor = DUE, ago = 0): Act => ({ s, stay }) =>
  s.give({ type: "TakeProviderPayment", stay, provider: "PROVIDER1", amountMinor, reference, collectedAt: s.now - ago });
const asks: Act = ({ s, stay }) => s.give({ type: "ClaimStay", stay, by: THROUGH_EXCHANGE });
const phoneAsks: Act = ({ s, stay }) => s.give({ type: "ClaimStay", stay, by: PHONE });
const begins: Act = ({ s, m, stay }) => s.give({ type: "ChooseStay", station: m.id, stay });
const coins: Act = ({ m }) => { m.dropCoin(DUE); m.countCoins(); return null; };
const cancel: Act = ({ s, m }) => s.give({ type: "CancelPayment", station: m.id });
const toExit: Act = ({ s }) => { s.arrive("X1").show("X1", "plate", "p-1"); return null; };
const card: Act = ({ s }) => s.give({ type: "PresentCredential", lane: "X1" as LaneId, credential: { kind: "paymentCard", ref: "t-1" } });
const terminal = (approved: boolean): Act => ({ s }) => s.give({
  type: "ReportLaneSale", lane: "X1" as LaneId, operation: s.last("LaneSaleOrdered").operation,
  outcome: approved ? { result: "approved", scheme: "visa", reference: "T1", authorisation: "A1", lastDigits: "1111" } : { result: "declined", cause: "funds" },
});
const leaves: Act = ({ s, stay }) => s.give({ type: "CloseStay", stay: s.state.staysByRight.get(stay)!, reason: "gone" }, "anna");
const gives = (by: typeof PHONE | typeof THROUGH_EXCHANGE): Act => ({ s, stay }) => s.give({ type: "ReleaseStay", stay, by, why: "cancelled" });

const REACH: Readonly<Record<string, Act>> = {
  free: wait(0), app: asks, phone: phoneAsks, station: begins, lane: then(toExit, card), paid: then(asks, pays("TX-1")), gone: then(asks, pays("TX-1"), leaves),
};
/** Before the row begins, after its state was reached. */
const GIVEN: Readonly<Record<string, Act>> = {
  "card at the exit": toExit, "app pays while the car waits at the exit": toExit, "app pays after the quote": wait(4 * MINUTE),
  "news of a payment in time comes late": wait(20 * MINUTE), "news comes late, paid at the station meanwhile": then(wait(5 * MINUTE), begins, coins),
  "news comes late, a station has begun": then(wait(5 * MINUTE), begins),
  "news for an earlier quote, after paying at the station and a new one": then(wait(5 * MINUTE), begins, coins, wait(HOUR), asks), "news comes after a day": wait(DAY + MINUTE),
  "car leaves, app pays": leaves,
};
const INPUT: Readonly<Record<string, Act>> = {
  "app asks": asks, "phone asks": phoneAsks, "station begins": begins, "card at the exit": card, "app pays": pays("TX-1"), "app pays less": pays("TX-1", DUE - 10),
  "app pays more": pays("TX-1", DUE + 10), "app gives up": gives(THROUGH_EXCHANGE), "phone gives up": gives(PHONE),
  "phone pays": ({ s, stay }) => s.give({ type: "PayStay", stay, amountMinor: DUE, means: "phone", reference: "P1", claimant: PHONE.id }),
  "app pays while the car waits at the exit": pays("TX-1"), "2 min": wait(2 * MINUTE + 1), "3 min": wait(3 * MINUTE + 1), "3 min 30 s": wait(3 * MINUTE + 30 * SECOND + 1),
  "app pays after the quote": pays("TX-1"), "news of a payment in time comes late": pays("TX-1", DUE, 19 * MINUTE),
  "news comes late, paid at the station meanwhile": pays("TX-1", DUE, 4 * MINUTE), "news comes late, a station has begun": pays("TX-1", DUE, 4 * MINUTE),
  "news for an earlier quote, after paying at the station and a new one": pays("TX-1", DUE, HOUR + 4 * MINUTE),
  "news comes after a day": pays("TX-1", DUE, DAY), "owner restarts, app pays": then(({ s }) => { s.restart(); return null; }, pays("TX-1")),
  "car leaves, app pays": pays("TX-1"), "asked about the ticket, ticket at a station": ({ s, m }) => s.give({ type: "InsertTicket", station: m.id, read: s.read([...s.state.tickets.keys()][0]!) }),
  "asked about the ticket, app pays": pays("TX-1"), cancel, "enough coins": coins, "120 s": wait(2 * MINUTE), "terminal approves": terminal(true), "terminal declines": terminal(false),
  "the same payment again": pays("TX-1"), "the same transaction, another amount": pays("TX-1", DUE + 10), "another app pays": pays("TX-2"),
};

function stateOf({ s, stay }: World): string {
  const holder = claimantOf(s.state, stay, s.now);
  const due = dueOfStay(s.state, stay, s.now);
  if (!due.ok) return "gone";
  // A ticket's claim names the app that holds it.
  return holder === null ? (due.value.dueMinor === 0 ? "paid" : "free") : holder.kind === "payStation" ? "station" : holder.kind;
}

const rows = machineRows("claim.md").filter(({ input }) => Object.hasOwn(INPUT, input));

describe("docs/machines/claim.md", () => {
  it.each(rows)("$state + $input -> $next ($events)", ({ state, input, next, events }) => {
    const w = world(input.startsWith("asked about the ticket"));
    (REACH[state] ?? expect.fail(`no way into ${state}`))(w);
    expect(stateOf(w)).toBe(state);
    GIVEN[input]?.(w);
    const before = w.s.log.length;
    const refusal = INPUT[input]!(w);
    const written = w.s.log.slice(before).map(({ type }) => type).join(", ");
    expect({ next: stateOf(w), events: refusal ? `*${refusal.type}*` : written || "-" }).toEqual({ next, events });
    expect([...violations(w.s.state), ...booksViolations(foldBooks(w.s.log), w.s.state)]).toEqual([]);
  });

  it("every row is driven, and every way of the test has a row", () => {
    expect(rows).toHaveLength(machineRows("claim.md").length - 5);
    expect(Object.keys(INPUT).filter((input) => !rows.some((row) => row.input === input))).toEqual([]);
  });
});
