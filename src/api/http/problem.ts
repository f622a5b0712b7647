/**
 * Everything that can be wrong with a request, as RFC 9457 problems. Codes of the edge are the closed list
 * below; refusals of the car park keep their own type as code (statuses.ts).
 */
import type { z } from "zod";
import type { Problem } from "../contract/words.ts";

export const EDGE_PROBLEMS = {
  bodyNotUnderstood: [400, "The body is not understood"],
  queryNotUnderstood: [400, "The query is not understood"],
  requestNotUnderstood: [400, "The request is not understood"],
  notJson: [400, "The body is no JSON"],
  tooDeep: [400, "The body nests too deep"],
  tooManyItems: [400, "The body has too many items"],
  duplicateKey: [400, "The body has a key twice"],
  forbiddenKey: [400, "The body has a forbidden key"],
  numberNotExact: [400, "A number of the body cannot be kept exactly"],
  notLoggedIn: [401, "Not logged in"],
  loginRefused: [401, "Name or password is wrong"],
  deviceUnknown: [401, "The device's token is not known"],
  notAllowed: [403, "This login may not do that"],
  otherOrigin: [403, "The request comes from another site"],
  notFound: [404, "Not found"],
  facilityUnknown: [404, "No such car park"],
  methodNotAllowed: [405, "Not with this method"],
  mediaNotAccepted: [415, "Bodies are JSON"],
  bodyTooLarge: [413, "The body is too large"],
  keyReused: [409, "The idempotency key was used for another request"],
  nameTaken: [409, "The name is taken"],
  lastAdministrator: [409, "The last administrator cannot be removed"],
  scenarioNotUnderstood: [422, "The scenario cannot be run"],
  scenarioTooLarge: [422, "The scenario is too large for the lab"],
  tooManyAttempts: [429, "Too many attempts"],
  tooManyReadings: [429, "Too many readings of this camera"],
  tooBusy: [503, "Too many requests at once"],
  storeUnavailable: [503, "The database does not answer"],
  notYet: [503, "Not ready"],
  ourError: [500, "Our own error"],
} as const satisfies Record<string, readonly [number, string]>;
export type EdgeProblem = keyof typeof EDGE_PROBLEMS;

export type Trouble = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly next?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string; readonly line?: number }[];
  readonly refusal?: { readonly type: string };
  readonly retryAfterSeconds?: number;
};

export function trouble(code: EdgeProblem, detail?: string, more?: Partial<Pick<Trouble, "next" | "errors" | "retryAfterSeconds">>): Trouble {
  const [status, title] = EDGE_PROBLEMS[code];
  return { status, code, title, detail: detail ?? title, ...more };
}

export function schemaTrouble(code: "bodyNotUnderstood" | "queryNotUnderstood" | "requestNotUnderstood", issues: readonly z.core.$ZodIssue[]): Trouble {
  const errors = issues.slice(0, ERRORS_MAX).map((issue) => ({ path: pointerOf(issue.path), message: issue.message }));
  const first = errors[0];
  return trouble(code, first ? `${first.path || "/"}: ${first.message}` : undefined, { errors });
}

/** More places than this do not help the reader. */
const ERRORS_MAX = 20;

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

export function problemBody(found: Trouble, request: string): Problem {
  return {
    type: `urn:gatehouse:problem:${found.code}`, title: found.title, status: found.status, detail: found.detail, code: found.code, request,
    ...(found.refusal ? { refusal: { ...found.refusal } } : {}),
    ...(found.errors ? { errors: [...found.errors] } : {}),
    ...(found.next ? { next: found.next } : {}),
  };
}
