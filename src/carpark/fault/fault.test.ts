import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deskOf, type Desk } from "../../../test/carpark/noun-desk.ts";
import { canonicalJson } from "../../kernel/canonical.ts";
import { DAY, HOUR, MINUTE } from "../../kernel/instant.ts";
import {
  ACKNOWLEDGE_WITHIN_MS, type Asset, type FaultCommand, type FaultEvent, REOPEN_WITHIN_MS,
  applyFaultDeadline, decideFault, evolveFault, nextFaultDeadline, reportFault,
} from "./fault.ts";

const desk = (): Desk<FaultCommand> =>
  deskOf<FaultCommand, FaultEvent>(
    { decide: decideFault, evolve: evolveFault, next: nextFaultDeadline, apply: applyFaultDeadline },
    "central",
  );

const BARRIER: Asset = { kind: "barrier", id: "L2" };
const WINDOW: Asset = { kind: "building", id: "window, level 2" };
const notOpen = { asset: BARRIER, code: "notOpen", details: "no open report within 4 s" };

describe("a fault, told as a story", () => {
  type Row = { at: number; by?: string; command: FaultCommand | null; gives: string };
  const stories: Record<string, Row[]> = {
    "a barrier: reported, notified, acknowledged, fixed": [
      { at: 0, by: "anna", command: { type: "ReportFault", asset: BARRIER, details: "arm bent", operational: true }, gives: "FaultReported maintenance" },
      { at: 5, command: { type: "RecordFaultNotification", fault: 1, channel: "email", delivered: true, detail: "250" }, gives: "FaultNotified" },
      { at: 60, command: { type: "AcknowledgeFault", fault: 1, acknowledgedBy: "maintenance" }, gives: "FaultAcknowledged" },
      { at: 61, command: { type: "AcknowledgeFault", fault: 1, acknowledgedBy: "maintenance" }, gives: "nothingToDo" },
      { at: 90, command: { type: "FixFault", fault: 1, note: "new arm" }, gives: "actorMissing" },
      { at: 90, by: "bert", command: { type: "FixFault", fault: 1, note: "new arm" }, gives: "FaultFixed" },
      { at: 91, by: "bert", command: { type: "FixFault", fault: 1, note: "again" }, gives: "faultState" },
    ],
    "a broken window goes to the direct labour organisation and never escalates": [
      { at: 0, by: "anna", command: { type: "ReportFault", asset: WINDOW, details: "broken", operational: false }, gives: "FaultReported directLabour" },
      { at: 10 * HOUR, command: null, gives: "" },
    ],
    "not acknowledged in time: escalated once": [
      { at: 0, by: "anna", command: { type: "ReportFault", asset: BARRIER, details: "arm bent", operational: true }, gives: "FaultReported maintenance" },
      { at: ACKNOWLEDGE_WITHIN_MS - 1, command: null, gives: "" },
      { at: ACKNOWLEDGE_WITHIN_MS, command: null, gives: "FaultEscalated" },
      { at: 9 * HOUR, command: null, gives: "" },
    ],
    "reopening adds to the same fault and starts the acknowledgement again": [
      { at: 0, by: "anna", command: { type: "ReportFault", asset: BARRIER, details: "arm bent", operational: true }, gives: "FaultReported maintenance" },
      { at: 1, by: "anna", command: { type: "ReopenFault", fault: 1, reason: "still bent" }, gives: "faultState" },
      { at: 2, by: "bert", command: { type: "FixFault", fault: 1, note: "" }, gives: "FaultFixed" },
      { at: 3, command: { type: "AcknowledgeFault", fault: 1, acknowledgedBy: "maintenance" }, gives: "faultState" },
      { at: 8, by: "anna", command: { type: "ReopenFault", fault: 1, reason: " " }, gives: "reasonMissing" },
      { at: 9, by: "anna", command: { type: "ReopenFault", fault: 1, reason: "still bent" }, gives: "FaultReopened" },
      { at: 9 + ACKNOWLEDGE_WITHIN_MS, command: null, gives: "FaultEscalated" },
    ],
    "what does not apply": [
      { at: 0, command: { type: "ReportFault", asset: BARRIER, details: "x", operational: true }, gives: "actorMissing" },
      { at: 0, by: "anna", command: { type: "ReportFault", asset: BARRIER, details: " ", operational: true }, gives: "reasonMissing" },
      { at: 0, by: "anna", command: { type: "ReportFault", asset: BARRIER, details: "x".repeat(2_001), operational: true }, gives: "textTooLong" },
      { at: 0, by: "anna", command: { type: "FixFault", fault: 7, note: "" }, gives: "faultUnknown" },
      { at: 0, command: { type: "RecordFaultNotification", fault: 7, channel: "email", delivered: true, detail: "" }, gives: "faultUnknown" },
    ],
  };
  for (const [title, rows] of Object.entries(stories)) {
    it(title, () => {
      const d = desk();
      for (const row of rows) {
        const before = d.log.length;
        const refusal = d.give(row.at, row.command, row.by ?? null);
        const told = d.log.slice(before).map((e) => (e.type === "FaultReported" ? `${e.type} ${e.organisation}` : e.type));
        expect(refusal ? refusal.type : told.join(" "), `at ${row.at}`).toBe(row.gives);
      }
    });
  }

  it("leaves the closed gap out of the time to fix", () => {
    const d = desk();
    d.with((x) => reportFault(x, notOpen), 0);
    d.give(10, { type: "FixFault", fault: 1, note: "" }, "bert");
    d.give(25, { type: "ReopenFault", fault: 1, reason: "again" }, "anna");
    d.give(40, { type: "FixFault", fault: 1, note: "" }, "bert");
    expect(d.state.faults.get(1)).toMatchObject({ fixedAt: 40, reopenedAt: 25, closedMs: 15 });
  });

  it("forgets a fixed fault when it can no longer be reopened", () => {
    const d = desk();
    d.with((x) => reportFault(x, notOpen), 0);
    d.give(10, { type: "FixFault", fault: 1, note: "" }, "bert");
    d.with((x) => reportFault(x, notOpen), 10 + REOPEN_WITHIN_MS);
    expect([...d.state.faults.keys()]).toEqual([1, 2]);
    d.give(11 + REOPEN_WITHIN_MS, { type: "FixFault", fault: 2, note: "" }, "bert");
    d.with((x) => reportFault(x, notOpen), 10 + REOPEN_WITHIN_MS + DAY);
    expect([...d.state.faults.keys()]).toEqual([2, 3]);
  });
});

// --- properties --------------------------------------------------------------------------------------------------

const anyAsset = fc.constantFrom(BARRIER, WINDOW, { kind: "printer", id: "L1" } as const);
const anyAct = fc.oneof(
  fc.record({ type: fc.constant("device" as const), asset: anyAsset, code: fc.constantFrom("notOpen", "paperOut") }),
  fc.record({ type: fc.constant("ReportFault" as const), asset: anyAsset, details: fc.constantFrom("a", "b", ""), operational: fc.boolean() }),
  fc.record({ type: fc.constant("RecordFaultNotification" as const), fault: fc.integer({ min: 1, max: 5 }), channel: fc.constant("email"), delivered: fc.boolean(), detail: fc.constant("") }),
  fc.record({ type: fc.constant("AcknowledgeFault" as const), fault: fc.integer({ min: 1, max: 5 }), acknowledgedBy: fc.constantFrom("m", "") }),
  fc.record({ type: fc.constant("FixFault" as const), fault: fc.integer({ min: 1, max: 5 }), note: fc.constant("") }),
  fc.record({ type: fc.constant("ReopenFault" as const), fault: fc.integer({ min: 1, max: 5 }), reason: fc.constant("again") }),
);
const anyStory = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 50 * MINUTE }), act: anyAct, by: fc.constantFrom(null, "anna") }),
  { maxLength: 40 },
);

function played(story: readonly { after: number; act: { type: string }; by: string | null }[], watch: (d: Desk<FaultCommand>) => void): Desk<FaultCommand> {
  const d = desk();
  let now = 0;
  for (const { after, act, by } of story) {
    now += after;
    if (act.type === "device") {
      const { asset, code } = act as unknown as { asset: Asset; code: string };
      d.with((x) => reportFault(x, { asset, code, details: "" }), now);
    } else d.give(now, act as FaultCommand, by);
    watch(d);
  }
  return d;
}

describe("invariants", () => {
  it("I7: reportedAt <= notifiedAt <= fixedAt; operational goes to maintenance and escalates unless acknowledged in time", () => {
    fc.assert(fc.property(anyStory, (story) => {
      const d = played(story, (now) => {
        for (const f of now.state.faults.values()) {
          expect(f.organisation).toBe(f.operational ? "maintenance" : "directLabour");
          const since = f.reopenedAt ?? f.reportedAt;
          if (f.notifiedAt !== null) expect(f.notifiedAt).toBeGreaterThanOrEqual(since);
          if (f.fixedAt !== null) expect(f.fixedAt).toBeGreaterThanOrEqual(f.notifiedAt ?? since);
          if (f.escalatedAt !== null) expect(f.escalatedAt - since).toBe(ACKNOWLEDGE_WITHIN_MS);
        }
      });
      const end = d.state.now + ACKNOWLEDGE_WITHIN_MS;
      d.give(end, null);
      for (const f of d.state.faults.values()) {
        if (f.operational && f.fixedAt === null) expect(f.acknowledgedAt ?? f.escalatedAt).not.toBeNull();
      }
    }));
  });

  it("I9: a fault is never closed without an actor; repeated identical device errors are one fault with a count", () => {
    fc.assert(fc.property(anyStory, (story) => {
      const d = played(story, (now) => {
        const open = [...now.state.faults.values()].filter((f) => f.fixedAt === null && f.code !== "reported");
        expect(new Set(open.map((f) => `${f.asset.kind} ${f.asset.id} ${f.code}`)).size).toBe(open.length);
        expect([...now.state.openFaults].sort()).toEqual(
          [...now.state.faults.values()].filter((f) => f.fixedAt === null).map((f) => f.id).sort());
      });
      for (const e of d.log) if (e.type === "FaultFixed") expect(e.by).toBe("anna");
      const errors = story.filter((s) => s.act.type === "device").length;
      const counted = [...d.state.faults.values()].filter((f) => f.code !== "reported").reduce((sum, f) => sum + f.count, 0);
      expect(counted).toBe(errors);
      expect(d.replayed()).toBe(canonicalJson(d.state));
    }));
  });
});
