/** Handlers of the logins to My parking. */
import type { Routes } from "../contract/routes.ts";
import type { MyMe } from "../contract/my.ts";
import type { Locale } from "../contract/words.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import { clearedCookie, loginCookie } from "../logins/cookie.ts";
import { HOLDER_LOGIN_LIFE_MS, type HolderProblem, type HolderWho } from "../logins/holder-logins.ts";
import type { Site } from "../site.ts";
import { plainTrouble, t } from "./account-words.ts";
import { patiently } from "./logins.ts";

type LoginRoutes = Pick<Routes, "myWelcome" | "myLogin" | "myActivate" | "myLogout" | "myMe" | "myPassword">;

export function myLoginHandlers(site: Site): { readonly [N in keyof LoginRoutes]: RouteHandler<LoginRoutes[N]> } {
  const opened = async (done: { readonly ok: true; readonly value: { readonly token: string; readonly who: HolderWho } } | { readonly ok: false; readonly error: HolderProblem }, locale: Locale) => {
    if (!done.ok) return { trouble: holderTrouble(done.error, locale) };
    const { token, who } = done.value;
    return { answer: await meOf(site, who), cookie: loginCookie(token, HOLDER_LOGIN_LIFE_MS, site.secureCookies, "holder") };
  };
  return {
    myWelcome: () => ({
      answer: {
        product: "Gatehouse", city: site.city.name, demo: site.demo, locale: site.city.locale,
        demoLogins: site.demoHolders.map(({ email, password, name }) => ({ email, password, name })),
      },
    }),
    myLogin: async ({ body, address, locale }) => {
      const done = await patiently(() => site.holderLogins.logIn(body.email, body.password, address));
      return "trouble" in done ? done : opened(done.value, locale);
    },
    myActivate: async ({ body, address, locale }) => {
      const done = await patiently(() => site.holderLogins.activate(body.code, body.password, address));
      return "trouble" in done ? done : opened(done.value, locale);
    },
    myLogout: async ({ token }) => {
      if (token !== null) await site.holderLogins.logOut(token);
      return { answer: {}, cookie: clearedCookie(site.secureCookies, "holder") };
    },
    myMe: async ({ holder }) => (holder ? { answer: await meOf(site, holder) } : { trouble: trouble("notLoggedIn") }),
    myPassword: async ({ body, holder, token, address, locale }) => {
      if (!holder || token === null) return { trouble: trouble("notLoggedIn") };
      const proved = await patiently(() => site.holderLogins.confirm(holder.account, body.password, address));
      if ("trouble" in proved) return proved;
      if (!proved.value.ok) return { trouble: holderTrouble(proved.value.error, locale) };
      const changed = await patiently(() => site.holderLogins.changePassword(holder.account, body.newPassword, token));
      return "trouble" in changed ? changed : { answer: {} };
    },
  };
}

export function holderTrouble(problem: HolderProblem, locale: Locale): Trouble {
  if (problem.type !== "tooManyAttempts") return plainTrouble(problem.type, locale);
  const minutes = Math.ceil(problem.seconds / 60);
  return trouble("tooManyAttempts", t(locale, "tooManyAttempts", { minutes }), { next: t(locale, "tooManyAttemptsNext"), retryAfterSeconds: problem.seconds });
}

async function meOf(site: Site, who: HolderWho): Promise<MyMe> {
  const account = site.operator.state.directory.accounts.get(who.account);
  const contact = account ? await site.people.contact(account.contact) : null;
  return {
    account: who.account, email: contact?.email ?? null, name: contact?.name ?? null, locale: contact?.locale ?? site.city.locale, demo: site.demo,
    expiresAt: who.expiresAt,
  };
}
