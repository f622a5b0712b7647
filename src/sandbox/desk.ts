/**
 * The mock operators over HTTP: the exchange asks at one address, the page sets the scene at the other.
 *
 *   /sandbox/operator/op1/sessions...   with the token that the exchange shows       /sandbox/departures/op1   from the page
 *
 * An operator that is switched off says nothing until the exchange gives up.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type ActorId, deskPath, operatorPath } from "./contract.ts";
import { deskActOf, type MockOperator } from "./operator.ts";
import { routeOf } from "./route.ts";
import type { Tap } from "./tap.ts";

export type Desks = { readonly operators: ReadonlyMap<ActorId, MockOperator>; readonly token: string; readonly tap: Tap };

/** One session with its payment. */
const BODY_BYTES_MAX = 64 * 1_024;

/** False: the address is none of theirs. */
export async function atDesks(request: IncomingMessage, response: ServerResponse, { operators, token, tap }: Desks): Promise<boolean> {
  const url = request.url ?? "/";
  for (const [id, operator] of operators) {
    const base = operatorPath(id);
    if (url.startsWith(`${base}/`) && operator.desk().way === "address") {
      await answer(request, response, { id, operator, token, tap, path: url.slice(base.length) });
      return true;
    }
    if (url === deskPath(id)) {
      await set(request, response, operator);
      return true;
    }
  }
  return false;
}

type Asked = { readonly id: ActorId; readonly operator: MockOperator; readonly token: string; readonly tap: Tap; readonly path: string };

async function answer(request: IncomingMessage, response: ServerResponse, { id, operator, token, tap, path }: Asked): Promise<void> {
  const began = Date.now();
  const flow = tap.flowAt(began);
  const told = (status: number): void =>
    tap.record({ at: began, from: "exchange", to: id, method: request.method ?? "", route: routeOf(path), status, ms: Date.now() - began, flow });
  if (!operator.reachable) return void response.on("close", () => told(0));
  const body = await textOf(request);
  const known = request.headers.authorization === `Bearer ${token}`;
  const reply = body === null ? { status: 413, body: {} } : known ? operator.answer({ method: request.method ?? "", path, body }) : { status: 401, body: {} };
  response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
  told(reply.status);
}

async function set(request: IncomingMessage, response: ServerResponse, operator: MockOperator): Promise<void> {
  const send = (status: number): void =>
    void response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(operator.desk()));
  if (request.method === "GET") return send(200);
  const act = request.method === "POST" ? deskActOf(parsed(await textOf(request))) : undefined;
  return send(act === undefined ? 400 : operator.act(act) ? 200 : 404);
}

/** Null: longer than anything that is meant for us. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
