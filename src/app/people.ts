/**
 * Contacts, names and credentials of accounts in the vault. Searched in memory while asked: names and plates are
 * nowhere else, so no index of them is on disk.
 */
import { type Addressee, addressee } from "../api/contract/rights-words.ts";
import { randomRef } from "../api/http/random.ts";
import type { CredentialBook, People } from "../api/people.ts";
import type { HolderRef } from "../carpark/operator/season-ticket.ts";
import type { ReadonlyOperator } from "../carpark/operator/state.ts";
import type { VaultRow } from "../journal/journal.ts";
import type { Vault } from "../journal/vault.ts";
import { err, ok } from "../kernel/result.ts";
import type { CredentialKind } from "../rights/desk/state.ts";
import { type Plate, plateOfSealed, readPlate, sealedPlate } from "../rights/plate/plate.ts";

/** Looked at for one search: every contact, name and plate of a large city. */
const ENTRIES_MAX = 500_000;
/** Rows of the vault opened at once for one page of a list. */
const OPEN_AT_ONCE_MAX = 8;
/** Erased by the sweep after it. */
const AT_ONCE = 0;

const CONTACT = "contact ";
const NAME = "name ";

/** `erased`: told whoever keeps an index of plates. */
export function peopleOf(vault: Pick<Vault, "open" | "entries" | "erase">, erased: (refs: readonly string[]) => void): People {
  const row = (prefix: string, value: unknown): { readonly ref: HolderRef; readonly put: VaultRow } => {
    // References are made here and by the holders of season tickets; nowhere else.
    const ref = randomRef("holder") as HolderRef;
    return { ref, put: { ref, class: "holder", text: prefix + JSON.stringify(value) } };
  };
  return {
    keepContact(contact, replacing) {
      const { ref, put } = row(CONTACT, contact);
      return { ref, vault: { put: [put], ...(replacing === undefined ? {} : { deadlines: [{ ref: replacing, eraseAt: AT_ONCE }] }) } };
    },
    async contact(ref) {
      return contactOf(await vault.open(ref));
    },
    keepName(name) {
      const { ref, put } = row(NAME, name);
      return { ref, vault: { put: [put] } };
    },
    async name(ref) {
      return nameOf(await vault.open(ref));
    },
    async erase(refs) {
      erased(await vault.erase(refs));
    },
    async search(text) {
      const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
      const plate = readPlate(text, null);
      const found = new Set<string>();
      let seen = 0;
      for await (const batch of vault.entries()) {
        for (const entry of batch) {
          if (++seen > ENTRIES_MAX) return found;
          const contact = contactOf(entry.text);
          const all = contact ? Object.values(contact).join(" ").toLowerCase() : (nameOf(entry.text) ?? "").toLowerCase();
          const samePlate = plate.ok && plateOfSealed(entry.text)?.text.includes(plate.value.text) === true;
          if (samePlate || (all !== "" && words.every((word) => all.includes(word)))) found.add(entry.ref);
        }
      }
      return found;
    },
  };
}

function contactOf(text: string | undefined): Addressee | null {
  if (text === undefined || !text.startsWith(CONTACT)) return null;
  const read = addressee.safeParse(JSON.parse(text.slice(CONTACT.length)));
  return read.success ? read.data : null;
}

const nameOf = (text: string | undefined): string | null =>
  (text?.startsWith(NAME) ? String(JSON.parse(text.slice(NAME.length))) : null);

/** Numbers on cards and codes; nothing else is on them. */
const NUMBER = /^[A-Za-z0-9][A-Za-z0-9 ._-]{1,39}$/;

/** What the vault keeps, and what it is found by: a plate by its text, whoever says of which country it is. */
type Sealed = { readonly text: string; readonly key: string; readonly plate: Plate | null };

function sealedOf(kind: CredentialKind, typed: string): Sealed | null {
  if (kind !== "plate") {
    const text = `${kind}/${typed.trim()}`;
    return NUMBER.test(typed.trim()) ? { text, key: text, plate: null } : null;
  }
  const plate = readPlate(typed, null);
  return plate.ok ? { text: sealedPlate(plate.value), key: `plate/${plate.value.text}`, plate: plate.value } : null;
}

function keyOf(text: string): string {
  const plate = plateOfSealed(text);
  return plate ? `plate/${plate.text}` : text;
}

export type RunningCredentialBook = CredentialBook & {
  /** Learns the credentials of the directory from the vault. */
  start(): Promise<void>;
};

/** `visitorOf`: the reference of a plate that nobody has registered and that is inside a car park now. */
export function credentialBookOf(
  vault: Pick<Vault, "open" | "entries">, operator: () => ReadonlyOperator, visitorOf: (plate: Plate) => string | null,
): RunningCredentialBook {
  const refs = new Map<string, string>();
  const registered = (ref: string | undefined): ref is string => ref !== undefined && operator().directory.holders.has(ref);
  return {
    async start() {
      for await (const batch of vault.entries()) {
        for (const { ref, text } of batch) if (registered(ref)) refs.set(keyOf(text), ref);
      }
    },
    refer(kind, typed) {
      const sealed = sealedOf(kind, typed);
      if (sealed === null) return err({ type: kind === "plate" ? "plateNotUnderstood" : "credentialNotUnderstood" });
      const known = refs.get(sealed.key);
      const found = registered(known) ? known : sealed.plate && visitorOf(sealed.plate);
      if (found) return ok({ credential: { ref: found, kind }, vault: {}, kept: () => void refs.set(sealed.key, found) });
      const ref = randomRef(kind === "plate" ? "plate" : "card");
      return ok({ credential: { ref, kind }, vault: { put: [{ ref, class: "holder", text: sealed.text }] }, kept: () => void refs.set(sealed.key, ref) });
    },
    async labels(wanted) {
      const found = new Map<string, string>();
      const rest = [...new Set(wanted)];
      const worker = async (): Promise<void> => {
        for (let ref = rest.pop(); ref !== undefined; ref = rest.pop()) {
          const text = await vault.open(ref);
          const label = text === undefined ? undefined : plateOfSealed(text)?.text ?? text.slice(text.indexOf("/") + 1);
          if (label !== undefined) found.set(ref, label);
        }
      };
      await Promise.all(Array.from({ length: OPEN_AT_ONCE_MAX }, worker));
      return found;
    },
  };
}
