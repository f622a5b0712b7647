/**
 * What is going on now: the overview of all car parks and the full view of one. The same shapes come as
 * the answer to GET and as events of the live stream. A view is a snapshot, complete in itself.
 */
import { z } from "zod";
import { ENTRY_REFUSALS, EXIT_REFUSALS } from "../../carpark/lane/lane.ts";
import { chargeLine, due } from "./ticket.ts";
import { amountMinor, currency, groupId, instant, laneId, runningNumber, stationId, ticketNumber, words } from "./words.ts";

export const facilityMode = z.enum(["open", "closed", "fire", "safe"]);
export const laneMode = z.enum(["automatic", "closed", "heldOpen", "outOfService"]);
export const laneStep = z.enum([
  "idle", "approached", "waiting", "offered", "printing", "offering", "retracting", "ticketInMouth", "printerFault",
  "refused", "paymentDue", "returningCard", "opening", "attendant",
]);
export type LaneStep = z.infer<typeof laneStep>;

/** Status of one device and when it was last heard; older than 10 s is shown as stale. */
export const deviceStatus = z.strictObject({
  device: z.string(),
  state: z.enum(["ok", "warning", "fault", "lost"]),
  /** What it reports: `paperOut`, `jammed`; `ok` when nothing. */
  detail: z.string(),
  lastSeenAt: instant.nullable(),
});
export type DeviceStatusView = z.infer<typeof deviceStatus>;

const loop = z.strictObject({ occupied: z.boolean(), fresh: z.boolean(), at: instant }).nullable();

/** The sign at the street; `closed` while the car park is not open. */
export const sign = z.enum(["spaces", "carParkFull", "closed"]);

/** `flashing`: the pillar flashes it. `key` is a key of the catalogues, `params` its parameters. */
export const display = words.extend({ flashing: z.boolean() });
export type DisplayView = z.infer<typeof display>;

export const laneView = z.strictObject({
  id: laneId,
  name: z.string(),
  direction: z.enum(["entry", "exit"]),
  interlock: z.string().nullable(),
  mode: laneMode,
  step: laneStep,
  movement: z.strictObject({
    id: runningNumber,
    since: instant,
    ticket: ticketNumber.nullable(),
    refusal: z.enum([...ENTRY_REFUSALS, ...EXIT_REFUSALS]).nullable(),
    until: instant.nullable(),
    call: runningNumber.nullable(),
  }).nullable(),
  display,
  barrier: z.strictObject({
    /** `hold`: no command; the controller keeps what it has. */
    desired: z.enum(["open", "close", "hold"]),
    reported: z.enum(["open", "closed", "moving", "unknown"]),
    at: instant.nullable(),
  }),
  loops: z.strictObject({ arming: loop, underArm: loop, closing: loop }),
  devices: z.array(deviceStatus),
});
export type LaneView = z.infer<typeof laneView>;

export const hopperView = z.strictObject({ denominationMinor: amountMinor, count: z.int(), capacity: z.int(),
  /** Paid out less than it should hold; not used for change until staff have looked. */
  suspect: z.boolean(),
});
export const cashBoxRow = z.strictObject({ denominationMinor: amountMinor, count: z.int() });

export const stationView = z.strictObject({
  id: stationId,
  name: z.string(),
  /** What the customer sees: a key of the pay station's screens. */
  screen: words,
  /** The machine's state, by the word of docs/machines/pay-station.md. */
  state: z.string(),
  inService: z.boolean(),
  cashEnabled: z.boolean(),
  cardEnabled: z.boolean(),
  /** The intercom of this machine; null while nobody calls. */
  call: z.enum(["ringing", "answered"]).nullable(),
  transaction: z.strictObject({
    payment: z.string().nullable(),
    ticket: ticketNumber.nullable(),
    chargeMinor: amountMinor,
    insertedMinor: amountMinor,
    remainingMinor: amountMinor,
    changeMinor: amountMinor,
    retainedMinor: amountMinor,
    /** The charges that made the amount. */
    lines: z.array(chargeLine),
    /** Coins and notes for which change would be short if they came next, and by how much. */
    retains: z.array(z.strictObject({ denominationMinor: amountMinor, retainedMinor: amountMinor })),
    leaveBy: instant.nullable(),
    startedAt: instant.nullable(),
    /** When the machine gives the money and ticket back if nothing happens. */
    until: instant.nullable(),
  }).nullable(),
  hoppers: z.array(hopperView),
  cashBox: z.array(cashBoxRow),
  tenders: z.strictObject({ coins: z.array(amountMinor), notes: z.array(amountMinor), cards: z.array(z.string()) }),
  devices: z.array(deviceStatus),
});
export type StationView = z.infer<typeof stationView>;

export const groupView = z.strictObject({
  id: groupId,
  name: z.string(),
  within: groupId.nullable(),
  capacity: z.int(),
  /** Open stays plus adjustments; never clamped, so it may be above capacity or below zero. */
  occupied: z.int(),
  stays: z.int(),
  adjustments: z.int(),
  reserved: z.int(),
  free: z.int(),
});
export type GroupView = z.infer<typeof groupView>;

export const callView = z.strictObject({
  call: runningNumber,
  origin: z.strictObject({ kind: z.enum(["lane", "station"]), id: z.string(), name: z.string(), movement: runningNumber.nullable() }),
  reason: z.string(),
  ringingSince: instant,
  forwarded: z.int(),
  answeredBy: z.string().nullable(),
  ticket: z.strictObject({
    number: ticketNumber,
    state: z.string(),
    issuedAt: instant,
    paidAt: instant.nullable(),
    paidMinor: amountMinor,
    leaveBy: instant.nullable(),
    due: due.nullable(),
  }).nullable(),
});
export type CallView = z.infer<typeof callView>;

export const shiftView = z.strictObject({
  shift: z.string(),
  till: z.string(),
  openedBy: z.string(),
  openedAt: instant,
  floatMinor: amountMinor,
  /** Expected in the till now: float + cash taken + season tickets in cash + added - dropped - refunds - chits. */
  expectedMinor: amountMinor,
  cashMinor: amountMinor,
  cardMinor: amountMinor,
  refundedMinor: amountMinor,
  chitsMinor: amountMinor,
  seasonCashMinor: amountMinor,
  seasonCardMinor: amountMinor,
  addedMinor: amountMinor,
  droppedMinor: amountMinor,
  payments: z.int(),
  /** Season tickets sold and renewed. */
  seasons: z.int(),
});
export type ShiftView = z.infer<typeof shiftView>;

export const facilityView = z.strictObject({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  zone: z.string(),
  currency,
  /** The journal's sequence this view shows, and the facility's clock when it was made. */
  seq: z.int(),
  at: instant,
  mode: facilityMode,
  /** The last fire alarm left the count in doubt: entries stay closed until a recount. */
  recountNeeded: z.boolean(),
  sign,
  storeHealthy: z.boolean(),
  lanes: z.array(laneView),
  stations: z.array(stationView),
  groups: z.array(groupView),
  waiting: z.array(z.strictObject({ lane: laneId, movement: runningNumber, since: instant.nullable(), offeredUntil: instant.nullable() })),
  calls: z.array(callView),
  shifts: z.array(shiftView),
  openFaults: z.int(),
  guardsInside: z.int(),
});
export type FacilityView = z.infer<typeof facilityView>;

export const alarm = z.strictObject({
  kind: z.enum(["fire", "safe", "recount", "fault", "call", "laneBlocked", "deviceLost", "store"]),
  subject: z.string(),
  detail: z.string(),
  since: instant.nullable(),
});
export type AlarmView = z.infer<typeof alarm>;

export const facilitySummary = z.strictObject({
  id: z.string(),
  number: z.int(),
  name: z.string(),
  address: z.string(),
  zone: z.string(),
  currency,
  seq: z.int(),
  at: instant,
  mode: facilityMode,
  sign,
  groups: z.array(groupView),
  capacity: z.int(),
  occupied: z.int(),
  free: z.int(),
  /** Free spaces of the group ticket customers use; what the sign at the entrance tells. */
  ticketFree: z.int(),
  lanes: z.int(),
  stations: z.int(),
  openCalls: z.int(),
  openFaults: z.int(),
  waiting: z.int(),
  alarms: z.array(alarm),
});
export type FacilitySummary = z.infer<typeof facilitySummary>;

export const overview = z.strictObject({ at: instant, city: z.string(), facilities: z.array(facilitySummary) });
export type Overview = z.infer<typeof overview>;

/** The facility's configuration as recorded in its journal, and the tariff in force. */
export const facilityConfigView = z.strictObject({
  config: z.unknown(),
  tariffs: z.array(z.strictObject({ version: z.int(), effectiveFrom: instant, tariff: z.unknown() })),
});

/** What stands in public view at a car park: no calls, tickets by number only where the machine shows them. */
export const publicView = z.strictObject({
  id: z.string(), name: z.string(), address: z.string(), zone: z.string(), currency, seq: z.int(), at: instant, demo: z.boolean(),
  mode: facilityMode, sign, free: z.int(),
  /** Its drivers are known by their plates, so that one may be typed at the pay station. */
  payByPlate: z.boolean(),
  lanes: z.array(z.strictObject({ id: laneId, name: z.string(), direction: z.enum(["entry", "exit"]), display })),
  stations: z.array(stationView),
});
export type PublicView = z.infer<typeof publicView>;
export const publicOverview = z.strictObject({
  city: z.string(), demo: z.boolean(),
  facilities: z.array(z.strictObject({
    id: z.string(), name: z.string(), address: z.string(), sign, free: z.int(),
    lanes: z.array(z.strictObject({ id: laneId, name: z.string(), direction: z.enum(["entry", "exit"]) })),
    stations: z.array(z.strictObject({ id: stationId, name: z.string() })),
  })),
});
export type PublicOverview = z.infer<typeof publicOverview>;
