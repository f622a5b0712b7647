/** A session of the exchange on paper: what stands there, in both languages, and what does not. */
import { describe, expect, it } from "vitest";
import type { SessionRecord } from "../exchange/pages/contract.ts";
import { recordDocument, recordPdf } from "./session-record.ts";

const START = Date.UTC(2026, 0, 15, 13, 10, 2);
const provider = { id: "PROVIDER1", name: "Provider One" };
const segment = { start: START, end: START + 3_600_000, right: "right-1" };

const record: SessionRecord = {
  row: {
    id: "s-1", version: 2, plates: ["AB12 XYZ"], similar: false, place: { id: "805430", names: [{ language: "en", string: "Castle Street" }], zone: "Europe/London" },
    provider, operator: { id: "TESTCOUNCIL", name: "Test Council" }, start: START, end: START + 3_600_000, overdue: false, receivedAt: START + 660_000,
    money: { currency: "GBP", dueMinor: 0, paidMinor: 320 }, priceDiffers: true,
  },
  deletedAt: null,
  versions: [1, 2].map((version) => ({
    version, receivedAt: START + version * 330_000, by: provider, plates: ["AB12 XYZ"], place: "805430", start: START, end: version === 1 ? null : START + 3_600_000,
    segments: [{ ...segment, transactions: [{ minor: 320, paidAt: START, id: "TX-1" }, { minor: 160, paidAt: null, id: "" }] }],
  })),
  rights: [{ id: "right-1", version: 1, issuer: provider, from: START, until: START + 3_600_000, receivedAt: START + 330_000 }],
};
const rowsOf = (one: SessionRecord, locale: "en" | "de") => recordDocument(one, locale, START + 7_200_000).tables.map(({ heading, rows }) => [heading, ...rows.map((row) => row.join(" | "))]);

describe("a session on paper", () => {
  it("has every version with its receipt and its sender, the amounts and the rights", () => {
    expect(rowsOf(record, "en")).toEqual([
      ["At a glance", "Number plate | AB12 XYZ", "Place | Castle Street, 805430", "Operator | Test Council", "Provider | Provider One", "From | 15/01/2026 13:10:02",
        "Until | 15/01/2026 14:10:02", "Paid | £3.20", "Due | £0.00", "Price | the posted amount is not what the operator's table says", "Last version received | 15/01/2026 13:21:02"],
      ["Versions", "1 | 15/01/2026 13:15:32 | Provider One | AB12 XYZ | 15/01/2026 13:10:02 | still running", "2 | 15/01/2026 13:21:02 | Provider One | AB12 XYZ | 15/01/2026 13:10:02 | 15/01/2026 14:10:02"],
      ["Amounts", "15/01/2026 13:10:02 | £3.20 | 15/01/2026 13:10:02 | TX-1", "15/01/2026 13:10:02 | £1.60 | due | "],
      ["Rights", "right-1 | 1 | Provider One | 15/01/2026 13:10:02 | 15/01/2026 14:10:02 | 15/01/2026 13:15:32"],
    ]);
  });

  it("tells an erased plate as erased, an open end as open, and no money where the reader sees none", () => {
    const seen: SessionRecord = {
      ...record, deletedAt: START + 900_000, row: { ...record.row, plates: [], end: null, overdue: true, money: null, priceDiffers: false, provider: null },
      versions: record.versions.map((one) => ({ ...one, plates: [], segments: [{ ...segment, transactions: null }] })), rights: [],
    };
    const [facts, versions, ...others] = rowsOf(seen, "de");
    expect(facts).toEqual(["Auf einen Blick", "Kennzeichen | gelöscht", "Parkplatz | Castle Street, 805430", "Betreiber | Test Council", "Anbieter | keiner", "Von | 15.01.2026 13:10:02",
      "Bis | nicht beendet, die Berechtigung ist abgelaufen", "Letzte Fassung eingegangen | 15.01.2026 13:21:02", "Gelöscht | 15.01.2026 13:25:02"]);
    expect([versions?.[1], others]).toEqual(["1 | 15.01.2026 13:15:32 | Provider One | gelöscht | 15.01.2026 13:10:02 | läuft noch", []]);
  });

  it("is a PDF, the same to the byte for the same record", async () => {
    const [one, two] = await Promise.all([recordPdf(record, "en", START), recordPdf(record, "en", START)]);
    expect([one.subarray(0, 5).toString(), one.equals(two)]).toEqual(["%PDF-", true]);
  });
});
