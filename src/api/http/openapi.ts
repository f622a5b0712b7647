/** OpenAPI 3.1 of the site API, made from the table of routes: what is documented is what is served. */
import { z } from "zod";
import type { RouteShape } from "../contract/route.ts";
import { routes } from "../contract/routes.ts";
import { problem } from "../contract/words.ts";
import { API_PREFIX } from "./register.ts";

type Json = Readonly<Record<string, unknown>>;

export function openApi(options: { readonly version: string; readonly demo: boolean }): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes as Record<string, RouteShape>)) {
    if (route.demo && !options.demo) continue;
    const path = API_PREFIX + route.path.replace(/:([a-z]+)/g, "{$1}");
    (paths[path] ??= {})[route.method.toLowerCase()] = operationOf(name, route);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Gatehouse site API", version: options.version, description: "Instants are epoch milliseconds; money is integer minor units." },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, "output") },
      securitySchemes: {
        login: { type: "apiKey", in: "cookie", name: "gatehouse" },
        holder: { type: "apiKey", in: "cookie", name: "gatehouse-my" },
        device: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operationOf(name: string, route: RouteShape): Json {
  const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return {
    operationId: name, summary: route.summary, ...accessOf(route),
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query"), ...(route.method === "GET" ? [] : [IDEMPOTENCY])],
    ...(route.body ? { requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } } } : {}),
    responses: { 200: { description: "Done", content: contentOf(route) }, default: { description: "A problem", content: problemContent } },
  };
}

function accessOf(route: RouteShape): Json {
  if (route.access === "public") return { security: [] };
  if (route.access === "device") return { security: [{ device: [] }] };
  if (route.access === "holder") return { security: [{ holder: [] }] };
  return { security: [{ login: [] }], "x-roles": route.access === "anyone" ? ["any"] : [...route.access] };
}

function contentOf(route: RouteShape): Json {
  const json = { "application/json": { schema: schemaOf(route.answer, "output") } };
  const media = Object.fromEntries((route.media ?? []).map((type) => [type, { schema: { type: "string" } }]));
  return route.answer instanceof z.ZodUnknown ? media : { ...json, ...media };
}

const IDEMPOTENCY = {
  name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", pattern: "^[A-Za-z0-9_-]{8,100}$" },
  description: "The same key with the same body has one effect and one answer.",
};

function parametersOf(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, inner]) => {
    const optional = (inner as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required: place === "path" || !optional, schema: schemaOf(inner as z.ZodType, "input") };
  });
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
  return json;
}
