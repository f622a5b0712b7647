import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR } from "../../kernel/instant.ts";
import { siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";
import { booksViolations, foldBooks } from "../books/books.ts";

const till = "office";
const amount = fc.integer({ min: 0, max: 30_000 });
type Act =
  | { readonly do: "open" | "vault" | "till" | "cashSale" | "cardSale" | "lateSale"; readonly amountMinor: number }
  | { readonly do: "pay"; readonly givenMinor: number } | { readonly do: "close" };
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constantFrom("open", "vault", "till", "cashSale", "cardSale", "lateSale"), amountMinor: amount }),
  fc.record({ do: fc.constant("pay" as const), givenMinor: amount }),
  fc.record({ do: fc.constant("close" as const) }),
);

/** The drawer as a hand would find it: what the till says is compared with the notes and coins in it. */
function play(acts: readonly Act[]) {
  const s = siteOf(siteConfig({ ordinary: 40, season: 1 }), testTariff).at("08:00");
  const ticket = s.enter();
  let drawerMinor = 0;
  let lateMinor = 0;
  let operatorSeq = 0;
  const learn = (means: "cash" | "visa", amountMinor: number) =>
    s.give({ type: "LearnSeasonSale", season: "season-000001", kind: "sold", till, means, amountMinor, soldBy: "ann", operatorSeq: ++operatorSeq });
  const close = (): void => {
    if (s.give({ type: "CloseShift", till, countedMinor: drawerMinor }, "ann") !== null) return;
    expect(s.last("ShiftClosed").varianceMinor).toBe(lateMinor);
    // Booked after the count, as when the car park learns of the sale a moment too late.
    if (lateMinor > 0) learn("cash", lateMinor);
    drawerMinor = 0;
    lateMinor = 0;
  };
  for (const step of acts) {
    s.wait(HOUR / 4);
    const open = s.state.shifts.has(till);
    switch (step.do) {
      case "open":
        if (s.give({ type: "OpenShift", till, floatMinor: step.amountMinor }, "ann") === null) drawerMinor = step.amountMinor;
        break;
      case "vault": case "till":
        if (s.give({ type: "MoveTillCash", till, to: step.do, amountMinor: step.amountMinor, reason: "round" }, "ann") === null) {
          drawerMinor += step.do === "till" ? step.amountMinor : -step.amountMinor;
        }
        break;
      // The operator's stream sells only while a shift is open.
      case "cashSale": case "cardSale":
        if (open) learn(step.do === "cashSale" ? "cash" : "visa", step.amountMinor);
        if (open && step.do === "cashSale") drawerMinor += step.amountMinor;
        break;
      case "lateSale":
        if (open) { drawerMinor += step.amountMinor; lateMinor += step.amountMinor; }
        break;
      case "pay": {
        const before = s.log.length;
        s.give({ type: "TakeOfficePayment", till, ticket, tender: { kind: "cash", givenMinor: step.givenMinor } }, "ann");
        for (const e of s.log.slice(before)) if (e.type === "OfficePaymentTaken") drawerMinor += e.chargeMinor;
        break;
      }
      case "close": close();
    }
    expect(booksViolations(foldBooks(s.log), s.state)).toEqual([]);
  }
  close();
  return s;
}

describe("the till", () => {
  const reached = new Set<string>();

  it("a drawer counted as it is closes without a difference, and the books add up after every act (E17)", () => {
    fc.assert(fc.property(fc.array(act, { minLength: 10, maxLength: 40 }), (acts) => {
      const s = play(acts);
      const { balances } = foldBooks(s.log);
      expect([balances.get(`till:${till}`) ?? 0, balances.get(`variance:${till}`) ?? 0]).toEqual([0, 0]);
      for (const e of s.log) reached.add(e.type === "SeasonSaleBooked" && e.shift === null ? "booked late" : e.type);
    }), { numRuns: 200 });
  });

  it("reached what it is there to try", () => {
    const needed = ["OfficePaymentTaken", "TillCashMoved", "SeasonSaleBooked", "booked late", "ShiftClosed"];
    expect(needed.filter((mark) => !reached.has(mark))).toEqual([]);
  });
});
