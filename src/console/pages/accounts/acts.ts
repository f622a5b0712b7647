/** What staff do with an account. Names and plates go to the vault by the server; here they are only typed and sent. */
import type { AccountDetails, ContractAnswer, CredentialView, InviteAnswer, MakeAgreementBody, OpenAccountBody, ParkerView, SignContractBody } from "../../../api/contract/accounts.ts";
import type { Addressee } from "../../../api/contract/rights-words.ts";
import { majorText } from "../../../kernel/money.ts";
import { weekdayText } from "../../../messages/format.ts";
import { useActs } from "../../act/acts.tsx";
import { useCarParkChoices } from "../../parts/FacilityFilter.tsx";
import { useCityZone, useSites } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { accountWords } from "./words.ts";

const OVERFLOWS = ["payAsYouGo", "refuse", "report"] as const;
/** Far above any fleet; the server's own limit. */
const LIMIT_MAX = 100_000;
const KINDS = ["plate", "card", "qr", "paymentCard"] as const;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export const overflowOf = (text: string | undefined) => OVERFLOWS.find((each) => each === text) ?? null;

export function useAccountActs() {
  const t = useWords(accountWords);
  const acts = useActs();
  const contactFields = useContactFields();
  const termsFields = useTermsFields();
  return {
    open: (then: (account: string) => void) => acts.ask({
      title: t("open"), explain: t("openExplain"), confirm: t("open"), fields: [...contactFields(null), ...termsFields(null, null)],
      path: "/accounts", body: (values): OpenAccountBody => ({ contact: contactOf(values), overflow: overflowOf(values.overflow), overflowLimit: values.overflowLimit ?? null }),
      done: t("opened"), then: (answer) => then((answer as { readonly account: AccountDetails }).account.account),
    }),
    editContact: (account: AccountDetails) => acts.ask({
      title: t("editContact"), confirm: t("editContact"), fields: contactFields(account.contact), path: `/accounts/${account.account}/contact`,
      body: (values): Addressee => contactOf(values), done: t("saved"),
    }),
    editTerms: (account: AccountDetails) => acts.ask({
      title: t("terms"), confirm: t("editTerms"), fields: termsFields(account.terms.overflow, account.terms.overflowLimit), path: `/accounts/${account.account}/terms`,
      body: (values) => ({ overflow: overflowOf(values.overflow), overflowLimit: values.overflowLimit ?? null }), done: t("saved"),
    }),
    invite: (account: AccountDetails, then: (answer: InviteAnswer) => void) => acts.ask({
      title: t("inviteTitle"), explain: account.contact?.email == null ? t("inviteNeedsMail") : t("inviteExplain"), confirm: t("invite"),
      fields: [{ kind: "yes", name: "send", label: t("inviteSend"), initial: false }],
      path: `/accounts/${account.account}/login`, body: (values) => values, done: t("invited"), then: (answer) => then(answer as InviteAnswer),
    }),
    revoke: (account: string) => acts.ask({ title: t("revoke"), confirm: t("revoke"), tone: "danger", fields: [], path: `/accounts/${account}/login/revoke`, body: () => undefined, done: t("revoked") }),
  };
}

type ContactTyped = { readonly kind: string; readonly name: string; readonly address: string; readonly email?: string | undefined; readonly phone?: string | undefined; readonly locale: string };
const contactOf = ({ kind, name, address, email, phone, locale }: ContactTyped): Addressee => ({
  kind: kind === "company" ? "company" : "person", name, address, email: email ?? null, phone: phone ?? null, locale: locale === "de" ? "de" : "en",
});

function useContactFields() {
  const t = useWords(accountWords);
  const { locale } = useFormat();
  return (contact: Addressee | null) => [
    { kind: "choice", name: "kind", label: t("kind"), initial: contact?.kind ?? "company", choices: [{ value: "company", label: t("kind.company") }, { value: "person", label: t("kind.person") }] },
    { kind: "text", name: "name", label: t("name"), initial: contact?.name ?? "", lengthMax: 120 },
    { kind: "lines", name: "address", label: t("address"), initial: contact?.address ?? "", lengthMax: 240 },
    { kind: "text", name: "email", label: t("email"), hint: t("emailHint"), initial: contact?.email ?? "", optional: true, lengthMax: 255 },
    { kind: "text", name: "phone", label: t("phone"), initial: contact?.phone ?? "", optional: true, lengthMax: 30 },
    { kind: "choice", name: "locale", label: t("language"), initial: contact?.locale ?? locale, choices: [{ value: "de", label: "Deutsch" }, { value: "en", label: "English" }] },
  ] as const;
}

function useTermsFields() {
  const t = useWords(accountWords);
  return (overflow: string | null, limit: number | null) => [
    { kind: "choice", name: "overflow", label: t("overflow"), initial: overflow ?? "asCarPark", choices: [{ value: "asCarPark", label: t("asCarPark") }, ...OVERFLOWS.map((value) => ({ value, label: t(`overflow.${value}`) }))] },
    { kind: "integer", name: "overflowLimit", label: t("overflowLimit"), hint: t("asCarPark"), min: 0, max: LIMIT_MAX, optional: true, ...(limit === null ? {} : { initial: limit }) },
  ] as const;
}

export function useParkerActs(account: string) {
  const t = useWords(accountWords);
  const acts = useActs();
  const fields = [
    { kind: "choice", name: "kind", label: t("credential"), initial: "plate", choices: KINDS.map((value) => ({ value, label: t(`credential.${value}`) })) },
    { kind: "text", name: "text", label: t("credentialText"), lengthMax: 60 },
  ] as const;
  const at = `/accounts/${account}/parkers`;
  const nameOf = (parker: ParkerView) => parker.name ?? t("unnamed", { parker: parker.parker });
  const named = (credential: CredentialView) => `${t(`credential.${credential.kind}`)} ${credential.text ?? t("textErased")}`;
  const kindOf = (text: string) => KINDS.find((kind) => kind === text) ?? ("plate" as const);
  return {
    add: () => acts.ask({
      title: t("addParker"), confirm: t("addParker"), fields: [{ kind: "text", name: "name", label: t("parkerName"), hint: t("parkerNameHint"), optional: true, lengthMax: 80 }, ...fields],
      path: at, body: ({ name, kind, text }) => ({ ...(name === undefined ? {} : { name }), credentials: [{ kind: kindOf(kind), text }] }), done: t("parkerAdded"),
    }),
    addCredential: (parker: ParkerView) => acts.ask({
      title: t("addCredentialTo", { name: nameOf(parker) }), confirm: t("addCredential"), fields, path: `${at}/${parker.parker}/credentials`, body: (values) => values, done: t("credentialAdded"),
    }),
    block: (parker: ParkerView, credential: CredentialView) => acts.ask({
      title: credential.blocked ? t("unblockTitle", { what: named(credential) }) : t("blockTitle", { what: named(credential) }), explain: t("blockExplain"), confirm: credential.blocked ? t("unblock") : t("block"),
      fields: [{ kind: "text", name: "reason", label: t("reason") }], path: `${at}/${parker.parker}/credentials/${credential.credential}/block`,
      body: ({ reason }) => ({ blocked: !credential.blocked, reason }), done: credential.blocked ? t("unblocked") : t("blocked"),
    }),
    remove: (parker: ParkerView, credential: CredentialView) => acts.ask({
      title: t("removeTitle", { what: named(credential) }), explain: t("removeExplain"), confirm: t("remove"), tone: "danger",
      fields: [{ kind: "text", name: "reason", label: t("reasonOptional"), optional: true }], path: `${at}/${parker.parker}/credentials/${credential.credential}/remove`,
      body: (values) => values, done: t("removed"),
    }),
  };
}

export function useRightActs(account: AccountDetails) {
  const t = useWords(accountWords);
  const format = useFormat();
  const acts = useActs();
  const carParks = useCarParkChoices();
  const zone = useCityZone();
  const sites = useSites();
  const termsFields = useTermsFields();
  const currency = sites(carParks[0]?.value ?? "").currency;
  const place = { kind: "choice", name: "facility", label: t("carPark"), choices: carParks, initial: account.facilities[0] ?? "" } as const;
  const period = [
    { kind: "moment", name: "from", label: t("from"), hint: t("fromHint"), zone, optional: true },
    { kind: "moment", name: "until", label: t("until"), hint: t("untilHint"), zone, optional: true },
  ] as const;
  const parkers = {
    kind: "many", name: "parkers", label: t("onlyParkers"), hint: t("onlyParkersHint"), optional: true,
    choices: account.parkers.map(({ parker, name }) => ({ value: parker, label: name ?? t("unnamed", { parker }) })),
  } as const;
  const ends = [{ kind: "moment", name: "until", label: t("endAt"), hint: t("endHint"), zone, optional: true }, { kind: "text", name: "reason", label: t("reason") }] as const;
  const some = (list: readonly string[] | undefined) => (list === undefined || list.length === 0 ? null : [...list]);
  return {
    sign: (then: (answer: ContractAnswer) => void) => acts.ask({
      title: t("signTitle"), explain: t("signExplain"), confirm: t("sign"),
      fields: [
        place, { kind: "money", name: "fee", label: t("fee"), currency, minMinor: 0 }, ...period,
        { kind: "choice", name: "window", label: t("window"), initial: "always", choices: [{ value: "always", label: t("window.always") }, { value: "weekly", label: t("window.weekly") }] },
        { kind: "many", name: "days", label: t("days"), when: ["window", "weekly"], choices: WEEKDAYS.map((day) => ({ value: String(day), label: weekdayText(format.locale, day) })) },
        { kind: "text", name: "windowFrom", label: t("windowFrom"), hint: "18:00", when: ["window", "weekly"], lengthMax: 5 },
        { kind: "text", name: "windowTo", label: t("windowTo"), hint: t("windowToHint"), when: ["window", "weekly"], lengthMax: 5 },
        parkers, ...termsFields(null, null),
      ],
      path: `/accounts/${account.account}/contracts`,
      body: (values): SignContractBody => ({
        facility: values.facility, monthlyFeeMinor: values.fee, from: values.from ?? null, until: values.until ?? null, parkers: some(values.parkers),
        window: values.window === "weekly" ? { days: (values.days ?? []).map(Number), from: values.windowFrom ?? "", to: values.windowTo ?? "" } : null,
        overflow: overflowOf(values.overflow), overflowLimit: values.overflowLimit ?? null,
      }),
      done: t("signed"), then: (answer) => then(answer as ContractAnswer),
    }),
    endContract: (contract: string) => acts.ask({
      title: t("endTitle", { what: `${t("contract")} ${contract}` }), explain: t("endExplain"), confirm: t("end"), tone: "danger", fields: ends,
      path: `/accounts/${account.account}/contracts/${contract}/end`, body: (values) => values, done: t("ended"),
    }),
    agree: () => acts.ask({
      title: t("agreeTitle"), explain: t("agreeExplain"), confirm: t("agree"),
      fields: [
        place, ...period, parkers,
        { kind: "choice", name: "price", label: t("tariffOf"), initial: "facility", choices: [{ value: "facility", label: t("tariff.facility") }, { value: "own", label: t("tariff.own") }] },
        { kind: "money", name: "perHour", label: t("perHour"), currency, minMinor: 0, when: ["price", "own"] },
        { kind: "money", name: "maxPerDay", label: t("maxPerDay"), currency, optional: true, when: ["price", "own"] },
      ],
      path: `/accounts/${account.account}/agreements`,
      body: (values): MakeAgreementBody => ({
        facility: values.facility, from: values.from ?? null, until: values.until ?? null, parkers: some(values.parkers),
        tariff: values.price === "own" && values.perHour !== undefined ? ownTariff(account.account, values.perHour, values.maxPerDay ?? null, currency) : null,
      }),
      done: t("agreed"),
    }),
    endAgreement: (agreement: string) => acts.ask({
      title: t("endTitle", { what: `${t("agreement")} ${agreement}` }), explain: t("endExplain"), confirm: t("end"), tone: "danger", fields: ends,
      path: `/accounts/${account.account}/agreements/${agreement}/end`, body: (values) => values, done: t("ended"),
    }),
  };
}

/** An hourly price as a tariff; the day begins at midnight for its maximum. */
function ownTariff(account: string, perHourMinor: number, maxMinor: number | null, currency: string) {
  const id = `own-${account}`;
  return {
    id, version: 1, currency, tables: [{
      id: `${id}-hours`, version: 1,
      rateLineCollections: [{
        id: "hours", collectionSequence: 1, applicableCurrency: currency, relativeTimes: true, taxIncluded: true,
        ...(maxMinor === null ? {} : { maxValueCollection: Number(majorText(maxMinor, currency)), resetTime: "00:00" }),
        rateLines: [{ id: "hour", sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited", value: Number(majorText(perHourMinor, currency)) }],
      }],
    }],
  };
}
