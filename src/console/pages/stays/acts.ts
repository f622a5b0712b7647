/** What staff do with stays whose record and reality differ. */
import type { CloseStayBody } from "../../../api/contract/acts.ts";
import { useActs } from "../../act/acts.tsx";
import { useWords } from "../../words/locale.tsx";
import { stayWords } from "./words.ts";

export function useStayActs(facility: string, zone: string) {
  const t = useWords(stayWords);
  const acts = useActs();
  const at = `/facilities/${facility}/stays`;
  const reason = { kind: "text", name: "reason", label: t("reason") } as const;
  return {
    close: (stay: string) => acts.ask({
      title: t("closeTitle", { stay }), explain: t("closeExplain"), confirm: t("close"), tone: "danger",
      fields: [reason, { kind: "moment", name: "exitedAt", label: t("exitedAt"), zone, optional: true }],
      path: `${at}/${stay}/close`, body: (values): CloseStayBody => values, done: t("closed"),
    }),
    setNeutral: (stay: string) => acts.ask({
      title: t("neutralTitle", { stay }), explain: t("neutralExplain"), confirm: t("neutral"), fields: [reason], path: `${at}/${stay}/neutral`, body: (values) => values, done: t("neutralDone"),
    }),
    release: (stay: string) => acts.ask({
      title: t("releaseTitle", { stay }), explain: t("releaseExplain"), confirm: t("release"), tone: "danger",
      fields: [reason, { kind: "moment", name: "at", label: t("at"), zone, optional: true }], path: `${at}/${stay}/release`, body: (values) => values, done: t("released"),
    }),
    admit: () => acts.ask({
      title: t("admit"), explain: t("admitExplain"), confirm: t("admit"),
      fields: [reason, { kind: "moment", name: "at", label: t("at"), zone, optional: true }], path: at, body: (values) => values, done: t("admitted"),
    }),
  };
}
