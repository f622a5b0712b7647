/** How long a lane waits for what, and why. */
import { MINUTE, SECOND } from "../../kernel/instant.ts";

/** The ticket must be printed within five seconds (seed 002). */
export const PRINT_LIMIT_MS = 5 * SECOND;
/** A driver reaches for a ticket in a few seconds; after this nobody is there. */
export const TAKE_LIMIT_MS = 30 * SECOND;
/** The printer draws a ticket back in a second or two. */
export const RETRACT_LIMIT_MS = 5 * SECOND;
/** A card left in the slot this long keeps the lane: the attendant is called. */
export const CARD_LIMIT_MS = 30 * SECOND;
/** How long a reason stays on the display. */
export const REFUSED_SHOWN_MS = 8 * SECOND;
/** A ticket released at a lane stays claimed until passage or back-out; this ends a claim nothing else ended. */
export const LANE_CLAIM_MS = 30 * MINUTE;
/** A car moves on in seconds: an older reading may be of another car, so it opens nothing. */
export const READ_FRESH_MS = 10 * SECOND;
/** A driver asked to pay at the exit has found terminal or phone by then, or needs the attendant. */
export const PAYMENT_ASKED_MS = 2 * MINUTE;
