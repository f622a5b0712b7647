/** The whole state of a facility as JSON, for `PeriodClosed` (property F7: read back, it equals what was written). */
import { digestOf } from "../../kernel/canonical.ts";
import { type Tagged, decodeTagged, encodeTagged } from "../../kernel/tagged.ts";
import type { Facility, ReadonlyFacility } from "./state.ts";

export const encodeState = (state: ReadonlyFacility): Tagged => encodeTagged(state);

export const decodeState = (encoded: unknown): Facility => decodeTagged(encoded as Tagged) as Facility;

/** Equal for equal states on every machine; taken of what is folded from the journal, never of sensor inputs. */
export const digestState = (state: ReadonlyFacility): string => digestOf(state);
