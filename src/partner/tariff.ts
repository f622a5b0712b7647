/**
 * A provider prices with its own engine what the operator has published: here with the product's own.
 *
 *   place -> specifications for one-time use -> rate table -> compiled tariff -> price of a stay
 */
import type { ActorId } from "../sandbox/contract.ts";
import { majorText } from "../kernel/money.ts";
import { zoneOf } from "../kernel/zone.ts";
import { type CompiledTariff, compileTariff } from "../tariff/compile.ts";
import { tariffOfTable } from "../tariff/files.ts";
import { quote } from "../tariff/quote.ts";
import type { Exchange } from "./exchange.ts";
import { type Place, textAt } from "./read.ts";

export type Offer = { readonly spec: string; readonly tariff: CompiledTariff; readonly currency: string };

/** The first specification of the place that sells single stays, with its price list; null when it has none. */
export async function offerOf(exchange: Exchange, actor: ActorId, place: Place, flow?: string): Promise<Offer | null> {
  const ask = { query: { expand: "all" }, ...(flow === undefined ? {} : { flow }) };
  const zone = zoneOf(exchange.world.zone);
  for (const id of place.specs) {
    const { json: spec } = await exchange.call(actor, "GET", `/rights/specs/${encodeURIComponent(id)}`, ask);
    const table = textAt(spec, "rateEligibility.0.rateTable.id");
    if (textAt(spec, "type") !== "oneTimeUseParking" || table === "" || !zone.ok) continue;
    const { json: rates } = await exchange.call(actor, "GET", `/rates/${encodeURIComponent(table)}`, ask);
    const { tariff } = tariffOfTable(rates, zone.value);
    const compiled = compileTariff(tariff, zone.value);
    if (compiled.ok) return { spec: id, tariff: compiled.value, currency: tariff.currency };
  }
  return null;
}

/** In minor units; null when the stay is not offered. */
export function priceOf({ tariff }: Offer, from: number, to: number): number | null {
  const answer = quote(tariff, [{ from, to }]);
  return answer.ok ? answer.value.totalMinor : null;
}

/** The decimal number the wire carries. */
export const majorNumber = (minor: number, currency: string): number => Number(majorText(minor, currency));
