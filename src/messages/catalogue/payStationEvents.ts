/** One sentence for every event of pay stations and the office, part of the list in events.ts. */
import type { OfficeEvent } from "../../carpark/office/office.ts";
import type { PayStationEvent } from "../../carpark/paystation/paystation.ts";
import type { TranslationOf, WordsFor } from "../message.ts";

export const payStationEventsEn = {
} as const satisfies WordsFor<"event", (PayStationEvent | OfficeEvent)["type"]>;

export const payStationEventsDe = {
} as const satisfies TranslationOf<typeof payStationEventsEn>;
