/** What staff do with one ticket, from the ticket page, the office and the intercom alike. */
import type { DueView, ExtendGraceBody, PayTicketBody, PaymentAnswer, ReplacementAnswer } from "../../../api/contract/ticket.ts";
import { useActs } from "../../act/acts.tsx";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { changeText, secondPersonFields, secondPersonOf, tenderFields, tenderOf } from "./tender.ts";
import { ticketWords } from "./words.ts";

/** Four hours: longer than anybody needs to find the exit. */
const GRACE_MINUTES_MAX = 240;
const GRACE_MINUTES = 15;

export type Paying = { readonly number: string; readonly due: DueView };

export function useTicketActs(facility: string) {
  const t = useWords(ticketWords);
  const shared = useShared();
  const format = useFormat();
  const acts = useActs();
  const at = (number: string) => `/facilities/${facility}/tickets/${number}`;
  return {
    pay: ({ number, due }: Paying, then?: (answer: PaymentAnswer) => void) => {
      const money = (minor: number) => format.money(minor, due.currency);
      acts.ask({
        title: t("payTitle", { number }), explain: t("payExplain", { due: money(due.dueMinor) }), confirm: t("pay"),
        fields: [
          ...tenderFields(t, due.currency, due.dueMinor, true, (scheme) => shared(`cardScheme.${scheme}`)),
          { kind: "text", name: "reason", label: t("reason"), when: ["means", "waived"] },
          ...secondPersonFields(t),
        ],
        follows: (typed) => changeText(t, money, due.dueMinor, typed),
        path: `${at(number)}/pay`,
        body: (values): PayTicketBody => ({ tender: tenderOf(values), ...(values.reason === undefined ? {} : { reason: values.reason }), ...secondPersonOf(values) }),
        done: t("paidDone", { number }), then: (answer) => then?.(answer as PaymentAnswer),
      });
    },
    replace: (number: string, then?: (answer: ReplacementAnswer) => void) => acts.ask({
      title: t("replaceTitle", { number }), explain: t("replaceExplain"), confirm: t("replace"),
      fields: [{ kind: "text", name: "reason", label: t("reason"), initial: t("reason.barcode"), suggestions: [t("reason.barcode"), t("reason.deviceFault")] }],
      path: `${at(number)}/replace`, body: (values) => values, done: t("replaceDone"), then: (answer) => then?.(answer as ReplacementAnswer),
    }),
    extendGrace: (number: string) => acts.ask({
      title: t("graceTitle", { number }), confirm: t("grace"),
      fields: [{ kind: "integer", name: "minutes", label: t("minutes"), min: 1, max: GRACE_MINUTES_MAX, initial: GRACE_MINUTES }, { kind: "text", name: "reason", label: t("reason"), suggestions: [t("reason.queue"), t("reason.deviceFault")] }],
      path: `${at(number)}/extend-grace`, body: (values): ExtendGraceBody => values, done: t("graceDone"),
    }),
    makeVoid: (number: string) => acts.ask({
      title: t("voidTitle", { number }), explain: t("voidExplain"), confirm: t("void"), tone: "danger",
      fields: [{ kind: "text", name: "reason", label: t("reason"), suggestions: [t("reason.wrongTicket")] }],
      path: `${at(number)}/void`, body: (values) => values, done: t("voidDone"),
    }),
  };
}
