/** Security companies: contracts, cards, visits. */
import { z } from "zod";
import { after, credentialRef, entityId, facilityId, freeText, instant, pageOf, queryInstant, queryRows, reason } from "./words.ts";

/** What a company owes one car park. */
export const visitDuty = z.strictObject({
  facility: facilityId, visitsPerDay: z.int().min(1).max(48), minMinutes: z.int().min(1).max(720), maxMinutes: z.int().min(1).max(1_440),
});
export type VisitDutyView = z.infer<typeof visitDuty>;

export const guardCompany = z.strictObject({
  company: entityId, name: z.string(),
  contract: z.strictObject({ duties: z.array(visitDuty), cards: z.int() }).nullable(),
  /** `number`: 1, 2, 3 in order of issue, printed on the card. */
  cards: z.array(z.strictObject({ card: credentialRef, number: z.int(), blocked: z.boolean() })),
});
export type GuardCompanyView = z.infer<typeof guardCompany>;
export const guardCompanies = z.strictObject({ rows: z.array(guardCompany) });
export const companyBody = z.strictObject({ company: entityId, name: freeText(80) });
export type CompanyBody = z.infer<typeof companyBody>;
export const companyParams = z.strictObject({ company: entityId });
export const contractBody = z.strictObject({ duties: z.array(visitDuty).min(1).max(1_000), cards: z.int().min(1).max(1_000) });
export type ContractBody = z.infer<typeof contractBody>;
export const guardCardParams = z.strictObject({ company: entityId, card: credentialRef });
export const guardCardAnswer = z.strictObject({ seq: z.int(), at: instant, card: credentialRef, number: z.int() });
export const blockCardBody = z.strictObject({ reason });

export const guardVisit = z.strictObject({
  facility: z.string(), visit: z.int(), company: z.string(), card: credentialRef, arrivedAt: instant, leftAt: instant.nullable(),
  minutes: z.number().nullable(), state: z.enum(["inside", "complete", "short", "departureMissing"]),
});
export type GuardVisitView = z.infer<typeof guardVisit>;
export const visitsQuery = z.strictObject({ facility: facilityId.optional(), company: entityId.optional(), from: queryInstant.optional(), to: queryInstant.optional(), rows: queryRows, after });
export const guardVisits = pageOf(guardVisit);
/** A card put into the office's reader: by a real reader's driver, in the demo by hand. `null`: no card of this city. */
export const officeCardBody = z.strictObject({ card: credentialRef.nullable() });
export const officeCardAnswer = z.strictObject({ seq: z.int(), at: instant, outcome: z.enum(["arrived", "left", "refused"]), reason: z.string().nullable() });
