/**
 * What the city's file says of an exchange: where it is, as whom we speak, and which of our car parks is which place.
 *
 *   exchange: { url: https://exchange.example, clientId: harbour-city, placePrefix: HARBOUR- }
 *   facilities:
 *     - id: central                      # place HARBOUR-central
 *     - id: market
 *       exchange: { place: "805428" }    # the place's code
 *     - id: depot
 *       exchange: { linked: false }      # stays out
 */
import { z } from "zod";
import { exchangeUrl } from "../exchange-link/address.ts";
import type { Path } from "./places.ts";

const placeId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, "letters, digits, `.`, `_`, `:` and `-`, at most 100");

export const exchange = z.strictObject({
  url: z.string().refine((text) => exchangeUrl(text) !== null, "https, or http on this machine, without user or query: plates travel there")
    .transform((text) => exchangeUrl(text) ?? text),
  clientId: z.string().min(1).max(255),
  /** File with the client's secret, relative to this one; else GATEHOUSE_EXCHANGE_SECRET. */
  secretFile: z.string().min(1).max(500).optional(),
  /** Before a car park's id where it has no place id of its own. */
  placePrefix: placeId.optional(),
});

export const facilityExchange = z.strictObject({ place: placeId.optional(), linked: z.boolean().optional() });

export const coordinates = z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });
export type Coordinates = z.infer<typeof coordinates>;

export type ExchangeAccess = { readonly url: string; readonly clientId: string; readonly secretFile: string | null };

type ExchangeFile = z.infer<typeof exchange>;
type Linked = { readonly id: string; readonly exchange?: z.infer<typeof facilityExchange> | undefined };
type File = { readonly exchange?: ExchangeFile | undefined; readonly facilities: readonly Linked[] };

export const exchangeOf = (file: ExchangeFile | undefined): ExchangeAccess | null =>
  (file ? { url: file.url, clientId: file.clientId, secretFile: file.secretFile ?? null } : null);

/** The same with and without an exchange, so that a car park keeps its place id when it is linked later. */
export const exchangePlaceOf = ({ exchange: city }: Pick<File, "exchange">, { id, exchange: own }: Linked): string | null =>
  (own?.linked === false ? null : own?.place ?? `${city?.placePrefix ?? ""}${id}`);

export function exchangeProblems(file: File): { readonly path: Path; readonly message: string }[] {
  const seen = new Map<string, string>();
  return file.facilities.flatMap((facility, f) => {
    const place = exchangePlaceOf(file, facility);
    const other = place === null ? undefined : seen.get(place);
    if (place !== null) seen.set(place, facility.id);
    const own = facility.exchange;
    return [
      ...(other === undefined ? [] : [{ path: ["facilities", f, ...(own?.place ? ["exchange", "place"] : ["id"])], message: `place \`${place}\` is \`${other}\` already` }]),
      ...(own?.linked === false && own.place !== undefined ? [{ path: ["facilities", f, "exchange", "linked"], message: `not linked, and yet a place \`${own.place}\`` }] : []),
    ];
  });
}
