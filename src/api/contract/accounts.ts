/**
 * Accounts of the city: who pays, whose cars, by which contracts and agreements.
 *
 *   account --has--> parkers --have--> credentials (plate, card, QR code, payment card)
 *           --has--> contracts (a space for a fee) and agreements (pay-as-you-go), each at one car park
 *
 * Names, addresses and plates come from the vault; ids in paths say nothing about anybody.
 */
import { z } from "zod";
import { addressee, boundedTime, credentialKind, facilityTime, line, overflowTerms, weeklyWindow } from "./rights-words.ts";
import {
  after, amountMinor, credentialRef, currency, entityId, facilityId, freeText, groupId, instant, pageOf, queryFlag, queryRows, reason,
} from "./words.ts";

export const accountParams = z.strictObject({ account: entityId });
export const parkerParams = z.strictObject({ account: entityId, parker: entityId });
export const credentialParams = z.strictObject({ account: entityId, parker: entityId, credential: credentialRef });
export const contractParams = z.strictObject({ account: entityId, contract: entityId });
export const agreementParams = z.strictObject({ account: entityId, agreement: entityId });

// --- credentials and parkers -------------------------------------------------------------------------------------

/** What a parker shows at a lane. `text` is the plate, or the number printed on the card; the vault keeps it. */
export const shownCredential = z.strictObject({ kind: credentialKind, text: line(60) });
export type ShownCredentialBody = z.infer<typeof shownCredential>;

/** `inside`: where its car stands now. `leaving`: leaves the account at that car's exit. */
export const credentialView = z.strictObject({
  credential: credentialRef, kind: credentialKind,
  /** Null once erased. */
  text: z.string().nullable(),
  blocked: z.boolean(), leaving: z.boolean(),
  inside: z.strictObject({ facility: z.string(), stay: z.string(), since: instant }).nullable(),
});
export type CredentialView = z.infer<typeof credentialView>;
/** `name` is what the account calls it, "Anna" or "van 3"; null once erased or never given. */
export const parkerView = z.strictObject({ parker: entityId, name: z.string().nullable(), credentials: z.array(credentialView) });
export type ParkerView = z.infer<typeof parkerView>;

/** Credentials of one parker: a family's cars, cards and phones. */
export const CREDENTIALS_MAX = 20;
export const addParkerBody = z.strictObject({ name: line(80).optional(), credentials: z.array(shownCredential).max(CREDENTIALS_MAX) });
export type AddParkerBody = z.infer<typeof addParkerBody>;
export const parkerAnswer = z.strictObject({ seq: z.int(), at: instant, parker: parkerView });
export const addCredentialBody = shownCredential;
export const removeCredentialBody = z.strictObject({ reason: reason.optional() });
/** `removed` false: the car is inside, and the credential leaves the account at its exit (policy `afterExit`). */
export const removalAnswer = z.strictObject({ seq: z.int(), at: instant, removed: z.boolean() });
export const blockCredentialBody = z.strictObject({ blocked: z.boolean(), reason });

// --- contracts -----------------------------------------------------------------------------------------------------

/** One space at a time for a flat monthly fee. `parkers` null: any of the account. */
export const contractView = z.strictObject({
  contract: entityId, facility: z.string(), from: instant.nullable(), until: instant.nullable(), window: weeklyWindow.nullable(),
  parkers: z.array(entityId).nullable(), group: z.string(), ...overflowTerms.shape, monthlyFeeMinor: amountMinor, currency,
  state: z.enum(["future", "running", "ended"]),
});
export type ContractView = z.infer<typeof contractView>;
export const signContractBody = z.strictObject({
  facility: facilityId, from: boundedTime.nullable().optional(), until: boundedTime.nullable().optional(), window: weeklyWindow.nullable().optional(),
  parkers: z.array(entityId).min(1).max(1_000).nullable().optional(), group: groupId.optional(),
  ...overflowTerms.partial().shape, monthlyFeeMinor: z.int().min(0).max(100_000_000),
});
export type SignContractBody = z.infer<typeof signContractBody>;
/** `oversold`: more contracts than their group has spaces; signed all the same, and told. */
export const contractAnswer = z.strictObject({
  seq: z.int(), at: instant, contract: contractView,
  oversold: z.strictObject({ group: z.string(), contracts: z.int(), spaces: z.int() }).nullable(),
});
export type ContractAnswer = z.infer<typeof contractAnswer>;
/** From now unless `until` says later; what it covered stays covered. */
export const endBody = z.strictObject({ until: boundedTime.optional(), reason });
export type EndBody = z.infer<typeof endBody>;

// --- pay-as-you-go -------------------------------------------------------------------------------------------------

/** `tariff` null: the car park's short-term tariff. */
export const agreementView = z.strictObject({
  agreement: entityId, facility: z.string(), from: instant.nullable(), until: instant.nullable(), parkers: z.array(entityId).nullable(),
  tariff: z.unknown(), state: z.enum(["future", "running", "ended"]),
});
export type AgreementView = z.infer<typeof agreementView>;
export const makeAgreementBody = z.strictObject({
  facility: facilityId, from: boundedTime.nullable().optional(), until: boundedTime.nullable().optional(),
  parkers: z.array(entityId).min(1).max(1_000).nullable().optional(), tariff: z.looseObject({}).nullable().optional(),
});
export type MakeAgreementBody = z.infer<typeof makeAgreementBody>;
export const agreementAnswer = z.strictObject({ seq: z.int(), at: instant, agreement: agreementView });

// --- accounts ------------------------------------------------------------------------------------------------------

/** The account's login to My parking. `invited`: a code was made and not yet used. */
export const accountLogin = z.strictObject({
  state: z.enum(["none", "invited", "active"]), email: z.string().nullable(), lastLoginAt: instant.nullable(), inviteExpiresAt: instant.nullable(),
});
export const accountRow = z.strictObject({
  account: entityId,
  /** Null once erased. */
  name: z.string().nullable(), kind: z.enum(["person", "company"]).nullable(),
  openedAt: instant, parkers: z.int(), inside: z.int(), contracts: z.int(), payAsYouGo: z.boolean(), facilities: z.array(z.string()),
});
export type AccountRow = z.infer<typeof accountRow>;
export const accountsQuery = z.strictObject({ facility: facilityId.optional(), inside: queryFlag.optional(), rows: queryRows, after });
export const accounts = pageOf(accountRow);
/** By name, address, e-mail, telephone or plate; a POST so that none of them stands in a URL or access log. */
export const searchAccountsBody = z.strictObject({ text: freeText(120).refine((t) => t.trim().length >= 2, "at least 2 characters") });
export const accountHits = z.strictObject({ rows: z.array(accountRow) });

export const accountDetails = z.strictObject({
  account: entityId, openedAt: instant, closedAt: instant.nullable(),
  /** Null once erased. */
  contact: addressee.nullable(),
  terms: overflowTerms, parkers: z.array(parkerView), contracts: z.array(contractView), agreements: z.array(agreementView), login: accountLogin,
  /** Car parks with a contract, an agreement, a booking or a stay of this account. */
  facilities: z.array(z.string()),
});
export type AccountDetails = z.infer<typeof accountDetails>;
export const openAccountBody = z.strictObject({ contact: addressee, ...overflowTerms.partial().shape });
export type OpenAccountBody = z.infer<typeof openAccountBody>;
export const accountAnswer = z.strictObject({ seq: z.int(), at: instant, account: accountDetails });
export const accountTermsBody = overflowTerms;
export const accountContactBody = addressee;

/**
 * The login's name is the account's e-mail address. The code is shown once, to be handed over, or mailed with
 * `send`; at `path` the holder chooses a password with it.
 */
export const inviteBody = z.strictObject({ send: z.boolean().optional() });
export const inviteAnswer = z.strictObject({ code: z.string(), path: z.string(), email: z.string(), expiresAt: instant, sent: z.boolean() });
export type InviteAnswer = z.infer<typeof inviteAnswer>;

// --- bookings ------------------------------------------------------------------------------------------------------

export const facilityAccountParams = z.strictObject({ facility: facilityId, account: entityId });
export const bookingParams = z.strictObject({ facility: facilityId, account: entityId, booking: entityId });
export const bookingView = z.strictObject({
  booking: entityId, facility: z.string(), account: entityId, parker: entityId, from: instant, to: instant, madeAt: instant,
  state: z.enum(["future", "running", "over"]),
});
export type BookingView = z.infer<typeof bookingView>;
export const makeBookingBody = z.strictObject({ parker: entityId, from: facilityTime, to: facilityTime });
export const extendBookingBody = z.strictObject({ to: facilityTime });
export const bookingAnswer = z.strictObject({ seq: z.int(), at: instant, booking: bookingView });
export const bookings = z.strictObject({ rows: z.array(bookingView) });
