/** Looking into JSON of another party: nothing about its shape is taken for granted. */

export type Body = { readonly [member: string]: unknown };

export function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path such as `data.0.id`; undefined when any step is missing. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((here, step) => {
    if (Array.isArray(here)) return here[Number(step)];
    return isBody(here) ? here[step] : undefined;
  }, value);
}

export function listAt(value: unknown, path: string): readonly unknown[] {
  const found = path === "" ? value : at(value, path);
  return Array.isArray(found) ? found : [];
}

export function textAt(value: unknown, path: string): string {
  const found = at(value, path);
  return typeof found === "string" ? found : "";
}

/** The values of one member over a list, in its order. */
export function each(list: readonly unknown[], member: string): readonly unknown[] {
  return list.map((one) => at(one, member));
}

/** Equal as JSON, whatever the order of the members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, index) => sameJson(one, b[index]));
  }
  if (!isBody(a) || !isBody(b)) return a === b;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameJson(a[name], b[name]));
}

/** Whether `whole` has every member of `part`, at every depth; arrays have to be as long. */
export function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && whole.length === part.length && part.every((one, index) => contains(whole[index], one));
  if (!isBody(part)) return whole === part;
  return isBody(whole) && Object.entries(part).every(([name, value]) => contains(whole[name], value));
}

/** Every value in a document with its path, the document itself first. */
export function* walk(value: unknown, path = ""): Generator<readonly [string, unknown]> {
  yield [path, value];
  if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* walk(one, `${path}[${index}]`);
  else if (isBody(value)) for (const [name, one] of Object.entries(value)) yield* walk(one, path === "" ? name : `${path}.${name}`);
}
