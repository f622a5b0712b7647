/** JSON of an exchange, read without trusting its shape: what is not what was looked for is simply not there. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [member: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

export const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const objectsOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter((one: Json) => isObject(one)) : []);

export const textOf = (value: Json | undefined): string | null => (typeof value === "string" ? value : null);
