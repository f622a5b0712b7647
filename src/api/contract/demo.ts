/**
 * Only in the demo: the virtual clock, the drawn world and what a hand may do in it. `WorldView` and
 * `WorldAction` are defined by the simulator; an action names the car and what it does.
 */
import { z } from "zod";
import { freeText, instant, laneId, stationId } from "./words.ts";

/** Fastest virtual clock: 600 minutes in one. */
export const SPEED_MAX = 600;

export const demoClock = z.strictObject({ now: instant, speed: z.number(), paused: z.boolean(), traffic: z.number() });
export type DemoClock = z.infer<typeof demoClock>;
export const demoClockBody = z.strictObject({ speed: z.int().min(1).max(SPEED_MAX).optional(), paused: z.boolean().optional() });
/** 0 no traffic, 1 an ordinary day, 3 a rush. */
export const demoTrafficBody = z.strictObject({ level: z.number().min(0).max(3) });
/** The simulator's own schema reads the rest and refuses what it does not know. */
export const demoActionBody = z.looseObject({
  type: freeText(40), car: z.int().min(0).optional(), lane: laneId.optional(), station: stationId.optional(),
});
export type DemoActionBody = z.infer<typeof demoActionBody>;
export const demoActionAnswer = z.strictObject({ ok: z.boolean(), car: z.int().nullable(), detail: z.string().nullable() });
export type DemoActionAnswer = z.infer<typeof demoActionAnswer>;
