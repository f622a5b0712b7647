/**
 * What the devices shall show and do, computed from durable state. Levels (displays, arms, signs) are asserted
 * again after a restart; one-shots (print, retract, capture, return) are orders taken from the recorded events,
 * each with an id, never repeated blindly.
 */
import { unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { freeSpaces } from "../counting/counting.ts";
import { LOOP_FRESH_MS, type LaneInputs } from "../lane/inputs.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { Admission, EntryRefusal, ExitRefusal, Lane, Release } from "../lane/lane.ts";
import { otherLaneBusy } from "../lane/interlock.ts";
import { type StationOrder, type StationOutput, stationOrdersOf, stationOutput } from "../paystation/outputs.ts";
import type { TicketNumber } from "../ticket/ticket.ts";
import { type FacilityId, type LaneConfig, type LaneId, offers } from "./config.ts";
import type { Recorded } from "./event.ts";
import type { ReadonlyFacility } from "./state.ts";

/** Words on a pillar; `refused` names its reason. */
export type DisplayKey =
  | "welcome" | "pressButton" | "full" | "takeTicket" | "printing" | "driveIn" | "takeCard" | "insertTicket" | "driveOut"
  | "identify" | "refused" | "payHere" | "attendant" | "ticketInMouth" | "printerFault" | "closed" | "outOfService" | "open" | "wait";

export type Display = {
  readonly key: DisplayKey;
  readonly reason: EntryRefusal | ExitRefusal | null;
  readonly flashing: boolean;
  /** The reason is a right's (plate, parker's card, code), not a season card's: it is worded so. */
  readonly right?: true;
  /** What is to pay, shown with `payHere`. */
  readonly amountMinor?: MinorUnits;
};

/** `hold`: no command; the controller keeps what it has. Close is never repeated blindly. */
export type BarrierOutput = "open" | "close" | "hold";

export type LaneOutput = { readonly lane: LaneId; readonly display: Display; readonly barrier: BarrierOutput };

/** The sign at the street. */
export type EntranceSign = "spaces" | "carParkFull" | "closed";

export type DesiredOutputs = {
  readonly facility: FacilityId;
  readonly lanes: readonly LaneOutput[];
  readonly sign: EntranceSign;
  readonly stations: readonly StationOutput[];
};

export type LaneOrder =
  | { readonly type: "printTicket"; readonly lane: LaneId; readonly number: TicketNumber; readonly issuedAt: Instant }
  | { readonly type: "retractTicket"; readonly lane: LaneId; readonly number: TicketNumber }
  | { readonly type: "captureTicket"; readonly lane: LaneId; readonly number: TicketNumber }
  | { readonly type: "ejectTicket"; readonly lane: LaneId }
  | { readonly type: "returnCard"; readonly lane: LaneId }
  /** Take this from the payment card that was shown: ReportLaneSale. */
  | { readonly type: "laneSale"; readonly lane: LaneId; readonly operation: number; readonly amountMinor: MinorUnits }
  /** What became of it: ReportLaneSale. */
  | { readonly type: "laneSaleStatus"; readonly lane: LaneId; readonly operation: number };

/** `id` is unique for ever: facility, sequence of the event, and place within it. */
export type Order = (LaneOrder | StationOrder) & { readonly id: string };

export function desiredOutputs(
  state: ReadonlyFacility,
  inputs: ReadonlyMap<LaneId, LaneInputs>,
  now: Instant,
  storeHealthy = true,
): DesiredOutputs {
  const config = state.config;
  if (!config) return { facility: state.id, lanes: [], sign: "closed", stations: [] };
  const full = freeSpaces(state, config.ticketGroup, now) <= 0;
  const lanes = config.lanes.map((lane) => laneOutput(state, lane as LaneConfig, inputs.get(lane.id), now, full));
  const sign = state.mode !== "open" ? "closed" : full ? "carParkFull" : "spaces";
  const stations = [...state.stations.values()].map((station) => stationOutput(state, station, now, storeHealthy));
  return { facility: state.id, lanes, sign, stations };
}

function laneOutput(
  state: ReadonlyFacility, config: LaneConfig, inputs: LaneInputs | undefined, now: Instant, full: boolean,
): LaneOutput {
  const lane = state.lanes.get(config.id) as Lane | undefined;
  if (!lane) return { lane: config.id, display: show("outOfService"), barrier: "hold" };
  return {
    lane: config.id,
    display: laneDisplay(state, config, lane, full, now),
    barrier: laneBarrier(state, config, lane, inputs, now),
  };
}

const show = (key: DisplayKey, flashing = false, reason: Display["reason"] = null): Display => ({ key, flashing, reason });

function laneDisplay(
  state: ReadonlyFacility, config: LaneConfig, lane: Lane, full: boolean, now: Instant,
): Display {
  if (lane.mode === "outOfService") return show("outOfService");
  if (state.mode === "fire") return show(config.direction === "exit" ? "open" : "closed", true);
  if (lane.mode === "heldOpen") return show("open");
  const phase = lane.movement?.phase;
  if (!phase) {
    if (lane.mode === "closed" || (config.direction === "entry" && state.mode !== "open")) return show("closed");
    if (otherLaneBusy(state, config)) return show("wait");
    return show(config.direction === "entry" && full ? "full" : "welcome");
  }
  // A refusal is shown for a while; then the lane asks again.
  const step = phase.step === "refused" && now >= phase.until ? "approached" : phase.step;
  switch (step) {
    case "approached":
      if (config.direction === "exit") return show(withTickets(state) ? "insertTicket" : "identify", true);
      if (state.mode !== "open" || lane.mode === "closed") return show("closed");
      return show(full ? "full" : withTickets(state) ? "pressButton" : "identify", true);
    case "waiting": return show("full", true);
    case "offered": return show("pressButton", true);
    case "printing": return show("printing");
    case "offering": return show("takeTicket", true);
    case "retracting": return show("printing");
    case "ticketInMouth": return show("ticketInMouth");
    case "printerFault": return show("printerFault");
    case "refused": return { ...show("refused", false, phase.step === "refused" ? phase.reason : null), ...(lane.movement?.right ? { right: true } : {}) };
    case "paymentDue": return { ...show("payHere", true), ...(phase.step === "paymentDue" ? { amountMinor: phase.dueMinor } : {}) };
    case "returningCard": return show("takeCard", true);
    case "opening": return show(config.direction === "entry" ? "driveIn" : "driveOut");
    case "attendant": return show("attendant");
    default: return unreachable(step);
  }
}

const withTickets = ({ config }: ReadonlyFacility): boolean => config === null || offers(config, "tickets");

/**
 * Open while a movement has been let through, the lane is held open, or a fire is on; close only when every
 * loop is fresh and clear; otherwise no command. Lost or stale counts as occupied.
 */
function laneBarrier(
  state: ReadonlyFacility, config: LaneConfig, lane: Lane, inputs: LaneInputs | undefined, now: Instant,
): BarrierOutput {
  if (state.mode === "fire" && config.direction === "exit") return "open";
  if (lane.mode === "heldOpen") return "open";
  if (lane.movement?.phase.step === "opening") return "open";
  return inputs && passageClear(inputs, now) ? "close" : "hold";
}

/** Under the arm and behind it nothing stands, by inputs confirmed a moment ago. */
export function passageClear(inputs: LaneInputs, now: Instant): boolean {
  const { underArm, closing } = inputs.loops;
  return [underArm, closing].every((loop) => loop !== null && !loop.occupied && now - loop.at <= LOOP_FRESH_MS);
}

/** It lies in the slot and is given back. */
const isCard = (pass: Admission | Release): boolean => pass.by === "card" || (pass.by === "right" && pass.credential.kind === "card");

/** The one-shots an event asks of the devices. */
export function ordersOf(facility: FacilityId, seq: number, event: Recorded): Order[] {
  const orders: (LaneOrder | StationOrder)[] = [];
  switch (event.type) {
    case "TicketOrdered":
      orders.push({ type: "printTicket", lane: event.lane, number: event.number, issuedAt: event.at });
      break;
    case "TicketRecalled":
      orders.push({ type: "retractTicket", lane: event.lane, number: event.number });
      break;
    case "EntryAdmitted":
      if (isCard(event.pass)) orders.push({ type: "returnCard", lane: event.lane });
      break;
    case "EntryRefused":
      if (event.right === undefined ? event.card !== null || event.reason === "noRight" : event.right?.kind === "card") orders.push({ type: "returnCard", lane: event.lane });
      break;
    case "ExitReleased":
      if (isCard(event.pass)) orders.push({ type: "returnCard", lane: event.lane });
      break;
    case "LaneSaleOrdered":
      orders.push({ type: "laneSale", lane: event.lane, operation: event.operation, amountMinor: event.amountMinor });
      break;
    case "LaneSaleAsked":
      orders.push({ type: "laneSaleStatus", lane: event.lane, operation: event.operation });
      break;
    case "TicketUsed":
      if (event.lane) orders.push({ type: "captureTicket", lane: event.lane, number: event.number });
      break;
    case "TicketUnclaimed":
      if (event.lane) orders.push({ type: "ejectTicket", lane: event.lane });
      break;
    case "ExitRefused":
      if (event.medium === "card" || event.medium === "ticket") orders.push({ type: event.medium === "card" ? "returnCard" : "ejectTicket", lane: event.lane });
      break;
    default:
      orders.push(...stationOrdersOf(event));
  }
  return orders.map((order, i) => ({ ...order, id: `${facility}:${seq}:${i}` }));
}
