/** Ports to the vault for accounts: who they are, and what their parkers show at the lanes. */
import type { HolderRef } from "../carpark/operator/season-ticket.ts";
import type { VaultChanges } from "../journal/journal.ts";
import type { Result } from "../kernel/result.ts";
import type { CredentialKind } from "../rights/desk/state.ts";
import type { ShownCredential } from "../rights/desk/event.ts";
import type { Addressee } from "./contract/rights-words.ts";

/** Contacts of accounts and names of parkers; the journal knows them by a random reference. */
export type People = {
  /** `replacing`: a contact that is no longer needed; it goes with the next sweep. */
  keepContact(contact: Addressee, replacing?: string): { readonly ref: HolderRef; readonly vault: VaultChanges };
  /** Null once erased. */
  contact(ref: string): Promise<Addressee | null>;
  keepName(name: string): { readonly ref: HolderRef; readonly vault: VaultChanges };
  name(ref: string): Promise<string | null>;
  /** At once, whatever the deadline. */
  erase(refs: readonly string[]): Promise<void>;
  /** References of contacts, names and plates that hold all words of the text. */
  search(text: string): Promise<ReadonlySet<string>>;
};

export type CredentialProblem =
  | { readonly type: "plateNotUnderstood" } | { readonly type: "credentialNotUnderstood" };

/** What parkers show, by reference. In memory and in the vault only. */
export type CredentialBook = {
  /**
   * The reference of a plate, card, code or payment card as typed: the one it has on an account or inside a car
   * park, else a new one with the rows that keep it. `kept` is called when these became durable.
   */
  refer(kind: CredentialKind, text: string): Result<{ readonly credential: ShownCredential; readonly vault: VaultChanges; kept(): void }, CredentialProblem>;
  /** As people read them; a reference that is erased is left out. */
  labels(refs: Iterable<string>): Promise<ReadonlyMap<string, string>>;
};
