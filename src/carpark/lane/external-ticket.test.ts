/** A car that came in by ticket and whose plate has a right of a provider: the provider pays for its time, the driver for the rest. */
import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import type { FacilityConfig } from "../facility/config.ts";
import { dueFor } from "../facility/pricing.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { machineOf } from "../../../test/carpark/machine.ts";
import { type Site, siteConfig, siteOf } from "../../../test/carpark/site.ts";
import { testTariff } from "../../../test/carpark/tariff.ts";

const config: FacilityConfig = { ...siteConfig(), media: ["tickets", "plates"], lanes: siteConfig().lanes.map((lane) => ({ ...lane, camera: true })) };

function inside(): { readonly s: Site; readonly ticket: TicketNumber } {
  const s = siteOf(config, testTariff).at("11:00").arrive("E1").show("E1", "plate", "p-1").press("E1").print("E1");
  const ticket = s.ticketAt("E1");
  s.take("E1").driveThrough("E1");
  return { s, ticket };
}
const learn = (s: Site, from: number, until: number) =>
  s.give({ type: "AskRights", command: { type: "LearnExternalRight", right: { provider: "PROVIDER1", right: "r1", credential: "p-1", from, until } } });
const due = (s: Site, ticket: TicketNumber): number => {
  const priced = dueFor(s.state, s.state.tickets.get(ticket)!, s.now);
  return priced.ok ? priced.value.dueMinor : -1;
};

describe("bought in an app, entered by ticket", () => {
  it("covered from the right's own beginning: nothing to pay, and the ticket opens the exit", () => {
    const { s, ticket } = inside();
    s.at(s.now + 20 * MINUTE);
    expect(due(s, ticket)).toBeGreaterThan(0);
    expect(learn(s, s.now - HOUR, s.now + 3 * HOUR)).toBeNull();
    s.at(s.now + 2 * HOUR);
    expect(due(s, ticket)).toBe(0);
    const m = machineOf(s);
    s.give({ type: "InsertTicket", station: m.id, read: s.read(ticket) });
    expect(m.output().screen.key).toBe("nothingDue");
    s.at(s.now + 2 * HOUR).arrive("X1").insertAtExit("X1", ticket);
    expect(s.output("X1").barrier).toBe("close");
    expect(due(s, ticket)).toBeGreaterThan(0);
  });

  it("at the exit within the right: no payment is asked, also after a grace that is over", () => {
    const { s, ticket } = inside();
    learn(s, s.now - HOUR, s.now + 3 * HOUR);
    s.at(s.now + MINUTE);
    const m = machineOf(s);
    s.give({ type: "InsertTicket", station: m.id, read: s.read(ticket) });
    s.at(s.now + HOUR).arrive("X1").insertAtExit("X1", ticket);
    expect(s.output("X1").barrier).toBe("open");
  });

  it("revoked: from then on the driver pays", () => {
    const { s, ticket } = inside();
    learn(s, s.now - HOUR, s.now + 3 * HOUR);
    s.at(s.now + HOUR);
    s.give({ type: "AskRights", command: { type: "RevokeExternalRight", provider: "PROVIDER1", right: "r1", credential: "p-1" } });
    expect(due(s, ticket)).toBe(0);
    s.at(s.now + 30 * MINUTE);
    expect(due(s, ticket)).toBeGreaterThan(0);
  });
});

describe("bought in an app, entered by plate", () => {
  it("a car that is asked to pay at the exit is let out when its right becomes known", () => {
    const s = siteOf({ ...config, media: ["plates"] }, testTariff).at("11:00");
    s.comeIn("E1", "plate", "p-1");
    s.at(s.now + HOUR).arrive("X1").show("X1", "plate", "p-1");
    expect(s.output("X1")).toMatchObject({ display: { key: "payHere" }, barrier: "close" });
    learn(s, s.now - 2 * HOUR, s.now + HOUR);
    expect(s.output("X1").barrier).toBe("open");
  });
});
