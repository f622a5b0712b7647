/**
 * The id of a stay's session at the exchange. It follows from the stay, so whatever says it again says the same session: what we
 * publish, what an app asks about before it pays, what we are told was paid.
 *
 *   place HARBOUR-central, stay of the rights s12         -> HARBOUR-central.s12
 *   place HARBOUR-central, a ticket's stay central-000123 -> HARBOUR-central.central-000123
 */
import type { StayCredential } from "../carpark/stay/stay.ts";

/** What the car park pays and claims a stay by: the stay of the rights, or its own id for any other. */
export const stayKeyOf = (stay: { readonly id: string; readonly credential: StayCredential }): string =>
  (stay.credential.kind === "right" ? stay.credential.stay : stay.id);

export const sessionIdOf = (place: string, stayKey: string): string => `${place}.${stayKey}`;

/** Null: no session of this place. */
export const stayKeyIn = (place: string, session: string): string | null =>
  (session.startsWith(`${place}.`) && /^[\w-]{1,100}$/.test(session.slice(place.length + 1)) ? session.slice(place.length + 1) : null);
