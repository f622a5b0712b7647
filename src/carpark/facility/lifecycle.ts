/** The facility as a whole: set up, opened and closed, on fire, in safe mode, its owner and its periods. */
import { unreachable } from "../../kernel/assert.ts";
import { digestOf } from "../../kernel/canonical.ts";
import { zoneOf } from "../../kernel/zone.ts";
import { reportFault } from "../fault/fault.ts";
import { policyOfFile } from "../rights/configured.ts";
import { decideAt } from "../rights/desk.ts";
import { learnRights } from "../rights/learn.ts";
import { recordMail } from "../rights/mail.ts";
import { bookSeasonSale } from "../office/till.ts";
import { restartStations } from "../paystation/deadline.ts";
import { serveWaiting } from "../waiting/serve.ts";
import type { SystemCommand } from "./command.ts";
import type { FacilityConfig } from "./config.ts";
import type { FacilityCore } from "./decide.ts";
import type { Deciding } from "./deciding.ts";
import type { Refusal } from "./refusal.ts";
import { FACILITY_STATE_VERSION } from "./state.ts";
import { digestState, encodeState } from "./snapshot.ts";
import { publishTariff } from "./tariff-publication.ts";

export function decideLifecycle(core: FacilityCore, d: Deciding, command: Exclude<SystemCommand, { type: "Tick" }>): Refusal | null {
  switch (command.type) {
    case "ConfigureFacility":
      if (!zoneOf(command.config.zone).ok) return { type: "notPriced", reason: `unknown time zone ${command.config.zone}` };
      if (d.state.config && digestOf(d.state.config) === digestOf(command.config)) return null;
      configure(d, command.config);
      return null;
    case "PublishTariff":
      return publishTariff(d, command.tariff, command.reason);
    case "StartOwner":
      // Inputs are read again before anything is concluded or commanded.
      core.inputs.clear();
      d.emit({ type: "OwnerStarted", epoch: command.epoch });
      restartStations(d);
      return null;
    case "EnterSafeMode":
      if (d.state.mode === "safe") return { type: "nothingToDo", what: "EnterSafeMode" };
      d.emit({ type: "FacilityModeSet", mode: "safe", reason: command.reason });
      reportFault(d, { asset: { kind: "system", id: d.state.id }, code: "assertionFailed", details: command.reason });
      return null;
    case "LearnCardRight":
      if (command.operatorSeq <= d.state.operatorSeq) return { type: "nothingToDo", what: "LearnCardRight" };
      d.emit({ type: "CardRightSet", card: command.card, right: command.right, operatorSeq: command.operatorSeq });
      return null;
    case "LearnGuardCard":
      if (command.operatorSeq <= d.state.operatorSeq) return { type: "nothingToDo", what: "LearnGuardCard" };
      d.emit({ type: "GuardCardSet", guard: command.guard, operatorSeq: command.operatorSeq });
      return null;
    case "LearnRights":
      return configuredOr(d) ?? learnRights(d, command.act, command.operatorSeq);
    case "RecordAccountMail": return recordMail(d, command);
    case "LearnSeasonSale":
      return bookSeasonSale(d, command);
    case "ClosePeriod":
      d.emit({
        type: "PeriodClosed", stateVersion: FACILITY_STATE_VERSION, digest: digestState(core.state),
        state: encodeState(core.state),
      });
      return null;
    default:
      return unreachable(command);
  }
}

const configuredOr = (d: Deciding): Refusal | null => (d.state.config ? null : { type: "facilityNotConfigured" });

/** The file's policy holds from the beginning; where a later file says something else, from now on. What staff set else stays. */
function configure(d: Deciding, config: FacilityConfig): void {
  const before = d.state.config;
  d.emit({ type: "FacilityConfigured", config });
  if (!before) return;
  const [was, is] = [policyOfFile(before as FacilityConfig), policyOfFile(config)];
  const changed = Object.fromEntries(Object.entries(is).filter(([key, value]) => was[key as keyof typeof was] !== value));
  if (Object.keys(changed).length > 0) decideAt(d, { type: "SetPolicy", policy: changed });
}

export function setFacilityMode(d: Deciding, mode: "open" | "closed", reason: string): Refusal | null {
  if (d.state.mode === "safe") return { type: "facilityInSafeMode" };
  if (d.state.mode === mode || d.state.mode === "fire") return { type: "nothingToDo", what: "SetFacilityMode" };
  d.emit({ type: "FacilityModeSet", mode, reason });
  serveWaiting(d);
  return null;
}

/** Every exit opens and stays open until somebody resets the alarm on site. Needs no reason and no login at the panel. */
export function raiseFire(d: Deciding): Refusal | null {
  if (d.state.mode === "fire") return { type: "nothingToDo", what: "RaiseFireAlarm" };
  d.emit({ type: "FacilityModeSet", mode: "fire", reason: "fire alarm" });
  return null;
}

/** Afterwards nobody knows who is inside: every stay is neutral, entries stay closed until a recount. */
export function resetFire(d: Deciding, reason: string): Refusal | null {
  if (d.state.mode !== "fire") return { type: "nothingToDo", what: "ResetFireAlarm" };
  d.emit({ type: "FacilityModeSet", mode: "closed", reason });
  for (const stay of [...d.state.stays.values()]) {
    if (!stay.flags.includes("neutral")) d.emit({ type: "StayNeutralSet", stay: stay.id, reason });
  }
  decideAt(d, { type: "SetNeutral", scope: { type: "facility" }, reason });
  return null;
}
