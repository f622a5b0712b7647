/**
 * `node scripts/apds-generate.mjs`: the published models, repaired, as one flat set of schemas and as types.
 *
 *   apds/models/*.yaml -> repairs -> allOf merged -> src/exchange/apds/schemas.json, src/exchange/apds/models.ts
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { FILE_REPAIRS, REPAIRS } from "./apds-repairs.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOTS = ["HierarchyElement", "RightSpecification", "RateTable", "AssignedRight", "Session", "EventSubscription", "EventData",
  "DeletedReference", "PaginatedListMeta", "ResponseStatus", "ContactPoint"];
/** Prose and hints that neither a validator nor a type needs. */
const DROPPED = new Set(["x-tags", "x-examples", "example", "examples", "discriminator", "title", "description"]);

export function readModels() {
  const schemas = {};
  const used = new Set();
  for (const entry of readdirSync(join(root, "apds/models"), { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".yaml")) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    const name = basename(entry.name, ".yaml");
    if (schemas[name]) throw new Error(`two models are called ${name}`);
    schemas[name] = named(parse(text), used);
  }
  for (const { id, from } of FILE_REPAIRS) if (!used.has(from)) throw new Error(`${id} no longer applies: ${from}`);
  return schemas;
}

/** File references become names; descriptions go, properties that happen to be called so stay. */
function named(node, used, insideProperties = false) {
  if (Array.isArray(node)) return node.map((one) => named(one, used));
  if (node === null || typeof node !== "object") return node;
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (!insideProperties && DROPPED.has(key)) continue;
    if (key === "$ref" && typeof value === "string") {
      const file = basename(value);
      used.add(file);
      const repair = FILE_REPAIRS.find(({ from }) => from === file);
      out.$ref = `#/components/schemas/${basename(repair?.to ?? file, ".yaml")}`;
    } else out[key] = named(value, used, key === "properties" && !insideProperties);
  }
  return out;
}

export function repaired(schemas) {
  const copy = structuredClone(schemas);
  for (const repair of REPAIRS) {
    try {
      repair.apply(copy);
    } catch (error) {
      throw new Error(`repair ${repair.id} (${repair.why}): ${error.message}`);
    }
  }
  return copy;
}

const targetOf = (schemas, node) => {
  const name = node.$ref.split("/").at(-1);
  if (!schemas[name]) throw new Error(`no model called ${name}`);
  return schemas[name];
};

/** allOf of objects becomes one object: `required` and `properties` of all parts together. */
function flat(schemas, node) {
  if (Array.isArray(node)) return node.map((one) => flat(schemas, one));
  if (node === null || typeof node !== "object") return node;
  if (!node.allOf) return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, flat(schemas, value)]));
  const { allOf, ...own } = node;
  if (allOf.length === 1 && allOf[0].$ref) return { ...flat(schemas, own), ...allOf[0] };
  const merged = { ...flat(schemas, own) };
  for (const part of allOf) {
    const { required, properties, ...rest } = flat(schemas, part.$ref ? targetOf(schemas, part) : part);
    if (rest.$ref) throw new Error(`a part of allOf is still a reference: ${rest.$ref}`);
    Object.assign(merged, rest);
    if (properties) merged.properties = { ...merged.properties, ...properties };
    if (required) merged.required = [...new Set([...(merged.required ?? []), ...required])];
  }
  if (merged.properties) merged.type = "object";
  return merged;
}

function reachable(schemas) {
  const kept = {};
  const visit = (node) => {
    if (node === null || typeof node !== "object") return;
    if (typeof node.$ref === "string") {
      const name = node.$ref.split("/").at(-1);
      if (!kept[name]) {
        kept[name] = flat(schemas, targetOf(schemas, node));
        visit(kept[name]);
      }
    }
    for (const value of Object.values(node)) visit(value);
  };
  for (const name of ROOTS) visit({ $ref: `#/components/schemas/${name}` });
  return Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function generate() {
  const schemas = reachable(repaired(readModels()));
  const document = { openapi: "3.1.0", info: { title: "APDS", version: "4.0" }, paths: {}, components: { schemas } };
  const types = astToString(await openapiTS(document));
  const header = "/* Made by scripts/apds-generate.mjs from apds/models (MIT, see apds/LICENSE) and the repairs listed there. */\n";
  return { "schemas.json": `${JSON.stringify(schemas, null, 1)}\n`, "models.ts": header + types };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of Object.entries(await generate())) writeFileSync(join(root, "src/exchange/apds", file), text);
}
