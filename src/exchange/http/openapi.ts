/**
 * OpenAPI 3.1 of the exchange: our own document, made from the table of resources and the repaired models. A test
 * holds it against the routes that are served.
 */
import { SCHEMAS } from "../apds/schema.ts";
import { ROLES, mayWrite, type Role, SCOPE } from "../client/caller.ts";
import type { Json, JsonObject } from "../json.ts";
import { KIND, KINDS, type Kind } from "../kind.ts";
import { NOUNS } from "../nouns.ts";

type Operation = Readonly<Record<string, Json>>;
type Parameter = JsonObject;

const text = { type: "string" } as const;
const list = { type: "array", items: text } as const;
const seconds = { type: "integer", minimum: 0, description: "Unix epoch seconds" } as const;

const query = (name: string, schema: JsonObject, description?: string): Parameter =>
  ({
    name, in: "query", schema, ...(schema["type"] === "array" ? { style: "form", explode: false } : {}),
    ...(description === undefined ? {} : { description })
  });

const NEAR: readonly Parameter[] = [
  query("latitude", { type: "number", minimum: -90, maximum: 90 }), query(
    "longitude", { type: "number", minimum: -180, maximum: 180 }
  ),
  query("radius", { type: "integer", minimum: 0 }, "Metres. All three or none; filters on the place's point."),
];
const COMMON: readonly Parameter[] = [
  ...NEAR,
  query(
    "modified_since", seconds,
    "Changed at or after; adds deletedReferences. Use meta.referenceInstant of the last answer."
  ),
  query(
    "page", { type: "integer", minimum: 1 },
    "There is no page size to choose. The Link header's next stays exact while others delete."
  ),
];
const USES: readonly Parameter[] = [
  query("type", list, "Types of place"), query("place", list, "Ids; places below are included"), query("right_spec", list), query("right_type", list),
  query(
    "credential_id", list, "Letters and digits count; case, blanks and hyphens do not"
  ), query("credential_type", list),
  query("start_after", seconds), query("start_before", seconds), query("end_after", seconds), query("end_before", seconds),
];
const FILTERS: Readonly<Record<Kind, readonly Parameter[]>> = {
  place: [
    query("type", list), query("right_type", list), query("structure_type", list), query("structure_grade", list),
    query("name", text), query("layer", { type: "integer", minimum: 0 }), query("operator", list),
  ],
  rightSpecification: [query("place", list), query("type", list, "Types of place"), query("issuer", list)],
  rateTable: [query("place", list), query("right_spec", list), query("issuer", list)],
  assignedRight: USES,
  session: USES,
};

const SUMMARY: Readonly<Record<Kind, { readonly one: string; readonly many: string }>> = {
  place: { one: "place", many: "places with their hierarchy" },
  rightSpecification: {
    one: "right specification", many: "right specifications: what can be bought, where, under which rates",
  },
  rateTable: { one: "rate table", many: "rate tables" },
  assignedRight: { one: "assigned right", many: "assigned rights: who may park where until when" },
  session: { one: "session", many: "sessions: what happened" },
};

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const body = (schema: JsonObject): JsonObject => ({ "application/json": { schema } });
const answer = (description: string, schema: JsonObject): JsonObject => ({ description, content: body(schema) });
const refusals = (...codes: readonly number[]): JsonObject => Object.fromEntries([...codes, 401, 429, 503].map((code) => [String(code), ref2("responses", `Refused${code}`)]));
const ref2 = (part: string, name: string): JsonObject => ({ $ref: `#/components/${part}/${name}` });
const security = (roles: readonly Role[]): Json => [{ client: roles.map((role) => SCOPE[role]) }];

function operationsOf(kind: Kind): Readonly<Record<string, Readonly<Record<string, Operation>>>> {
  const { path, schema, createdStatus } = KIND[kind];
  const { one, many } = SUMMARY[kind];
  const writers = ROLES.filter((role) => mayWrite(role, kind));
  const expand = query(
    "expand",
    { type: "array", items: { type: "string", enum: ["all", "none", ...Object.keys(NOUNS[kind].expandable)] } },
    "Members that are left out unless asked for"
  );
  const name = `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}`;
  const id: Parameter = { name: "id", in: "path", required: true, schema: { type: "string", maxLength: 255 } };
  const version = query("version", { type: "integer", minimum: 1 });
  const written = (description: string): JsonObject => answer(description, ref("ResponseStatus"));
  const put = (operationId: string, summary: string): Operation => ({
    operationId, summary, tags: [path], security: security(writers), parameters: [
      id, { name: "If-Match", in: "header", schema: text },
    ],
    requestBody: { required: true, content: body({ type: "object" }) },
    responses: {
      200: written("Stored, or nothing to change"),
      ...(kind === "assignedRight" ? { 201: written("It was not there before") } : {}),
      ...refusals(400, 403, 404, 409, 412)
    },
  });
  return {
    [path]: {
      get: {
        operationId: `list${name}`, summary: `Lists ${many}`, tags: [path], security: security(ROLES), parameters: [...FILTERS[kind], ...COMMON, expand],
        responses: { 200: answer("A page", { allOf: [ref("PaginatedListMeta"), { type: "object", properties: { data: { type: "array", items: ref(`${schema}Answer`) } } }] }), ...refusals(400) },
      },
      post: {
        operationId: `create${name}`, summary: `Creates a ${one}; the same again is answered the same`, tags: [path], security: security(writers),
        requestBody: { required: true, content: body(ref(schema)) }, responses: {
          [createdStatus]: written("Stored"), ...refusals(400, 403, 409)
        },
      },
    },
    [`${path}/{id}`]: {
      get: {
        operationId: `get${name}`, summary: `One ${one}, as it is or as it was`, tags: [path], security: security(ROLES), parameters: [id, version, expand],
        responses: { 200: answer("The object", ref(`${schema}Answer`)), ...refusals(400, 404) },
      },
      put: put(`update${name}`, `Merges into a ${one}: absent stays, null removes, lists are replaced`),
      patch: put(`patch${name}`, "The same as PUT"),
      delete: {
        operationId: `delete${name}`, summary: `Deletes a ${one}; its versions are kept`, tags: [path], security: security(writers), parameters: [id, version],
        responses: { 200: written("Deleted"), ...refusals(403, 404, 409) },
      },
    },
  };
}

const REFUSED: Readonly<Record<number, string>> = {
  400: "Not understood; ids lists the references that are wrong", 401: "No valid token", 403: "This role does not do that, or not here", 404: "Not there, or not visible to you",
  409: "In conflict with what is stored; ids names it", 412: "If-Match is not the current version", 429: "Over this client's budget; see Retry-After", 503: "Send the same again; see Retry-After",
};

/** Answers leave out what is expandable, so they require only identity. */
const answers = (): JsonObject => Object.fromEntries(KINDS.map((kind) => {
  const { schema } = KIND[kind];
  return [`${schema}Answer`, { ...(SCHEMAS[schema] as unknown as JsonObject), required: [] }];
}));

const TOKEN: Operation = {
  operationId: "token", summary: "Client credentials for a token of ten minutes", tags: ["/auth"], security: [],
  requestBody: { required: true, content: { "application/x-www-form-urlencoded": { schema: {
    type: "object", required: ["grant_type"], properties: {
      grant_type: { const: "client_credentials" }, client_id: text, client_secret: text,
      scope: { enum: ROLES.map((role) => SCOPE[role]) },
    },
  } } } },
  responses: {
    200: answer(
      "A token",
      {
        type: "object",
        properties: { access_token: text, token_type: { const: "Bearer" }, expires_in: { type: "integer" }, scope: text },
      }
    ),
    400: ref2("responses", "Refused400"), 401: ref2("responses", "Refused401"),
  },
};

const CONTACTS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/contacts": { get: { operationId: "listContacts", summary: "Organisations behind the ids of operators and providers", tags: ["/contacts"], security: security(ROLES), parameters: [query("type", list)],
    responses: { 200: answer("All", { allOf: [ref("PaginatedListMeta"), { type: "object", properties: { data: { type: "array", items: ref("ContactPoint") } } }] }), ...refusals() } } },
  "/contacts/{id}": { get: { operationId: "getContact", summary: "One organisation", tags: ["/contacts"], security: security(ROLES), parameters: [{
    name: "id", in: "path", required: true, schema: text,
  }],
    responses: { 200: answer("The organisation", ref("ContactPoint")), ...refusals(404) } } },
};

const WEBHOOKS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/webhooks": {
    get: {
      operationId: "listWebhooks", summary: "Own subscriptions", tags: ["/webhooks"], security: security(ROLES),
      responses: { 200: answer("All", ref("PaginatedListMeta")), ...refusals() },
    },
    post: { operationId: "createWebhook", summary: "Subscribes; deliveries are signed as Standard Webhooks", tags: ["/webhooks"], security: security(ROLES),
      requestBody: { required: true, content: body(ref("EventSubscription")) },
      responses: { 200: answer("The id and, once, the secret", { allOf: [ref("ResponseStatus"), { type: "object", properties: { id: text, secret: text } }] }), ...refusals(400, 403) } },
  },
  "/webhooks/{id}": Object.fromEntries(([
    ["get", "One subscription"], ["put", "Changes it"], ["delete", "Ends it"],
  ] as const).map(([method, summary]) => [method, {
    operationId: `${method}Webhook`, summary, tags: ["/webhooks"], security: security(ROLES), parameters: [{ name: "id", in: "path", required: true, schema: text }],
    ...(method === "put" ? { requestBody: { required: true, content: body({ type: "object" }) } } : {}),
    responses: {
      200: answer("Done", method === "get" ? ref("EventSubscription") : ref("ResponseStatus")),
      ...refusals(400, 403, 404)
    },
  }])),
};

const ERASURES: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  "/erasures": {
    get: {
      operationId: "listErasures", summary: "Which records a plate was erased from, by whom and why; without the plate", tags: ["/erasures"], security: security(["operator", "serviceProvider", "administrator"]),
      responses: { 200: answer("The latest", ref("PaginatedListMeta")), ...refusals(403) },
    },
    post: {
      operationId: "erasePlate", summary: "Erases a plate from own records that are over, all their versions; for administrators from everybody's", tags: ["/erasures"],
      security: security(["operator", "serviceProvider", "administrator"]),
      requestBody: { required: true, content: body({ type: "object", required: ["credentialId", "reason"], properties: { credentialId: text, reason: text } }) },
      responses: {
        200: answer("Ids of what it was erased from, and of what is not over yet and keeps it", { allOf: [ref("ResponseStatus"), { type: "object", properties: {
          id: text, erased: { type: "array", items: text }, kept: { type: "array", items: text }, more: { type: "boolean" },
        } }] }), ...refusals(400, 403),
      },
    },
  },
};

export function openApi(version: string): JsonObject {
  const resources = Object.assign({}, ...KINDS.map(operationsOf)) as Record<string, Record<string, Json>>;
  return {
    openapi: "3.1.0",
    info: {
      title: "Gatehouse exchange (APDS 4.0)", version,
      description: "Instants in bodies are RFC 3339 in UTC, in filters epoch seconds; amounts are decimal major units. What deviates from the models and can be put right "
        + "is accepted and told in the header X-Lint. The pilot's shapes are served under /v1/parking.",
    },
    paths: { "/auth": { post: TOKEN }, ...resources, ...CONTACTS, ...WEBHOOKS, ...ERASURES } as unknown as JsonObject,
    components: {
      schemas: { ...(SCHEMAS as unknown as JsonObject), ...answers() },
      responses: Object.fromEntries(Object.entries(REFUSED).map(([code, description]) => [`Refused${code}`, answer(description, ref("ResponseStatus"))])),
      securitySchemes: { client: {
        type: "oauth2",
        flows: { clientCredentials: {
          tokenUrl: "/auth", scopes: Object.fromEntries(ROLES.map((role) => [SCOPE[role], role])),
        } },
      } },
    },
  };
}
