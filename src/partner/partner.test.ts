/** What the pages read out of answers, and the order of the diagram. */
import { describe, expect, it } from "vitest";
import type { Message } from "../sandbox/contract.ts";
import { epoch, instant, plateOf } from "./bodies.ts";
import { added, ofFlow } from "./messages.ts";
import { nameIn, placeOf, rightOf, sessionOf } from "./read.ts";

const message = (seq: number, at: number, route = "/places", flow: string | null = null): Message =>
  ({ seq, at, from: "sp1", to: "exchange", method: "GET", route, status: 200, ms: 1, flow });

describe("a place", () => {
  const occupancy = (supplyQuantity: number, count: number) =>
    ({ hierarchyElementReference: { supply: [{ supplyQuantity }], demandTable: [{ demandType: [{ count }] }] } });

  it.each([[340, 125, 215], [49, 20, 29], [10, 12, 0]])("with %i spaces and %i taken has %i free", (supply, taken, free) => {
    expect(placeOf({ id: "p", ...occupancy(supply, taken) }, "en").free).toBe(free);
  });

  it("without a count has no free spaces known, not none", () => {
    expect(placeOf({ id: "p", characteristics: { spacesTotal: 5 } }, "en")).toMatchObject({ free: null, spaces: 5 });
  });

  it("is named in the reader's language, else in its first", () => {
    const names = [{ language: "en", string: "Square" }, { language: "de", string: "Platz" }];
    expect([nameIn(names, "de"), nameIn(names, "fr"), nameIn(undefined, "en")]).toEqual(["Platz", "Square", ""]);
  });
});

describe("a session", () => {
  it("tells what is due in minor units, and what is paid", () => {
    const session = sessionOf({
      id: "s", version: 2, actualStart: "2026-01-20T13:05:00Z", segments: [
        { id: "a", financialTransactions: [{ segmentValue: 10.8 }] }, { id: "b", financialTransactions: [{ segmentValue: 3.2, dateCollected: "2026-01-20T14:00:00Z" }] }, { id: "c" },
      ],
    }, "GBP");
    expect(session?.segments.map(({ dueMinor, paid }) => [dueMinor, paid])).toEqual([[1080, false], [320, true], [null, false]]);
    expect(sessionOf({ id: "s" }, "GBP")).toBeNull();
  });
});

describe("a right", () => {
  it("starts with its planned use, else when it was issued", () => {
    const right = { id: "r", expiry: "2026-01-15T14:10:02Z", issuanceTime: "2026-01-15T13:10:02Z" };
    expect(rightOf(right)?.startsAt).toBe(Date.parse("2026-01-15T13:10:02Z"));
    expect(rightOf({ ...right, plannedUses: [{ startTime: "2026-01-16T00:00:00Z" }] })?.startsAt).toBe(Date.parse("2026-01-16T00:00:00Z"));
    expect(rightOf({ id: "r" })).toBeNull();
  });
});

describe("the diagram", () => {
  it("is in the order of asking, each message once", () => {
    const list = [message(2, 20), message(1, 30), message(2, 20), message(3, 20)].reduce(added, [] as readonly Message[]);
    expect(list.map(({ seq }) => seq)).toEqual([2, 3, 1]);
  });

  it("shows one flow, and token requests only when wanted", () => {
    const list = [message(1, 1, "/auth"), message(2, 2, "/places", "uc1"), message(3, 3)];
    expect(ofFlow(list, null, false).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(ofFlow(list, "uc1", true).map(({ seq }) => seq)).toEqual([2]);
  });
});

describe("what is typed and sent", () => {
  it("is a plate without blanks and an instant without fraction", () => {
    expect([plateOf(" ab12-xyz "), instant(1_768_482_602_345), epoch(1_768_482_602_345)]).toEqual(["AB12XYZ", "2026-01-15T13:10:02Z", 1_768_482_602]);
  });
});
