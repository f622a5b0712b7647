/** What is done with faults: reported, acknowledged, fixed, reopened. */
import type { FaultView, ReportFaultBody } from "../../../api/contract/faults.ts";
import { useActs } from "../../act/acts.tsx";
import { useCarParkChoices } from "../../parts/FacilityFilter.tsx";
import { useShared, useWords } from "../../words/locale.tsx";
import { faultWords } from "./words.ts";

const KINDS = ["barrier", "pillar", "printer", "cardReader", "loop", "payStation", "camera", "sign", "intercom", "system", "building", "other"] as const;
const WHICH_MAX = 60;

export function useFaultActs() {
  const t = useWords(faultWords);
  const shared = useShared();
  const acts = useActs();
  const choices = useCarParkChoices();
  const at = ({ facility, fault }: Pick<FaultView, "facility" | "fault">) => `/facilities/${facility}/faults/${fault}`;
  return {
    report: (facility: string | undefined) => acts.ask({
      title: t("report"), confirm: t("report"),
      fields: [
        { kind: "choice", name: "facility", label: t("carPark"), choices, initial: facility ?? "" },
        { kind: "choice", name: "kind", label: t("kind"), choices: KINDS.map((kind) => ({ value: kind, label: shared(`asset.${kind}`) })) },
        { kind: "text", name: "which", label: t("which"), hint: t("whichHint"), lengthMax: WHICH_MAX },
        { kind: "lines", name: "details", label: t("details") },
        { kind: "yes", name: "operational", label: t("operational"), hint: t("operationalHint"), initial: true },
      ],
      path: ({ facility: where }) => `/facilities/${where}/faults`,
      body: (values): ReportFaultBody => ({ asset: { kind: KINDS.find((kind) => kind === values.kind) ?? "other", id: values.which }, details: values.details, operational: values.operational }),
      done: t("reportDone"),
    }),
    acknowledge: (fault: FaultView) => acts.now({ path: `${at(fault)}/acknowledge`, body: () => undefined, done: t("acknowledgedDone", { fault: fault.fault }) }),
    fix: (fault: FaultView) => acts.ask({
      title: t("fixTitle", { fault: fault.fault }), explain: fault.details, confirm: t("fix"), fields: [{ kind: "lines", name: "note", label: t("fixNote") }],
      path: `${at(fault)}/fix`, body: (values) => values, done: t("fixDone", { fault: fault.fault }),
    }),
    reopen: (fault: FaultView) => acts.ask({
      title: t("reopenTitle", { fault: fault.fault }), explain: fault.details, confirm: t("reopen"), fields: [{ kind: "text", name: "reason", label: t("reason") }],
      path: `${at(fault)}/reopen`, body: (values) => values, done: t("reopenDone", { fault: fault.fault }),
    }),
  };
}
