/** The wall clock of a facility. Its zone is checked when it is configured. */
import { assert, present } from "../../kernel/assert.ts";
import { weekdayOf } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import { type Zone, zoneOf } from "../../kernel/zone.ts";
import type { ReadonlyFacility } from "./state.ts";

export function facilityZone(state: ReadonlyFacility): Zone {
  const zone = zoneOf(present(state.config, "configuration").zone);
  assert(zone.ok, "a configured facility has a known zone");
  return zone.value;
}

/** 1 = Monday ... 7 = Sunday. */
export const weekdayAt = (state: ReadonlyFacility, at: Instant): number => weekdayOf(facilityZone(state).dayNumberAt(at));
