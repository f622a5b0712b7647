/** The suite itself: complete numbers, and a server that says yes or no to everything does not get through. */
import { existsSync, readFileSync } from "node:fs";
import { type RequestListener, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { CHECKLIST } from "./checklist.ts";
import { type Fixture, ROLES, fixtureOf } from "./fixture.ts";
import { contains, sameJson, walk } from "./json.ts";
import { namesOf } from "./names.ts";
import { checklistTable, lastLine, outcomeLines } from "./report.ts";
import { type Summary, runChecklist } from "./run.ts";
import { signatureFits } from "./signature.ts";

const servers: Server[] = [];

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => { server.close(resolve); });
  }
});

function everybody(): Fixture {
  const clients = Object.fromEntries(ROLES.map((role) => [role, { clientId: role, clientSecret: "secret", organisation: role, pilotToken: role }]));
  const fixture = fixtureOf({ clients, burstMax: 50 });
  if (typeof fixture === "string") throw new Error(fixture);
  return fixture;
}

function numbers(summary: Summary, result: string): readonly number[] {
  return summary.outcomes.filter((outcome) => outcome.result === result).map(({ item }) => item.no);
}

/** Without an operator endpoint: the items of pay on departure would wait long for what never comes. */
const run = (url: string) => runChecklist({ url, fixture: everybody(), run: "test" });

describe("the checklist", () => {
  it("has every number from 1 to 135 once", () => {
    expect(CHECKLIST.map(({ no }) => no)).toEqual(Array.from({ length: 135 }, (_, index) => index + 1));
  });

  it("gives each line a source and a title of its own", () => {
    expect(CHECKLIST.filter(({ source }) => source.length === 0)).toEqual([]);
    expect(new Set(CHECKLIST.map(({ title }) => title)).size).toBe(135);
  });

  it("is the table in the documentation", () => {
    const written = readFileSync(new URL("../../docs/exchange/checklist.md", import.meta.url), "utf8");
    expect(written.slice(written.indexOf("| # |"))).toBe(checklistTable(CHECKLIST));
  });

  it("says of each line that it is judged, where it is shown, or why it is not", () => {
    const lines = checklistTable(CHECKLIST).split("\n").slice(2).filter((line) => line !== "").map((line) => line.split(" | ").at(-1) ?? "");
    expect(lines.filter((status) => !/^(judged(; .{10,})?|not here: .{10,}; shown by (src|test|bench)\/.+|later: .{10,}) \|$/.test(status))).toEqual([]);
    expect(lines).toHaveLength(135);
  });

  it("names tests that exist for what it cannot see", () => {
    const named = CHECKLIST.flatMap((one) => [...JSON.stringify(one).matchAll(/(?:src|test|bench)\/[\w/.-]*\w/g)].map(([path]) => path));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
  });

  it("is not passed by a server that says 200 to everything", async () => {
    const url = await listening((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ access_token: "t", token_type: "Bearer", expires_in: 60, status: "ok", code: 200, data: [], meta: {} }));
    });
    // Said yes to are only items that want nothing but a yes.
    expect(numbers(await run(url), "passed")).toEqual([13, 14, 60, 61, 62, 64]);
  }, 60_000);

  it("is not passed by a server that fails", async () => {
    const url = await listening((_, response) => {
      response.writeHead(500, { "content-type": "text/plain" });
      response.end("Error: syntax error at or near \"FROM\"\n    at query (/srv/app/node_modules/pg/lib/client.js:526:17)");
    });
    const summary = await run(url);
    // Nothing was answered that could have a wrong shape.
    expect(numbers(summary, "passed")).toEqual([62, 64]);
    expect(summary.failed).toBeGreaterThan(100);
    expect(lastLine(summary)).toBe(`${summary.passed} passed, ${summary.failed} failed`);
    const told = summary.outcomes.flatMap(outcomeLines).join("\n");
    expect(told).toContain("FAILED    13 [S]");
    expect(told).toContain("reason: ");
  }, 60_000);

  it("lists what is later or not here with a reason", async () => {
    const url = await listening((_, response) => { response.writeHead(404).end(); });
    const summary = await runChecklist({ url, fixture: everybody(), run: "test", only: new Set([79, 119, 131, 132]) });
    expect(summary.outcomes.map(({ result }) => result)).toEqual(["notHere", "later", "later", "notHere"]);
    expect(summary.outcomes.flatMap(outcomeLines).join("\n")).toContain("shown by src/tariff/vectors.test.ts");
  });

  it("says what it did not see when a client is missing", async () => {
    const fixture = fixtureOf({ clients: { sp1: { clientId: "a", clientSecret: "b" } } });
    if (typeof fixture === "string") throw new Error(fixture);
    const summary = await runChecklist({ url: "http://127.0.0.1:9", fixture, run: "test", only: new Set([6]) });
    expect(summary.outcomes[0]).toMatchObject({ result: "unseen", reason: "the fixture has no client op1" });
  });
});

describe("the fixture", () => {
  it("names the member that is wrong", () => {
    expect(fixtureOf({ clients: { sp1: { clientId: "a" } } })).toContain("clients.sp1.clientSecret");
    expect(fixtureOf({ clients: {}, urll: "x" })).toContain("urll");
  });
});

describe("names", () => {
  it("are never used twice, and plates read like plates", () => {
    const names = namesOf("run");
    const plates = Array.from({ length: 5_000 }, () => names.plate());
    expect(new Set(plates).size).toBe(plates.length);
    expect(plates.every((plate) => /^[A-HJ-NPR-Z2-9]{7}$/.test(plate))).toBe(true);
    expect(names.id("a")).not.toBe(names.id("a"));
    const [latitude, longitude] = names.ocean();
    expect([latitude > -46 && latitude < -43, longitude > -131 && longitude < -100]).toEqual([true, true]);
  });
});

describe("comparing JSON", () => {
  it("ignores the order of members, not of arrays", () => {
    expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(contains({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } })).toBe(true);
    expect(contains({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect([...walk({ a: [{ b: null }] })].map(([path]) => path)).toEqual(["", "a", "a[0]", "a[0].b"]);
  });
});

describe("a signature", () => {
  // The example of the Standard Webhooks specification.
  const secret = "whsec_plJ3nmyCDGBKInavdOK15jsl";
  const body = "{\"event_type\":\"ping\",\"data\":{\"success\":true}}";
  const headers = { "webhook-id": "msg_loFOjxBNrRLzqYUf", "webhook-timestamp": "1731705121", "webhook-signature": "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=" };

  it("fits its body and no other", () => {
    expect(signatureFits(secret, headers, body)).toBe(true);
    expect(signatureFits(secret, headers, `${body} `)).toBe(false);
    expect(signatureFits(secret, { ...headers, "webhook-id": "msg_other" }, body)).toBe(false);
    expect(signatureFits(secret, { ...headers, "webhook-signature": "v2,x v1,y" }, body)).toBe(false);
    expect(signatureFits(secret, {}, body)).toBe(false);
  });
});
