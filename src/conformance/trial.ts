/** What an item works with: callers, fresh names, the fixture world, and a receiver when it asks for one. */
import { DAY, campusBody, placeBody, rateBody, reference, specBody } from "./bodies.ts";
import { accepted, idsOf } from "./checks.ts";
import type { Client, Fixture, Role } from "./fixture.ts";
import { type Caller, type Query, type Reply, type Transport, callerOf, clientCaller, pause } from "./http.ts";
import { Unseen } from "./item.ts";
import { type Body, at, listAt } from "./json.ts";
import type { Names } from "./names.ts";
import type { Receiver } from "./receiver.ts";

/**
 *   campus (OP1) - street (no capability), gated (frictionless and pay on departure)
 *   rate, spec of the street, spec of the gated place, spec for account holders of the gated place
 *   foreign (OP2) with a specification of its own
 */
export type World = {
  readonly campus: string; readonly street: string; readonly gated: string; readonly rate: string;
  readonly streetSpec: string; readonly gatedSpec: string; readonly accountSpec: string;
  /** Present when there is a client of OP2. */
  readonly foreign: string | null; readonly foreignSpec: string | null;
};

export type Trial = {
  readonly fixture: Fixture;
  readonly names: Names;
  readonly transport: Transport;
  as(role: Role): Caller;
  client(role: Role): Client;
  /** A caller with these headers and no token. */
  bare(headers?: Readonly<Record<string, string>>): Caller;
  world(): Promise<World>;
  receiver(): Promise<Receiver>;
  now(): number;
};

/** Lists are read to their end, and no further than this. */
const PAGES_MAX = 200;

export type TrialParts = {
  readonly fixture: Fixture; readonly names: Names; readonly transport: Transport; readonly openReceiver: () => Promise<Receiver>;
};

export function trialOf({ fixture, names, transport, openReceiver }: TrialParts): Trial {
  const callers = new Map<Role, Caller>();
  let world: Promise<World> | null = null;
  let receiver: Promise<Receiver> | null = null;
  const client = (role: Role): Client => {
    const found = fixture.clients[role];
    if (found === undefined) throw new Unseen(`the fixture has no client ${role}`);
    return found;
  };
  const trial: Trial = {
    fixture, names, transport, client,
    as: (role) => {
      const caller = callers.get(role) ?? clientCaller(transport, role, client(role));
      callers.set(role, caller);
      return caller;
    },
    bare: (headers = {}) => callerOf(transport, "nobody", () => Promise.resolve(headers)),
    world: () => (world ??= makeWorld(trial)),
    receiver: () => (receiver ??= openReceiver()),
    now: () => Date.now(),
  };
  return trial;
}

async function makeWorld(trial: Trial): Promise<World> {
  const { names, fixture } = trial;
  const op1 = trial.as("op1");
  const id = (hint: string) => names.id(hint);
  const world = {
    campus: id("campus"), street: id("street"), gated: id("gated"), rate: id("rate"), streetSpec: id("street-spec"),
    gatedSpec: id("gated-spec"), accountSpec: id("account-spec"),
  };
  accepted(await op1.post("/places", campusBody(world.campus)));
  accepted(await op1.post("/places", placeBody(world.street, { parentId: reference(world.campus) })));
  accepted(await op1.post("/places", placeBody(world.gated, { parentId: reference(world.campus), ...capable(fixture) })));
  accepted(await op1.post("/rates", rateBody(world.rate)));
  const eligibility = { rateEligibility: [{ id: "e1", version: 1, priority: 1, rateTable: reference(world.rate) }] };
  accepted(await op1.post("/rights/specs", specBody(world.streetSpec, [world.street], eligibility)));
  accepted(await op1.post("/rights/specs", specBody(world.gatedSpec, [world.gated], eligibility)));
  accepted(await op1.post("/rights/specs", specBody(world.accountSpec, [world.gated], { ...eligibility, type: "permitParking" })));
  if (fixture.clients.op2 === undefined) return { ...world, foreign: null, foreignSpec: null };
  const foreign = id("foreign");
  const foreignSpec = id("foreign-spec");
  accepted(await trial.as("op2").post("/places", placeBody(foreign)));
  accepted(await trial.as("op2").post("/rights/specs", specBody(foreignSpec, [foreign])));
  return { ...world, foreign, foreignSpec };
}

/** Members that let the operator write sessions on a place. */
export function capable({ names }: Fixture): Body {
  return { [names.capabilities]: [names.frictionless, names.podba] };
}

export function foreignOf(world: World): { readonly place: string; readonly spec: string } {
  if (world.foreign === null || world.foreignSpec === null) throw new Unseen("the fixture has no client op2");
  return { place: world.foreign, spec: world.foreignSpec };
}

/** The object as it is now, with everything expanded. */
export async function whole(caller: Caller, path: string, id: string, query: Query = {}): Promise<Reply> {
  return caller.get(`${path}/${encodeURIComponent(id)}`, { expand: "all", ...query });
}

/** All pages of a list, by pages until an empty or the last one. */
export async function allPages(caller: Caller, path: string, query: Query): Promise<{ readonly replies: readonly Reply[]; readonly ids: readonly string[] }> {
  const replies: Reply[] = [];
  const ids: string[] = [];
  for (let page = 1; page <= PAGES_MAX; page++) {
    const reply = accepted(await caller.get(path, { ...query, page }));
    replies.push(reply);
    ids.push(...idsOf(reply));
    if (listAt(reply.json, "data").length === 0 || ids.length >= Number(at(reply.json, "meta.total"))) break;
  }
  return { replies, ids };
}

/** Until the server's clock shows a second that no write before this call belongs to. */
export async function nextSecond(trial: Trial): Promise<number> {
  await pause(2_100 - (trial.now() % 1_000));
  return Math.floor(trial.now() / 1_000);
}

export const LONG_AGO_MS = 30 * DAY;
