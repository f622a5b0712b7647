/** Handlers of what account holders do for themselves: book, add and remove plates, erase their data. */
import type { ReadonlyAccount } from "../../carpark/operator/directory.ts";
import type { MyDeleteAnswer } from "../contract/my.ts";
import type { Routes } from "../contract/routes.ts";
import type { Locale } from "../contract/words.ts";
import { trouble, type Trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import { clearedCookie } from "../logins/cookie.ts";
import type { Site } from "../site.ts";
import { agreementsOf, contractsOf, insideCount, rightsOf } from "../views/account.ts";
import { rightStayViews, staysOf, unbilledMinor } from "../views/right-stays.ts";
import { t } from "./account-words.ts";
import { book, cancel, extend } from "./contracts.ts";
import { carryDirectory, presentIn } from "./directory.ts";
import { ownAccount } from "./my.ts";
import { holderTrouble } from "./my-login.ts";
import { patiently } from "./logins.ts";
import { addCredential, removeCredential } from "./parkers.ts";

type ActRoutes = Pick<Routes, "myBook" | "myExtendBooking" | "myCancelBooking" | "myAddPlate" | "myRemovePlate" | "myDelete">;

export function myActHandlers(site: Site): { readonly [N in keyof ActRoutes]: RouteHandler<ActRoutes[N]> } {
  return {
    myBook: (asked) => {
      const own = ownAccount(site, asked.holder);
      return "trouble" in own ? own : book(site, { ...asked.body, account: own.account.id }, asked, asked.locale);
    },
    myExtendBooking: (asked) => {
      const own = ownAccount(site, asked.holder);
      return "trouble" in own ? own : extend(site, { ...asked.params, account: own.account.id, to: asked.body.to }, asked, asked.locale);
    },
    myCancelBooking: (asked) => {
      const own = ownAccount(site, asked.holder);
      return "trouble" in own ? own : cancel(site, { ...asked.params, account: own.account.id }, asked, asked.locale);
    },
    myAddPlate: (asked) => {
      const own = ownAccount(site, asked.holder);
      if ("trouble" in own) return own;
      return addCredential(site, own.account.id, asked.params.parker, [{ kind: "plate", text: asked.body.plate }], asked, asked.locale);
    },
    myRemovePlate: (asked) => {
      const own = ownAccount(site, asked.holder);
      return "trouble" in own ? own : removeCredential(site, own.account.id, asked.params.parker, asked.params.credential, asked, asked.locale);
    },
    myDelete: async (asked) => {
      const own = ownAccount(site, asked.holder);
      if ("trouble" in own) return own;
      const proved = await patiently(() => site.holderLogins.confirm(own.account.id, asked.body.password, asked.address));
      if ("trouble" in proved) return proved;
      if (!proved.value.ok) return { trouble: holderTrouble(proved.value.error, asked.locale) };
      const needed = neededFor(site, own.account, asked.locale);
      if (needed) return { trouble: needed };
      return erase(site, own.account, asked);
    },
  };
}

/** While a car is inside, a contract runs or charges are open, the data is needed to settle them. */
function neededFor(site: Site, account: ReadonlyAccount, locale: Locale): Trouble | null {
  const running = [...contractsOf(site, account), ...agreementsOf(site, account)].some(({ state }) => state !== "ended");
  const why = insideCount(site, account.id) > 0 ? "carsInside" : running ? "contractsRunning" : hasOpenCharges(site, account.id) ? "chargesOpen" : null;
  return why === null ? null : trouble("accountInUse", t(locale, "accountInUse", { why: t(locale, why) }), { next: t(locale, "accountInUseNext") });
}

const hasOpenCharges = (site: Site, id: string): boolean => rightsOf(site).some(({ rights }) => {
  const account = rights.accounts.get(id);
  if (!account) return false;
  const views = rightStayViews(rights, account, staysOf(account), site.now(), { labelOf: () => null, decidedOf: () => [] });
  const unbilled = unbilledMinor(rights, account, views);
  return unbilled !== 0 || account.unbilled.size > 0;
});

/**
 * The account is closed, its plates and names leave the vault, its login is gone. Figures stay where the law wants
 * them kept; they name nobody.
 */
async function erase(
  site: Site, account: ReadonlyAccount, asked: { readonly actor: string | null; readonly key: string | null; readonly locale: Locale },
): Promise<{ readonly answer: MyDeleteAnswer; readonly cookie: string } | { readonly trouble: Trouble }> {
  const parkers = [...account.parkers.values()];
  const credentials = parkers.flatMap((parker) => [...parker.credentials.keys()]);
  const names = parkers.flatMap(({ name }) => name ?? []);
  const gone = [account.contact, ...names, ...credentials];
  const vault = { deadlines: gone.map((ref) => ({ ref, eraseAt: 0 })) };
  const done = await carryDirectory(
    site, { type: "CloseAccount", account: account.id, presentIn: presentIn(site, credentials), reason: "erased on the holder's request" }, { ...asked, vault });
  if ("trouble" in done) return done;
  await site.people.erase(gone);
  await site.holderLogins.revoke(account.id);
  return { answer: { erased: ["contact", "names", "plates", "login"], kept: [...KEPT] }, cookie: clearedCookie(site.secureCookies, "holder") };
}

const KEPT: MyDeleteAnswer["kept"] = [
  { what: "statements", why: {
    en: "Issued statements are accounting records and are kept as long as tax law says; without name, address and plate.",
    de: "Ausgestellte Abrechnungen sind Buchhaltungsbelege und werden so lange aufbewahrt, wie das Steuerrecht es verlangt; ohne Name, Adresse und Kennzeichen.",
  } },
  { what: "stays", why: {
    en: "Times of stays are what those statements are made of; they name a random reference.",
    de: "Aus den Zeiten der Parkvorgänge bestehen diese Abrechnungen; statt eines Kennzeichens steht dort ein zufälliger Verweis.",
  } },
  { what: "decisions", why: {
    en: "Decisions of the lanes are the car park's log book; they name a random reference.",
    de: "Entscheidungen der Spuren sind das Logbuch des Parkhauses; statt eines Kennzeichens steht dort ein zufälliger Verweis.",
  } },
];
