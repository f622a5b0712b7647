/** What attendants order at lanes, calls, counts and stays. Every override carries a reason. */
import { z } from "zod";
import { facilityMode, laneMode } from "./live.ts";
import {
  after, facilityId, freeText, groupId, instant, laneId, pageOf, queryFlag, queryInstant, queryRows, reason, runningNumber, stationId,
  stayId, TEXT_MAX, ticketNumber, positiveMinor,
} from "./words.ts";

export const facilityParams = z.strictObject({ facility: facilityId });
export const laneParams = z.strictObject({ facility: facilityId, lane: laneId });
export const stationParams = z.strictObject({ facility: facilityId, station: stationId });
/** Path parameters are text; a running number in a path is plain digits. */
const pathNumber = z.string().regex(/^[1-9]\d{0,9}$/).transform(Number).pipe(runningNumber);
export const callParams = z.strictObject({ facility: facilityId, call: pathNumber });
export const ticketParams = z.strictObject({ facility: facilityId, ticket: ticketNumber });
export const stayParams = z.strictObject({ facility: facilityId, stay: stayId });
export const faultParams = z.strictObject({ facility: facilityId, fault: pathNumber });

export const openLaneBody = z.strictObject({ reason, ticket: ticketNumber.optional() });
export type OpenLaneBody = z.infer<typeof openLaneBody>;
export const setLaneModeBody = z.strictObject({ mode: laneMode, reason });
export type SetLaneModeBody = z.infer<typeof setLaneModeBody>;
export const setFacilityModeBody = z.strictObject({ mode: facilityMode.extract(["open", "closed"]), reason });
export const reasonBody = z.strictObject({ reason });
export type ReasonBody = z.infer<typeof reasonBody>;

export const callOutcome = z.enum(["opened", "graceExtended", "paid", "ticketReplaced", "advised", "driverLeft", "gaveUp"]);
export const endCallBody = z.strictObject({ outcome: callOutcome });

export const adjustCountBody = z.strictObject({ group: groupId, delta: z.int().min(-10_000).max(10_000), reason });
export type AdjustCountBody = z.infer<typeof adjustCountBody>;

export const stayView = z.strictObject({
  stay: stayId,
  ticket: ticketNumber.nullable(),
  card: z.boolean(),
  basis: z.enum(["booking", "seasonTicket", "contract", "external", "service", "payAsYouGo", "reportedOverflow", "shortTerm", "irregular"]),
  group: z.string(),
  enteredAt: instant,
  exitedAt: instant.nullable(),
  lane: z.string().nullable(),
  flags: z.array(z.string()),
  end: z.string().nullable(),
});
export type StayView = z.infer<typeof stayView>;
/** `check=true`: only stays somebody should look at (flagged, or older than the policy's maximum). */
export const staysQuery = z.strictObject({
  check: queryFlag.optional(), open: queryFlag.optional(), from: queryInstant.optional(), to: queryInstant.optional(), rows: queryRows, after,
});
export const stays = pageOf(stayView);
export const closeStayBody = z.strictObject({ reason, exitedAt: instant.optional() });
export type CloseStayBody = z.infer<typeof closeStayBody>;
/** Manual mode, also entered late: `at` is when it happened. */
export const admitByHandBody = z.strictObject({ reason, at: instant.optional() });
export const releaseByHandBody = z.strictObject({ reason, at: instant.optional() });
export const noteBody = z.strictObject({ text: freeText(TEXT_MAX).refine((t) => t.trim() !== "", "a note is needed"), subject: freeText(60).optional() });
export type NoteBody = z.infer<typeof noteBody>;

/** Money moved into or out of a station by staff; `counted` is what was found. */
export const hopperFillBody = z.strictObject({ denominationMinor: positiveMinor, count: z.int().min(1).max(10_000) });
export type HopperFillBody = z.infer<typeof hopperFillBody>;
export const hopperEmptyBody = z.strictObject({ denominationMinor: positiveMinor, counted: z.int().min(0).max(10_000) });
export type HopperEmptyBody = z.infer<typeof hopperEmptyBody>;
export const cashBoxBody = z.strictObject({
  counted: z.array(z.strictObject({ denominationMinor: positiveMinor, count: z.int().min(0).max(100_000) })).max(20),
});
export type CashBoxBody = z.infer<typeof cashBoxBody>;
export const stationModeBody = z.strictObject({ mode: z.enum(["inService", "outOfService"]), reason });
