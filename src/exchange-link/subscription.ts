/**
 * Our subscription at the exchange: it rings when a right at one of our places was sold, changed or deleted. Made once, kept with its
 * secret, made anew when the exchange does not know it any more or we have another address.
 */
import { type ExchangeClient, type LinkFailure, pathTo } from "./client.ts";
import { objectOr, textOf } from "./json.ts";
import { err, ok, type Result } from "../kernel/result.ts";

export type Subscription = { readonly id: string; readonly secret: string; readonly endpoint: string; readonly places: readonly string[] };

/** Keeps it across restarts; whoever reads it can forge a ring, and no more. */
export type SubscriptionStore = { read(): Subscription | null; write(subscription: Subscription): void };

export const TOPICS = ["AssignedRightCreated", "AssignedRightUpdated", "AssignedRightDeleted"] as const;

export async function subscribed(
  client: Pick<ExchangeClient, "ask">, store: SubscriptionStore, endpoint: string, places: readonly string[],
): Promise<Result<Subscription, LinkFailure>> {
  const kept = store.read();
  if (kept) {
    const same = kept.endpoint === endpoint && kept.places.join(" ") === places.join(" ");
    const there = await client.ask({ method: same ? "GET" : "DELETE", path: pathTo("/webhooks", kept.id) });
    if (there.ok && same) return ok(kept);
    if (!there.ok && (there.error.type !== "refused" || there.error.status !== 404)) return there;
  }
  const body = { endpoint, topics: [...TOPICS], includeChildrenEvents: true, hierarchyElements: places.map((id) => ({ id, className: "Place" })) };
  const made = await client.ask({ method: "POST", path: "/webhooks", body });
  if (!made.ok) return made;
  const [id, secret] = [textOf(objectOr(made.value.body)["id"]), textOf(objectOr(made.value.body)["secret"])];
  // An exchange that signs nothing cannot be told from anybody else who rings.
  if (id === null || secret === null || !/^(whsec_)?[A-Za-z0-9+/=]{24,200}$/.test(secret)) return err({ type: "notUnderstood", why: "shape", status: made.value.status });
  const subscription = { id, secret, endpoint, places };
  store.write(subscription);
  return ok(subscription);
}
