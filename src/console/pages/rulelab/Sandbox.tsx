/**
 * A scenario stepped through, policies flipped, the difference seen.
 *
 *   text + flips --the server's desk in memory--> run as written | run with changes --> steps, pictures, who owes what
 */
import { Alert, NativeSelect, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { LabStep, RunScenarioAnswer } from "../../../api/contract/rule-lab.ts";
import { zoneOf } from "../../../kernel/zone.ts";
import { ProblemAlert } from "../../act/ProblemAlert.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { StayTimeline } from "../../parts/timeline/StayTimeline.tsx";
import { useWords } from "../../words/locale.tsx";
import { Editor, FileTools } from "./Editor.tsx";
import { PolicyFlips } from "./PolicyFlips.tsx";
import { StepDetails } from "./StepDetails.tsx";
import { Stepper } from "./Stepper.tsx";
import { WhoOwes } from "./WhoOwes.tsx";
import { TEXT_CHARS_MAX, problemsOf, useLabDraft, useRun } from "./lab.ts";
import type { PolicyValue } from "./policyKeys.ts";
import { SCENARIOS } from "./scenarios.ts";
import { labWords } from "./words.ts";
import "./rulelab.css";

/** As long as a thought between two words. */
const PAUSE_MS = 450;
const NO_FLIPS: Readonly<Record<string, PolicyValue>> = {};

export function Sandbox() {
  const t = useWords(labWords);
  const { draft, setDraft, kept } = useLabDraft();
  const [text] = useDebouncedValue(draft.text, PAUSE_MS);
  /** Null: the last step, whichever that is. */
  const [chosen, setChosen] = useState<number | null>(null);
  const flipped = Object.keys(draft.flips).length > 0;
  const written = useRun(text, NO_FLIPS, true);
  const changing = useRun(text, draft.flips as Readonly<Record<string, PolicyValue>>, flipped && written.error === null);
  const problems = problemsOf(written.error);
  const tooLarge = draft.text.length > TEXT_CHARS_MAX;
  const failure = problems.length > 0 ? null : written.error ?? (flipped ? changing.error : null);
  const run = useLastGood(written.data);
  const changed = flipped && written.error === null ? changing.data ?? null : null;
  const take = (name: string, next: string) => {
    setDraft({ ...draft, name, text: next });
    setChosen(null);
  };
  const shipped = SCENARIOS.find((one) => one.name === draft.name);
  return (
    <Stack gap="sm">
      {!kept && <Alert color="orange">{t("notKept")}</Alert>}
      <div className="lab-top">
        <Panel title={t("scenario")} tools={<FileTools name={draft.name} text={draft.text} onLoad={take} />}>
          <NativeSelect
            label={t("choose")} mb={8} value={shipped?.text === draft.text ? draft.name : ""} data={scenarioChoices(t("own"))}
            onChange={(event) => {
              const picked = SCENARIOS.find(({ name }) => name === event.currentTarget.value);
              if (picked) take(picked.name, picked.text);
            }}
          />
          <Editor text={draft.text} problems={problems} onType={(next) => setDraft({ ...draft, text: next })} />
          {tooLarge && <Text size="sm" c="red" role="alert">{t("tooLarge", { max: TEXT_CHARS_MAX })}</Text>}
          {failure !== null && <ProblemAlert failure={failure} onRetry={() => void (written.error === null ? changing : written).refetch()} />}
        </Panel>
        <Stack gap="sm">
          {run && problems.length > 0 && <Alert color="orange">{t("lastGood")}</Alert>}
          {run && <Steps run={run} changed={changed} chosen={chosen} onStep={setChosen} />}
          {!run && <Text c="dimmed" role="status">{problems.length > 0 ? t("firstFix") : t("running")}</Text>}
        </Stack>
      </div>
      <PolicyFlips written={run?.policy ?? null} flips={draft.flips} onFlip={(flips) => setDraft({ ...draft, flips })} />
      {run && <Pictures run={run} changed={changed} chosen={chosen} />}
    </Stack>
  );
}

/** While the text is not right, the steps of the last one that ran stay. */
function useLastGood(run: RunScenarioAnswer | undefined): RunScenarioAnswer | undefined {
  const [last, setLast] = useState(run);
  useEffect(() => {
    if (run) setLast(run);
  }, [run]);
  return run ?? last;
}

const scenarioChoices = (own: string) => [
  { value: "", label: own },
  ...[...new Set(SCENARIOS.map(({ seed }) => seed))].map((seed) => ({
    group: seed, items: SCENARIOS.filter((one) => one.seed === seed).map(({ name, title }) => ({ value: name, label: title })),
  })),
];

type Runs = { readonly run: RunScenarioAnswer; readonly changed: RunScenarioAnswer | null; readonly chosen: number | null };

/** A shorter text may have ended before the chosen step. */
const stepAt = ({ steps }: RunScenarioAnswer, chosen: number | null): number => Math.min(chosen ?? steps.length - 1, steps.length - 1);
const stepOf = (run: RunScenarioAnswer, chosen: number | null): LabStep | undefined => run.steps[stepAt(run, chosen)];

function Steps({ run, changed, chosen, onStep }: Runs & { readonly onStep: (step: number) => void }) {
  const at = stepAt(run, chosen);
  const step = run.steps[at];
  return (
    <>
      <Stepper run={run} changed={changed} at={at} onStep={onStep} />
      {step && <StepDetails written={step} changed={changed?.steps[at] ?? null} />}
    </>
  );
}

function Pictures({ run, changed, chosen }: Runs) {
  const t = useWords(labWords);
  const zone = zoneOf(run.zone);
  const [written, other] = [stepOf(run, chosen), changed === null ? undefined : stepOf(changed, chosen)];
  const [from, until] = [run.steps[0]?.at ?? 0, run.steps.at(-1)?.at ?? 0];
  if (!zone.ok || !written) return null;
  const picture = (name: string, step: LabStep) => (
    <Panel title={t("picture", { which: name })}>
      <StayTimeline label={t("picture", { which: name })} bars={step.bars} from={from} until={until} now={step.at} zone={zone.value} currency={run.currency} />
    </Panel>
  );
  return (
    <>
      <div className="lab-pictures">
        {picture(t("written"), written)}
        {other && picture(t("changed"), other)}
      </div>
      <WhoOwes written={written} changed={other ?? null} currency={run.currency} />
    </>
  );
}
