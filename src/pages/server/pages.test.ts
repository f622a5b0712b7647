import { describe, expect, it } from "vitest";
import { html } from "./html.ts";
import { type PillarView, pillarPage, signPage } from "./pillar.ts";
import { type ReceiptFacts, receiptFieldsWrong, receiptPage } from "./receipt.ts";

const VIEW = (over: Partial<PillarView>, display: Partial<PillarView["lanes"][number]["display"]> = {}): PillarView => ({
  id: "central", name: "Central <Car> Park", zone: "Australia/Sydney", currency: "AUD", sign: "spaces", free: 12, mode: "open", demo: false,
  lanes: [{ id: "E1", name: "Entry 1", direction: "entry", display: { key: "display.pressButton", params: {}, flashing: true, ...display } }],
  ...over,
});

describe("html", () => {
  it("escapes every value that is not markup itself", () => {
    expect(html`<p>${'<b>&"'}${html`<i>${"x"}</i>`}${null}${[html`1`, html`2`]}</p>`.markup).toBe("<p>&lt;b&gt;&amp;&quot;<i>x</i>12</p>");
  });
});

describe("pillar", () => {
  it.each([
    ["en", "display.pressButton", "Press Button"],
    ["en", "display.takeTicket", "Take Ticket"],
    ["en", "display.full", "Full"],
    ["en", "display.insertTicket", "Insert Ticket"],
    ["de", "display.insertTicket", "Ticket einschieben"],
    ["en", "displayReason.outsideWindow", "Not valid today. Press button for a ticket"],
  ] as const)("in %s shows %s as '%s'", (locale, key, words) => {
    expect(pillarPage(VIEW({}, { key }), "E1", { locale })).toContain(`>${words}</h1>`);
  });

  it("flashes what the pillar flashes and nothing else", () => {
    expect(pillarPage(VIEW({}), "E1", { locale: "en" })).toContain('class="flash w6"');
    expect(pillarPage(VIEW({}, { flashing: false }), "E1", { locale: "en" })).not.toContain('class="flash');
  });

  it("does not know a lane that is not there, and escapes names", () => {
    expect(pillarPage(VIEW({}), "E9", { locale: "en" })).toBeNull();
    expect(pillarPage(VIEW({}), "E1", { locale: "en" })).toContain("Central &lt;Car&gt; Park");
  });
});

describe("sign at the entrance", () => {
  it.each([
    [{}, "Spaces"], [{ sign: "carParkFull" }, "Car Park Full"], [{ mode: "closed" }, "Closed"], [{ mode: "fire" }, "Closed"],
  ] as [Partial<PillarView>, string][])("%j reads %s", (over, words) => {
    expect(signPage(VIEW(over), { locale: "en" })).toContain(`>${words}</h1>`);
  });

  it("counts one space as one", () => {
    expect(signPage(VIEW({ free: 1 }), { locale: "en" })).toContain("1 space free");
    expect(signPage(VIEW({ free: 2 }), { locale: "de" })).toContain("2 Plätze frei");
  });
});

const RECEIPT: ReceiptFacts = {
  administration: { name: "City of Harbour", address: "1 Civic Square", vatNumber: "AU 51 824" },
  facility: { name: "Central", address: "12 King Street" }, zone: "Australia/Sydney", currency: "AUD",
  ticket: "01000000153", enteredAt: Date.UTC(2026, 10, 22, 1, 5), leaveBy: Date.UTC(2026, 10, 22, 3, 20),
  payments: [{
    payment: "17", paidAt: Date.UTC(2026, 10, 22, 3, 5), means: "cash", amountMinor: 2000, taxMinor: 182, taxRateBp: 1000,
    givenMinor: 2500, changeMinor: 450, retainedMinor: 50, refundedMinor: 0,
  }],
};
const page = (locale: "en" | "de" = "en") => receiptPage({ type: "found", receipt: RECEIPT }, { locale }).replace(/\u00a0/g, " ");

describe("receipt", () => {
  it("shows the administration's and car park's address, VAT number, date and amount paid", () => {
    for (const text of ["City of Harbour", "1 Civic Square", "12 King Street", "AU 51 824", "22/11/2026 14:05", "$20.00"]) {
      expect(page()).toContain(text);
    }
  });

  it("shows change and what was not paid out", () => {
    expect(page()).toMatch(/Change<\/dt><dd>\$4\.50/);
    expect(page("de")).toMatch(/Nicht ausgezahlt, Beleg gedruckt<\/dt><dd>0,50 \$/);
  });

  it("stays under 10 kB and needs no script", () => {
    expect(Buffer.byteLength(page("de"))).toBeLessThan(10_000);
    expect(page()).not.toContain("<script");
  });

  it("keeps what was typed, marks the wrong field, and says nothing about which half did not fit", () => {
    const input = { number: '"><script>', date: "22/11/2026", time: "12:05" };
    expect(receiptFieldsWrong(input)).toEqual(["number"]);
    const bad = receiptPage({ type: "badInput", input, fields: receiptFieldsWrong(input) }, { locale: "en" });
    expect(bad).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(bad.match(/aria-invalid="true"/g)).toHaveLength(1);
    expect(receiptPage({ type: "notFound", input }, { locale: "en" })).toContain("No payment found for this ticket number and entry time");
  });

  it.each([
    [{ number: "01000000153", date: "22/11/2026", time: "12/05/09" }, []],
    [{ number: "010 0000 0153", date: "22.11.2026", time: "12:05" }, []],
    [{ number: "1", date: "2026-11-22", time: "noon" }, ["number", "date", "time"]],
  ])("%j: wrong %j", (input, wrong) => expect(receiptFieldsWrong(input)).toEqual(wrong));
});
