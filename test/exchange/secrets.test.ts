/** H: no secret that is told again stands in the tables; what an earlier version kept in plain text is sealed at the next start. */
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openExchange } from "../../src/exchange/application/open.ts";
import type { Caller } from "../../src/exchange/client/caller.ts";
import { newSecret, signedHeaders } from "../../src/exchange/delivery/signature.ts";
import { EXCHANGE_MIGRATIONS } from "../../src/exchange/store/schema.ts";
import { migrate } from "../../src/journal/migrate.ts";
import { type TestServer, testServer } from "../journal/harness.ts";
import { NOW } from "./harness.ts";

const OP: Caller = { client: "op", organisation: "OP1", role: "operator", amountsInMinorUnits: false };
const WANTED = { endpoint: "https://a.example/", topics: ["SessionCreated"], places: [], children: false, style: "eventData" } as const;
const TOKEN = "token-shown-at-the-operator";
const BEFORE_SEALING = 6;

let server: TestServer;
let keyFolder: string;
beforeAll(async () => {
  server = await testServer();
  keyFolder = mkdtempSync(join(tmpdir(), "gh-secrets-"));
});
afterAll(async () => {
  await server.stop();
  rmSync(keyFolder, { recursive: true, force: true });
});

const open = (connectionString: string, folder = keyFolder) => openExchange({
  connectionString, keyFolder: folder, clock: { now: () => NOW, elapsed: () => performance.now() }, newId: () => randomUUID(), currency: "GBP",
});

/** Every column of both tables, bytes as hex and as text. */
async function raw(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query("select s::text as row from exchange.subscription s union all select e::text from exchange.operator_endpoint e");
    const texts = rows.map(({ row }: { row: string }) => row);
    return [...texts, ...texts.flatMap((text) => [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex ?? "", "hex").toString("latin1")))].join("\n");
  } finally {
    await client.end();
  }
}

const tells = (text: string, secret: string): boolean =>
  [secret, secret.replace("whsec_", ""), Buffer.from(secret).toString("hex"), Buffer.from(secret).toString("base64")].some((one) => text.includes(one));

describe("secrets at rest", () => {
  test("of subscriptions and operators are sealed in every row, and still sign and are shown", async () => {
    const connectionString = await server.fresh();
    const exchange = await open(connectionString);
    const [first, second] = [newSecret(), newSecret()];
    expect(await exchange.subscriptions.add("s1", OP, WANTED, first, NOW)).toBe(true);
    await exchange.subscriptions.change("s1", WANTED, second, NOW);
    await exchange.departures.setEndpoint("OP1", { base: "https://op.example", token: TOKEN });
    const rows = await raw(connectionString);
    expect(rows).toContain("s1");
    expect([first, second, TOKEN].filter((secret) => tells(rows, secret))).toEqual([]);
    await exchange.subscriptions.alert("a1", "OP1", "{}", "SessionCreated", NOW);
    const [delivery] = await exchange.subscriptions.take(NOW, 1, new Map());
    expect(delivery?.secrets).toEqual([second, first]);
    expect(await exchange.departures.endpointOf("OP1")).toEqual({ base: "https://op.example", token: TOKEN });
    const signed = signedHeaders("evt_1", 1, "{}", delivery?.secrets ?? [])["webhook-signature"] ?? "";
    expect(signed).toContain(createHmac("sha256", Buffer.from(second.slice(6), "base64")).update("evt_1.1.{}").digest("base64"));
    await exchange.close();
    const other = mkdtempSync(join(tmpdir(), "gh-secrets-"));
    try {
      await expect(open(connectionString, other)).rejects.toThrow(/Put the file back/);
      expect(readdirSync(other).filter((file) => file.includes("secrets"))).toEqual([]);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  test("of an earlier version are sealed at the next start, by whichever process comes first", async () => {
    const connectionString = await server.fresh();
    const client = new pg.Client({ connectionString });
    await client.connect();
    await client.query("create schema exchange");
    await client.query("set search_path = exchange");
    await migrate(client, EXCHANGE_MIGRATIONS.filter(({ id }) => id <= BEFORE_SEALING));
    const [secret, old] = [newSecret(), newSecret()];
    await client.query(`insert into subscription (id, organisation, client, role, endpoint, topics, places, children, style, secret, old_secret, old_secret_until, created_at)
      values ('s1', 'OP1', 'op', 'operator', 'https://a.example/', '{SessionCreated}', '{}', false, 'eventData', $1, $2, $3, 1)`, [secret, old, NOW + 1]);
    await client.query("insert into operator_endpoint (operator, base, token) values ('OP1', null, $1)", [TOKEN]);
    await client.end();
    const [one, two] = await Promise.all([open(connectionString), open(connectionString)]);
    const rows = await raw(connectionString);
    expect([secret, old, TOKEN].filter((text) => tells(rows, text))).toEqual([]);
    await one.subscriptions.alert("a1", "OP1", "{}", "SessionCreated", NOW);
    const [delivery] = await two.subscriptions.take(NOW, 1, new Map());
    expect(delivery?.secrets).toEqual([secret, old]);
    expect(await two.departures.endpointOf("OP1")).toEqual({ base: null, token: TOKEN });
    await Promise.all([one.close(), two.close()]);
  });
});
