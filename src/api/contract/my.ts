/**
 * My parking: what account holders see and do for themselves. Nobody names an account here: it is the login's
 * own, so there is no way to ask for another's.
 */
import { z } from "zod";
import { agreementView, bookingView, contractView, parkerView } from "./accounts.ts";
import { PASSWORD_MAX, PASSWORD_MIN } from "./login.ts";
import { rightStay } from "./right-stays.ts";
import { addressee, facilityTime, line } from "./rights-words.ts";
import { statementHead } from "./statements.ts";
import { amountMinor, credentialRef, currency, entityId, facilityId, freeText, instant, locale } from "./words.ts";

export const myWelcome = z.strictObject({
  product: z.string(), city: z.string(), demo: z.boolean(), locale,
  demoLogins: z.array(z.strictObject({ email: z.string(), password: z.string(), name: z.string() })),
});
export type MyWelcome = z.infer<typeof myWelcome>;
const newPassword = freeText(PASSWORD_MAX).refine((text) => text.length >= PASSWORD_MIN, `at least ${PASSWORD_MIN} characters`);
export const myLoginBody = z.strictObject({ email: z.string().min(1).max(255), password: z.string().min(1).max(PASSWORD_MAX) });
/** The one-time code of the invitation, and the password the holder chooses. */
export const myActivateBody = z.strictObject({ code: z.string().regex(/^[A-Za-z0-9_-]{20,60}$/), password: newPassword });
export const myPasswordBody = z.strictObject({ password: z.string().min(1).max(PASSWORD_MAX), newPassword });
export const myMe = z.strictObject({ account: entityId, email: z.string().nullable(), name: z.string().nullable(), locale, demo: z.boolean(), expiresAt: instant });
export type MyMe = z.infer<typeof myMe>;

const place = z.strictObject({ facility: z.string(), name: z.string(), address: z.string(), zone: z.string(), currency });
/** Everything of the first screen. `stays`: cars inside. `chargesMinor`: not yet on a statement, by currency. */
export const myOverview = z.strictObject({
  at: instant, contact: addressee.nullable(), places: z.array(place), stays: z.array(rightStay),
  charges: z.array(z.strictObject({ facility: z.string(), currency, totalMinor: amountMinor.nullable() })),
  parkers: z.array(parkerView), contracts: z.array(contractView), agreements: z.array(agreementView), bookings: z.array(bookingView),
});
export type MyOverview = z.infer<typeof myOverview>;
export const myStaysQuery = z.strictObject({ facility: facilityId.optional() });
export const myStays = z.strictObject({ at: instant, rows: z.array(rightStay) });
export const myStatements = z.strictObject({ rows: z.array(statementHead) });

export const myBookBody = z.strictObject({ facility: facilityId, parker: entityId, from: facilityTime, to: facilityTime });
export const myBookingParams = z.strictObject({ facility: facilityId, booking: entityId });
export const myParkerParams = z.strictObject({ parker: entityId });
export const myPlateParams = z.strictObject({ parker: entityId, credential: credentialRef });
export const myPlateBody = z.strictObject({ plate: line(20) });

/** Everything kept about the holder, as data. */
export const myExport = z.looseObject({ account: entityId, exportedAt: instant });
/** The password once more: this cannot be undone. */
export const myDeleteBody = z.strictObject({ password: z.string().min(1).max(PASSWORD_MAX) });
/** What is erased, and what must be kept, why and for how long. */
const keptWhy = z.strictObject({ what: z.enum(["statements", "stays", "decisions"]), why: z.strictObject({ en: z.string(), de: z.string() }) });
export const myDeleteAnswer = z.strictObject({ erased: z.array(z.string()), kept: z.array(keptWhy) });
export type MyDeleteAnswer = z.infer<typeof myDeleteAnswer>;
