/** The product's own health, for technicians. */
import { z } from "zod";
import { instant } from "./words.ts";

export const status = z.strictObject({
  version: z.string(),
  startedAt: instant,
  uptimeMs: z.int(),
  store: z.strictObject({ healthy: z.boolean(), embedded: z.boolean(), detail: z.string() }),
  facilities: z.array(z.strictObject({ facility: z.string(), seq: z.int(), mode: z.string(), owner: z.enum(["running", "safe", "stopped"]) })),
  followers: z.array(z.strictObject({
    name: z.string(), behind: z.int(), state: z.enum(["following", "catchingUp", "retrying"]), failing: z.boolean(), detail: z.string().nullable(),
  })),
  /** How the car parks stand with the exchange; null: they are linked to none. */
  exchange: z.strictObject({
    url: z.string(),
    state: z.enum(["notAsked", "reachable", "notReachable"]), since: instant.nullable(), why: z.string().nullable(),
    /** Sessions on their way, and those that were not taken. */
    waiting: z.int(), refused: z.int(),
    occupancySentAt: instant.nullable(),
    facilities: z.array(z.strictObject({
      facility: z.string(), place: z.string(), inventory: z.enum(["waiting", "published", "refused"]), problem: z.string().nullable(),
      /** Why its prices are not published; empty: they are. */
      unpriced: z.array(z.string()),
    })),
  }).nullable(),
  memoryBytes: z.int(),
  liveStreams: z.int(),
});
export type Status = z.infer<typeof status>;
export const health = z.strictObject({ status: z.enum(["ok", "degraded"]), store: z.boolean() });
