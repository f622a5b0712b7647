/** Handlers of parkers and what they show at the lanes. */
import { present } from "../../kernel/assert.ts";
import type { Routes } from "../contract/routes.ts";
import type { Locale } from "../contract/words.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { parkerViews } from "../views/account.ts";
import { unknownTrouble } from "./account-words.ts";
import type { Asking } from "./carry.ts";
import { accountOf, actsOf, carryDirectory, carryNew, mergedVault, nextId, presentIn, referAll } from "./directory.ts";

type ParkerRoutes = Pick<Routes, "addParker" | "addCredential" | "removeCredential" | "blockCredential">;
type Shown = Parameters<typeof referAll>[1];

export function parkerHandlers(site: Site): { readonly [N in keyof ParkerRoutes]: RouteHandler<ParkerRoutes[N]> } {
  return {
    addParker: async (asked) => {
      const found = accountOf(site, asked.params.account, asked.locale);
      if ("trouble" in found) return found;
      const { account } = found;
      const referred = referAll(site, asked.body.credentials, asked.locale);
      if ("trouble" in referred) return referred;
      const name = asked.body.name === undefined ? null : site.people.keepName(asked.body.name);
      const done = await carryNew(site, () => ({
        type: "AddParker", account: account.id, parker: nextId("P", 1, account.parkers), name: name?.ref ?? null, credentials: referred.credentials,
      }), "parkerExists", { ...asked, vault: mergedVault(referred.vault, name?.vault ?? {}) });
      if ("trouble" in done) return done;
      referred.kept();
      const { parker } = present(actsOf(done.carried).find((act) => act.type === "ParkerAdded"), "ParkerAdded");
      return parkerAnswer(site, account.id, parker, done.carried);
    },
    addCredential: (asked) => addCredential(site, asked.params.account, asked.params.parker, [asked.body], asked, asked.locale),
    removeCredential: (asked) => removeCredential(site, asked.params.account, asked.params.parker, asked.params.credential, asked, asked.locale),
    blockCredential: async (asked) => {
      const { account: id, parker, credential } = asked.params;
      const found = credentialOf(site, id, parker, credential, asked.locale);
      if ("trouble" in found) return found;
      const done = await carryDirectory(site, { type: "BlockCredential", credential, blocked: asked.body.blocked, reason: asked.body.reason }, asked);
      return "trouble" in done ? done : { answer: { seq: done.carried.seq, at: done.carried.at } };
    },
  };
}

export async function addCredential(site: Site, accountId: string, parker: string, shown: Shown, asking: Asking, locale: Locale) {
  const found = accountOf(site, accountId, locale);
  if ("trouble" in found) return found;
  if (!found.account.parkers.has(parker)) return { trouble: unknownTrouble({ parker }, locale) };
  const referred = referAll(site, shown, locale);
  if ("trouble" in referred) return referred;
  const credential = present(referred.credentials[0], "credential");
  const done = await carryDirectory(site, { type: "AddCredential", account: accountId, parker, credential }, { ...asking, vault: referred.vault });
  if ("trouble" in done) return done;
  referred.kept();
  return parkerAnswer(site, accountId, parker, done.carried);
}

/** Inside any car park counts as present: then it waits for the exit or is refused, by that car park's policy. */
export async function removeCredential(site: Site, accountId: string, parker: string, credential: string, asking: Asking, locale: Locale) {
  const found = credentialOf(site, accountId, parker, credential, locale);
  if ("trouble" in found) return found;
  const done = await carryDirectory(site, { type: "RemoveCredential", account: accountId, credential, presentIn: presentIn(site, [credential]) }, asking);
  if ("trouble" in done) return done;
  const removed = actsOf(done.carried).some((act) => act.type === "CredentialRemoved");
  return { answer: { seq: done.carried.seq, at: done.carried.at, removed } };
}

function credentialOf(site: Site, accountId: string, parker: string, credential: string, locale: Locale) {
  const found = accountOf(site, accountId, locale);
  if ("trouble" in found) return found;
  return found.account.parkers.get(parker)?.credentials.has(credential) ? found : { trouble: unknownTrouble({ parker }, locale) };
}

async function parkerAnswer(site: Site, accountId: string, parker: string, { seq, at }: { readonly seq: number; readonly at: number }) {
  const account = present(site.operator.state.directory.accounts.get(accountId), accountId);
  const view = present((await parkerViews(site, account, parker))[0], parker);
  return { answer: { seq, at, parker: view } };
}
