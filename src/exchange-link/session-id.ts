/**
 * The id of a stay's session at the exchange. It follows from the stay, so whatever says it again says the same session: what we
 * publish, what an app asks about before it pays, what we are told was paid.
 *
 *   place HARBOUR-central, stay of the rights s12         -> HARBOUR-central.s12
 *   place HARBOUR-central, a ticket's stay central-000123 -> HARBOUR-central.central-000123
 *
 * What we answer to an app's question before departure is kept by the exchange as a version of the same session: who writes it next
 * may meet a version of which it did not know, reads, and writes on top of it. Payments (session-money.ts) have to stay in it.
 */
import type { StayCredential } from "../carpark/stay/stay.ts";

/** What the car park pays and claims a stay by: the stay of the rights, or its own id for any other. */
export const stayKeyOf = (stay: { readonly id: string; readonly credential: StayCredential }): string =>
  (stay.credential.kind === "right" ? stay.credential.stay : stay.id);

export const sessionIdOf = (place: string, stayKey: string): string => `${place}.${stayKey}`;

/** A stay has one segment here: one right, one price. */
export const segmentIdOf = (session: string): string => `${session}.1`;

/** What the car park took itself, counted from 1 in a session; anything else was collected by a provider. */
export const ownTransactionId = (session: string, n: number): string => `${session}.p${n}`;
export const isOwnTransaction = (session: string, transaction: string): boolean => /^\d+$/.test(transaction.startsWith(`${session}.p`) ? transaction.slice(session.length + 2) : "");

/** Null: no session of this place. */
export const stayKeyIn = (place: string, session: string): string | null =>
  (session.startsWith(`${place}.`) && /^[\w-]{1,100}$/.test(session.slice(place.length + 1)) ? session.slice(place.length + 1) : null);
