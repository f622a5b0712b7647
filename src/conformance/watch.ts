/**
 * What has to hold of every answer, whichever item asked for it: read off the whole traffic of a run and reported
 * by the items at the end (13, 14, 41, 62, 64).
 */
import { Unmet } from "./checks.ts";
import type { Reply, Trace } from "./http.ts";
import { Unseen } from "./item.ts";
import { at, isBody, listAt, walk } from "./json.ts";

export type Rule = "noInsides" | "responseStatus" | "envelope" | "shapes" | "noNull";
export type Breach = { readonly reason: string; readonly trace: Trace };

/** More of one kind tell nothing new. */
const KEPT_MAX = 3;
const INSIDES = [/\bat \S+ \(?\S*:\d+:\d+\)?/, /node_modules/, /\b(SELECT|INSERT|UPDATE)\b.*\b(FROM|INTO|SET)\b/, /\brelation "/, /syntax error at or near/, /ECONNREFUSED/];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
/** Members that are instants wherever they occur in the five resources. */
const INSTANTS = new Set([
  "actualStart", "actualEnd", "issuanceTime", "expiry", "startTime", "endTime", "creationTime", "dateCollected", "dateAuthorised",
  "recordDateTime", "timestamp", "deleteTimestamp", "overallStartTime", "overallEndTime", "eventTime",
]);
const MULTILINGUAL = new Set(["name", "rateTableName", "description", "notes"]);
const PILOT = "/v1/parking";

export class Watch {
  readonly #breaches = new Map<Rule, Breach[]>();
  #seen = 0;

  get seen(): number {
    return this.#seen;
  }

  /** Ends the item with the first breach; with nothing seen there is nothing to say. */
  demand(rule: Rule): void {
    if (this.#seen === 0) throw new Unseen("no answer was read in this run");
    const [breach] = this.#breaches.get(rule) ?? [];
    if (breach) throw new Unmet(breach.reason, breach.trace);
  }

  see(reply: Reply): void {
    if (reply.status === 0) return;
    this.#seen++;
    if (reply.status >= 400 && INSIDES.some((sign) => sign.test(reply.text))) this.#found("noInsides", "the error body shows the server's insides", reply);
    if (reply.path.startsWith(PILOT)) return;
    this.#status(reply);
    if (reply.method !== "GET" || reply.status !== 200 || !/^\/(places|rights|rates|sessions)\b/.test(reply.path)) return;
    this.#envelope(reply);
    this.#shapes(reply);
  }

  #status(reply: Reply): void {
    const write = reply.method !== "GET" && reply.status < 300;
    if (!write && reply.status < 400) return;
    const said = at(reply.json, "status");
    const wanted = reply.status < 400 ? "ok" : "error";
    if (said !== wanted) this.#found("responseStatus", `status is ${JSON.stringify(said)}, not "${wanted}"`, reply);
    else if (at(reply.json, "code") !== reply.status) this.#found("responseStatus", `code is ${JSON.stringify(at(reply.json, "code"))}`, reply);
  }

  #envelope(reply: Reply): void {
    if (/^\/(places|rates|sessions|rights\/(specs|assigned))\/./.test(reply.path)) return;
    const missing = ["referenceInstant", "offset", "pageSize", "total"].filter((name) => !Number.isInteger(at(reply.json, `meta.${name}`)));
    if (missing.length > 0) this.#found("envelope", `meta has no integer ${missing.join(", ")}`, reply);
    if (!Array.isArray(at(reply.json, "data"))) this.#found("envelope", "data is no array", reply);
  }

  #shapes(reply: Reply): void {
    const objects = isBody(reply.json) && "data" in reply.json ? listAt(reply.json, "data") : [reply.json];
    for (const one of objects) {
      if (typeof at(one, "id") !== "string" || !Number.isInteger(at(one, "version"))) this.#found("shapes", "an object without id and version", reply);
    }
    for (const [path, value] of walk(reply.json)) {
      const name = /(?:^|\.)([^.[\]]+)$/.exec(path)?.[1] ?? "";
      if (value === null) this.#found("noNull", `${path} is null`, reply);
      if (INSTANTS.has(name) && typeof value === "string" && !INSTANT.test(value)) this.#found("shapes", `${path} is not an instant that ends in Z`, reply);
      if (MULTILINGUAL.has(name) && !path.includes("x-") && !isMultilingual(value)) this.#found("shapes", `${path} is no multilingual text`, reply);
    }
  }

  #found(rule: Rule, reason: string, reply: Reply): void {
    const kept = this.#breaches.get(rule) ?? [];
    this.#breaches.set(rule, kept);
    if (kept.length < KEPT_MAX) kept.push({ reason, trace: reply.trace });
  }
}

function isMultilingual(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof at(one, "language") === "string" && typeof at(one, "string") === "string");
}
