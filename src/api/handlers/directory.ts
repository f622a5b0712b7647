/** What handlers of accounts share: the account of a path, whose car is inside, and car parks that have learnt of a change. */
import { presentIn as presentOf } from "../../carpark/application/presence.ts";
import type { DirectoryCommand, Presence, ReadonlyAccount } from "../../carpark/operator/directory.ts";
import type { Recorded } from "../../carpark/facility/event.ts";
import type { OperatorEvent } from "../../carpark/operator/operator.ts";
import type { CredentialKind } from "../../rights/desk/state.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { VaultChanges } from "../../journal/journal.ts";
import type { Locale } from "../contract/words.ts";
import type { Trouble } from "../http/problem.ts";
import type { Carried, Site } from "../site.ts";
import { plainTrouble, unknownTrouble } from "./account-words.ts";
import { type Asking, type CarriedOrTrouble, carryOperator } from "./carry.ts";

export function accountOf(site: Site, id: string, locale: Locale): { readonly account: ReadonlyAccount } | { readonly trouble: Trouble } {
  const account = site.operator.state.directory.accounts.get(id);
  return account ? { account } : { trouble: unknownTrouble({ account: id }, locale) };
}

/** The car parks in which one of the credentials has an open stay, with what they say to its removal. */
export const presentIn = (site: Site, credentials: readonly string[]): readonly Presence[] =>
  presentOf([...site.facilities.values()].filter(({ core }) => core.state.rights.policy.length > 0).map(({ core }) => core.state), credentials);

/** Running numbers are short enough to be said on the telephone. */
export function nextId(prefix: string, digits: number, taken: { has(id: string): boolean; readonly size: number }): string {
  for (let n = taken.size + 1; ; n++) {
    const id = `${prefix}${String(n).padStart(digits, "0")}`;
    if (!taken.has(id)) return id;
  }
}

/** Times an id is chosen again because somebody else was quicker. */
const CHOSEN_AGAIN_MAX = 5;

/** A command that gives a new id: chosen, and chosen again if it was taken meanwhile. */
export async function carryNew(
  site: Site, make: () => DirectoryCommand, taken: "accountExists" | "parkerExists" | "contractExists", asking: Asking,
): Promise<CarriedOrTrouble<Recorded<OperatorEvent>>> {
  for (let tries = 0; ; tries++) {
    const done = await carryDirectory(site, make(), asking);
    if (!("trouble" in done) || done.trouble.refusal?.type !== taken || tries >= CHOSEN_AGAIN_MAX) return done;
  }
}

/** What was done to the directory by a command. */
export const actsOf = (carried: Carried<Recorded<OperatorEvent>>) =>
  carried.events.flatMap((event) => (event.type === "DirectoryChanged" ? [event.act] : []));

type Shown = { readonly kind: CredentialKind; readonly text: string };
export type Referred = { readonly credentials: readonly ShownCredential[]; readonly vault: VaultChanges; kept(): void };

/** References of what was typed, and the rows that keep them; or what was not understood. */
export function referAll(site: Site, shown: readonly Shown[], locale: Locale): Referred | { readonly trouble: Trouble } {
  const made: { readonly credential: ShownCredential; readonly vault: VaultChanges; kept(): void }[] = [];
  for (const { kind, text } of shown) {
    const one = site.credentials.refer(kind, text);
    if (!one.ok) return { trouble: plainTrouble(one.error.type, locale) };
    made.push(one.value);
  }
  return {
    credentials: made.map(({ credential }) => credential), vault: mergedVault(...made.map(({ vault }) => vault)),
    kept: () => made.forEach((one) => one.kept()),
  };
}

export const mergedVault = (...all: readonly VaultChanges[]): VaultChanges => ({
  put: all.flatMap(({ put }) => put ?? []), deadlines: all.flatMap(({ deadlines }) => deadlines ?? []),
});

/** Longest wait for the car parks to learn what the directory has: they are told at once, in the background. */
const TAUGHT_MS_MAX = 2_000;
const TAUGHT_LOOK_MS = 10;

/**
 * A command to the directory, answered when the lanes know of it, so that what is done next at a car park is decided
 * by it. One that is cut off or in its safe mode learns later.
 */
export async function carryDirectory(site: Site, command: DirectoryCommand, asking: Asking): Promise<CarriedOrTrouble<Recorded<OperatorEvent>>> {
  const done = await carryOperator(site, command, asking);
  if ("trouble" in done) return done;
  const { seq } = done.carried;
  const behind = (): boolean => [...site.facilities.values()].some(({ owner, core }) => owner === "running" && core.state.config !== null && core.state.operatorSeq < seq);
  for (let waited = 0; behind() && waited < TAUGHT_MS_MAX; waited += TAUGHT_LOOK_MS) {
    await new Promise((resolve) => setTimeout(resolve, TAUGHT_LOOK_MS));
  }
  return done;
}
