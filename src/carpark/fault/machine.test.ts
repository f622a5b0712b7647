/** docs/machines/fault.md is the code: every row is driven through the decider and compared. */
import { expect, it } from "vitest";
import { machineRows } from "../../../test/carpark/machine-table.ts";
import { type Desk, deskOf } from "../../../test/carpark/noun-desk.ts";
import { HOUR, MINUTE } from "../../kernel/instant.ts";
import type { Refusal } from "../facility/refusal.ts";
import {
  type FaultCommand, type FaultEvent, applyFaultDeadline, decideFault, evolveFault, nextFaultDeadline, reportFault,
} from "./fault.ts";

type World = { readonly d: Desk<FaultCommand>; at: number };
type Act = (w: World) => Refusal | null | void;

const give = (command: FaultCommand, by: string | null = null): Act => (w) => w.d.give((w.at += MINUTE), command, by);
const device = (code: string): Act => (w) =>
  w.d.with((d) => reportFault(d, { asset: { kind: "barrier", id: "E1" }, code, details: "no open report within 4 s" }), (w.at += MINUTE));
const report = (operational: boolean, by: string | null): Act =>
  give({ type: "ReportFault", asset: { kind: "building", id: "door" }, details: "broken", operational }, by);
const told = (delivered: boolean): Act => give({ type: "RecordFaultNotification", fault: 1, channel: "email", delivered, detail: "250" });

const INPUT: Record<string, Act> = {
  "staff report, operational": report(true, "anna"),
  "staff report, other": report(false, "anna"),
  "staff report without actor": report(true, null),
  "device error": device("notOpen"),
  "same device error": device("notOpen"),
  "other device error": device("notClosed"),
  "notification delivered": told(true),
  "notification not delivered": told(false),
  acknowledged: give({ type: "AcknowledgeFault", fault: 1, acknowledgedBy: "maintenance" }),
  "60 min pass": (w) => w.d.give((w.at += HOUR), null),
  fixed: give({ type: "FixFault", fault: 1, note: "new arm" }, "bert"),
  "fixed without actor": give({ type: "FixFault", fault: 1, note: "new arm" }),
  reopened: give({ type: "ReopenFault", fault: 1, reason: "again" }, "anna"),
  "reopened without reason": give({ type: "ReopenFault", fault: 1, reason: "" }, "anna"),
};

const REACH: Record<string, readonly string[]> = {
  none: [],
  open: ["device error"],
  "open other": ["staff report, other"],
  notified: ["device error", "notification delivered"],
  acknowledged: ["device error", "acknowledged"],
  escalated: ["device error", "60 min pass"],
  fixed: ["device error", "fixed"],
};

function stateOf({ d }: World): string {
  const fault = d.state.faults.get(1);
  if (!fault) return "none";
  if (fault.fixedAt !== null) return "fixed";
  if (fault.acknowledgedAt !== null) return "acknowledged";
  if (fault.escalatedAt !== null) return "escalated";
  if (fault.notifiedAt !== null) return "notified";
  return fault.operational ? "open" : "open other";
}

it.each(machineRows("fault.md"))("$state, $input -> $next", ({ state, input, next, events }) => {
  const w: World = {
    d: deskOf<FaultCommand, FaultEvent>({ decide: decideFault, evolve: evolveFault, next: nextFaultDeadline, apply: applyFaultDeadline }, "central"),
    at: 0,
  };
  for (const step of REACH[state]!) INPUT[step]!(w);
  expect(stateOf(w)).toBe(state);
  const before = w.d.log.length;
  const refusal = INPUT[input]!(w);
  const written = w.d.log.slice(before).map(({ type }) => type).join(", ");
  expect(refusal ? `*${refusal.type}*` : written || "-").toBe(events);
  expect(stateOf(w)).toBe(next);
});
