/** Handlers of logins and staff accounts. */
import type { Me, StaffAccount } from "../contract/login.ts";
import type { Routes } from "../contract/routes.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import { clearedCookie, loginCookie } from "../logins/cookie.ts";
import { type Account, type AccountProblem, LOGIN_LIFE_MS, type LoginProblem, type Who } from "../logins/logins.ts";
import { TooManyPasswords } from "../logins/password.ts";
import type { Site } from "../site.ts";

type LoginRoutes = Pick<Routes, "welcome" | "login" | "logout" | "me" | "staff" | "createStaff" | "changeStaff">;

export function loginHandlers(site: Site): { readonly [N in keyof LoginRoutes]: RouteHandler<LoginRoutes[N]> } {
  const meOf = ({ account, login }: Who): Me =>
    ({ name: account.name, roles: [...account.roles], company: account.company, demo: site.demo, expiresAt: login.expiresAt });
  return {
    welcome: () => ({
      answer: {
        product: "Gatehouse", version: site.version, city: site.city.name, demo: site.demo, locale: site.city.locale,
        demoLogins: site.demoLogins.map(({ name, password, roles }) => ({ name, password, roles: [...roles] })),
      },
    }),
    login: async ({ body, address }) => {
      const done = await patiently(() => site.logins.logIn(body.name, body.password, address));
      if ("trouble" in done) return done;
      if (!done.value.ok) return { trouble: loginTrouble(done.value.error) };
      const { token, who } = done.value.value;
      return { answer: meOf(who), cookie: loginCookie(token, LOGIN_LIFE_MS, site.secureCookies) };
    },
    logout: async ({ token }) => {
      if (token !== null) await site.logins.logOut(token);
      return { answer: {}, cookie: clearedCookie(site.secureCookies) };
    },
    me: ({ who }) => (who ? { answer: meOf(who) } : { trouble: trouble("notLoggedIn") }),
    staff: () => ({ answer: { rows: site.logins.accounts.map(accountView) } }),
    createStaff: async ({ body }) => {
      const done = await patiently(() => site.logins.createAccount({ ...body, company: body.company ?? null }));
      if ("trouble" in done) return done;
      return done.value.ok ? { answer: accountView(done.value.value) } : { trouble: accountTrouble(done.value.error) };
    },
    changeStaff: async ({ params, body }) => {
      const done = await patiently(() => site.logins.changeAccount(params.staff, body));
      if ("trouble" in done) return done;
      return done.value.ok ? { answer: accountView(done.value.value) } : { trouble: accountTrouble(done.value.error) };
    },
  };
}

/** Passwords are worked out a few at a time; who would have to wait too long is told to come again. */
export async function patiently<T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly trouble: Trouble }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof TooManyPasswords) return { trouble: trouble("tooBusy", error.message, { retryAfterSeconds: 2 }) };
    throw error;
  }
}

export function loginTrouble(problem: LoginProblem): Trouble {
  switch (problem.type) {
    case "loginRefused": return trouble("loginRefused");
    case "tooManyAttempts":
      return trouble("tooManyAttempts", `Try again in ${Math.ceil(problem.seconds / 60)} minutes.`, { retryAfterSeconds: problem.seconds });
  }
}

function accountTrouble(problem: AccountProblem): Trouble {
  switch (problem.type) {
    case "nameTaken": return trouble("nameTaken", undefined, { next: "Choose another name." });
    case "notFound": return trouble("notFound");
    case "lastAdministrator": return trouble("lastAdministrator", undefined, { next: "Make somebody else administrator first." });
    case "tooManyAccounts": return trouble("tooBusy", "There are too many accounts.");
  }
}

const accountView = (account: Account): StaffAccount => ({
  id: account.id, name: account.name, roles: [...account.roles], company: account.company, active: account.active, lastLoginAt: account.lastLoginAt,
});
