/**
 * Writing a resource: read what was sent, decide on what is stored, save both or nothing.
 *
 * A decision that met a newer state is made again; after `ATTEMPTS_MAX` the sender is told of a conflict.
 */
import { digestOf } from "../../kernel/canonical.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { SCHEMAS } from "../apds/schema.ts";
import { problemOf } from "../apds/validate.ts";
import { type Caller, mayWrite } from "../client/caller.ts";
import { credentialsIn } from "../credential.ts";
import type { Json, JsonObject } from "../json.ts";
import { isObject, objectOr, without } from "../json.ts";
import { KIND, type Kind } from "../kind.ts";
import type { Decided, Draft, Loaded, Needs } from "../noun.ts";
import { NOUNS } from "../nouns.ts";
import { isOccupancyOnly, occupancyOf, parted } from "../place/occupancy.ts";
import { type Problem, problem } from "../problem.ts";
import type { PostedTable } from "../session/priceCheck.ts";
import { referencesOf } from "../session/session.ts";
import type { Inventory } from "../store/inventory.ts";
import type { Clock, Store } from "../store/store.ts";
import type { Change, ObjectWrite, Stored } from "../stored.ts";
import type { Lint } from "../tolerance/deviations.ts";
import { tolerant } from "../tolerance/walk.ts";
import { creationOf, deletionOf, mergedInto, updateOf, versionIn } from "../versioning/versions.ts";
import type { Done, Outcome } from "./outcome.ts";
import { PriceBook } from "./priceBook.ts";

export type WritesDeps = {
  readonly store: Store; readonly inventory: Inventory; readonly clock: Clock;
  /** Of amounts, which the standard sends without a currency. */
  readonly currency: string;
  readonly newId: () => string;
};

export type WriteOptions = {
  readonly caller: Caller;
  readonly lint: Lint;
  /** The pilot sends version 1 for ever: its versions are advice. */
  readonly advisoryVersions: boolean;
  /** `If-Match`: the version the sender has seen. */
  readonly ifMatch: number | null;
};

/** Writers of one object meet rarely; twenty at once are a test, and each must get an answer. */
const ATTEMPTS_MAX = 8;
const ID_CHARS_MAX = 255;
const LANGUAGE = "en";

export class Writes {
  readonly #deps: WritesDeps;
  readonly #prices: PriceBook;

  constructor(deps: WritesDeps) {
    this.#deps = deps;
    this.#prices = new PriceBook(deps.store);
  }

  async create(kind: Kind, sent: Json, options: WriteOptions): Promise<Outcome> {
    const { caller } = options;
    const refused = bodyProblem(sent, undefined) ?? verbProblem(kind, caller);
    if (refused || !isObject(sent)) return err(refused ?? NO_OBJECT);
    const { id } = sent;
    if (typeof id !== "string") return err(problem("attributeMissing", "missing attribute id"));
    const digest = digestOf(sent);
    const read = this.#read(kind, sent, options, false);
    // Nearly every id is new: that is tried first. Whatever speaks against it is looked at again with what is there.
    const presumed = await this.#store(kind, id, read, undefined, digest, options);
    if (presumed !== "conflict" && presumed.ok) return presumed;
    return await this.#untilSaved(async () => {
      const [existing] = await this.#deps.store.load([{ kind, id }], caller);
      const creation = creationOf(existing, caller.organisation, existing !== undefined && this.#deps.store.isSameCreation(existing, digest), id);
      if (!creation.ok) return creation;
      if (creation.value === "repeat") return ok({ id, what: "created", replayed: true, version: existing?.version ?? 1 });
      return await this.#store(kind, id, read, undefined, digest, options);
    });
  }

  async update(kind: Kind, id: string, sent: Json, options: WriteOptions): Promise<Outcome> {
    const { caller, ifMatch } = options;
    const refused = bodyProblem(sent, id) ?? verbProblem(kind, caller);
    if (refused || !isObject(sent)) return err(refused ?? NO_OBJECT);
    return await this.#untilSaved(async () => {
      const [current] = await this.#deps.store.load([{ kind, id }], caller);
      if (!current && kind === "assignedRight") {
        const whole: JsonObject = { ...sent, id };
        return await this.#store(kind, id, this.#read(kind, whole, options, false), undefined, digestOf(whole), options);
      }
      if (!current || current.deletedAt !== null || !current.visible) return err(notFound(id));
      if (kind !== "session" && current.owner !== caller.organisation) return err(problem("verbNotAllowed", "this object is another organisation's"));
      if (ifMatch !== null && ifMatch !== current.version) return err(problem("preconditionFailed", `the object is at version ${current.version}`, [id]));
      const changes = this.#read(kind, sent, options, true);
      if (kind === "place" && isOccupancyOnly(changes)) return await this.#occupancy(current, changes, options);
      return await this.#store(kind, id, changes, current, null, options);
    });
  }

  async remove(kind: Kind, id: string, version: number | null, options: WriteOptions): Promise<Outcome> {
    const { caller, lint } = options;
    const refused = verbProblem(kind, caller);
    if (refused) return err(refused);
    return await this.#untilSaved(async () => {
      const { store, inventory, clock, currency, newId } = this.#deps;
      const [current] = await store.load([{ kind, id }], caller);
      if (!current || current.deletedAt !== null || !current.visible) return err(notFound(id));
      if (current.owner !== caller.organisation) return err(problem("verbNotAllowed", "this object is another organisation's"));
      const deletion = deletionOf(current, version ?? options.ifMatch);
      if (!deletion.ok) return deletion;
      const blockers = await inventory.blockers({ kind, id });
      if (blockers.length > 0) return err(problem("referredTo", "other objects refer to it", blockers));
      const { loaded } = await this.#load(NOUNS[kind].needs(current.body, current), caller, false);
      const removal = NOUNS[kind].removal({ caller, now: clock.now(), id, current, lint, loaded, currency, newId });
      if (!removal.ok) return removal;
      const write: ObjectWrite = {
        kind, id, expected: current.version, version: current.version, deleted: true, body: current.body, digest: null, facts: current,
        credentials: [], references: [], place: null, event: "Deleted",
      };
      const done: Done = { id, what: "deleted", replayed: false, version: current.version };
      return await this.#save(caller, { writes: [write, ...removal.value.writes], guards: removal.value.guards }, done);
    });
  }

  /** A provider that asked for a stay to be paid may read the operator's session from now on; no version, no event. */
  async admitReader(session: string, provider: string): Promise<Outcome> {
    return await this.#untilSaved(async () => {
      const [current] = await this.#deps.store.load([{ kind: "session", id: session }], { organisation: provider, role: "serviceProvider" });
      if (!current || current.deletedAt !== null) return err(notFound(session));
      const done: Done = { id: session, what: "unchanged", replayed: false, version: current.version };
      if (current.parties.includes(provider)) return ok(done);
      const facts = { ...current, parties: [...current.parties, provider] };
      const write: ObjectWrite = {
        kind: "session", id: session, expected: current.version, version: current.version, deleted: false, body: current.body, digest: null, facts,
        credentials: credentialsIn(current.body["identifiedCredentials"]), references: referencesOf(current), place: null, event: null,
      };
      return await this.#save({ client: "exchange", organisation: "exchange" }, { guards: [], writes: [write] }, done);
    });
  }

  #read(kind: Kind, sent: JsonObject, { caller, lint }: WriteOptions, update: boolean): JsonObject {
    const noun = NOUNS[kind];
    const walked = tolerant(SCHEMAS[KIND[kind].schema] ?? {}, noun.aliases(sent, lint), lint, { language: LANGUAGE, keepNulls: update });
    return noun.received?.(walked, caller, lint, this.#deps.currency) ?? walked;
  }

  /** A new object, or the next version of one. */
  async #store(kind: Kind, id: string, sent: JsonObject, current: Stored | undefined, digest: string | null, options: WriteOptions): Promise<Outcome | "conflict"> {
    const { caller, lint } = options;
    const noun = NOUNS[kind];
    const { inventory: changes, occupancy } = kind === "place" ? parted(sent) : { inventory: sent, occupancy: undefined };
    const base = current ? mergedInto(current.body, without(changes, "id", "version")) : changes;
    const whole = noun.complete({ ...(current ? noun.merged?.(current.body, changes, base) ?? base : base), id }, lint);
    const versioned = this.#version(current, sent["version"], whole, options);
    if (!versioned.ok) return versioned;
    if (versioned.value === null) {
      if (occupancy && current) return await this.#occupancy(current, occupancy, options);
      return ok({ id, what: "unchanged", replayed: false, version: current?.version ?? 1 });
    }
    const body = { ...whole, version: versioned.value };
    const invalid = problemOf(KIND[kind].schema, body) ?? (occupancy && occupancyProblem(occupancy));
    if (invalid) return err(problem(invalid.message.startsWith("missing") ? "attributeMissing" : "notUnderstood", `${invalid.at || "/"}: ${invalid.message}`));
    const { decided, inventory } = await this.#decided(kind, { caller, now: this.#deps.clock.now(), id, body, current, lint, currency: this.#deps.currency, newId: this.#deps.newId });
    if (!decided.ok) return decided;
    const done: Done = {
      id, what: current ? "updated" : "created", replayed: false, version: versioned.value,
      ...(decided.value.message === undefined ? {} : { message: decided.value.message }),
    };
    const change = changeOf(kind, id, current, versioned.value, digest, decided.value);
    const saved = await this.#save(caller, inventory === undefined ? change : { ...change, inventory }, done);
    if (saved === "conflict" && inventory !== undefined) this.#deps.inventory.forgetSurroundings();
    if (saved !== "conflict" && saved.ok && occupancy) await this.#record(id, occupancy, lint);
    return saved;
  }

  /** What was kept of the inventory is good enough to accept, which the save checks; nobody is refused on it. */
  async #decided(kind: Kind, draft: Omit<Draft, "loaded">): Promise<{ readonly decided: Result<Decided, Problem>; readonly inventory?: number }> {
    const noun = NOUNS[kind];
    const needs = noun.needs(draft.body, draft.current);
    const { loaded, inventory, kept } = await this.#load(needs, draft.caller, true);
    const decided = noun.decide({ ...draft, loaded });
    if (!decided.ok && kept) return { decided: noun.decide({ ...draft, loaded: (await this.#load(needs, draft.caller, false)).loaded }) };
    return inventory === undefined ? { decided } : { decided, inventory };
  }

  #version(current: Stored | undefined, sent: Json | undefined, whole: JsonObject, { lint, advisoryVersions }: WriteOptions): Result<number | null, Problem> {
    if (current) return updateOf(current, sent, whole, advisoryVersions);
    if (sent === undefined || sent === null) lint.add("T32", "/version");
    const version = sent === undefined || sent === null ? 1 : versionIn(sent);
    return version === undefined ? err(problem("badVersion", "version: a whole number, 1 or more")) : ok(version);
  }

  async #occupancy(current: Stored, sent: JsonObject, { lint }: WriteOptions): Promise<Outcome> {
    const { occupancy = {} } = parted(sent);
    const invalid = occupancyProblem(occupancy);
    if (invalid) return err(problem("notUnderstood", `${invalid.at || "/"}: ${invalid.message}`));
    await this.#record(current.id, occupancy, lint);
    return ok({ id: current.id, what: "updated", replayed: false, version: current.version });
  }

  async #record(place: string, sent: JsonObject, lint: Lint): Promise<void> {
    const { inventory, clock } = this.#deps;
    const before = (await inventory.occupancies([place])).get(place);
    await inventory.recordOccupancy(place, occupancyOf(sent, before, clock.now(), lint), clock.now());
  }

  /** With `mayBeKept`, what sessions need of the inventory may have been read before: then its version is told. */
  async #load(needs: Needs, caller: Caller, mayBeKept: boolean): Promise<{ readonly loaded: Loaded; readonly inventory?: number; readonly kept: boolean }> {
    const { store, inventory } = this.#deps;
    const provider = caller.role === "serviceProvider" ? caller.organisation : null;
    const [name] = needs.places;
    const keeps = mayBeKept && needs.specs && needs.places.length === 1 && name !== undefined;
    const [objects, around] = await Promise.all([
      store.load(needs.objects, caller),
      keeps ? inventory.keptSurroundings(name, provider) : inventory.surroundings(needs.places, needs.specs, provider),
    ]);
    const [place] = around.places.values();
    const tables = provider === null ? NO_TABLES : await this.#prices.tablesOf(around.specs, place?.zone ?? null);
    const connected = new Set([...around.connected, ...objects.filter((one) => provider !== null && one.connected).map(({ operator }) => operator)]);
    const found = new Map(objects.map((one) => [`${one.kind}/${one.id}`, one]));
    const loaded: Loaded = {
      object: (kind, id) => found.get(`${kind}/${id}`), place: (name_) => around.places.get(name_), specs: around.specs,
      postedTable: (spec) => tables.get(spec),
      connected: (operator) => connected.has(operator),
    };
    const kept = "kept" in around && around.kept === true;
    return { loaded, kept, ...(keeps && around.version !== undefined ? { inventory: around.version } : {}) };
  }

  async #save(caller: Pick<Caller, "client" | "organisation">, change: Change, done: Done): Promise<Outcome | "conflict"> {
    const saved = await this.#deps.store.save(caller, change);
    if (saved.ok) return ok(done);
    return "conflict";
  }

  async #untilSaved(attempt: () => Promise<Outcome | "conflict">): Promise<Outcome> {
    for (let n = 1; n <= ATTEMPTS_MAX; n++) {
      const outcome = await attempt();
      if (outcome !== "conflict") return outcome;
    }
    return err(problem("versionConflict", "the object is being changed by others; try again"));
  }
}

const NO_TABLES: ReadonlyMap<string, PostedTable> = new Map();
const NO_OBJECT = problem("notUnderstood", "the body is one JSON object");
const notFound = (id: string): Problem => problem("notFound", "no such object", [id]);

function changeOf(kind: Kind, id: string, current: Stored | undefined, version: number, digest: string | null, decided: Decided): Change {
  const write: ObjectWrite = {
    kind, id, expected: current?.version ?? 0, version, deleted: false, body: decided.body, digest, facts: decided.facts,
    credentials: decided.credentials, references: decided.references, place: decided.place, event: current ? "Updated" : "Created",
  };
  return { writes: [write, ...decided.also.writes], guards: decided.also.guards };
}

const verbProblem = (kind: Kind, caller: Caller): Problem | undefined =>
  (mayWrite(caller.role, kind) ? undefined : problem("verbNotAllowed", `a client of this role does not write ${KIND[kind].path}`));

function bodyProblem(sent: Json, id: string | undefined): Problem | undefined {
  if (!isObject(sent)) return NO_OBJECT;
  const own = sent["id"];
  if (id !== undefined && own !== undefined && own !== null && own !== id) return problem("idMismatch", "id: not the id in the path");
  const named = id ?? own;
  if (named === undefined || named === null) return id === undefined ? problem("attributeMissing", "missing attribute id") : undefined;
  // Control characters, lone surrogates: nothing that a table, a log or a header could not carry.
  if (typeof named !== "string" || named.trim() === "" || named.length > ID_CHARS_MAX || /[\p{Cc}\p{Cs}]/u.test(named)) {
    return problem("notUnderstood", `id: a text of 1 to ${ID_CHARS_MAX} characters`);
  }
  return undefined;
}

const occupancyProblem = (occupancy: JsonObject): ReturnType<typeof problemOf> =>
  (occupancy["hierarchyElementReference"] === undefined ? undefined : problemOf("HierarchyElementReference", objectOr(occupancy["hierarchyElementReference"])));
