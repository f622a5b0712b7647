import { describe, expect, expectTypeOf, it } from "vitest";
import type { FacilityEvent } from "../carpark/facility/event.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { eventText } from "./eventText.ts";
import { amountText, dateText, dateTimeText, dayText, durationText, moneyText, percentText, timeSecondsText, weekdayText } from "./format.ts";
import { localeOf } from "./locale.ts";
import { fill, type Message, type ParamsOf, translator } from "./message.ts";
import { refusalText } from "./refusalText.ts";
import { siteWordsOf } from "./site.ts";
import { t } from "./t.ts";
import { displayWords, screenWords, wordsText } from "./words.ts";

const gapsOf = (message: Message): readonly string[] => {
  const text = typeof message === "string" ? message : message.one + message.other;
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();
};

const SITE = siteWordsOf({
  zone: "Australia/Sydney", currency: "AUD", lanes: [], payStations: [],
  groups: [],
});
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("catalogues", () => {
  it("have the same keys in both languages, none of them empty", () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const message of [...Object.values<Message>(en), ...Object.values<Message>(de)]) {
      expect(typeof message === "string" ? message : message.one && message.other).not.toBe("");
    }
  });

  it("use the same gaps in both languages", () => {
    for (const [key, message] of Object.entries<Message>(en)) {
      expect([key, gapsOf((de as Record<string, Message>)[key]!)]).toEqual([key, gapsOf(message)]);
    }
  });

  it("say on displays and signs exactly what the requirement says", () => {
    expect([
      t("en", "display.pressButton"), t("en", "display.takeTicket"), t("en", "display.full"),
      t("en", "display.insertTicket"), t("en", "sign.carParkFull"), t("en", "sign.spaces"),
    ]).toEqual(["Press Button", "Take Ticket", "Full", "Insert Ticket", "Car Park Full", "Spaces"]);
  });

  it("know the names of their gaps at compile time", () => {
    expectTypeOf<ParamsOf<"Ticket {number}: {amount}">>()
      .toEqualTypeOf<{ readonly number: string | number; readonly amount: string | number }>();
    expectTypeOf<ParamsOf<{ one: "{count} call"; other: "{count} calls" }>>().toEqualTypeOf<{ readonly count: number }>();
    // @ts-expect-error a gap is left open
    expect(() => t("en", "event.TicketUsed", {})).toThrow("missing message parameter number");
    // @ts-expect-error a key nobody wrote
    expect(() => t("en", "event.NeverHeardOf")).toThrow("missing message event.NeverHeardOf");
  });

  it("choose the plural by the language's own rules", () => {
    const calls = translator({ calls: { one: "{count} call", other: "{count} calls" } }, { calls: { one: "{count} Ruf", other: "{count} Rufe" } });
    expect([calls("en", "calls", { count: 1 }), calls("en", "calls", { count: 0 }), calls("de", "calls", { count: 1200 })])
      .toEqual(["1 call", "0 calls", "1.200 Rufe"]);
  });

  it("never interpret what fills a gap", () => {
    expect(fill("en", "Note: {text}", { text: "{text} $& <b>" })).toBe("Note: {text} $& <b>");
  });
});

it("a pillar words a refusal by what was shown", () => {
  const refused = { key: "refused", reason: "alreadyPresent", flashing: false } as const;
  const say = (display: Parameters<typeof displayWords>[0]) => wordsText("en", displayWords(display), SITE);
  expect([say(refused), say({ ...refused, right: true }), say({ ...refused, reason: "overflowRefused", right: true })])
    .toEqual(["Card already inside", "Already inside. Press for help", "All spaces of your contract are taken"]);
  expect(plain(say({ key: "payHere", reason: null, flashing: true, amountMinor: 500 }))).toBe("Please pay $5.00");
});

describe("formats", () => {
  const noon = Date.UTC(2026, 10, 22, 1, 5, 9);
  it.each([
    [moneyText("en", 1250, "AUD"), "$12.50"],
    [moneyText("de", 1250, "AUD"), "12,50 $"],
    [moneyText("en", -50, "EUR"), "-€0.50"],
    [moneyText("en", 900_719_925_474_099_1, "EUR"), "€90,071,992,547,409.91"],
    [amountText("de", 123456, "EUR"), "1.234,56"],
    [dateText("en", noon, "Australia/Sydney"), "22/11/2026"],
    [dateText("de", noon, "Australia/Sydney"), "22.11.2026"],
    [dateTimeText("en", noon, "Australia/Sydney"), "22/11/2026 12:05"],
    [timeSecondsText("de", noon, "UTC"), "01:05:09"],
    [dayText("en", noon, "UTC"), "Sun 22 Nov"],
    [weekdayText("de", 1), "Montag"],
    [weekdayText("en", 7), "Sunday"],
    [percentText("en", 0.87), "87%"],
    [durationText("en", 59_999), "59 s"],
    [durationText("en", 7_500_000), "2 h 05 min"],
    [durationText("de", 273_600_000), "3 T 4 h"],
  ])("%s", (text, expected) => expect(plain(text)).toBe(expected));

  it("pick the reader's language", () => {
    expect([localeOf("de-AT,de;q=0.9"), localeOf("fr,en;q=0.5"), localeOf("fr"), localeOf(null)]).toEqual(["de", "en", "en", "en"]);
  });
});

describe("sentences", () => {
  it("tell an event with the site's clock and money", () => {
    const paid = { type: "TicketPaid", number: "01000000153", amountMinor: 750, leaveBy: Date.UTC(2026, 10, 22, 1, 20), payment: "1" } as FacilityEvent;
    expect(eventText("en", paid, SITE)).toBe("Ticket 01000000153: $7.50 paid. Leave by 12:20.");
    expect(plain(eventText("de", paid, SITE))).toBe("Ticket 01000000153: 7,50 $ bezahlt. Ausfahrt bis 12:20.");
  });

  it("tell a refusal with what is due", () => {
    expect(refusalText("en", { type: "amountTooSmall", dueMinor: 500, givenMinor: 50 }, SITE)).toBe("$0.50 is not enough; $5.00 is due.");
    expect(refusalText("de", { type: "laneBusy", lane: "L1", step: "opening" }, SITE))
      .toBe("Spur L1 ist beschäftigt (Freie Fahrt). Noch einmal versuchen, sobald sie frei ist.");
  });

  it("word what travels as data: money, times and reasons by the name of their gap", () => {
    const leaveBy = Date.UTC(2026, 10, 22, 1, 20);
    expect(wordsText("en", screenWords({ key: "returned", refundedMinor: 750, why: "cancelled" } as never), SITE)).toBe("Payment ended. $7.50 is returned");
    expect(wordsText("de", { key: "screen.alreadyPaid", params: { leaveBy } }, SITE)).toBe("Bereits bezahlt. Ausfahrt bis 12:20");
    expect(wordsText("en", screenWords({ key: "notice", reason: "seasonCard" }), SITE)).toContain("Season tickets need no payment");
    expect(wordsText("en", displayWords({ key: "refused", reason: "outsideWindow", flashing: false }), SITE)).toContain("Not valid today");
    expect(wordsText("en", displayWords({ key: "takeTicket", reason: null, flashing: true }), SITE)).toBe("Take Ticket");
    expect(wordsText("en", { key: "screen.fromTheFuture", params: {} }, SITE)).toBe("screen.fromTheFuture");
  });
});
