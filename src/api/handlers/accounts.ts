/** Handlers of accounts: found, opened, their terms, contact and login. Names go to the vault with the act. */
import type { ReadonlyAccount } from "../../carpark/operator/directory.ts";
import { present } from "../../kernel/assert.ts";
import { invitationLetter } from "../../notifications/account-delivery.ts";
import type { Routes } from "../contract/routes.ts";
import { PAGE_ROWS_MAX } from "../contract/words.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";
import { accountDetails, accountRow, facilitiesOf, insideCount } from "../views/account.ts";
import { plainTrouble } from "./account-words.ts";
import { accountOf, actsOf, carryDirectory, carryNew, nextId } from "./directory.ts";

type AccountRoutes = Pick<Routes, "accounts" | "searchAccounts" | "openAccount" | "account" | "setAccountTerms" | "setAccountContact" | "inviteHolder" | "revokeHolder">;

/** Hits of one search; more means the search was too short to be useful. */
const HITS_MAX = 50;
const ROWS_USUAL = 50;
const ID_DIGITS = 5;

export function accountHandlers(site: Site): { readonly [N in keyof AccountRoutes]: RouteHandler<AccountRoutes[N]> } {
  const all = (): readonly ReadonlyAccount[] => [...site.operator.state.directory.accounts.values()];
  return {
    accounts: async ({ query }) => {
      const found = all().filter((account) => account.closedAt === null || query.inside !== true)
        .filter((account) => query.facility === undefined || facilitiesOf(site, account).includes(query.facility))
        .filter((account) => query.inside !== true || insideCount(site, account.id) > 0)
        .sort((a, b) => (a.id < b.id ? -1 : 1)).filter(({ id }) => query.after === undefined || id > query.after);
      const rows = found.slice(0, Math.min(query.rows ?? ROWS_USUAL, PAGE_ROWS_MAX));
      const next = found.length > rows.length ? rows.at(-1)?.id ?? null : null;
      return { answer: { rows: await Promise.all(rows.map((account) => accountRow(site, account))), next } };
    },
    searchAccounts: async ({ body }) => {
      const refs = await site.people.search(body.text);
      const text = body.text.trim().toLowerCase();
      const found = all().filter((account) => account.id.toLowerCase() === text || refs.has(account.contact) || [...account.parkers.values()]
        .some(({ name, credentials }) => (name !== null && refs.has(name)) || [...credentials.keys()].some((ref) => refs.has(ref))));
      return { answer: { rows: await Promise.all(found.slice(0, HITS_MAX).map((account) => accountRow(site, account))) } };
    },
    openAccount: async (asked) => {
      const { contact, overflow, overflowLimit } = asked.body;
      const { ref, vault } = site.people.keepContact(contact);
      const terms = { overflow: overflow ?? null, overflowLimit: overflowLimit ?? null };
      const done = await carryNew(site, () => ({
        type: "OpenAccount", account: nextId("A", ID_DIGITS, site.operator.state.directory.accounts), kind: contact.kind, contact: ref, terms,
      }), "accountExists", { ...asked, vault });
      if ("trouble" in done) return done;
      const opened = present(actsOf(done.carried).find((act) => act.type === "AccountOpened"), "AccountOpened");
      const account = present(site.operator.state.directory.accounts.get(opened.account), opened.account);
      return { answer: { seq: done.carried.seq, at: done.carried.at, account: await accountDetails(site, account) } };
    },
    account: async ({ params, locale }) => {
      const found = accountOf(site, params.account, locale);
      return "trouble" in found ? found : { answer: await accountDetails(site, found.account) };
    },
    setAccountTerms: async (asked) => {
      const done = await carryDirectory(site, { type: "SetAccountTerms", account: asked.params.account, terms: asked.body }, asked);
      return "trouble" in done ? done : { answer: { seq: done.carried.seq, at: done.carried.at } };
    },
    setAccountContact: async (asked) => {
      const found = accountOf(site, asked.params.account, asked.locale);
      if ("trouble" in found) return found;
      const { account } = found;
      if (site.holderLogins.stateOf(account.id).state !== "none") {
        if (asked.body.email === null) return { trouble: plainTrouble("emailMissing", asked.locale) };
        if (site.holderLogins.isTaken(account.id, asked.body.email)) return { trouble: plainTrouble("emailTaken", asked.locale) };
      }
      const { ref, vault } = site.people.keepContact(asked.body, account.contact);
      const done = await carryDirectory(site, { type: "SetAccountContact", account: account.id, contact: ref }, { ...asked, vault });
      if ("trouble" in done) return done;
      if (asked.body.email !== null) await site.holderLogins.setEmail(account.id, asked.body.email);
      return { answer: {} };
    },
    inviteHolder: async ({ params, body, locale }) => {
      const found = accountOf(site, params.account, locale);
      if ("trouble" in found) return found;
      const contact = await site.people.contact(found.account.contact);
      if (!contact || contact.email === null) return { trouble: plainTrouble("emailMissing", locale) };
      const made = await site.holderLogins.invite(found.account.id, contact.email);
      if (!made.ok) return { trouble: plainTrouble("emailTaken", locale) };
      const { code, expiresAt } = made.value;
      // Behind the number sign: no server's log ever has it.
      const path = `/my/activate#${code}`;
      const url = `${site.publicUrl().replace(/\/$/, "")}${path}`;
      const posted = body.send !== true || !site.mailer ? null : await site.mailer.post(invitationLetter({
        to: contact.email, locale: contact.locale, city: site.city.name, url, until: expiresAt, zone: site.city.zone, id: `invitation-${found.account.id}-${expiresAt}`,
      }));
      return { answer: { code, path, email: contact.email, expiresAt, sent: posted?.type === "sent" } };
    },
    revokeHolder: async ({ params, locale }) => {
      const found = accountOf(site, params.account, locale);
      if ("trouble" in found) return found;
      await site.holderLogins.revoke(found.account.id);
      return { answer: {} };
    },
  };
}
