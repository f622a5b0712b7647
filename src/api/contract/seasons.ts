/** Season tickets: sold, renewed, cards replaced and blocked, found by holder. Holder data stays in the vault. */
import { z } from "zod";
import { after, amountMinor, civilDate, credentialRef, currency, entityId, facilityId, freeText, instant, pageOf, queryFlag, queryRows, reason } from "./words.ts";

const line = (max: number) => freeText(max).refine((t) => t.trim() !== "", "is needed");
export const holder = z.strictObject({
  kind: z.enum(["person", "company"]), name: line(120), address: line(240), phone: z.string().regex(/^[+0-9][0-9 ()/-]{3,29}$/),
});
export type Holder = z.infer<typeof holder>;
export const months = z.union([z.literal(3), z.literal(6), z.literal(12)]);

const season = z.strictObject({ firstDay: civilDate, expiresOn: civilDate, months: z.int() });

/** `expiresOn` is the last day on which it is valid. Renewals add periods; the last runs longest. */
export const seasonTicket = z.strictObject({
  season: entityId, facility: z.string(), issuedAt: instant, validFrom: civilDate, expiresOn: civilDate, periods: z.array(season),
  state: z.enum(["future", "valid", "expired", "blocked"]), card: credentialRef,
});
export type SeasonTicketView = z.infer<typeof seasonTicket>;
/** `holder` is null once erased. */
export const seasonDetails = z.strictObject({ season: seasonTicket, holder: holder.nullable() });
export type SeasonDetails = z.infer<typeof seasonDetails>;

/**
 * Season tickets are paid in full when sold, at an open till of the ticket's car park; `till` is `office` unless
 * it has several. `priceMinor` is the price the buyer was shown; `reference` is the card terminal's.
 */
const paid = { months, priceMinor: amountMinor, means: z.enum(["cash", "mastercard", "visa", "debit"]), till: entityId.optional(), reference: freeText(60).optional() };
export const sellSeasonBody = z.strictObject({ facility: facilityId, startsOn: civilDate, holder, ...paid });
export type SellSeasonBody = z.infer<typeof sellSeasonBody>;
/** A renewal follows without a gap while the ticket is valid, and starts today once it has expired. */
export const renewSeasonBody = z.strictObject(paid);
export type RenewSeasonBody = z.infer<typeof renewSeasonBody>;
export const seasonParams = z.strictObject({ season: entityId });
export const replaceCardBody = z.strictObject({ reason });
export const seasonAnswer = z.strictObject({ seq: z.int(), at: instant, season: seasonTicket });
export type SeasonAnswer = z.infer<typeof seasonAnswer>;
export const seasonsQuery = z.strictObject({ facility: facilityId.optional(), valid: queryFlag.optional(), rows: queryRows, after });
export const seasons = pageOf(seasonTicket);
/** By name, address or telephone; a POST so that no name stands in a URL or access log. */
export const searchSeasonsBody = z.strictObject({ text: freeText(120).refine((t) => t.trim().length >= 2, "at least 2 characters") });
export const seasonHits = z.strictObject({ rows: z.array(seasonDetails) });
export const seasonPrices = z.strictObject({ currency, rows: z.array(z.strictObject({ months, priceMinor: amountMinor })) });
