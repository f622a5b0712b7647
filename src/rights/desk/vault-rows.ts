/**
 * What the vault must keep and for how long, after these events. Committed with them: a plate is stored when its
 * car is admitted or its parker registered, never for asking, and has its deadline from the exit on.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { inForce } from "../policy.ts";
import type { CredentialRef } from "../timeline/facts.ts";
import type { RecordedRights } from "./event.ts";
import type { Rights } from "./state.ts";

export type VaultPut = { readonly ref: CredentialRef; readonly class: "stay" | "holder"; readonly text: string };
export type VaultDeadline = { readonly ref: CredentialRef; readonly eraseAt: Instant };
export type VaultHold = { readonly ref: CredentialRef; readonly owner: string; readonly reason: string; readonly until: Instant };
export type RightsVaultRows = {
  readonly put: readonly VaultPut[]; readonly deadlines: readonly VaultDeadline[];
  readonly holds: readonly VaultHold[]; readonly releases: readonly CredentialRef[];
};

/** `textOf`: what was shown; undefined for what the vault already holds. `state` is after the events. */
export function vaultRows(
  events: readonly RecordedRights[], state: Rights, textOf: (ref: CredentialRef) => string | undefined,
): RightsVaultRows {
  const put = new Map<CredentialRef, VaultPut>();
  const deadlines = new Map<CredentialRef, VaultDeadline>();
  const keep = (ref: CredentialRef): void => {
    const text = textOf(ref);
    if (text !== undefined) put.set(ref, { ref, class: state.credentials.has(ref) ? "holder" : "stay", text });
  };
  const erase = (ref: CredentialRef, from: Instant): void => {
    if (state.credentials.has(ref) || state.openByCredential.has(ref)) return;
    deadlines.set(ref, { ref, eraseAt: from + inForce(state.policy, from).erasePlateAfter });
  };
  const holds: VaultHold[] = [];
  const releases: CredentialRef[] = [];
  for (const event of events) {
    if (event.type === "CredentialHeld") {
      const { credential: ref, owner, because, until } = event.hold;
      holds.push({ ref, owner, reason: because, until });
    }
    if (event.type === "CredentialHoldReleased" && !isHeld(state, event.credential, event.at)) {
      releases.push(event.credential);
      erase(event.credential, event.at);
    }
    if (event.type === "CredentialAdded" || event.type === "StayOpened") keep(event.credential.ref);
    if (event.type === "CredentialRemoved") erase(event.credential, event.at);
    if (event.type === "StayClosed") {
      const { end } = event;
      erase(event.credential, end.type === "seen" ? end.at : end.givenAt ?? end.noticedAt);
    }
  }
  return { put: [...put.values()], deadlines: [...deadlines.values()], holds, releases };
}

/** Another stay of it may still be unpaid or disputed. */
export const isHeld = (state: DeepReadonly<Rights>, ref: CredentialRef, at: Instant): boolean =>
  [...state.holds.values()].some(({ credential, until }) => credential === ref && until > at);
