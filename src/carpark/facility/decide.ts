/**
 * The facility's decider: clock first, then the command.
 *
 *   decide(core, command, { now, actor })
 *     1. due deadlines and calendar edges up to now, in time order (also those missed while the process was down)
 *     2. the command -> events, or a refusal (then it caused no event of its own)
 *
 * Pure and synchronous: time and actor come in as data, state changes through `evolve` alone. An assertion failure
 * leaves the core half changed; its owner throws the core away and folds it anew from the journal.
 */
import { assert, present, unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { decideClaim } from "../claim/decide.ts";
import { applyFaultDeadline, decideFault, nextFaultDeadline } from "../fault/fault.ts";
import { applyGuardDeadline, decideGuard, nextGuardDeadline } from "../guard/guard.ts";
import { answerCall, applyCallDeadline, endCall, nextCallDeadline, ring } from "../intercom/ring.ts";
import { openByStaff, setLaneMode } from "../lane/attendant.ts";
import { applySignal } from "../lane/crossing.ts";
import { applyLaneDeadline, nextLaneDeadline } from "../lane/deadlines.ts";
import { pressButton, ticketNotPrinted, ticketPrinted, ticketRetracted, ticketTaken } from "../lane/entry.ts";
import { presentTicketAtExit } from "../lane/exit.ts";
import { type LaneInputs, SETTLE_MS, emptyLaneInputs } from "../lane/inputs.ts";
import { applySaleDeadline, nextSaleDeadline, reportSale } from "../lane/sale.ts";
import { laneConfig, movementAt } from "../lane/movement.ts";
import { senseLoop, settlePassage } from "../lane/passage.ts";
import { attachPlate, correctPlate } from "../lane/plate.ts";
import { presentCard, presentCredential } from "../lane/present.ts";
import { decideOffice } from "../office/decide.ts";
import { applyStationDeadline, nextStationDeadline } from "../paystation/deadline.ts";
import { decidePayStation } from "../paystation/decide.ts";
import { applyRightsDeadline, nextRightsDeadline } from "../rights/desk.ts";
import { sendStatement } from "../rights/mail.ts";
import { askRights } from "../rights/ask.ts";
import { payStay } from "../rights/payment.ts";
import { takeProviderPayment } from "../rights/provider-payment.ts";
import { adjustCount, admitByHand, closeStayByStaff, setNeutral } from "../stay/attendant.ts";
import { extendGrace, voidTicket } from "../ticket/attendant.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { facilityZone } from "./clock.ts";
import type { AttendantCommand, FacilityCommand, LaneCommand } from "./command.ts";
import type { FacilityId, LaneId } from "./config.ts";
import type { Deciding } from "./deciding.ts";
import type { FacilityEvent, Recorded } from "./event.ts";
import { evolve } from "./evolve.ts";
import { decideLifecycle, raiseFire, resetFire, setFacilityMode } from "./lifecycle.ts";
import { desiredOutputs } from "./outputs.ts";
import type { Refusal } from "./refusal.ts";
import { type Facility, emptyFacility } from "./state.ts";

/** `state` is folded from the journal; `inputs` and `clock` (how far deadlines have been applied) begin anew with each start. */
export type FacilityCore = { readonly state: Facility; readonly inputs: Map<LaneId, LaneInputs>; readonly clock: { now: Instant } };

export type Decision = { readonly events: readonly Recorded[]; readonly refusal: Refusal | null };

/** One command may cause this many events; more is a loop of our own. */
export const EVENTS_PER_COMMAND_MAX = 20_000;
/** Deadlines applied before one command: a month of downtime in a busy car park stays far below. */
export const DEADLINES_PER_COMMAND_MAX = 10_000;
/** A typed reason or note: room for a paragraph. */
export const REASON_LENGTH_MAX = 500;

export const createFacility = (id: FacilityId): FacilityCore => ({
  state: emptyFacility(id), inputs: new Map(), clock: { now: 0 },
});

export function decide(
  core: FacilityCore, command: FacilityCommand, context: { readonly now: Instant; readonly actor: string | null },
): Decision {
  const events: Recorded[] = [];
  const now = Math.max(context.now, core.state.now);
  const begin = (at: Instant, actor: string | null): Deciding => ({
    state: core.state, inputs: core.inputs, now: at, actor,
    emit(event: FacilityEvent): void {
      assert(events.length < EVENTS_PER_COMMAND_MAX, `one ${command.type} causes a bounded number of events`);
      const recorded: Recorded = actor === null ? { ...event, at } : { ...event, at, by: actor };
      evolve(core.state, recorded);
      events.push(recorded);
    },
  });
  advance(core, now, (at) => begin(at, null));
  const before = events.length;
  core.clock.now = now;
  const refusal = applyCommand(core, begin(now, context.actor), command);
  assert(refusal === null || events.length === before, `a refused ${command.type} causes no event`);
  watchArms(core, now);
  return { events, refusal };
}

/** Folds a journalled event; the only other way into the state. */
export { evolve } from "./evolve.ts";

/** When something is due next, or null. */
export function nextDeadline(core: FacilityCore): Instant | null {
  const { state, inputs } = core;
  if (!state.config) return null;
  const candidates = [
    nextLaneDeadline(state, inputs), nextSettle(inputs), nextCallDeadline(state), nextFaultDeadline(state),
    nextGuardDeadline(state), nextStationDeadline(state), nextSaleDeadline(state), nextCalendarEdge(core),
    nextRightsDeadline(state, Math.max(state.now, core.clock.now)),
  ];
  return candidates.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);
}

function advance(core: FacilityCore, now: Instant, begin: (at: Instant) => Deciding): void {
  for (let i = 0; ; i++) {
    assert(i < DEADLINES_PER_COMMAND_MAX, "a bounded number of deadlines is due");
    const due = nextDeadline(core);
    if (due === null || due > now) return;
    const d = begin(Math.max(due, core.state.now));
    settleLoops(core, d);
    applyLaneDeadline(d);
    applyCallDeadline(d);
    applyFaultDeadline(d);
    applyGuardDeadline(d);
    applyStationDeadline(d);
    applySaleDeadline(d);
    applyRightsDeadline(d);
    serveWaiting(d);
    core.clock.now = d.now;
  }
}

function nextSettle(inputs: ReadonlyMap<LaneId, LaneInputs>): Instant | null {
  let next: Instant | null = null;
  for (const { passage } of inputs.values()) {
    if (passage.clearSince === null) continue;
    const at = passage.clearSince + SETTLE_MS;
    if (next === null || at < next) next = at;
  }
  return next;
}

function settleLoops(core: FacilityCore, d: Deciding): void {
  for (const config of present(core.state.config, "configuration").lanes) {
    const inputs = core.inputs.get(config.id);
    if (inputs) for (const signal of settlePassage(inputs, d.now)) applySignal(d, config, signal);
  }
}

/** Midnight matters while cars wait: capacities may differ from one day to the next. */
function nextCalendarEdge(core: FacilityCore): Instant | null {
  if (core.state.waiting.length === 0) return null;
  return facilityZone(core.state).nextStartOfDay(Math.max(core.state.now, core.clock.now));
}

/** Remembers since when an arm has been told to close, for the deadline that finds a stuck one. */
function watchArms(core: FacilityCore, now: Instant): void {
  if (!core.state.config) return;
  for (const output of desiredOutputs(core.state, core.inputs, now).lanes) {
    const barrier = core.inputs.get(output.lane)?.barrier;
    if (!barrier) continue;
    const waits = output.barrier === "close" && (barrier.position === "open" || barrier.position === "moving");
    if (!waits) barrier.closeWantedSince = null;
    else barrier.closeWantedSince ??= now;
  }
}

function applyCommand(core: FacilityCore, d: Deciding, command: FacilityCommand): Refusal | null {
  switch (command.type) {
    case "SenseLoop": case "SenseBarrier": case "PressButton": case "PressHelp": case "ReportTicketPrinted":
    case "ReportTicketNotPrinted": case "ReportTicketTaken": case "ReportTicketRetracted": case "PresentCard":
    case "ReportCardTaken": case "PresentTicket": case "AttachPlate": case "PresentCredential": case "CorrectPlate": case "ReportLaneSale":
      return configured(d) ?? decideLane(core, d, command);
    case "OpenByStaff": case "SetLaneMode": case "SetFacilityMode": case "RaiseFireAlarm": case "ResetFireAlarm":
    case "LeaveSafeMode": case "AnswerCall": case "EndCall": case "ExtendGrace": case "VoidTicket": case "AdjustCount":
    case "CloseStay": case "SetNeutral": case "AdmitByHand": case "ReleaseByHand": case "WriteNote":
    case "DecideRights": case "SendStatement":
      return configured(d) ?? byPerson(d, command) ?? decideAttendant(d, command);
    case "ConfigureFacility": case "PublishTariff": case "StartOwner": case "EnterSafeMode": case "LearnCardRight":
    case "LearnGuardCard": case "LearnRights": case "LearnSeasonSale": case "RecordAccountMail": case "ClosePeriod":
      return decideLifecycle(core, d, command);
    case "Tick":
      return null;
    case "ReportFault": case "RecordFaultNotification": case "AcknowledgeFault": case "FixFault": case "ReopenFault":
      return configured(d) ?? decideFault(d, command);
    case "InsertTicket": case "InsertCard": case "ReportTicketRemoved": case "CountCoins": case "ReportTenderReturned":
    case "OfferNote": case "CountNotes": case "ReportEscrowReturned": case "ReportCardOutcome": case "CountPayout":
    case "ReportValidationPrinted": case "ChooseStay": case "ChooseCard": case "AcceptRetention": case "ExtendPayment": case "CancelPayment":
    case "PressReceipt": case "PressStationHelp": case "SetStationMode": case "FillHopper": case "EmptyHopper": case "ExchangeCashBox":
    case "ResetCashCounters": case "AbandonPayout":
      return configured(d) ?? decidePayStation(d, command);
    case "OpenShift": case "CloseShift": case "TakeOfficePayment": case "ReplaceTicket": case "IssueLostTicket":
    case "RedeemChit": case "RefundPayment": case "MoveTillCash":
      return configured(d) ?? decideOffice(d, command);
    case "PresentGuardCard":
      return configured(d) ?? decideGuard(d, command);
    case "AskRights":
      return configured(d) ?? askRights(d, command.command);
    case "PayStay":
      return configured(d) ?? payStay(d, command);
    case "ClaimStay": case "ReleaseStay":
      return configured(d) ?? decideClaim(d, command);
    case "TakeProviderPayment":
      return configured(d) ?? takeProviderPayment(d, command);
    default:
      return unreachable(command);
  }
}

const configured = (d: Deciding): Refusal | null => (d.state.config ? null : { type: "facilityNotConfigured" });

/** Staff acts have an actor, and a reason wherever the command has one. */
function byPerson(d: Deciding, command: AttendantCommand): Refusal | null {
  if (d.actor === null && command.type !== "RaiseFireAlarm") return { type: "actorMissing" };
  const text = reasonOf(command);
  if (text === null) return null;
  if (text.trim() === "") return { type: "reasonMissing" };
  return text.length > REASON_LENGTH_MAX ? { type: "textTooLong", max: REASON_LENGTH_MAX } : null;
}

function reasonOf(command: AttendantCommand): string | null {
  if (command.type === "DecideRights") return "reason" in command.command ? command.command.reason : null;
  return "reason" in command ? command.reason : command.type === "WriteNote" ? command.text : null;
}

function decideLane(core: FacilityCore, d: Deciding, command: LaneCommand): Refusal | null {
  const { lane } = command;
  const config = laneConfig(core.state, lane);
  if (!config) return { type: "laneUnknown", lane };
  switch (command.type) {
    case "SenseLoop": {
      const inputs = inputsOf(core, lane);
      for (const signal of senseLoop(inputs, command.loop, command.occupied, d.now)) applySignal(d, config, signal);
      return null;
    }
    case "SenseBarrier": {
      const { barrier } = inputsOf(core, lane);
      barrier.position = command.position;
      barrier.at = d.now;
      return null;
    }
    case "PressButton": return pressButton(d, lane);
    case "PressHelp": {
      const movement = core.state.lanes.get(lane)?.movement?.id ?? null;
      ring(d, { kind: "lane", lane, movement }, "help", null);
      return null;
    }
    case "ReportTicketPrinted": return ticketPrinted(d, lane, command.number);
    case "ReportTicketNotPrinted": return ticketNotPrinted(d, lane, command.number, command.cause);
    case "ReportTicketTaken": return ticketTaken(d, lane, command.number);
    case "ReportTicketRetracted": return ticketRetracted(d, lane, command.number, command.retracted);
    case "PresentCard":
      return presentCard(d, config.direction, lane, command.card);
    case "PresentCredential": return presentCredential(d, config.direction, command);
    case "CorrectPlate": return correctPlate(d, command);
    case "ReportLaneSale": return reportSale(d, command);
    case "ReportCardTaken": {
      const found = movementAt(d, lane, null);
      if (!found.ok) return found.error;
      if (found.value.phase.step !== "returningCard") return { type: "nothingToDo", what: "ReportCardTaken" };
      d.emit({ type: "CardReturned", lane, movement: found.value.id });
      return null;
    }
    case "PresentTicket": return presentTicketAtExit(d, lane, command.read);
    case "AttachPlate": return attachPlate(d, lane, command.plate);
    default: return unreachable(command);
  }
}

function inputsOf(core: FacilityCore, lane: LaneId): LaneInputs {
  const inputs = core.inputs.get(lane) ?? emptyLaneInputs();
  core.inputs.set(lane, inputs);
  return inputs;
}

function decideAttendant(d: Deciding, command: AttendantCommand): Refusal | null {
  switch (command.type) {
    case "OpenByStaff": return openByStaff(d, command);
    case "SetLaneMode": return setLaneMode(d, command.lane, command.mode, command.reason);
    case "SetFacilityMode": return setFacilityMode(d, command.mode, command.reason);
    case "RaiseFireAlarm": return raiseFire(d);
    case "ResetFireAlarm": return resetFire(d, command.reason);
    case "LeaveSafeMode":
      if (d.state.mode !== "safe") return { type: "nothingToDo", what: "LeaveSafeMode" };
      d.emit({ type: "FacilityModeSet", mode: "open", reason: command.reason });
      serveWaiting(d);
      return null;
    case "AnswerCall": return answerCall(d, command.call);
    case "EndCall": return endCall(d, command.call, command.outcome);
    case "ExtendGrace": return extendGrace(d, command.ticket, command.minutes, command.reason);
    case "VoidTicket": return voidTicket(d, command.ticket);
    case "AdjustCount": return adjustCount(d, command.group, command.delta, command.reason);
    case "CloseStay": return closeStayByStaff(d, command.stay, command.exitedAt, command.reason, "closedByStaff");
    case "SetNeutral": return setNeutral(d, command.stay, command.reason);
    case "DecideRights": return askRights(d, command.command);
    case "SendStatement": return sendStatement(d, command);
    case "AdmitByHand": return admitByHand(d, command.at, command.reason);
    case "ReleaseByHand": return closeStayByStaff(d, command.stay, command.at, command.reason, "manualRelease");
    case "WriteNote":
      d.emit({ type: "NoteWritten", text: command.text.trim(), subject: command.subject ?? null });
      return null;
    default: return unreachable(command);
  }
}
