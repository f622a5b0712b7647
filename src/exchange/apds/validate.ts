/**
 * Whether a body is what the standard says. In: after tolerance has put right what it can, so a problem
 * here is the sender's. Out: in tests every answer is checked, by the members its expand set leaves in.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormatsModule from "ajv-formats";
import { type Schema, SCHEMAS } from "./schema.ts";

/** The package is CommonJS: under ESM rules its function is behind `default`. */
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

export type SchemaProblem = { readonly at: string; readonly message: string };

const ajv = new Ajv2020({ strict: false, allErrors: false, coerceTypes: false, useDefaults: false, removeAdditional: false });
addFormats(ajv, ["date-time", "email", "date", "time"]);
for (const format of ["float", "double", "url", "int32", "int64"]) ajv.addFormat(format, true);
ajv.addSchema({ $id: "apds", components: { schemas: SCHEMAS } });

const compiled = new Map<string, ValidateFunction>();

function validatorOf(name: string): ValidateFunction {
  const known = compiled.get(name);
  if (known) return known;
  const validator = ajv.compile({ $ref: `apds#/components/schemas/${name}` });
  compiled.set(name, validator);
  return validator;
}

/** The first thing wrong, named by its place in the body; undefined when all is well. */
export function problemOf(name: string, body: unknown): SchemaProblem | undefined {
  const validate = validatorOf(name);
  if (validate(body)) return undefined;
  const error = validate.errors?.[0];
  return error ? worded(error) : { at: "", message: "the body does not match the model" };
}

/** As `problemOf`, for answers from which expandable members were left out. */
export function problemOfAnswer(name: string, body: unknown, leftOut: readonly string[]): SchemaProblem | undefined {
  const key = `${name} without ${[...leftOut].sort().join(",")}`;
  let validate = compiled.get(key);
  if (!validate) {
    const schema: Schema = SCHEMAS[name] ?? {};
    const required = (schema.required ?? []).filter((member) => !leftOut.includes(member));
    validate = ajv.compile({ ...(relocated(schema) as object), required });
    compiled.set(key, validate);
  }
  if (validate(body)) return undefined;
  const error = validate.errors?.[0];
  return error ? worded(error) : { at: "", message: "the body does not match the model" };
}

/** References of a copied schema point into the registered document. */
function relocated(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relocated);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) =>
    [key, key === "$ref" && typeof value === "string" ? `apds${value}` : relocated(value)]));
}

/** Values of other editions of the standard that this interface does not take, told with the list of those it takes. */
const NOT_TAKEN: Readonly<Record<string, string>> = { rateLineType: "; perUnit is not part of this interface" };

/** Never the value itself: it may be a plate. */
function worded({ instancePath, keyword, params, message }: ErrorObject): SchemaProblem {
  const facts = params as Readonly<Record<string, unknown>>;
  if (keyword === "required") {
    const member = String(facts["missingProperty"]);
    return { at: `${instancePath}/${member}`, message: `missing attribute ${member}` };
  }
  const allowed = Array.isArray(facts["allowedValues"]) ? `: ${(facts["allowedValues"] as unknown[]).map(String).slice(0, 30).join(", ")}` : "";
  const hint = keyword === "enum" ? NOT_TAKEN[instancePath.split("/").at(-1) ?? ""] ?? "" : "";
  return { at: instancePath, message: `${message ?? keyword}${allowed}${hint}` };
}
