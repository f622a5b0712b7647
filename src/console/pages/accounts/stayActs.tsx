/** What staff do where record and reality differ; each shows who would owe what before it is confirmed. */
import { useActs } from "../../act/acts.tsx";
import { useWords } from "../../words/locale.tsx";
import { Preview } from "./Preview.tsx";
import { accountWords } from "./words.ts";

type Scope = { readonly type: "facility" } | { readonly type: "account"; readonly account: string } | { readonly type: "stay"; readonly stay: string };

export function useRightStayActs(facility: string, zone: string) {
  const t = useWords(accountWords);
  const acts = useActs();
  const at = `/facilities/${facility}/rights`;
  const reason = { kind: "text", name: "reason", label: t("reason") } as const;
  const neutral = (title: string, scope: Scope) => acts.ask({
    title, explain: t("neutralExplain"), confirm: t("neutral"), fields: [reason], path: `${at}/neutral`, body: (values) => ({ scope, reason: values.reason }), done: t("neutralDone"),
    follows: () => <Preview zone={zone} path={`${at}/neutral/preview`} body={{ scope }} />,
  });
  return {
    neutralStay: (stay: string) => neutral(t("neutralStay", { stay }), { type: "stay", stay }),
    neutralAccount: (account: string) => neutral(t("neutralAccount"), { type: "account", account }),
    neutralFacility: (carPark: string) => neutral(t("neutralFacility", { carPark }), { type: "facility" }),
    /** `ended`: it was closed already, and its time has become known. */
    close: (stay: string, ended: boolean) => acts.ask({
      title: ended ? t("correctTitle", { stay }) : t("closeTitle", { stay }), explain: t("closeExplain"), confirm: ended ? t("correct") : t("close"), tone: "danger",
      fields: [{ kind: "moment", name: "exitedAt", label: t("exitedAt"), ...(ended ? {} : { hint: t("exitedHint"), optional: true }), zone }, reason],
      path: `${at}/stays/${stay}/close`, body: (values) => ({ exitedAt: values.exitedAt ?? null, reason: values.reason }), done: t("closed"),
      follows: ({ exitedAt }) => (ended && exitedAt === undefined ? t("previewWaits") : <Preview zone={zone} path={`${at}/stays/${stay}/close/preview`} body={{ exitedAt: exitedAt ?? null }} />),
    }),
    release: (stay: string) => acts.ask({
      title: t("releaseTitle", { stay }), explain: t("releaseExplain"), confirm: t("release"), tone: "danger", fields: [reason], path: `${at}/stays/${stay}/release`, body: (values) => values, done: t("released"),
    }),
  };
}
