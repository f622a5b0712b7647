/**
 * Only in the demo: the virtual clock, the drawn world and what a hand may do in it. The world's view is the
 * simulator's `WorldView`; its actions are read here, field by field, into the simulator's `CityAction`.
 */
import { z } from "zod";
import type { CityAction } from "../../simulator/world/action.ts";
import { credentialRef, instant, laneId, positiveMinor, stationId } from "./words.ts";

export type { WorldView } from "../../simulator/world/view.ts";

/** Letters that would have left by e-mail, newest first; nothing leaves the demo. */
export const demoMails = z.strictObject({
  rows: z.array(z.strictObject({
    id: z.string(), at: instant, to: z.string(), subject: z.string(), text: z.string(), urgent: z.boolean(), attachments: z.array(z.string()),
  })),
});
export type DemoMails = z.infer<typeof demoMails>;

/** Fastest virtual clock: 600 minutes in one. */
export const SPEED_MAX = 600;

/** `aheadMs`: how far the virtual clock is ahead of the machine's; it never goes back, also not at the next start. */
export const demoClock = z.strictObject({ now: instant, aheadMs: z.int(), speed: z.number(), paused: z.boolean(), traffic: z.number() });
export type DemoClock = z.infer<typeof demoClock>;
export const demoClockBody = z.strictObject({ speed: z.int().min(1).max(SPEED_MAX).optional(), paused: z.boolean().optional() });
/** 0 no traffic, 1 an ordinary day, 5 a rush. */
export const demoTrafficBody = z.strictObject({ level: z.number().min(0).max(5) });

const vehicle = z.int().min(1).max(2_147_483_647);
const simple = <T extends string>(type: T) => z.strictObject({ type: z.literal(type), vehicle });

export const demoActionBody = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("arrive"), lane: laneId, card: credentialRef.optional(), plate: z.string().regex(/^[A-Za-z0-9ÄÖÜäöü -]{1,12}$/).optional(), code: z.boolean().optional() }),
  simple("pressButton"), simple("takeTicket"), simple("presentCard"), simple("takeCard"), simple("showCode"), simple("coverPlate"),
  z.strictObject({ type: z.literal("showPaymentCard"), vehicle, answer: z.enum(["approve", "decline", "silent"]).optional() }),
  simple("driveForward"), simple("backOut"),
  simple("tailgate"), simple("loseTicket"), simple("damageTicket"), simple("insertTicket"),
  z.strictObject({ type: z.literal("walkToStation"), vehicle, station: stationId.optional() }),
  simple("walkBack"),
  z.strictObject({ type: z.literal("insertCoin"), vehicle, denominationMinor: positiveMinor }),
  z.strictObject({ type: z.literal("insertNote"), vehicle, denominationMinor: positiveMinor }),
  z.strictObject({ type: z.literal("insertInvalid"), vehicle, kind: z.enum(["coin", "note"]) }),
  z.strictObject({
    type: z.literal("chooseCard"), vehicle, scheme: z.enum(["mastercard", "visa", "debit"]), answer: z.enum(["approve", "decline", "silent"]).optional(),
  }),
  simple("cancel"), simple("pressReceipt"), simple("extendPayment"), simple("acceptRetention"), simple("takeFromTray"), simple("callHelp"),
  z.strictObject({ type: z.literal("driveToExit"), vehicle, lane: laneId.optional() }),
  simple("leave"),
]);
export type DemoActionBody = z.infer<typeof demoActionBody>;

/** Every action of the simulator can be sent; one that cannot does not compile. */
type Missing = Exclude<CityAction["type"], DemoActionBody["type"]>;
export const everyActionIsRead: [Missing] extends [never] ? true : Missing = true;

/** `refusal`: why the physical world does not allow it; the type of the simulator's `ActionRefusal`. */
export const demoActionAnswer = z.strictObject({ vehicle: z.int().nullable(), refusal: z.looseObject({ type: z.string() }).nullable() });
export type DemoActionAnswer = z.infer<typeof demoActionAnswer>;
