/**
 * The receiving end of device messages: each device numbers what it says since its own boot.
 *
 *   (boot, seq) new and next    delivered, and what had been waiting behind it
 *   new, but one is missing     kept for a moment; the device is asked to send again
 *   seen before                 dropped
 *
 * A device that booted starts a new count. A message that tells of a moment (a press, a card, a read) and is old
 * by the device's own clock is history and moves nothing; levels and counters are true however late they come.
 */
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { DurationMs } from "../kernel/instant.ts";

export type DeviceMessage = {
  readonly device: string;
  /** Grows with each boot of the device. */
  readonly boot: number;
  /** 1, 2, 3 ... since that boot. */
  readonly seq: number;
  /** Since the device noticed it, by the device's own monotone clock. */
  readonly ageMs: DurationMs;
  readonly command: FacilityCommand;
};

type Line = { boot: number; next: number; held: Map<number, DeviceMessage> };

export type Inbox = Map<string, Line>;

/** Messages kept behind a gap; then the gap is given up, the missing ones count as lost. */
export const HELD_MAX = 16;
/** A press or a read older than this belongs to a driver who may have left. */
export const MOMENT_AGE_MAX_MS = 10_000;

export type Received = {
  readonly deliver: readonly FacilityCommand[];
  /** First missing number, when there is a gap now: the device shall send again from there. */
  readonly gap: number | null;
  readonly dropped: "duplicate" | "history" | null;
};

export function receive(inbox: Inbox, message: DeviceMessage): Received {
  let line = inbox.get(message.device);
  if (!line || message.boot > line.boot) {
    // Heard of for the first time: what was before is known to nobody, its levels are read anew.
    line = { boot: message.boot, next: message.seq, held: new Map() };
    inbox.set(message.device, line);
  }
  if (message.boot < line.boot || message.seq < line.next || line.held.has(message.seq)) {
    return { deliver: [], gap: null, dropped: "duplicate" };
  }
  line.held.set(message.seq, message);
  if (line.held.size > HELD_MAX) line.next = Math.min(...line.held.keys());
  const deliver: FacilityCommand[] = [];
  let history = false;
  for (let next = line.held.get(line.next); next; next = line.held.get(line.next)) {
    line.held.delete(line.next);
    line.next++;
    if (tooOld(next)) history = true;
    else deliver.push(next.command);
  }
  return { deliver, gap: line.held.size > 0 ? line.next : null, dropped: history ? "history" : null };
}

function tooOld(message: DeviceMessage): boolean {
  if (message.ageMs <= MOMENT_AGE_MAX_MS) return false;
  switch (message.command.type) {
    case "PressButton": case "PressHelp": case "PressStationHelp": case "PresentCard": case "PresentTicket": case "AttachPlate": case "PresentCredential":
    case "ChooseCard":
    case "InsertTicket": case "InsertCard": case "CancelPayment": case "PressReceipt": case "ExtendPayment": case "AcceptRetention":
      return true;
    default:
      return false;
  }
}
