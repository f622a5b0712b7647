/** Items 14 to 21: ResponseStatus and status codes. */
import { HOUR, placeBody, rateBody, rightBody, sessionBody, specBody, without } from "../bodies.ts";
import { accepted, must, refused, status } from "../checks.ts";
import { type Item, item } from "../item.ts";
import { type Body, at } from "../json.ts";
import type { Trial } from "../trial.ts";

async function responseStatus({ transport }: Trial): Promise<void> {
  transport.watch.demand("responseStatus");
}

/** One valid body of each kind, with who writes it. */
async function validBodies(trial: Trial): Promise<readonly (readonly [string, "op1" | "sp1", Body])[]> {
  const { street, streetSpec } = await trial.world();
  const now = trial.now();
  return [
    ["/places", "op1", placeBody(trial.names.id("place"))],
    ["/rights/specs", "op1", specBody(trial.names.id("spec"), [street])],
    ["/rates", "op1", rateBody(trial.names.id("rate"))],
    ["/rights/assigned", "sp1", rightBody(trial.names.id("right"), streetSpec, trial.names.plate(), now, now + HOUR)],
    ["/sessions", "sp1", sessionBody(trial.names.id("session"), street, trial.names.plate(), now, now + HOUR)],
  ];
}

async function created(trial: Trial): Promise<void> {
  for (const [path, role, body] of await validBodies(trial)) {
    status(await trial.as(role).post(path, body), ...(path === "/rates" ? [200, 201] : [201]));
  }
}

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  "/places": ["id", "type", "name", "layer", "timeZone"],
  "/rights/specs": ["id", "transferable", "hierarchyElements"],
  "/rates": ["id", "rateTableName", "availability", "rateLineCollections"],
  "/rights/assigned": ["id", "rightSpecification", "rightHolder"],
  "/sessions": ["id", "actualStart", "hierarchyElement", "identifiedCredentials", "segments"],
};

async function missing(trial: Trial): Promise<void> {
  for (const [path, role, body] of await validBodies(trial)) {
    for (const member of REQUIRED[path] ?? []) {
      const reply = refused(await trial.as(role).post(path, without(body, member)), 400);
      must(String(at(reply.json, "message")).includes(member), `the message does not name ${member}`, reply);
    }
  }
}

async function unreadable(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  refused(await op1.send("POST", "/places", { raw: "{\"id\": " }), 400);
  refused(await op1.send("POST", "/places", { raw: "[]" }), 400);
  refused(await op1.send("POST", "/places", { raw: "\"text\"" }), 400);
  refused(await op1.send("POST", "/places", { raw: "id=1", headers: { "content-type": "application/x-www-form-urlencoded" } }), 415);
  refused(await op1.send("POST", "/places", { raw: "<place/>", headers: { "content-type": "text/xml" } }), 415);
  const large = JSON.stringify(placeBody(trial.names.id("large"), { "x-padding": "x".repeat(trial.fixture.bodyBytesMax) }));
  const reply = await op1.send("POST", "/places", { raw: large });
  must(reply.status === 413, `a body over the limit was answered with ${reply.status === 0 ? reply.trace.cameBack : reply.status}`);
  // Deep, doubled and wrongly encoded: refused or tolerated, never a server error.
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
  for (const raw of [`{"id":"a","x-deep":${deep}}`, "{\"id\":\"a\",\"id\":\"b\"}", "{\"id\":\"\\ud800\"}", "{\"id\":\"a\\u0000b\"}", "\uFEFF{}", "null", "1e999"]) {
    refused(await op1.send("POST", "/places", { raw }), 400);
  }
}

async function values(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  refused(await op1.post("/places", placeBody(trial.names.id("place"), { type: "spaceship" })), 400);
  refused(await op1.post("/rates", rateBody(trial.names.id("rate"), { availability: "sometimes" })), 400);
  status(await op1.post("/places", placeBody(trial.names.id("place"), { favouriteColour: "green", nested: { a: [1] } })), 201);
}

async function offenders(trial: Trial): Promise<void> {
  const op1 = trial.as("op1");
  const id = trial.names.id("place");
  accepted(await op1.post("/places", placeBody(id)));
  refused(await op1.post("/places", placeBody(id, { layer: 2 })), 409, id);
  const unknown = trial.names.id("unknown");
  const now = trial.now();
  refused(await trial.as("sp1").post("/sessions", sessionBody(trial.names.id("session"), unknown, trial.names.plate(), now, now + HOUR)), 400, unknown);
}

async function unknownIds(trial: Trial): Promise<void> {
  for (const path of ["/places", "/rights/specs", "/rates", "/rights/assigned", "/sessions", "/contacts"]) {
    refused(await trial.as("sp1").get(`${path}/${trial.names.id("unknown")}`), 404);
  }
}

async function methods(trial: Trial): Promise<void> {
  const sp1 = trial.as("sp1");
  for (const [method, path] of [["DELETE", "/contacts/x"], ["POST", "/contacts"], ["DELETE", "/places"]] as const) {
    const reply = refused(await sp1.send(method, path, method === "POST" ? { body: {} } : {}), 405);
    must(/\bGET\b/.test(reply.headers.get("allow") ?? ""), "405 without an Allow header", reply);
  }
}

export const CODE_ITEMS: readonly Item[] = [
  item(14, "S", "Every write and every error carries status ok or error, and code is the HTTP status", [], responseStatus, { last: true }),
  item(15, "S", "A valid POST of each kind is 201 (of a rate 200)", ["op1", "sp1"], created),
  item(16, "S", "Each required attribute missing in turn is 400 and named", ["op1", "sp1"], missing),
  item(17, "P", "Malformed, foreign and oversized bodies are 400, 415 and 413", ["op1"], unreadable, { rest: "on every route, with forged tokens and spoilt bodies: test/exchange/hostile.test.ts" }),
  item(18, "S", "A value outside its list is 400; an unknown member is accepted", ["op1"], values),
  item(19, "S", "ids names the offending objects", ["op1", "sp1"], offenders),
  item(20, "S", "An unknown id is 404 with ResponseStatus", ["sp1"], unknownIds),
  item(21, "P", "A method that a route does not have is 405 with Allow", ["sp1"], methods),
];
