/** A linked car park, as the inward half of the link needs it; and how a provider's right gets into its stream. */
import type { FacilityCommand } from "../carpark/facility/command.ts";
import type { Refusal } from "../carpark/facility/refusal.ts";
import type { ReadonlyFacility } from "../carpark/facility/state.ts";
import type { CredentialRef } from "../carpark/stay/stay.ts";
import type { PlateDesk } from "../carpark/application/plate-desk.ts";
import type { StoreRefusal } from "../carpark/application/owner.ts";
import type { VaultChanges } from "../journal/journal.ts";
import { DAY, type DurationMs, type Instant } from "../kernel/instant.ts";
import type { Result } from "../kernel/result.ts";
import type { SoldRight } from "./sold-rights.ts";
import type { TakenPayment } from "./told-stay.ts";

export type LinkedCarPark = {
  readonly facility: string;
  /** Its id at the exchange. */
  readonly place: string;
  readonly state: () => ReadonlyFacility;
  readonly desk: PlateDesk;
  /** What the car park itself took for a stay, as its session says. */
  readonly taken: (stayKey: string) => Promise<readonly TakenPayment[]>;
  readonly execute: (command: FacilityCommand, vault?: VaultChanges) => Promise<Result<unknown, Refusal | StoreRefusal>>;
};

/** Longer rights are learnt for a month at a time: nobody's plate is kept here for the years of an account. */
export const RIGHT_HELD_MS_MAX: DurationMs = 31 * DAY;

/** `later`: the store did not take it; the same again may succeed. */
export type Learnt = "learnt" | "known" | "refused" | "later";

/** `vault`: rows of a plate that is not in the vault yet. */
export type Whose = { readonly ref: CredentialRef; readonly vault: VaultChanges };

export async function learnRight(park: LinkedCarPark, right: SoldRight, { ref, vault }: Whose, now: Instant): Promise<Learnt> {
  const until = Math.min(right.until ?? Infinity, now + RIGHT_HELD_MS_MAX);
  const command = {
    type: "AskRights", command: { type: "LearnExternalRight", right: { provider: right.provider, right: right.id, credential: ref, from: right.from, until } },
  } as const;
  const done = await park.execute(command, vault);
  if (done.ok) return "learnt";
  const known = done.error.type === "rightsRefused" && done.error.because.type === "nothingToDo";
  return known ? "known" : isStoreRefusal(done.error) ? "later" : "refused";
}

/** Ends it now for every credential that has it. */
export async function revokeRight(park: LinkedCarPark, id: string): Promise<Learnt> {
  const held = [...park.state().rights.externals.values()].flat().filter((one) => one.right === id);
  let all: Learnt = "known";
  for (const { provider, right, credential } of held) {
    const done = await park.execute({ type: "AskRights", command: { type: "RevokeExternalRight", provider, right, credential } });
    if (!done.ok && isStoreRefusal(done.error)) return "later";
    if (done.ok) all = "learnt";
  }
  return all;
}

const STORE: Readonly<Record<StoreRefusal["type"], true>> = { storeUnavailable: true, ownerStopped: true, overloaded: true, assertionFailed: true, keyReused: true };
export const isStoreRefusal = (refusal: Refusal | StoreRefusal): refusal is StoreRefusal => Object.hasOwn(STORE, refusal.type);
