/** Holders of season tickets in the vault, searched in memory: names are nowhere else, so no index is on disk. */
import { holder, type Holder } from "../api/contract/seasons.ts";
import { randomRef } from "../api/http/random.ts";
import type { Holders } from "../api/site.ts";
import type { HolderRef } from "../carpark/operator/season-ticket.ts";
import type { Vault } from "../journal/vault.ts";

/** Searches look at this many holders at most: every season ticket of a large city. */
const HOLDERS_MAX = 200_000;

export function holdersOf(vault: Vault): Holders {
  return {
    keep(kept) {
      // The journal's parser of references is this line: they are made here and nowhere else.
      const ref = randomRef("holder") as HolderRef;
      return { ref, vault: { put: [{ ref, class: "holder", text: JSON.stringify(kept) }] } };
    },
    async open(refs) {
      const found = new Map<string, Holder>();
      for (const ref of refs) {
        const text = await vault.open(ref);
        const read = text === undefined ? null : readHolder(text);
        if (read) found.set(ref, read);
      }
      return found;
    },
    async search(text) {
      const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
      const refs: string[] = [];
      let seen = 0;
      for await (const batch of vault.entries()) {
        for (const entry of batch) {
          if (entry.class !== "holder" || ++seen > HOLDERS_MAX) continue;
          const kept = readHolder(entry.text);
          const all = kept ? `${kept.name} ${kept.address} ${kept.phone}`.toLowerCase() : "";
          if (words.every((word) => all.includes(word))) refs.push(entry.ref);
        }
      }
      return refs;
    },
  };
}

/** The vault keeps contacts of accounts and plates too; only holders of season tickets are plain objects. */
function readHolder(text: string): Holder | null {
  if (!text.startsWith("{")) return null;
  const read = holder.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}
