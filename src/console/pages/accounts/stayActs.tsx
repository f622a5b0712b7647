/** What staff do where record and reality differ; each shows who would owe what before it is confirmed. */
import { DAY } from "../../../kernel/instant.ts";
import { useActs } from "../../act/acts.tsx";
import { useWords } from "../../words/locale.tsx";
import { Preview } from "./Preview.tsx";
import { accountWords } from "./words.ts";

/** The server's limit, from the day it was first kept. */
const HOLD_DAYS_MAX = 90;

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
    keepPlate: (stay: string, now: number) => acts.ask({
      title: t("keepTitle", { stay }), explain: t("keepExplain"), confirm: t("keep"),
      fields: [
        { kind: "choice", name: "because", label: t("keepBecause"), initial: "disputed", choices: (["disputed", "unpaid"] as const).map((value) => ({ value, label: t(`because.${value}`) })) },
        { kind: "integer", name: "days", label: t("keepDays"), min: 1, max: HOLD_DAYS_MAX, initial: 30 }, reason,
      ],
      path: `${at}/stays/${stay}/hold`, body: ({ because, days, reason: why }) => ({ because, until: now + days * DAY, reason: why }), done: t("kept"),
    }),
    releasePlate: (stay: string, label: string | null) => acts.ask({
      title: t("letPlateTitle", { plate: label ?? stay }), explain: t("letPlateExplain"), confirm: t("letPlate"), fields: [reason], path: `${at}/stays/${stay}/hold/release`, body: (values) => values, done: t("letPlateDone"),
    }),
    release: (stay: string) => acts.ask({
      title: t("releaseTitle", { stay }), explain: t("releaseExplain"), confirm: t("release"), tone: "danger", fields: [reason], path: `${at}/stays/${stay}/release`, body: (values) => values, done: t("released"),
    }),
  };
}
