/**
 * A plate, or any credential, is erased before its month is over: the records stay, the plate is nowhere in them.
 *
 *   over, and the caller's own (an administrator: anybody's) --next version without it--> earlier versions sealed anew without it
 *   not over yet                                             --> kept and told: a driver must not lose a right that is in force
 *
 * The next version makes whoever decides on the one before decide again, so no write that is under way brings the plate back.
 */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Caller } from "../client/caller.ts";
import { credentialsIn, normalised, withoutCredential } from "../credential.ts";
import { holderOf } from "../assignedright/assignedright.ts";
import type { JsonObject } from "../json.ts";
import { type Problem, problem } from "../problem.ts";
import { referencesOf } from "../session/session.ts";
import type { ObjectKey, Stored } from "../stored.ts";
import type { Parts } from "./parts.ts";

export type ErasureWanted = { readonly credential: string; readonly reason: string };
export type Erased = { readonly id: string; readonly erased: readonly string[]; readonly kept: readonly string[]; readonly more: boolean };

/** A second or two of the store's time; the sender asks again for the rest. */
const OBJECTS_MAX = 500;
const ATTEMPTS_MAX = 8;
/** Told to whoever reads the record. */
export const PLATE_ERASED = "x-plateErased";

type ErasePlateDeps = Pick<Parts, "store" | "erasures" | "clock"> & { readonly newId: () => string };

export async function erasePlate(deps: ErasePlateDeps, caller: Caller, { credential, reason }: ErasureWanted): Promise<Result<Erased, Problem>> {
  if (caller.role === "enforcement") return err(problem("verbNotAllowed", "enforcement erases nothing"));
  if (normalised(credential) === "") return err(problem("notUnderstood", "credentialId: letters or digits"));
  if (normalised(reason).includes(normalised(credential))) return err(problem("notUnderstood", "reason: without the credential itself"));
  const owner = caller.role === "administrator" ? null : caller.organisation;
  const found = await deps.erasures.occurrences(credential, owner, OBJECTS_MAX + 1);
  const [erased, kept]: [string[], string[]] = [[], []];
  for (const key of found.slice(0, OBJECTS_MAX)) ((await eraseOne(deps, caller, key, credential)) ? erased : kept).push(key.id);
  const id = deps.newId();
  await deps.erasures.record({ id, at: deps.clock.now(), organisation: caller.organisation, client: caller.client, reason, objects: erased, kept: kept.length });
  return ok({ id, erased, kept, more: found.length > OBJECTS_MAX });
}

/** False: it is not over yet. */
async function eraseOne(deps: ErasePlateDeps, caller: Caller, key: ObjectKey, credential: string): Promise<boolean> {
  for (let n = 0; n < ATTEMPTS_MAX; n++) {
    const [current] = await deps.store.load([key], { organisation: caller.organisation, role: "administrator" });
    if (!current) return true;
    if (current.deletedAt === null && (current.endAt === null || current.endAt > deps.clock.now())) return false;
    if (current.deletedAt !== null || await strippedVersion(deps, caller, current, credential)) {
      await deps.erasures.forget(key, credential);
      return true;
    }
  }
  throw new Error(`object ${key.kind} ${key.id} is changed faster than its plate is erased`);
}

/** False: somebody else has changed it meanwhile. */
async function strippedVersion({ store }: ErasePlateDeps, caller: Caller, current: Stored, credential: string): Promise<boolean> {
  const stripped = withoutCredential(current.body, credential);
  if (stripped === current.body) return true;
  const version = current.version + 1;
  const body: JsonObject = { ...stripped, version, [PLATE_ERASED]: true };
  const credentials = current.kind === "session" ? credentialsIn(body["identifiedCredentials"]) : holderOf(body);
  const saved = await store.save(caller, {
    guards: [],
    writes: [{
      kind: current.kind, id: current.id, expected: current.version, version, deleted: false, body, digest: null, facts: current, credentials,
      references: current.kind === "session" ? referencesOf(current) : [], place: null, event: null,
    }],
  });
  return saved.ok;
}
