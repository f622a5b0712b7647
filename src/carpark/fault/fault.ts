/**
 * Faults: equipment or building unfit for duty. Reported by staff or a device, allocated to the maintenance
 * company (operational) or the direct labour organisation (others), notified at once, acknowledged, fixed;
 * reopening adds to the same fault; repeated identical device errors are one fault with a count.
 *
 *   open --acknowledged in time--> open, acknowledged --\
 *     \--not in time--> open, escalated ----------------> fixed --reopened--> open
 *
 * Promise: a fault is never closed without an actor, and never twice. The table is docs/machines/fault.md.
 */
import { unreachable, present } from "../../kernel/assert.ts";
import { DAY, HOUR, type DurationMs, type Instant } from "../../kernel/instant.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Recorded } from "../facility/event.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { Facility, ReadonlyFacility } from "../facility/state.ts";

export type AssetKind = "barrier" | "pillar" | "printer" | "cardReader" | "loop" | "payStation" | "camera" | "sign" | "intercom" | "system" | "building" | "other";

/** What is broken: a lane's or station's device, or anything with a name ("window, level 2"). */
export type Asset = { readonly kind: AssetKind; readonly id: string };

export type Organisation = "maintenance" | "directLabour";

export type Fault = {
  readonly id: number;
  readonly asset: Asset;
  /** Stable word for repeats, `notOpen`, `paperOut`; staff reports use `reported`. */
  readonly code: string;
  readonly details: string;
  readonly operational: boolean;
  readonly organisation: Organisation;
  readonly reportedAt: Instant;
  readonly reportedBy: string | null;
  count: number;
  lastAt: Instant;
  notifiedAt: Instant | null;
  acknowledgedAt: Instant | null;
  escalatedAt: Instant | null;
  fixedAt: Instant | null;
  reopenedAt: Instant | null;
  /** Sum of the closed gaps [fixed, reopened); they are not part of the time to fix. */
  closedMs: DurationMs;
};

export type FaultEvent =
  | {
      readonly type: "FaultReported"; readonly fault: number; readonly asset: Asset; readonly code: string;
      readonly details: string; readonly operational: boolean; readonly organisation: Organisation;
    }
  | { readonly type: "FaultRepeated"; readonly fault: number }
  | {
      readonly type: "FaultNotified"; readonly fault: number; readonly channel: string;
      readonly delivered: boolean; readonly detail: string;
    }
  | { readonly type: "FaultAcknowledged"; readonly fault: number; readonly acknowledgedBy: string }
  | { readonly type: "FaultEscalated"; readonly fault: number }
  | { readonly type: "FaultFixed"; readonly fault: number; readonly note: string }
  | { readonly type: "FaultReopened"; readonly fault: number; readonly reason: string };

export type FaultCommand =
  | { readonly type: "ReportFault"; readonly asset: Asset; readonly details: string; readonly operational: boolean }
  | {
      readonly type: "RecordFaultNotification"; readonly fault: number; readonly channel: string;
      readonly delivered: boolean; readonly detail: string;
    }
  | { readonly type: "AcknowledgeFault"; readonly fault: number; readonly acknowledgedBy: string }
  | { readonly type: "FixFault"; readonly fault: number; readonly note: string }
  | { readonly type: "ReopenFault"; readonly fault: number; readonly reason: string };

/** The maintenance company has this long to acknowledge before somebody else is told, unless the policy says otherwise. */
export const ACKNOWLEDGE_WITHIN_MS: DurationMs = HOUR;
/** A fixed fault can be reopened this long; later trouble is a new fault. */
export const REOPEN_WITHIN_MS: DurationMs = 90 * DAY;
/** Staff's own words for a fault that no device named. */
export const STAFF_CODE = "reported";
/** Room for a proper description, not for a pasted file. */
export const DETAILS_LENGTH_MAX = 2_000;

/** Operational: the maintenance company, at once. Others: the City administration's direct labour organisation. */
export const organisationFor = (operational: boolean): Organisation => (operational ? "maintenance" : "directLabour");

export function decideFault(d: Deciding, command: FaultCommand): Refusal | null {
  switch (command.type) {
    case "ReportFault":
      return reportByStaff(d, command.asset, command.details.trim(), command.operational);
    case "RecordFaultNotification": {
      if (!d.state.faults.has(command.fault)) return { type: "faultUnknown", fault: command.fault };
      const { fault, channel, delivered, detail } = command;
      d.emit({ type: "FaultNotified", fault, channel, delivered, detail });
      return null;
    }
    case "AcknowledgeFault":
      return acknowledge(d, command.fault, command.acknowledgedBy.trim());
    case "FixFault":
      return fix(d, command.fault, command.note.trim());
    case "ReopenFault":
      return reopen(d, command.fault, command.reason.trim());
    default:
      return unreachable(command);
  }
}

function reportByStaff(d: Deciding, asset: Asset, details: string, operational: boolean): Refusal | null {
  if (d.actor === null) return { type: "actorMissing" };
  if (details === "") return { type: "reasonMissing" };
  if (details.length > DETAILS_LENGTH_MAX) return { type: "textTooLong", max: DETAILS_LENGTH_MAX };
  report(d, { asset, code: STAFF_CODE, details, operational });
  return null;
}

/**
 * For deciders whose device failed: opens a fault, or counts a repeat of the open fault with the same asset and code.
 * `code` is a stable word (`notOpen`, `paperOut`); devices are operational unless told otherwise.
 */
export function reportFault(
  d: Deciding,
  report_: { readonly asset: Asset; readonly code: string; readonly details: string; readonly operational?: boolean },
): void {
  report(d, { ...report_, operational: report_.operational ?? true });
}

type Report = {
  readonly asset: Asset; readonly code: string; readonly details: string; readonly operational: boolean;
};

function report(d: Deciding, report: Report): void {
  const open = openFaultLike(d.state, report);
  if (open !== null) {
    d.emit({ type: "FaultRepeated", fault: open });
    return;
  }
  d.emit({
    type: "FaultReported", fault: d.state.next.fault, ...report, organisation: organisationFor(report.operational),
  });
}

/** Two people can report different damage to one asset, so their words must be equal too. */
function openFaultLike(state: ReadonlyFacility, report: Report): number | null {
  for (const id of state.openFaults) {
    const fault = present(state.faults.get(id), `fault ${id}`);
    const same = fault.asset.kind === report.asset.kind && fault.asset.id === report.asset.id && fault.code === report.code;
    if (same && (report.code !== STAFF_CODE || fault.details === report.details)) return id;
  }
  return null;
}

function acknowledge(d: Deciding, id: number, acknowledgedBy: string): Refusal | null {
  const fault = d.state.faults.get(id);
  if (!fault) return { type: "faultUnknown", fault: id };
  if (acknowledgedBy === "") return { type: "actorMissing" };
  if (fault.fixedAt !== null) return { type: "faultState", fault: id, state: "fixed" };
  if (fault.acknowledgedAt !== null) return { type: "nothingToDo", what: "faultAcknowledged" };
  d.emit({ type: "FaultAcknowledged", fault: id, acknowledgedBy });
  return null;
}

function fix(d: Deciding, id: number, note: string): Refusal | null {
  const fault = d.state.faults.get(id);
  if (!fault) return { type: "faultUnknown", fault: id };
  if (d.actor === null) return { type: "actorMissing" };
  if (fault.fixedAt !== null) return { type: "faultState", fault: id, state: "fixed" };
  if (note.length > DETAILS_LENGTH_MAX) return { type: "textTooLong", max: DETAILS_LENGTH_MAX };
  d.emit({ type: "FaultFixed", fault: id, note });
  return null;
}

function reopen(d: Deciding, id: number, reason: string): Refusal | null {
  const fault = d.state.faults.get(id);
  if (!fault) return { type: "faultUnknown", fault: id };
  if (d.actor === null) return { type: "actorMissing" };
  if (reason === "") return { type: "reasonMissing" };
  if (reason.length > DETAILS_LENGTH_MAX) return { type: "textTooLong", max: DETAILS_LENGTH_MAX };
  if (fault.fixedAt === null) return { type: "faultState", fault: id, state: "open" };
  d.emit({ type: "FaultReopened", fault: id, reason });
  return null;
}

// --- the acknowledgement clock -------------------------------------------------------------------------------

/** Open, operational, neither acknowledged nor escalated: until when it must be acknowledged; otherwise null. */
function escalatesAt(state: ReadonlyFacility, id: number): Instant | null {
  const fault = present(state.faults.get(id), `fault ${id}`);
  if (!fault.operational || fault.acknowledgedAt !== null || fault.escalatedAt !== null) return null;
  const within = state.config?.policy.acknowledgeFaultWithinMs ?? ACKNOWLEDGE_WITHIN_MS;
  return (fault.reopenedAt ?? fault.reportedAt) + within;
}

export function nextFaultDeadline(state: ReadonlyFacility): Instant | null {
  let next: Instant | null = null;
  for (const id of state.openFaults) {
    const at = escalatesAt(state, id);
    if (at !== null && (next === null || at < next)) next = at;
  }
  return next;
}

export function applyFaultDeadline(d: Deciding): void {
  const due = [...d.state.openFaults].filter((id) => (escalatesAt(d.state, id) ?? Infinity) <= d.now);
  for (const fault of due) d.emit({ type: "FaultEscalated", fault });
}

// --- evolve ----------------------------------------------------------------------------------------------------

export function evolveFault(f: Facility, e: Recorded<FaultEvent>): void {
  if (e.type === "FaultReported") {
    open(f, e);
    return;
  }
  const fault = present(f.faults.get(e.fault), `fault ${e.fault}`);
  switch (e.type) {
    case "FaultRepeated":
      fault.count += 1;
      fault.lastAt = e.at;
      return;
    case "FaultNotified":
      // A message that arrives after the repair is recorded, but it told nobody in time.
      if (e.delivered && fault.fixedAt === null) fault.notifiedAt ??= e.at;
      return;
    case "FaultAcknowledged":
      fault.acknowledgedAt = e.at;
      return;
    case "FaultEscalated":
      fault.escalatedAt = e.at;
      return;
    case "FaultFixed":
      fault.fixedAt = e.at;
      f.openFaults.delete(e.fault);
      return;
    case "FaultReopened":
      fault.closedMs += e.at - present(fault.fixedAt, "instant of the fix");
      fault.reopenedAt = e.at;
      fault.fixedAt = null;
      fault.notifiedAt = null;
      fault.acknowledgedAt = null;
      fault.escalatedAt = null;
      f.openFaults.add(e.fault);
      return;
    default:
      unreachable(e);
  }
}

function open(f: Facility, e: Recorded<Extract<FaultEvent, { type: "FaultReported" }>>): void {
  for (const [id, old] of f.faults) {
    if (old.fixedAt !== null && old.fixedAt + REOPEN_WITHIN_MS < e.at) f.faults.delete(id);
  }
  f.faults.set(e.fault, {
    id: e.fault, asset: e.asset, code: e.code, details: e.details, operational: e.operational,
    organisation: e.organisation, reportedAt: e.at, reportedBy: e.by ?? null, count: 1, lastAt: e.at,
    notifiedAt: null, acknowledgedAt: null, escalatedAt: null, fixedAt: null, reopenedAt: null, closedMs: 0,
  });
  f.openFaults.add(e.fault);
  f.next.fault = e.fault + 1;
}
