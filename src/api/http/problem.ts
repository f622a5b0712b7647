/**
 * Everything that can be wrong with a request, as RFC 9457 problems. Codes of the edge are the closed list
 * below; refusals of the car park keep their own type as code (statuses.ts).
 */
import type { z } from "zod";
import type { Locale, Problem } from "../contract/words.ts";

export const EDGE_PROBLEMS = {
  bodyNotUnderstood: [400, "The body is not understood", "Der Inhalt ist nicht verständlich"],
  queryNotUnderstood: [400, "The query is not understood", "Die Abfrage ist nicht verständlich"],
  requestNotUnderstood: [400, "The request is not understood", "Die Anfrage ist nicht verständlich"],
  notJson: [400, "The body is no JSON", "Der Inhalt ist kein JSON"],
  tooDeep: [400, "The body nests too deep", "Der Inhalt ist zu tief verschachtelt"],
  tooManyItems: [400, "The body has too many items", "Der Inhalt hat zu viele Teile"],
  duplicateKey: [400, "The body has a key twice", "Ein Schlüssel steht zweimal im Inhalt"],
  forbiddenKey: [400, "The body has a forbidden key", "Ein Schlüssel im Inhalt ist verboten"],
  numberNotExact: [400, "A number of the body cannot be kept exactly", "Eine Zahl im Inhalt lässt sich nicht genau halten"],
  notLoggedIn: [401, "Not logged in", "Nicht angemeldet"],
  loginRefused: [401, "Name or password is wrong", "Name oder Passwort ist falsch"],
  deviceUnknown: [401, "The device's token is not known", "Das Token des Geräts ist unbekannt"],
  notAllowed: [403, "This login may not do that", "Diese Anmeldung darf das nicht"],
  otherOrigin: [403, "The request comes from another site", "Die Anfrage kommt von einer anderen Seite"],
  notFound: [404, "Not found", "Nicht gefunden"],
  facilityUnknown: [404, "No such car park", "Dieses Parkhaus gibt es nicht"],
  methodNotAllowed: [405, "Not with this method", "So geht das nicht"],
  mediaNotAccepted: [415, "Bodies are JSON", "Inhalte sind JSON"],
  bodyTooLarge: [413, "The body is too large", "Der Inhalt ist zu groß"],
  keyReused: [409, "The idempotency key was used for another request", "Der Schlüssel gehört zu einer anderen Anfrage"],
  nameTaken: [409, "The name is taken", "Der Name ist vergeben"],
  plateNotUnderstood: [422, "That is no number plate", "Das ist kein Kennzeichen"],
  credentialNotUnderstood: [422, "That is no card or code", "Das ist keine Karte und kein Code"],
  emailMissing: [409, "No e-mail address", "Keine E-Mail-Adresse"],
  emailTaken: [409, "The e-mail address is taken", "Die E-Mail-Adresse ist vergeben"],
  inviteInvalid: [409, "The code is not valid", "Der Code gilt nicht"],
  accountInUse: [409, "The data is still needed", "Die Daten werden noch gebraucht"],
  lastAdministrator: [409, "The last administrator cannot be removed", "Der letzte Administrator bleibt"],
  scenarioNotUnderstood: [422, "The scenario cannot be run", "Das Szenario läuft nicht"],
  scenarioTooLarge: [422, "The scenario is too large for the lab", "Das Szenario ist zu groß für das Labor"],
  tooManyAttempts: [429, "Too many attempts", "Zu viele Versuche"],
  tooManyReadings: [429, "Too many readings of this camera", "Zu viele Lesungen dieser Kamera"],
  tooBusy: [503, "Too many requests at once", "Zu viele Anfragen auf einmal"],
  storeUnavailable: [503, "The database does not answer", "Die Datenbank antwortet nicht"],
  notYet: [503, "Not ready", "Noch nicht bereit"],
  ourError: [500, "Our own error", "Unser eigener Fehler"],
} as const satisfies Record<string, readonly [status: number, en: string, de: string]>;
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

const isEdgeProblem = (code: string): code is EdgeProblem => Object.hasOwn(EDGE_PROBLEMS, code);

/** What the problem is, in a few words of the reader's language; the detail says what, where and what next. */
function titleOf({ code, title }: Trouble, locale: Locale): string {
  if (!isEdgeProblem(code)) return title;
  const [, en, de] = EDGE_PROBLEMS[code];
  return locale === "de" ? de : en;
}

export function problemBody(found: Trouble, request: string, locale: Locale): Problem {
  return {
    type: `urn:gatehouse:problem:${found.code}`, title: titleOf(found, locale), status: found.status, detail: found.detail, code: found.code, request,
    ...(found.refusal ? { refusal: { ...found.refusal } } : {}),
    ...(found.errors ? { errors: [...found.errors] } : {}),
    ...(found.next ? { next: found.next } : {}),
  };
}
