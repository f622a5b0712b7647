/**
 * The template of a request's address: what a diagram may show and a log may keep. Ids become `{id}`, a query
 * keeps the names of its parameters and none of their values, an address nobody knows becomes `/...`.
 */
const RESOURCES = "places|rights/specs|rights/assigned|rates|sessions|contacts|webhooks|deliveries|claims|observability/\\w+|reconciliation/\\w+|operator/questions";
const KNOWN = new RegExp(`^((?:/v[14]/parking)?/(?:${RESOURCES}))(/[^/]*)?$`);
const WHOLE = new Set(["/auth", "/health", "/openapi.json", "/docs"]);
/** More names than any of our lists has parameters. */
const NAMES_MAX = 12;

export function routeOf(url: string): string {
  const [path = "", query = ""] = url.split("?", 2);
  const [, resource, id] = KNOWN.exec(path) ?? [];
  const template = resource === undefined ? (WHOLE.has(path) ? path : "/...") : `${resource}${id ? "/{id}" : ""}`;
  const names = [...new Set(new URLSearchParams(query).keys())].filter((name) => /^[a-z_]{1,20}$/.test(name)).slice(0, NAMES_MAX);
  return names.length === 0 ? template : `${template}?${names.join("&")}`;
}
