/** The log book: all problems, overrides and staff notes in time order; searchable, exportable. */
import { z } from "zod";
import { after, facilityId, freeText, instant, locale, pageOf, queryInstant, queryRows } from "./words.ts";

export const logCategory = z.enum(["problem", "override", "money", "note", "fault", "guard", "system", "movement"]);
export const logEntry = z.strictObject({
  facility: z.string(), seq: z.int(), at: instant, category: z.string(), by: z.string().nullable(), subject: z.string().nullable(),
  /** The line in the language asked for. */
  text: z.string(),
  event: z.looseObject({ type: z.string() }),
});
export type LogEntry = z.infer<typeof logEntry>;
export const logbookQuery = z.strictObject({
  facility: facilityId.optional(), from: queryInstant.optional(), to: queryInstant.optional(), category: logCategory.optional(),
  by: freeText(60).optional(), search: freeText(100).optional(), locale: locale.optional(), rows: queryRows, after,
});
export const logbook = pageOf(logEntry);
