/** The fields of a payment at the office, and what they mean for the API. The same for tickets, fees and season tickets. */
import type { PayTicketBody, Tender } from "../../../api/contract/ticket.ts";
import type { Field } from "../../act/fields.ts";
import { type Translate, type Words } from "../../words/words.ts";
import type { ticketWords } from "./words.ts";

type T = Translate<typeof ticketWords extends Words<infer En> ? En : never>;

export const SCHEMES = ["mastercard", "visa", "debit"] as const;

export type TenderTyped = {
  readonly means?: string | undefined;
  readonly givenMinor?: number | undefined;
  readonly scheme?: string | undefined;
  readonly reference?: string | undefined;
};

export function tenderFields(t: T, currency: string, dueMinor: number, waivable: boolean, schemeName: (scheme: (typeof SCHEMES)[number]) => string) {
  return [
    {
      kind: "choice", name: "means", label: t("means"), initial: "cash",
      choices: [{ value: "cash", label: t("cash") }, { value: "card", label: t("card") }, ...(waivable ? [{ value: "waived", label: t("waived") }] : [])],
    },
    { kind: "money", name: "givenMinor", label: t("given"), currency, initialMinor: dueMinor, minMinor: 0, when: ["means", "cash"] },
    { kind: "choice", name: "scheme", label: t("scheme"), when: ["means", "card"], choices: SCHEMES.map((scheme) => ({ value: scheme, label: schemeName(scheme) })) },
    { kind: "text", name: "reference", label: t("reference"), when: ["means", "card"], lengthMax: 60 },
  ] as const satisfies readonly Field[];
}

export function secondPersonFields(t: T) {
  return [
    { kind: "yes", name: "second", label: t("second"), hint: t("secondHint") },
    { kind: "text", name: "secondName", label: t("secondName"), when: ["second", true] },
    { kind: "password", name: "secondPassword", label: t("secondPassword"), when: ["second", true] },
  ] as const satisfies readonly Field[];
}

export function tenderOf(typed: TenderTyped): Tender {
  switch (typed.means) {
    case "card": return { kind: "card", scheme: SCHEMES.find((scheme) => scheme === typed.scheme) ?? "debit", terminalReference: typed.reference ?? "" };
    case "waived": return { kind: "waived" };
    default: return { kind: "cash", givenMinor: typed.givenMinor ?? 0 };
  }
}

type SecondTyped = { readonly second?: boolean | undefined; readonly secondName?: string | undefined; readonly secondPassword?: string | undefined };

export const secondPersonOf = (typed: SecondTyped): Pick<PayTicketBody, "secondPerson"> =>
  typed.second === true ? { secondPerson: { name: (typed.secondName ?? "").toLowerCase(), password: typed.secondPassword ?? "" } } : {};

/** "Give back 2.50", or how much is missing; nothing for other means. */
export function changeText(t: T, money: (minor: number) => string, dueMinor: number, typed: TenderTyped): string | null {
  if ((typed.means ?? "cash") !== "cash" || typed.givenMinor === undefined) return null;
  const over = typed.givenMinor - dueMinor;
  return over < 0 ? t("short", { missing: money(-over) }) : t("changeBack", { change: money(over) });
}
