/** Assigned rights: who may park where until when. What enforcement looks up. */
import { err, ok } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/instant.ts";
import { ORGANISATION_CLASS } from "../client/caller.ts";
import { CREDENTIAL_CHARS_MAX, credentialsIn, mixesLookAlikes, normalised } from "../credential.ts";
import type { JsonObject } from "../json.ts";
import { objectOr, objectsOf, textOr } from "../json.ts";
import { NO_FACTS, NO_NEEDS, NOTHING_ELSE, type Noun } from "../noun.ts";
import { type Problem, problem } from "../problem.ts";
import type { Facts, Stored } from "../stored.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { instantOf, wireInstant } from "../tolerance/instant.ts";
import { completedCredentials } from "./credentials.ts";

/** A family's cars, a company's pool of vans. */
export const CREDENTIALS_MAX = 100;

export const assignedRight: Noun = {
  aliases: (sent) => sent,

  complete: (body, lint) => (body["rightHolder"] === undefined ? body
    : { ...body, rightHolder: completedCredentials(objectOr(body["rightHolder"]), "credentials", lint, "/rightHolder") }),

  needs: (body) => ({ ...NO_NEEDS, objects: [{ kind: "rightSpecification", id: specIdOf(body) }] }),

  decide: (draft) => {
    const { body, caller, current, loaded, id, now } = draft;
    const spec = loaded.object("rightSpecification", specIdOf(body));
    if (!spec || spec.deletedAt !== null) return err(problem(
      "unknownReference", "rightSpecification names none that is here", [specIdOf(body)]
    ));
    if (!loaded.connected(spec.operator ?? "")) return err(problem(
      "notConnected", "no agreement with the operator of this place", [spec.id]
    ));
    const wrong = holderProblem(body, id, draft.lint) ?? timeProblem(body);
    if (wrong) return err(wrong);
    const stored = {
      ...body, issuanceTime: body["issuanceTime"] ?? wireInstant(now),
      assignedRightIssuer: {
        id: current?.owner ?? caller.organisation, version: 1, className: ORGANISATION_CLASS.serviceProvider,
      },
    };
    return ok({
      body: stored, facts: rightFacts(stored, spec, current?.owner ?? caller.organisation, current),
      credentials: holderOf(stored), references: [], place: null, also: NOTHING_ELSE,
    });
  },

  removal: () => ok(NOTHING_ELSE),

  expandable: { plannedUses: ["plannedUses"], assignedRightIssuer: ["assignedRightIssuer"] },
};

export const specIdOf = (right: JsonObject): string => textOr(objectOr(right["rightSpecification"])["id"], "");
export const holderOf = (right: JsonObject): ReturnType<typeof credentialsIn> => credentialsIn(objectOr(right["rightHolder"])["credentials"]);

/** A right derived from a session stays at the session's place; any other is held wherever its specification is. */
export function rightFacts(
  right: JsonObject, spec: Pick<Stored, "id" | "operator" | "places" | "type">, owner: string,
  current: Facts | undefined
): Facts {
  return {
    ...NO_FACTS, owner, operator: spec.operator, parties: [...new Set([owner, ...(current?.parties ?? [])])],
    places: current?.derivedFrom != null ? current.places : spec.places,
    type: spec.type, spec: spec.id, startAt: startOf(right) ?? null, endAt: endOf(right) ?? null, derivedFrom: current?.derivedFrom ?? null,
  };
}

function startOf(right: JsonObject): Instant | undefined {
  const planned = instants(right, "startTime");
  return planned.length > 0 ? Math.min(...planned) : instantOf(right["issuanceTime"]);
}

function endOf(right: JsonObject): Instant | undefined {
  const expiry = instantOf(right["expiry"]);
  if (expiry !== undefined) return expiry;
  const planned = instants(right, "endTime");
  return planned.length > 0 ? Math.max(...planned) : undefined;
}

const instants = (right: JsonObject, member: string): readonly Instant[] =>
  objectsOf(right["plannedUses"]).map((one) => instantOf(one[member])).filter((at): at is Instant => at !== undefined);

export function holderProblem(right: JsonObject, id: string, lint: Lint): Problem | undefined {
  return credentialsProblem(holderOf(right), id, "/rightHolder/credentials", lint);
}

/** A plate as an object's id would stand in every index and log: it is refused there. */
export function credentialsProblem(
  credentials: ReturnType<typeof credentialsIn>, id: string, at: string, lint: Lint
): Problem | undefined {
  if (credentials.length > CREDENTIALS_MAX) return problem("tooMany", `${at}: at most ${CREDENTIALS_MAX}`);
  for (const { text, type } of credentials) {
    if (text.length > CREDENTIAL_CHARS_MAX) return problem("notUnderstood", `${at}: a credential has at most ${CREDENTIAL_CHARS_MAX} characters`);
    if (normalised(text) === "") return problem("notUnderstood", `${at}: a credential has letters or digits`);
    if (normalised(text) === normalised(id)) return problem(
      "credentialAsId", "the id of an object must not be the credential"
    );
    if (type === "licensePlate" && mixesLookAlikes(text)) lint.add("lookAlike", at);
  }
  return undefined;
}

function timeProblem(right: JsonObject): Problem | undefined {
  const [issued, expires] = [instantOf(right["issuanceTime"]), instantOf(right["expiry"])];
  if (issued !== undefined && expires !== undefined && expires <= issued) return problem("impossibleTime", "expiry: after issuanceTime");
  for (const use of objectsOf(right["plannedUses"])) {
    const [starts, ends] = [instantOf(use["startTime"]), instantOf(use["endTime"])];
    if (starts !== undefined && ends !== undefined && ends <= starts) return problem(
      "impossibleTime", "plannedUses: endTime after startTime"
    );
  }
  return undefined;
}
