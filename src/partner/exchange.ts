/** The pages are clients like any other: each party has its own token, and speaks to the exchange itself. */
import { type Actor, type ActorId, type DepartureDesk, type DeskAct, type SandboxWorld, FLOW_HEADER, WORLD_PATH, deskPath } from "../sandbox/contract.ts";
import { textAt } from "./read.ts";

export type Answer = { readonly status: number; readonly json: unknown };
export type Ask = {
  readonly query?: Readonly<Record<string, string | number>>; readonly body?: unknown;
  /** What the diagram files the message under. */
  readonly flow?: string;
};

/** Longer than the exchange waits for an operator. */
const ANSWER_MS_MAX = 10_000;
/** A token is asked for again so long before it ends. */
const TOKEN_MARGIN_MS = 30_000;

/** The exchange said no; its own words. */
export class Refused extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export class Exchange {
  readonly world: SandboxWorld;
  readonly #tokens = new Map<ActorId, { readonly text: string; readonly until: number }>();

  constructor(world: SandboxWorld) {
    this.world = world;
  }

  actor(id: ActorId): Actor {
    const found = this.world.actors.find((one) => one.id === id);
    if (!found) throw new Error(`the sandbox has no ${id}`);
    return found;
  }

  /** Throws `Refused` for an answer of 400 and above. */
  async call(id: ActorId, method: "GET" | "POST" | "PUT" | "DELETE", path: string, { query, body, flow }: Ask = {}): Promise<Answer> {
    const search = query ? `?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))}` : "";
    const headers = {
      authorization: `Bearer ${await this.#token(id)}`, ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(flow === undefined ? {} : { [FLOW_HEADER]: flow }),
    };
    const answer = await send(path + search, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (answer.status >= 400) throw new Refused(answer.status, textAt(answer.json, "message"));
    return answer;
  }

  async #token(id: ActorId): Promise<string> {
    const known = this.#tokens.get(id);
    if (known && known.until > Date.now()) return known.text;
    const { clientId, clientSecret } = this.actor(id);
    const body = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
    const answer = await send("/auth", { method: "POST", body });
    const text = textAt(answer.json, "access_token");
    if (answer.status !== 200 || text === "") throw new Refused(answer.status, textAt(answer.json, "message"));
    const seconds = (answer.json as { readonly expires_in?: number }).expires_in ?? 60;
    this.#tokens.set(id, { text, until: Date.now() + seconds * 1_000 - TOKEN_MARGIN_MS });
    return text;
  }
}

async function send(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(ANSWER_MS_MAX) }).catch(() => { throw new Refused(0, ""); });
  return { status: response.status, json: await response.json().catch(() => null) as unknown };
}

export async function readWorld(): Promise<SandboxWorld> {
  const response = await fetch(WORLD_PATH);
  return await response.json() as SandboxWorld;
}

/** The mock operator's cars, after an act when one is given. The sandbox's own; no message of the exchange. */
export async function deskOf(operator: ActorId, act?: DeskAct): Promise<DepartureDesk> {
  const answer = await send(deskPath(operator), act === undefined ? {} : { method: "POST", body: JSON.stringify(act) });
  if (answer.status !== 200) throw new Refused(answer.status, "");
  return answer.json as DepartureDesk;
}
