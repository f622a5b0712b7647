/**
 * Limits of the HTTP edge. The server's own defaults have no request time-out at all (measured: slow
 * connections stay for ever), so every one of these is set and tested.
 */

/** Headers must be complete: a lane's device or a browser needs milliseconds. */
export const HEADERS_TIMEOUT_MS = 5_000;
/** Headers and body must be complete. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** A connection that says nothing at all. */
export const CONNECTION_TIMEOUT_MS = 15_000;
export const KEEP_ALIVE_TIMEOUT_MS = 5_000;
/** How often the three above are looked at. */
export const CONNECTIONS_CHECK_MS = 1_000;
/** The largest honest body is a tariff of a few hundred lines, about 50 kB. */
export const BODY_BYTES_MAX = 65_536;
export const HEADER_BYTES_MAX = 8_192;
/** A tariff nests 10 deep. */
export const JSON_DEPTH_MAX = 20;
/** Keys and items of one body together. */
export const JSON_ITEMS_MAX = 5_000;
/** Sockets of one process: every console, kiosk and pillar of a city, several times. */
export const CONNECTIONS_MAX = 5_000;
/** Requests being answered; more are told to come again, so that those inside finish. */
export const IN_FLIGHT_MAX = 512;
/** Live streams of one process. */
export const STREAMS_MAX = 1_000;
/** A path parameter; ids are shorter. */
export const PARAM_CHARS_MAX = 100;
