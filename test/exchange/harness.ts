/** An exchange over a PostgreSQL of its own, with the parties of the conformance checklist. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { type OpenExchange, openExchange } from "../../src/exchange/application/open.ts";
import type { Role } from "../../src/exchange/client/caller.ts";
import { createServer, type ServerOptions } from "../../src/exchange/http/server.ts";
import { testServer, type TestServer } from "../journal/harness.ts";

const RENEW_MS = 5 * 60_000;
export const NOW = Date.UTC(2026, 0, 15, 13, 0, 0);

/** Whatever the server answered: each test says what it expects of it. */
export type Body = ReturnType<typeof JSON.parse>;
export type Answer = { readonly status: number; readonly body: Body; readonly headers: Readonly<Record<string, unknown>> };
export type Client = "OP1" | "OP2" | "SP1" | "SP2" | "ES1" | "AD";

const ROLE: Readonly<Record<Client, Role>> = {
  OP1: "operator", OP2: "operator", SP1: "serviceProvider", SP2: "serviceProvider", ES1: "enforcement", AD: "administrator",
};

export type WorldOptions = Pick<ServerOptions, "relay" | "more">;

export class World {
  readonly server: TestServer;
  readonly exchange: OpenExchange;
  readonly app: FastifyInstance;
  readonly keyFolder: string;
  readonly connectionString: string;
  readonly clock: { now(): number; elapsed(): number };
  readonly logged: string[] = [];
  readonly #secrets = new Map<Client, string>();
  readonly #tokens = new Map<Client, { readonly token: string; readonly at: number }>();
  at = NOW;

  private constructor(server: TestServer, exchange: OpenExchange, keyFolder: string, connectionString: string, clock: World["clock"], options: WorldOptions) {
    this.server = server;
    this.exchange = exchange;
    this.keyFolder = keyFolder;
    this.connectionString = connectionString;
    this.clock = clock;
    const logger = pino({ level: "debug" }, { write: (line: string) => void this.logged.push(line) });
    this.app = createServer({ parts: exchange, log: logger, behindTls: false, ...options });
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const server = await testServer();
    const connectionString = await server.fresh();
    const keyFolder = mkdtempSync(join(tmpdir(), "gh-exchange-"));
    const holder: { world?: World } = {};
    const clock = { now: () => holder.world?.at ?? NOW, elapsed: () => performance.now() };
    const exchange = await openExchange({ connectionString, keyFolder, clock, newId: () => randomUUID(), currency: "GBP" });
    const world = new World(server, exchange, keyFolder, connectionString, clock, options);
    holder.world = world;
    await world.#populate();
    return world;
  }

  async #populate(): Promise<void> {
    const { parties } = this.exchange;
    for (const [id, role] of Object.entries(ROLE) as [Client, Role][]) {
      await parties.registerOrganisation({ id, role, name: `Organisation ${id}` });
      const secret = await parties.registerClient({ id: `${id}-client`, organisation: id, requestsPerSecond: 100_000, legacyToken: `legacy-${id}-0000` });
      this.#secrets.set(id, secret);
      await this.#authenticate(id);
    }
    await parties.connect("SP1", "OP1");
    await parties.contract("ES1", "OP1");
  }

  async #authenticate(id: Client): Promise<void> {
    const payload = { grant_type: "client_credentials", client_id: `${id}-client`, client_secret: this.#secrets.get(id) };
    const answer = await this.app.inject({ method: "POST", url: "/auth", payload });
    this.#tokens.set(id, { token: (answer.json() as { access_token: string }).access_token, at: this.at });
  }

  token(client: Client): string {
    return this.#tokens.get(client)?.token ?? "";
  }

  async call(client: Client | null, method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    // Tests that move the clock outlive their tokens.
    if (client && this.at - (this.#tokens.get(client)?.at ?? this.at) > RENEW_MS) await this.#authenticate(client);
    const answer = await this.app.inject({
      method, url, headers: { ...(client ? { authorization: `Bearer ${this.token(client)}` } : {}), ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { payload: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: answer.body === "" ? undefined : JSON.parse(answer.body), headers: answer.headers };
  }

  /** A place of OP1 with one-time parking. */
  async parking(id: string, more: object = {}): Promise<void> {
    const operator: Client = "OP1";
    await this.ok(operator, "POST", "/places", place(id, more));
    await this.ok(operator, "POST", "/rights/specs", spec(`spec-${id}`, [id]));
  }

  async ok(client: Client, method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown): Promise<Body> {
    const answer = await this.call(client, method, url, body);
    if (answer.status >= 300) throw new Error(`${client} ${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.exchange.close();
    await this.server.stop();
    rmSync(this.keyFolder, { recursive: true, force: true });
  }
}

export const text = (string: string): object[] => [{ language: "en", string }];

export const place = (id: string, more: object = {}): object => ({
  id, version: 1, type: "place", layer: 1, name: text(`Place ${id}`), timeZone: "Europe/London",
  indicativePlacePointLocation: [{ type: "Point", coordinates: [-2.247177, 53.483596] }], ...more,
});

export const spec = (id: string, places: readonly string[], more: object = {}): object => ({
  id, version: 1, type: "oneTimeUseParking", transferable: false, hierarchyElements: places.map((one) => ({ id: one, version: 1 })),
  validity: { validityStatus: "active" }, ...more,
});

export const rates = (id: string, more: object = {}): object => ({
  id, version: 1, rateTableName: text(id), availability: "public",
  rateLineCollections: [{ applicableCurrency: "GBP", collectionSequence: 1, rateLines: [{ sequence: 1, rateLineType: "incrementingRate", value: 3.2, incrementPeriod: "PT1H" }] }],
  ...more,
});

export const plate = (id: string): object => ({ type: "licensePlate", identifier: { id, className: "UKNumberPlate" } });

export const session = (id: string, placeId: string, vrm: string, more: Record<string, unknown> = {}): Body => ({
  id, version: 1, actualStart: "2026-01-15T13:10:02Z", actualEnd: "2026-01-15T14:10:02Z",
  hierarchyElement: { id: placeId, version: 1, className: "Place" }, identifiedCredentials: [plate(vrm)],
  segments: [{
    id: `${id}-a`, version: 1, actualStart: "2026-01-15T13:10:02Z", validationType: ["licensePlate"],
    ...("actualEnd" in more ? {} : { actualEnd: "2026-01-15T14:10:02Z" }),
    financialTransactions: [{ segmentValue: 3.2, taxIncluded: true, dateCollected: "2026-01-15T13:10:02Z", transactionId: `TX-${id}` }],
  }],
  ...more,
});

export const right = (id: string, specId: string, vrm: string, more: object = {}): object => ({
  id, version: 1, rightSpecification: { id: specId, version: 1 }, rightHolder: { credentials: [plate(vrm)] },
  issuanceTime: "2026-01-10T15:21:00Z", expiry: "2028-12-31T23:59:59Z", issueMethod: "electronic", ...more,
});
