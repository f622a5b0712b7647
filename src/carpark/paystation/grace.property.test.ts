import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import { dueFor } from "../facility/pricing.ts";
import { machineOf } from "../../../test/carpark/machine.ts";
import { siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";

const GRACE = 15 * MINUTE;
const paidScene = (stayMs: number) => {
  const s = siteOf(siteConfig(), testTariff).at("11:00");
  const ticket = s.enter();
  s.at(s.now + stayMs);
  const m = machineOf(s).ticket(ticket);
  const { dueMinor } = s.last("ChargeShown").due;
  m.coin(...new Array<number>(Math.ceil(dueMinor / 500)).fill(500));
  expect(s.state.tickets.get(ticket)?.state).toBe("paid");
  return { s, m, ticket, paidAt: s.now, paidMinor: dueMinor };
};

describe("time to leave", { timeout: 120_000 }, () => {
  it("the exit opens exactly until 15:00.000 after payment, inclusive: E20", () => {
    const delay = fc.oneof(fc.constantFrom(0, 1, GRACE - 1, GRACE, GRACE + 1), fc.integer({ min: 0, max: 2 * GRACE }));
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 * HOUR }), delay, (stayMs, after) => {
      const { s, ticket, paidAt } = paidScene(stayMs);
      s.at(paidAt + after).arrive("X1").insertAtExit("X1", ticket);
      expect(s.output("X1").barrier === "open").toBe(after <= GRACE);
      if (after > GRACE) expect(s.state.calls.size).toBe(1);
    }), { numRuns: 60 });
  });

  it("after the grace the rest of the whole stay is due, never below 0, and paying starts the grace anew: E21", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 * HOUR }), fc.integer({ min: GRACE + 1, max: 20 * HOUR }), (stayMs, after) => {
      const { s, m, ticket, paidAt, paidMinor } = paidScene(stayMs);
      m.wait(after);
      const held = s.state.tickets.get(ticket);
      const due = held ? dueFor(s.state, { ...held, paidMinor: 0 }, s.now) : null;
      const totalMinor = due?.ok ? due.value.totalMinor : Number.NaN;
      m.ticket(ticket);
      const restMinor = totalMinor - paidMinor;
      expect(restMinor).toBeGreaterThanOrEqual(0);
      if (restMinor > 0) {
        expect(s.last("ChargeShown").due.dueMinor).toBe(restMinor);
        m.coin(...new Array<number>(Math.ceil(restMinor / 500)).fill(500));
      }
      expect(s.state.tickets.get(ticket)).toMatchObject({ paidMinor: totalMinor, leaveBy: s.now + GRACE });
      expect(s.now).toBe(paidAt + after);
    }), { numRuns: 60 });
  });
});
