/**
 * The right that follows from a provider's session: what enforcement finds at the moment of the session's 201.
 *
 * The specification is the place's one-time parking that is valid at the start; of several the one asked first
 * by its priority, then the oldest. Without one there is no right, and so no session.
 */
import { HOUR, type DurationMs, type Instant } from "../../kernel/instant.ts";
import { ORGANISATION_CLASS } from "../client/caller.ts";
import type { JsonObject } from "../json.ts";
import { objectOr, objectsOf } from "../json.ts";
import type { SpecRow } from "../noun.ts";
import type { Stored } from "../stored.ts";
import { instantOf, wireInstant } from "../tolerance/instant.ts";
import { mirroredMoney } from "./money.ts";
import { segmentsOf } from "./reading.ts";

/** A right is never without end: a session that is not checked out holds one for a day, unless it names its own. */
export const OPEN_RIGHT_MS: DurationMs = 24 * HOUR;
/** Until when a provider agreed with its customer, on a session that is still open. */
export const NOMINAL_END = "x-nominalEnd";

export type Choice = { readonly spec: SpecRow; readonly several: boolean };

export function chosenSpec(specs: readonly SpecRow[], ancestors: readonly string[], at: Instant): Choice | undefined {
  const fitting = specs
    .filter((spec) => spec.type === "oneTimeUseParking" && !spec.suspended && spec.places.some((place) => ancestors.includes(place)))
    .filter(({ startAt, endAt }) => (startAt === null || startAt <= at) && (endAt === null || at < endAt))
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.seq - b.seq);
  const [spec] = fitting;
  return spec && { spec, several: fitting.length > 1 };
}

export function nominalEnd(session: JsonObject): Instant {
  const start = instantOf(session["actualStart"]) ?? 0;
  const ends = segmentsOf(session).map((segment) => instantOf(segment["actualEnd"])).filter((at): at is Instant => at !== undefined);
  const agreed = instantOf(session[NOMINAL_END]) ?? (ends.length > 0 ? Math.max(...ends) : undefined);
  return Math.min(agreed !== undefined && agreed > start ? agreed : start + OPEN_RIGHT_MS, start + OPEN_RIGHT_MS);
}

/** The derived right's body; with `before` the one it replaces. `segments` are those it covers. */
export function derivedRight(
  session: JsonObject, segments: readonly JsonObject[], id: string, spec: { readonly id: string; readonly version: number },
  provider: string, before: Stored | undefined, currency: string,
): JsonObject {
  const issuer = { id: provider, version: 1, className: ORGANISATION_CLASS.serviceProvider };
  const expiry = session["actualEnd"] ?? wireInstant(nominalEnd(session));
  const right: JsonObject = {
    ...before?.body,
    id,
    rightSpecification: before?.body["rightSpecification"] ?? { id: spec.id, version: spec.version },
    rightHolder: { credentials: objectsOf(session["identifiedCredentials"]) },
    assignedRightIssuer: issuer, issueMethod: "electronic", issuanceTime: session["actualStart"] ?? null, expiry,
    plannedUses: segments.map((segment) => ({
      startTime: segment["actualStart"] ?? null, endTime: segment["actualEnd"] ?? expiry,
    })),
  };
  // A segment that was left out takes its money with it, so the money is made anew.
  const { payments: _payments, monetaryValue: _monetaryValue, ...bare } = right;
  return mirroredMoney(bare, segments, issuer, currency);
}

/** The segments without a right of their own: those the derived right is for. */
export const uncovered = (
  session: JsonObject, derivedId: string | undefined
): readonly JsonObject[] => segmentsOf(session).filter((segment) => {
  const id = objectOr(segment["assignedRight"])["id"];
  return id === undefined || (derivedId !== undefined && id === derivedId);
});
