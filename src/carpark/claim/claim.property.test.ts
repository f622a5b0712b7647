/**
 * A driver with two apps, a phone and a purse, at a pay station and at an exit, in any order, with late and repeated news and with
 * restarts between them. Whoever collects outside (phone, app) collects only what it was told, while that stands.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, type Instant, MINUTE, SECOND } from "../../kernel/instant.ts";
import { machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { booksViolations, foldBooks } from "../books/books.ts";
import type { FacilityConfig, LaneId } from "../facility/config.ts";
import type { Recorded } from "../facility/event.ts";
import { violations } from "../facility/invariants.ts";
import { dueOfStay } from "../rights/payment.ts";
import { providerPayment, THROUGH_EXCHANGE } from "../rights/provider-payment.ts";
import { claimantOf, PROVIDER_QUOTE_MS, quoteOf, TELLING_MS } from "./claim.ts";

const RUNS = Number(process.env["GATEHOUSE_PROPERTY_RUNS"] ?? 200);
const X1 = "X1" as LaneId;
const base = siteConfig({ ordinary: 3, season: 0 });
const config = (tickets: boolean): FacilityConfig => ({
  ...base, media: tickets ? ["tickets", "plates"] : ["plates", "paymentCard"], lanes: base.lanes.map((lane) => ({ ...lane, camera: true, terminal: true })),
});

/** What an app has collected, and what became of it. */
type Collected = { readonly reference: string; readonly amountMinor: number; readonly at: Instant; readonly tellAt: Instant; readonly from: number; answer: "open" | "booked" | "refused"; tellings: number };

class Scene {
  readonly s: Site;
  readonly m: ReturnType<typeof machineOf>;
  readonly stay: string;
  readonly collected: Collected[] = [];
  /** The exchange takes one payment for what an app was told; of two that pay at once the second hears 409 there. */
  #paidQuotes = new Set<Instant>();
  #told: { readonly amountMinor: number; readonly validUntil: Instant; readonly at: Instant } | null = null;
  #phone: string | null = null;
  #phones = 0;

  constructor(tickets: boolean) {
    this.s = siteOf(config(tickets), testTariff).at("08:00");
    if (tickets) this.s.enter("E1");
    else this.s.comeIn("E1", "plate", "p-1");
    this.m = machineOf(this.s).fill(50, 50).fill(100, 50).fill(200, 50);
    this.stay = tickets ? [...this.s.state.stays.keys()][0]! : this.s.state.rights.openByCredential.get("p-1")!;
  }

  get isIn(): boolean { return dueOfStay(this.s.state, this.stay, this.s.now).ok; }

  appAsks(): void {
    this.s.give({ type: "ClaimStay", stay: this.stay, by: THROUGH_EXCHANGE });
    this.#told = quoteOf(this.s.state, this.stay, THROUGH_EXCHANGE, this.s.now);
  }

  /** Collected and accepted by the exchange; we hear of it later, and perhaps more than once. */
  appCollects(delayMs: number): void {
    const told = this.#told;
    if (!told || this.s.now > told.validUntil || this.#paidQuotes.has(told.at)) return;
    this.#paidQuotes.add(told.at);
    // Promise of the claim: nobody else is collecting while an app may.
    expect(claimantOf(this.s.state, this.stay, this.s.now)).toEqual(this.isIn ? THROUGH_EXCHANGE : null);
    this.collected.push({ reference: `TX-${this.collected.length}`, amountMinor: told.amountMinor, at: this.s.now, tellAt: this.s.now + delayMs, from: this.s.log.length, answer: "open", tellings: 0 });
  }

  tell(again: boolean): void {
    for (const one of this.collected.filter(({ tellAt, answer }) => tellAt <= this.s.now && (again || answer === "open"))) this.#tellOne(one);
  }

  #tellOne(one: Collected): void {
    const { reference, amountMinor } = one;
    const wasIn = this.isIn;
    const refusal = this.s.give({ type: "TakeProviderPayment", stay: this.stay, provider: "APP", amountMinor, reference, collectedAt: one.at });
    one.tellings += 1;
    const booked = providerPayment(this.s.state, this.stay, reference) !== undefined;
    if (one.answer === "booked") expect([refusal?.type, booked]).toEqual(["paymentKnown", true]);
    if (one.answer !== "open") return;
    // Told in time, a payment is never refused: nothing that was paid is lost.
    const prompt = this.s.now <= one.at + TELLING_MS;
    if (refusal === null) one.answer = "booked";
    // Nobody else was paid since it collected: the stay was not settled twice.
    if (refusal === null) expect(this.s.log.slice(one.from).filter(settles)).toHaveLength(1);
    else if (refusal.type !== "stayClaimed") one.answer = "refused";
    if (prompt && wasIn) expect([reference, refusal]).toEqual([reference, null]);
    expect(booked).toBe(one.answer === "booked");
  }

  phoneAsks(): void {
    const id = `phone-${(this.#phones += 1)}`;
    if (this.s.give({ type: "ClaimStay", stay: this.stay, by: { kind: "phone", id } }) === null) this.#phone = id;
  }

  phoneEnds(paid: boolean): void {
    const by = { kind: "phone", id: this.#phone ?? "" } as const;
    const quote = this.#phone === null ? null : quoteOf(this.s.state, this.stay, by, this.s.now);
    this.#phone = null;
    if (!quote) return;
    const refusal = paid ? this.s.give({ type: "PayStay", stay: this.stay, amountMinor: quote.amountMinor, means: "phone", reference: "P", quotedAt: quote.at, claimant: by.id })
      : this.s.give({ type: "ReleaseStay", stay: this.stay, by, why: "cancelled" });
    if (this.isIn) expect(refusal).toBeNull();
  }

  terminal(approved: boolean): void {
    const sale = this.s.state.lanes.get(X1)?.sale;
    if (!sale) return;
    const outcome = approved ? { result: "approved", scheme: "visa", reference: "T", authorisation: "A", lastDigits: "1111" } as const : { result: "declined", cause: "funds" } as const;
    this.s.give({ type: "ReportLaneSale", lane: X1, operation: sale.operation, outcome });
  }
}

type Step = { readonly name: string; readonly run: (scene: Scene) => void };
const step = (name: string, run: (scene: Scene) => void): Step => ({ name, run });

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(step("app asks", (x) => x.appAsks())) },
  { weight: 6, arbitrary: fc.oneof(fc.integer({ min: 0, max: 20 * SECOND }), fc.integer({ min: 0, max: HOUR })).map((ms) => step(`app collects, told in ${ms}`, (x) => x.appCollects(ms))) },
  { weight: 4, arbitrary: fc.boolean().map((again) => step(`told${again ? " again" : ""}`, (x) => x.tell(again))) },
  { weight: 3, arbitrary: fc.constant(step("phone asks", (x) => x.phoneAsks())) },
  { weight: 2, arbitrary: fc.constant(step("phone asks and pays", (x) => { x.phoneAsks(); x.phoneEnds(true); })) },
  { weight: 3, arbitrary: fc.boolean().map((paid) => step(`phone ${paid ? "pays" : "gives up"}`, (x) => x.phoneEnds(paid))) },
  { weight: 4, arbitrary: fc.constant(step("station begins", (x) => void x.s.give({ type: "ChooseStay", station: x.m.id, stay: x.stay }))) },
  { weight: 4, arbitrary: fc.constant(step("pays at the station", (x) => {
    x.s.give({ type: "ChooseStay", station: x.m.id, stay: x.stay });
    for (let n = 0; n < 20 && x.m.station.phase.step === "collecting"; n++) x.m.coin(500);
  })) },
  { weight: 3, arbitrary: fc.constant(step("asks, collects, and the line is down", (x) => { x.appAsks(); x.appCollects(HOUR); })) },
  { weight: 4, arbitrary: fc.constantFrom(50, 100, 200, 500).map((coin) => step(`coin ${coin}`, (x) => void x.m.coin(coin))) },
  { weight: 2, arbitrary: fc.constant(step("station card", (x) => void x.s.give({ type: "ChooseCard", station: x.m.id }))) },
  { weight: 3, arbitrary: fc.constant(step("card at the station", (x) => {
    x.s.give({ type: "ChooseStay", station: x.m.id, stay: x.stay });
    x.s.give({ type: "ChooseCard", station: x.m.id });
    x.m.serve();
  })) },
  { weight: 2, arbitrary: fc.constant(step("the terminal's word", (x) => void x.m.serve())) },
  { weight: 2, arbitrary: fc.constant(step("station cancels", (x) => void x.s.give({ type: "CancelPayment", station: x.m.id }))) },
  { weight: 3, arbitrary: fc.constant(step("to the exit", (x) => void x.s.arrive("X1").show("X1", "plate", "p-1"))) },
  { weight: 3, arbitrary: fc.constant(step("card at the exit", (x) => void x.s.arrive("X1").show("X1", "plate", "p-1").show("X1", "paymentCard", "t-1"))) },
  { weight: 3, arbitrary: fc.constant(step("pays at the exit", (x) => {
    x.s.arrive("X1").show("X1", "plate", "p-1").show("X1", "paymentCard", "t-1");
    x.terminal(true);
  })) },
  { weight: 3, arbitrary: fc.boolean().map((approved) => step(`exit terminal ${approved}`, (x) => x.terminal(approved))) },
  { weight: 2, arbitrary: fc.constant(step("drives on", (x) => { if (x.s.output("X1").barrier === "open") x.s.driveThrough("X1"); })) },
  { weight: 1, arbitrary: fc.constant(step("let out by staff", (x) => { const [stay] = x.s.state.stays.keys(); if (stay) x.s.give({ type: "CloseStay", stay, reason: "x" }, "amy"); })) },
  { weight: 2, arbitrary: fc.constant(step("restart", (x) => void x.s.restart().readAll())) },
);
const sequence = fc.array(fc.record({ waitMs: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 40 * SECOND }) }, fc.integer({ min: 0, max: 40 * MINUTE })), way: steps }), { minLength: 5, maxLength: 40 });

/** Money that settled the stay, whoever took it. */
const settles = (e: Recorded): boolean => e.type === "StayPaymentTaken" || e.type === "CashSettled" || e.type === "CardSaleTrusted"
  || (e.type === "CardSaleApproved" && (e.use === "settles" || e.use === "late"));

describe("any interleaving of apps, phone, station and exit", () => {
  const reached = new Map<string, number>();
  const reach = (mark: string): void => void reached.set(mark, (reached.get(mark) ?? 0) + 1);

  it("one settlement at a time (E14); what an app was told to collect and collected is booked once however often it is told (G12), or given back; the ledger balances (E17)", () => {
    fc.assert(fc.property(fc.boolean(), sequence, (tickets, all) => {
      const x = new Scene(tickets);
      x.s.at(x.s.now + 30 * MINUTE);
      for (const { waitMs, way } of all) {
        x.s.wait(waitMs);
        x.tell(false);
        way.run(x);
        expect([way.name, ...violations(x.s.state), ...booksViolations(foldBooks(x.s.log), x.s.state)]).toEqual([way.name]);
      }
      // In the end the terminals answer, and everything is told.
      x.terminal(all.length % 2 === 0);
      x.m.serve();
      x.s.wait(2 * HOUR);
      x.tell(true);
      x.tell(true);
      const booked = x.collected.filter(({ answer }) => answer === "booked");
      expect(x.collected.filter(({ answer }) => answer === "open")).toEqual([]);
      expect(x.s.log.filter((e) => e.type === "StayPaymentTaken" && e.means === "provider")).toHaveLength(booked.length);
      expect(foldBooks(x.s.log).balances.get("provider:APP") ?? 0).toBe(booked.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
      // Nobody is charged twice: after a settlement nothing is due for the grace, so the next one is later than that.
      const times = x.s.log.filter(settles).map(({ at }) => at);
      for (const [n, at] of times.entries()) if (n > 0) expect(at - times[n - 1]!).toBeGreaterThan(config(tickets).policy.exitGraceMs);
      for (const e of x.s.log) if (settles(e)) reach(`${e.type} ${"means" in e ? e.means : ""}`.trim());
      for (const { answer, tellings } of x.collected) reach(`${answer}${tellings > 1 ? " told again" : ""}`);
      if (x.collected.some(({ at, tellAt, answer }) => answer === "booked" && tellAt > at + PROVIDER_QUOTE_MS)) reach("booked late");
    }), { numRuns: RUNS });
  }, 30 * MINUTE);

  it("reached what it is there to try", () => {
    const needed = ["StayPaymentTaken provider", "StayPaymentTaken phone", "StayPaymentTaken terminal", "CashSettled", "CardSaleApproved", "booked told again", "refused told again", "booked late"];
    expect(needed.filter((mark) => !reached.has(mark))).toEqual([]);
  });
});
