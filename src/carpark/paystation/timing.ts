/** Named limits of the pay station, each with its reason. */
import { HOUR, MINUTE, SECOND } from "../../kernel/instant.ts";

/** The driver is reminded after this long without doing anything ... */
export const REMIND_AFTER_MS = 60 * SECOND;
/** ... and gets money and ticket back after this long. */
export const REFUND_AFTER_MS = 120 * SECOND;
/** The charge stays fixed at most this long, however often the driver touches the machine. */
export const PAYMENT_MS_MAX = 10 * MINUTE;
/** A ticket is claimed longer than a payment can last, so no other machine takes it meanwhile. */
export const CLAIM_MS = 15 * MINUTE;
/** How long a reason stays on the screen when the driver leaves the ticket in the slot. */
export const NOTICE_MS = 20 * SECOND;
/** Time to read "leave by", take the ticket and press for a receipt. */
export const SETTLED_MS = 45 * SECOND;
/** Stacking takes about 2 s a note; a full escrow needs less than this. */
export const STACKING_MS = 45 * SECOND;
/** Notes the acceptor holds in escrow; common bundle escrows hold 15 to 30. */
export const ESCROW_NOTES_MAX = 15;
/** A terminal answers within 60 s including PIN and host; later it is asked for the status. */
export const CARD_ANSWER_MS = 90 * SECOND;
/** How long a driver waits on an unknown card answer before policy lets go. */
export const CARD_UNKNOWN_WAIT_MS = 30 * SECOND;
/** Up to this amount an unknown card answer lets the driver go as paid, where policy says nothing else; the risk is one such amount. */
export const CARD_TRUST_MINOR_USUAL = 5_000;
/** Status of an unknown operation is asked every 10 s at first, every minute later. */
export const CARD_ASK_MS = 10 * SECOND;
export const CARD_ASK_SLOW_MS = MINUTE;
export const CARD_ASK_FAST_TIMES = 6;
/** A refund the terminal never got is ordered anew this often; then the office refunds it. */
export const CARD_REFUND_ATTEMPTS_MAX = 5;
/** An unknown card operation older than this is a fault for people; asking goes on hourly. */
export const CARD_UNKNOWN_MS_MAX = 24 * HOUR;
/** Hoppers pay about four coins a second; a payout not confirmed by then is asked for. */
export const PAYOUT_ANSWER_MS = 30 * SECOND;
/** The hoppers' counters are asked this often before the station goes out of service. */
export const PAYOUT_ASKS_MAX = 5;
/** A payout that came out short is tried from other hoppers, then the rest goes on a chit. */
export const PAYOUT_ATTEMPTS_MAX = 3;
/** Refundable payments a facility remembers; older ones are refunded by the administration. */
export const SETTLED_KEPT_MAX = 500;
/** Coins or notes of one value in one staff act; more is a typing error. */
export const COUNT_MAX = 10_000;
