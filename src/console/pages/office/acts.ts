/** What staff do at the till. */
import type { ChitView, LostTicketBody, PaymentView, RefundBody, TillCashBody } from "../../../api/contract/office.ts";
import type { FacilityView } from "../../../api/contract/live.ts";
import type { StayView } from "../../../api/contract/acts.ts";
import type { ReplacementAnswer } from "../../../api/contract/ticket.ts";
import { useActs } from "../../act/acts.tsx";
import { useFormat } from "../../words/format.ts";
import { useShared, useWords } from "../../words/locale.tsx";
import { changeText, secondPersonFields, secondPersonOf, tenderFields, tenderOf } from "../tickets/tender.ts";
import { ticketWords } from "../tickets/words.ts";
import { useLostTicketFee } from "./fee.ts";
import { officeWords } from "./words.ts";

/** The name of the till of a car park with one office. */
export const TILL = "office";

export function useOfficeActs(view: FacilityView) {
  const t = useWords(officeWords);
  const pay = useWords(ticketWords);
  const shared = useShared();
  const format = useFormat();
  const acts = useActs();
  const at = `/facilities/${view.id}/office`;
  const money = (minor: number) => format.money(minor, view.currency);
  const feeMinor = useLostTicketFee(view.id);
  return {
    openShift: () => acts.ask({
      title: t("openShift"), confirm: t("openShift"), fields: [{ kind: "money", name: "floatMinor", label: t("float"), currency: view.currency, minMinor: 0 }],
      path: `${at}/shifts/open`, body: (values) => ({ till: TILL, ...values }), done: t("shiftOpened"),
    }),
    closeShift: (till: string, expectedMinor: number) => acts.ask({
      title: t("closeShift"), explain: t("closeExplain", { expected: money(expectedMinor) }), confirm: t("closeShift"),
      fields: [{ kind: "money", name: "countedMinor", label: t("counted"), currency: view.currency, minMinor: 0 }, { kind: "text", name: "reason", label: t("remark"), optional: true }],
      follows: ({ countedMinor }) => (countedMinor === undefined ? null : `${t("variance")}: ${money(countedMinor - expectedMinor)}`),
      path: `${at}/shifts/close`, body: (values) => ({ till, ...values }), done: t("shiftClosed"),
    }),
    moveCash: (till: string) => acts.ask({
      title: t("moveCash"), explain: t("moveExplain"), confirm: t("moveCash"),
      fields: [
        { kind: "choice", name: "to", label: t("moveTo"), initial: "vault", choices: [{ value: "vault", label: t("toVault") }, { value: "till", label: t("toTill") }] },
        { kind: "money", name: "amountMinor", label: t("amount"), currency: view.currency },
        { kind: "text", name: "reason", label: t("reason"), suggestions: [t("reason.drop"), t("reason.change")] },
      ],
      path: `${at}/till-cash`, body: ({ to, ...values }): TillCashBody => ({ till, to: to === "till" ? "till" : "vault", ...values }), done: t("moved"),
    }),
    lostTicket: (stay: StayView | null, then: (answer: ReplacementAnswer) => void) => acts.ask({
      title: t("lostTitle"), explain: feeMinor === null ? t("lostText") : t("lostFee", { fee: money(feeMinor) }), confirm: t("lostTitle"),
      fields: [
        ...(stay === null ? [{ kind: "choice" as const, name: "group" as const, label: t("group"), optional: true as const, choices: view.groups.map((group) => ({ value: group.id, label: group.name })) }] : []),
        ...tenderFields(pay, view.currency, feeMinor ?? 0, true, (scheme) => shared(`cardScheme.${scheme}`)),
        { kind: "text", name: "reason", label: t("reason"), initial: t("reason.lost") },
        ...secondPersonFields(pay),
      ],
      follows: (typed) => (feeMinor === null ? null : changeText(pay, money, feeMinor, typed)),
      path: `${at}/lost-ticket`,
      body: (values): LostTicketBody => ({
        tender: tenderOf(values), reason: values.reason, ...secondPersonOf(values),
        ...(stay !== null ? { stay: stay.stay } : values.group === undefined ? {} : { group: values.group }),
      }),
      done: t("lostDone"), then: (answer) => then(answer as ReplacementAnswer),
    }),
    refund: (payment: PaymentView) => acts.ask({
      title: t("refundTitle", { payment: payment.payment }), confirm: t("refund"), tone: "danger",
      fields: [{ kind: "money", name: "amountMinor", label: t("refundAmount"), currency: view.currency, initialMinor: payment.amountMinor }, { kind: "text", name: "reason", label: t("reason") }, ...secondPersonFields(pay)],
      path: `${at}/refunds`, body: (values): RefundBody => ({ payment: payment.payment, amountMinor: values.amountMinor, reason: values.reason, ...secondPersonOf(values) }), done: t("refundDone"),
    }),
    redeem: (chit: ChitView) => acts.ask({
      title: t("redeemTitle", { chit: chit.chit }), explain: t("redeemExplain", { amount: money(chit.amountMinor) }), confirm: t("redeem"),
      fields: [{ kind: "text", name: "reason", label: t("remark"), optional: true }], path: `${at}/chits/${chit.chit}/redeem`, body: (values) => values, done: t("redeemDone"),
    }),
  };
}
