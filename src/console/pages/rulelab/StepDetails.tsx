/** What one step did, as written and with changed policies beside it. */
import { Text } from "@mantine/core";
import type { LabStep } from "../../../api/contract/rule-lab.ts";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { StepName } from "./Stepper.tsx";
import { labWords } from "./words.ts";

type StepDetailsProps = { readonly written: LabStep; readonly changed: LabStep | null };

export function StepDetails({ written, changed }: StepDetailsProps) {
  const t = useWords(labWords);
  return (
    <Panel title={t("decision")}>
      <Text size="sm" mb={6}><b><StepName step={written} /></b></Text>
      {written.expected !== null && <Text size="sm" mb={6}>{t("expected")}: <span className="mono">{written.expected}</span></Text>}
      <div className="lab-details">
        <Outcome head={changed === null ? t("got") : t("written")} step={written} />
        {changed !== null && <Outcome head={t("changed")} step={changed} />}
      </div>
    </Panel>
  );
}

function Outcome({ head, step }: { readonly head: string; readonly step: LabStep }) {
  const t = useWords(labWords);
  const { locale } = useFormat();
  return (
    <section>
      <h3>{head}{step.got !== "" && <>: <span className={step.fits ? "mono" : "mono alarm"}>{step.got}</span></>}</h3>
      {step.why.length === 0 ? <Text size="sm" c="dimmed">{t("noWhy")}</Text> : (
        <ul aria-label={t("why")}>{step.why.map((why, i) => <li key={`${why.rule} ${i}`}>{why.text[locale]}</li>)}</ul>
      )}
      <ul className="plain" aria-label={t("groups")}>
        {step.groups.map(({ group, stays, adjustments, spaces }) => (
          <li key={group} className="number">{group}: {stays}{adjustments === 0 ? "" : ` ${adjustments > 0 ? "+" : "−"} ${Math.abs(adjustments)}`} / {spaces}</li>
        ))}
      </ul>
      <details>
        <summary>{t("events")} ({step.events.length})</summary>
        {step.events.length === 0 ? <Text size="sm" c="dimmed">{t("noEvents")}</Text> : (
          <ul>{step.events.map(({ type, data }, i) => <li key={i}><b>{type}</b> <span className="mono" style={{ overflowWrap: "anywhere" }}>{data}</span></li>)}</ul>
        )}
      </details>
    </section>
  );
}
