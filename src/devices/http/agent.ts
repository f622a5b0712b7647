/**
 * The device port for controllers in a car park that speak HTTP:
 *
 *   controller --POST lane-inputs, station-inputs--> owner       one report a request, answered when it is durable
 *   controller <--GET outputs?after=N-------------- this agent   levels now, and the orders after N
 *
 * `link` changes whenever this process starts: the controller then reports every level again before anything else.
 * An order is handed out under a running number until it is overwritten; the controller carries out each id once.
 */
import type { DesiredOutputs, Order } from "../../carpark/facility/outputs.ts";
import type { DeviceAgent } from "../port.ts";

/** A controller that has not fetched for so long has missed orders anyway; deadlines of the machines take over. */
export const ORDERS_KEPT_MAX = 1_000;

export type NumberedOrder = { readonly n: number; readonly order: Order };

export type HttpAgent = DeviceAgent & {
  readonly link: string;
  /** The levels that are to be shown now; null before the first. */
  readonly outputs: DesiredOutputs | null;
  ordersAfter(n: number): readonly NumberedOrder[];
};

export function httpAgent(link: string): HttpAgent {
  const orders: NumberedOrder[] = [];
  const seen = new Set<string>();
  let outputs: DesiredOutputs | null = null;
  let next = 1;
  return {
    link,
    get outputs() { return outputs; },
    apply(levels) { outputs = levels; },
    order(order) {
      if (seen.has(order.id)) return;
      seen.add(order.id);
      orders.push({ n: next++, order });
      if (orders.length > ORDERS_KEPT_MAX) seen.delete(orders.shift()?.order.id ?? "");
    },
    ordersAfter: (n) => orders.filter((numbered) => numbered.n > n),
    // Inputs come through the routes, where the controller's answer waits for durability.
    onInput: () => {},
    onReading: () => {},
    // A new link tells the controller to.
    readAll: () => {},
    status: () => [],
  };
}
