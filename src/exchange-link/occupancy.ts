/**
 * How full a car park is, told to the exchange soon after it changes.
 *
 *   counted -> the newest is remembered -> sent, when the last one is far enough back and the exchange is there
 *
 * Only the newest matters: what was not sent before it is never sent. Untold for long, it is sent again, so that nobody
 * takes a quiet car park for a dead one.
 */
import { type DurationMs, type Instant, MINUTE, SECOND } from "../kernel/instant.ts";
import type { Result } from "../kernel/result.ts";
import { type ExchangeClient, type LinkFailure, pathTo } from "./client.ts";
import type { JsonObject } from "./json.ts";
import { wireInstant } from "./wire.ts";

export type Counted = { readonly occupied: number; readonly spaces: number };

/** A rush makes one message, and a single car is known well within the ten seconds that are promised. */
export const COALESCE_MS: DurationMs = 3 * SECOND;
/** Also without a change; what is older than three times `frequency` counts as stale. */
export const REPEAT_MS: DurationMs = 3 * MINUTE;
const FREQUENCY = "PT3M";

export function occupancyBody(place: string, { occupied, spaces }: Counted, at: Instant): JsonObject {
  const timestamp = wireInstant(at);
  return {
    id: place,
    hierarchyElementReference: {
      elementId: { id: place, version: 1 }, supply: [{ supplyQuantity: spaces, supplyViewType: "vehicleView" }],
      demandTable: [{ frequency: FREQUENCY, timestamp, demandType: [{ count: Math.max(0, occupied), occupancyCalculation: "counted", recordDateTime: timestamp }] }],
    },
  };
}

export const sendOccupancy = async (client: ExchangeClient, place: string, counted: Counted, at: Instant): Promise<Result<unknown, LinkFailure>> =>
  await client.ask({ method: "PUT", path: pathTo("/places", place), body: occupancyBody(place, counted, at) });

export type Told = { readonly counted: Counted; readonly at: Instant };

/** Whether there is something to say now: a change, or that nothing has changed for long. */
export function isDue(now: Counted, told: Told | null, at: Instant): boolean {
  if (!told) return true;
  const changed = now.occupied !== told.counted.occupied || now.spaces !== told.counted.spaces;
  // A clock that was set back says nothing about how long ago it was.
  const since = Math.abs(at - told.at);
  return changed ? since >= COALESCE_MS : since >= REPEAT_MS;
}
