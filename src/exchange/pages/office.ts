/** Partners, their clients and their deliveries: an administrator's to change, everybody's own to see. */
import type { Parts } from "../application/parts.ts";
import { type Caller, ROLES } from "../client/caller.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { Office } from "../store/office.ts";
import type { Deliveries, NewClient, NewSecret, PageReason, Partners, Replayed } from "./contract.ts";
import { directoryOf } from "./names.ts";

const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$/;

/** Everybody knows who takes part (`/contacts`); clients, connections and contracts are their own business. */
export async function partners({ database, parties }: Parts, caller: Caller): Promise<Partners> {
  const office = new Office(database.pool);
  const [organisations, clients, connections, contracts] = await Promise.all([
    parties.organisations(ROLES), office.clients(caller), office.connections(caller), office.contracts(caller),
  ]);
  const shown = organisations.filter(({ role }) => role !== "administrator" || caller.role === "administrator");
  return { organisations: shown.map(({ id, name, role }) => ({ id, name, role })), clients, connections, contracts };
}

export async function addClient({ parties }: Parts, { id, organisation }: NewClient, caller: Caller): Promise<Result<NewSecret, PageReason>> {
  if (caller.role !== "administrator") return err("notForRole");
  if (!CLIENT_ID.test(id)) return err("notUnderstood");
  const made = await parties.addClient(id, organisation);
  return made === "clientExists" || made === "noOrganisation" ? err(made) : ok({ client: id, secret: made });
}

export async function rotateSecret({ parties }: Parts, id: string, caller: Caller): Promise<Result<NewSecret, PageReason>> {
  const refused = changeRefusal(id, caller);
  if (refused) return err(refused);
  const secret = await parties.rotateSecret(id);
  return secret === undefined ? err("noClient") : ok({ client: id, secret });
}

export async function revokeClient({ parties }: Parts, id: string, caller: Caller): Promise<Result<null, PageReason>> {
  const refused = changeRefusal(id, caller);
  if (refused) return err(refused);
  return await parties.disableClient(id) ? ok(null) : err("noClient");
}

/** Whoever takes away the client they are signed in with has nothing left to put it right. */
function changeRefusal(id: string, { role, client }: Caller): PageReason | undefined {
  if (role !== "administrator") return "notForRole";
  return id === client ? "ownClient" : undefined;
}

export async function deliveries(parts: Parts, caller: Caller): Promise<Deliveries> {
  const { subscriptions } = parts;
  const [all, dead, waiting, partyOf] = await Promise.all([
    subscriptions.list(caller), subscriptions.deadOf(caller), subscriptions.waiting(caller), directoryOf(parts),
  ]);
  const owner = new Map(all.map(({ id, organisation }) => [id, organisation]));
  return {
    waiting,
    subscriptions: all.map(({ id, organisation, endpoint, topics, delivered, lastDeliveredAt }) =>
      ({ id, organisation: partyOf(organisation), endpoint, topics, delivered, lastDeliveredAt })),
    dead: dead.map(({ id, subscription, topic, objectId, attempts, at, deadAt, reason }) =>
      ({ id, organisation: partyOf(owner.get(subscription) ?? ""), topic, object: objectId, attempts, at, deadAt, reason })),
  };
}

/** One dead letter, or with null all of the caller's. */
export async function replay({ subscriptions, database, clock }: Parts, id: number | null, caller: Caller): Promise<Result<Replayed, PageReason>> {
  if (id === null) return ok({ count: await new Office(database.pool).replayAll(caller, clock.now()) });
  return await subscriptions.replay(id, caller, clock.now()) ? ok({ count: 1 }) : err("noDeadLetter");
}
