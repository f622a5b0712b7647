/**
 * Where a credential's car is inside: asked of all car parks before it is removed, and again when it may have left.
 *
 *   RemoveCredential { presentIn } -> awaited ... exit -> FinishRemoval
 */
import { inForce } from "../../rights/policy.ts";
import type { ReadonlyFacility } from "../facility/state.ts";
import type { Presence } from "../operator/directory.ts";
import type { ReadonlyOperator } from "../operator/state.ts";

/** The car parks in which one of the credentials has an open stay, with what they say to its removal. */
export function presentIn(facilities: Iterable<ReadonlyFacility>, credentials: readonly string[]): readonly Presence[] {
  const present: Presence[] = [];
  for (const { id, now, rights } of facilities) {
    if (!credentials.some((ref) => rights.openByCredential.has(ref))) continue;
    present.push({ facility: id, removePresentCredential: inForce(rights.policy, now).removePresentCredential });
  }
  return present;
}

/** Credentials of an account, for closing it. */
export const credentialsOf = (operator: ReadonlyOperator, account: string): readonly string[] =>
  [...(operator.directory.accounts.get(account)?.parkers.values() ?? [])].flatMap(({ credentials }) => [...credentials.keys()]);

/** Credentials that leave their account and whose car is inside nowhere any more. */
export function finishedRemovals(operator: ReadonlyOperator, facilities: readonly ReadonlyFacility[]): readonly string[] {
  const finished: string[] = [];
  for (const account of operator.directory.accounts.values()) {
    for (const parker of account.parkers.values()) {
      for (const [ref, { leaving }] of parker.credentials) {
        if (leaving && presentIn(facilities, [ref]).length === 0) finished.push(ref);
      }
    }
  }
  return finished;
}
