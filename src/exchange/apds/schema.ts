/** The standard's models, as made by scripts/apds-generate.mjs, and how to walk them. */
import models from "./schemas.json" with { type: "json" };

export type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly readOnly?: boolean;
};

export const SCHEMAS = models as unknown as Readonly<Record<string, Schema>>;

export const nameOf = (schema: Schema): string | undefined => schema.$ref?.split("/").at(-1);

/** The schema behind references, with the name it has in the standard. */
export function resolved(schema: Schema): { readonly schema: Schema; readonly name: string | undefined } {
  let current = schema;
  let name: string | undefined;
  while (current.$ref !== undefined) {
    name = nameOf(current);
    current = SCHEMAS[name ?? ""] ?? {};
  }
  return { schema: current, name };
}
