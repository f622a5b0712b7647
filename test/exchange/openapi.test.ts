/** The document is what is served, holds together, and the page that shows it needs nothing from elsewhere; the models are as the script makes them. */
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import { SCHEMAS } from "../../src/exchange/apds/schema.ts";
import { problemOf } from "../../src/exchange/apds/validate.ts";
import { createServer } from "../../src/exchange/http/server.ts";
import { registerDocs } from "../../src/exchange/http/docs.ts";
import { openApi } from "../../src/exchange/http/openapi.ts";
import { registerWebhooks } from "../../src/exchange/http/webhooks.ts";
import type { Parts } from "../../src/exchange/application/parts.ts";
import { place, rates, right, session, spec } from "./harness.ts";

const root = new URL("../..", import.meta.url).pathname;

describe("the document", () => {
  const document = openApi("1.2.3") as ReturnType<typeof JSON.parse>;

  test("every operation is served, with its path and method", async () => {
    const parts = { parties: {}, clock: { now: () => 0, elapsed: () => 0 }, subscriptions: {} } as unknown as Parts;
    const app = createServer({ parts, log: pino({ level: "silent" }), behindTls: false, more: [(server, own, auth) => registerWebhooks(server, { parts: own, auth, policy: { allowedOrigins: [] }, newId: () => "x" })] });
    await app.ready();
    const documented = Object.entries(document.paths as object).flatMap(([path, methods]) => Object.keys(methods as object).map((method) => [path, method] as const));
    expect(documented.length).toBeGreaterThan(35);
    for (const [path, method] of documented) {
      expect([path, method, app.hasRoute({ url: path.replace("{id}", ":id"), method: method.toUpperCase() as "GET" })]).toEqual([path, method, true]);
    }
    await app.close();
  });

  test("every reference leads somewhere, and operations are named once", () => {
    const text = JSON.stringify(document);
    const found = [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)].map(([, part, name]) => document.components[part as string][name as string] === undefined ? `${part}/${name}` : "");
    expect(found.filter((one) => one !== "")).toEqual([]);
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("the page loads nothing from elsewhere", async () => {
    const app = Fastify();
    registerDocs(app, "1.2.3");
    const page = (await app.inject("/docs")).body;
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      if (address === "data:,") continue;
      expect((await app.inject(String(address))).statusCode).toBe(200);
      expect(address).toMatch(/^\//);
    }
    expect((await app.inject("/openapi.json")).json().info.version).toBe("1.2.3");
    await app.close();
  });
});

describe("the standard's models", () => {
  test("are made from the published ones by the listed repairs, each of which still applies", async () => {
    const { generate, readModels } = (await import("../../scripts/apds-generate.mjs" as string)) as { generate(): Promise<Record<string, string>>; readModels(): Record<string, unknown> };
    const { REPAIRS } = (await import("../../scripts/apds-repairs.mjs" as string)) as { REPAIRS: readonly { readonly id: string; readonly why: string; apply(schemas: unknown): void }[] };
    for (const [file, text] of Object.entries(await generate())) expect(readFileSync(`${root}src/exchange/apds/${file}`, "utf8")).toBe(text);
    expect(new Set(REPAIRS.map(({ id }) => id)).size).toBe(REPAIRS.length);
    // A repair applied to what is repaired already finds nothing left: it is no repair that always "works".
    for (const { id, apply } of REPAIRS.filter((one) => one.id.startsWith("D"))) {
      const schemas = structuredClone(readModels());
      apply(schemas);
      expect(() => { apply(schemas); }, id).toThrow("the models have changed");
    }
  });

  test("as published nobody satisfies a credential; repaired, our examples are valid", () => {
    const published = new Ajv2020({ strict: false }).compile({ type: "object", additionalProperties: false, minProperties: 1, maxProperties: 1, required: ["className", "id"], properties: { className: {}, id: {} } });
    expect(published({ id: "AB12XYZ", className: "UKNumberPlate" })).toBe(false);
    expect(problemOf("HierarchyElement", place("p"))).toBeUndefined();
    expect(problemOf("RightSpecification", spec("s", ["p"]))).toBeUndefined();
    expect(problemOf("RateTable", rates("r"))).toBeUndefined();
    expect(problemOf("AssignedRight", right("a", "s", "AB12XYZ"))).toBeUndefined();
    expect(problemOf("Session", session("x", "p", "AB12XYZ"))).toBeUndefined();
  });

  test.each(["HierarchyElement", "RightSpecification", "RateTable", "AssignedRight", "Session"])("a %s without one of its required members is refused by name", (model) => {
    const whole: Record<string, object> = { HierarchyElement: place("p"), RightSpecification: spec("s", ["p"]), RateTable: rates("r"), AssignedRight: right("a", "s", "X1"), Session: session("x", "p", "X1") };
    for (const member of SCHEMAS[model]?.required ?? []) {
      const body = Object.fromEntries(Object.entries(whole[model] ?? {}).filter(([name]) => name !== member));
      expect(problemOf(model, body)).toEqual({ at: `/${member}`, message: `missing attribute ${member}` });
    }
  });
});
