/** The rights of a session's segments: those it names, those sent inside it, and the one that follows from it. */
import { err, ok, type Result } from "../../kernel/result.ts";
import { canonicalJson } from "../../kernel/canonical.ts";
import { credentialsIn, normalised } from "../credential.ts";
import type { JsonObject } from "../json.ts";
import { objectOr, textOr } from "../json.ts";
import { holderOf, holderProblem, rightFacts } from "../assignedright/assignedright.ts";
import { completedCredentials } from "../assignedright/credentials.ts";
import { problemOf } from "../apds/validate.ts";
import { ORGANISATION_CLASS } from "../client/caller.ts";
import type { Draft, PlaceRow } from "../noun.ts";
import { type Problem, problem } from "../problem.ts";
import type { Change, ObjectWrite, Stored } from "../stored.ts";
import { instantOf } from "../tolerance/instant.ts";
import { chosenSpec, derivedRight, uncovered } from "./derive.ts";
import { mirroredMoney } from "./money.ts";
import { EMBEDDED_RIGHT, rightIdOf, segmentsOf } from "./reading.ts";

export type Rights = {
  /** The segments with their references filled in. */
  readonly segments: readonly JsonObject[];
  readonly change: Change;
  /** Issuers of the rights in use: they may read the session. */
  readonly providers: readonly string[];
  readonly used: readonly string[];
  readonly spec: { readonly id: string; readonly type: string | null } | null;
  readonly message?: string;
};

export function rightsOf(draft: Draft, where: PlaceRow | undefined): Result<Rights, Problem> {
  const embedded = madeHere(draft);
  if (!embedded.ok) return embedded;
  const made = embedded.value;
  const segments = segmentsOf(draft.body).map((segment) => {
    const write = made.find((one) => one.segment === segment["id"]);
    return write ? { ...segment, assignedRight: { id: write.id, version: 1 } } : segment;
  });
  const body = { ...draft.body, segments };
  const named = referred({ ...draft, body }, where, new Set(made.map(({ id }) => id)));
  if (!named.ok) return named;
  const mirrors = mirrored({ ...draft, body }, named.value);
  const base: Rights = {
    segments, providers: [...new Set([
      ...named.value.map(({ owner }) => owner), ...made.map(({ facts }) => facts.owner)
    ])],
    used: [...named.value.map(({ id }) => id), ...made.map(({ id }) => id)],
    spec: specOf(named.value[0] ?? made[0]?.facts),
    change: {
      writes: [...made, ...mirrors],
      guards: named.value.filter(({ id }) => !mirrors.some((one) => one.id === id)).map(({ kind, id, version }) => ({ kind, id, version })),
    },
  };
  return draft.caller.role === "serviceProvider" && isOwn(draft) ? derived({ ...draft, body }, where, base) : ok(base);
}

const isOwn = ({ current, caller }: Draft): boolean => current === undefined || current.owner === caller.organisation;
const specOf = (facts: { readonly spec: string | null; readonly type: string | null } | undefined): Rights["spec"] =>
  (facts?.spec == null ? null : { id: facts.spec, type: facts.type });

/** Rights named by the segments; the one derived from this session is not asked for again. */
function referred(
  { body, loaded, current, id, now }: Draft, where: PlaceRow | undefined, made: ReadonlySet<string>
): Result<readonly Stored[], Problem> {
  const found: Stored[] = [];
  const plates = new Set(credentialsIn(body["identifiedCredentials"]).map(({ text }) => normalised(text)));
  const before = new Set(segmentsOf(current?.body ?? {}).map(rightIdOf));
  for (const segment of segmentsOf(body)) {
    const name = rightIdOf(segment);
    if (name === null || made.has(name) || found.some((one) => one.id === name)) continue;
    const right = loaded.object("assignedRight", name);
    if (!right || right.deletedAt !== null || !(right.visible || before.has(name))) return err(problem(
      "unknownReference", "assignedRight names none that is here", [name]
    ));
    if (right.derivedFrom === id) continue;
    const wrong = before.has(name) ? undefined : unusable(right, segment, plates, where, now);
    if (wrong) return err(problem("rightNotUsable", wrong, [name]));
    found.push(right);
  }
  return ok(found);
}

function unusable(
  right: Stored, segment: JsonObject, plates: ReadonlySet<string>, where: PlaceRow | undefined, now: number
): string | undefined {
  const at = instantOf(segment["actualStart"]) ?? now;
  if ((right.startAt ?? at) > at || (right.endAt ?? Infinity) <= at) return "the right is not valid at the segment's start";
  if (!holderOf(right.body).some(({ text }) => plates.has(normalised(text)))) return "the right belongs to another credential";
  if (where && right.places.length > 0 && !right.places.some((place) => where.ancestors.includes(place))) return "the right is for another place";
  return undefined;
}

/** The right that a provider's session brings with it, made, moved, or gone with its last segment. */
function derived(draft: Draft, where: PlaceRow | undefined, base: Rights): Result<Rights, Problem> {
  const { body, current, loaded, caller, now, lint, currency } = draft;
  const before = segmentsOf(current?.body ?? {}).map(rightIdOf).filter((id) => id !== null)
    .map((id) => loaded.object("assignedRight", id)).find((right) => right?.derivedFrom === draft.id && right.deletedAt === null);
  const covered = uncovered(body, before?.id);
  if (covered.length === 0) return ok(before ? {
    ...base, change: { ...base.change, writes: [...base.change.writes, withdrawn(before)] },
  } : base);
  if (!where) return err(problem("attributeMissing", "missing attribute hierarchyElement: a session has a place"));
  const choice = before ? undefined : chosenSpec(loaded.specs, where.ancestors, instantOf(body["actualStart"]) ?? now);
  const spec = before ? {
    id: before.spec ?? "", version: 1, type: before.type, operator: before.operator,
  } : choice?.spec;
  if (!spec) return err(problem("noSpecification", "the place offers no one-time parking at this time", [where.id]));
  if (choice?.several === true) lint.add("specChosen", "/segments");
  const id = before?.id ?? draft.newId();
  const right = derivedRight(body, covered, id, spec, current?.owner ?? caller.organisation, before, currency);
  const version = (before?.version ?? 0) + 1;
  const same = before !== undefined && canonicalJson({ ...before.body, version: 0 }) === canonicalJson({ ...right, version: 0 });
  const facts = rightFacts(right, {
    id: spec.id, operator: where.operator, places: [where.id], type: spec.type,
  }, current?.owner ?? caller.organisation,
    { ...(before ?? NO_RIGHT), derivedFrom: draft.id, places: [where.id] });
  const write: ObjectWrite = {
    kind: "assignedRight", id, expected: before?.version ?? 0, version, deleted: false, body: { ...right, version }, digest: before ? null : "derived",
    facts, credentials: holderOf(right), references: [], place: null, event: before ? "Updated" : "Created",
  };
  return ok({
    ...base, spec: { id: spec.id, type: spec.type }, providers: base.providers,
    segments: segmentsOf(body).map((segment) => (covered.includes(segment) ? {
      ...segment, assignedRight: { id, version: same ? before.version : version },
    } : segment)),
    change: same ? base.change : { ...base.change, writes: [...base.change.writes, write] },
    ...(choice?.several === true ? { message: `right specification ${spec.id} was chosen of several` } : {}),
  });
}

const NO_RIGHT = {
  owner: "", operator: null, parties: [], places: [], type: null, spec: null, availability: null, rank: null, startAt: null, endAt: null, derivedFrom: null,
} as const;

const withdrawn = (right: Stored): ObjectWrite => ({
  kind: "assignedRight", id: right.id, expected: right.version, version: right.version, deleted: true, body: right.body, digest: null, facts: right,
  credentials: [], references: [], place: null, event: "Deleted",
});

/** What an operator's session owes and what was paid shows in the right it used. */
function mirrored({ body, current, currency }: Draft, rights: readonly Stored[]): ObjectWrite[] {
  return rights.flatMap((right) => {
    const uses = (session: JsonObject): readonly JsonObject[] => segmentsOf(session).filter((segment) => rightIdOf(segment) === right.id);
    const segments = uses(body);
    if (current && canonicalJson(segments.map((one) => one["financialTransactions"])) === canonicalJson(uses(current.body).map((one) => one["financialTransactions"]))) return [];
    const issuer = { id: right.owner, version: 1, className: ORGANISATION_CLASS.serviceProvider };
    const changed = mirroredMoney(right.body, segments, issuer, currency);
    if (changed === right.body) return [];
    const version = right.version + 1;
    return [{
      kind: "assignedRight" as const, id: right.id, expected: right.version, version, deleted: false, body: { ...changed, version }, digest: null,
      facts: right, credentials: holderOf(right.body), references: [], place: null, event: "Updated" as const,
    }];
  });
}

type Made = ObjectWrite & { readonly segment: JsonObject[string] | undefined };

/** Rights sent whole inside their segment. */
function madeHere({ body, caller, loaded, lint, newId }: Draft): Result<readonly Made[], Problem> {
  const made: Made[] = [];
  for (const segment of segmentsOf(body)) {
    const sent = segment[EMBEDDED_RIGHT];
    if (sent === undefined) continue;
    const right = completedCredentials(objectOr(objectOr(sent)["rightHolder"]), "credentials", lint, "/rightHolder");
    const id = textOr(objectOr(sent)["id"], null) ?? newId();
    const issuer = { id: caller.organisation, version: 1, className: ORGANISATION_CLASS.serviceProvider };
    const whole = { ...objectOr(sent), id, version: 1, rightHolder: right };
    if (caller.role !== "serviceProvider") return err(problem("verbNotAllowed", "only a provider makes rights"));
    const wrong = problemOf("AssignedRight", whole);
    if (wrong) return err(problem("notUnderstood", `segments/assignedRight${wrong.at}: ${wrong.message}`));
    const invalid = holderProblem(whole, id, lint);
    if (invalid) return err(invalid);
    if (loaded.object("assignedRight", id)) return err(problem(
      "duplicateId", "an assigned right with this id exists", [id]
    ));
    const spec = loaded.object("rightSpecification", textOr(objectOr(objectOr(sent)["rightSpecification"])["id"], ""));
    if (!spec || spec.deletedAt !== null) return err(problem(
      "unknownReference", "rightSpecification names none that is here",
      [textOr(objectOr(objectOr(sent)["rightSpecification"])["id"], "")]
    ));
    const stored = {
      ...whole, assignedRightIssuer: issuer, issuanceTime: objectOr(sent)["issuanceTime"] ?? body["actualStart"] ?? null,
    };
    made.push({
      kind: "assignedRight", id, expected: 0, version: 1, deleted: false, body: stored, digest: "embedded", facts: rightFacts(stored, spec, caller.organisation, undefined),
      credentials: holderOf(stored), references: [], place: null, event: "Created", segment: segment["id"],
    });
  }
  return ok(made);
}
