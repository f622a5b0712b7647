/** The steps of a scenario: go on, back, to any of them; each says whether it came out as expected. */
import { Badge, Button, Group, Text } from "@mantine/core";
import { IconCheck, IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight, IconMinus, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { LabStep, RunScenarioAnswer } from "../../../api/contract/rule-lab.ts";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { type LabKeys, labWords } from "./words.ts";

type StepperProps = { readonly run: RunScenarioAnswer; readonly changed: RunScenarioAnswer | null; readonly at: number; readonly onStep: (number: number) => void };

const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function Stepper({ run, changed, at, onStep }: StepperProps) {
  const t = useWords(labWords);
  const format = useFormat();
  const list = useRef<HTMLOListElement>(null);
  const last = run.steps.length - 1;
  const unfit = run.steps.filter(({ fits }) => !fits).length;
  const moved = run.steps.filter(({ got }, i) => changed !== null && changed.steps[i]?.got !== got).length;
  useEffect(() => {
    // Only inside its own box: the page stays where it is.
    const current = list.current?.querySelector<HTMLElement>("[aria-current]");
    if (current && list.current) list.current.scrollTop = current.offsetTop - list.current.offsetTop - 60;
  }, [at]);
  const go = (number: number) => onStep(Math.min(Math.max(0, number), last));
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "Home" ? -at : event.key === "End" ? last - at : MOVES[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(0, at + step), last);
    go(next);
    list.current?.querySelectorAll<HTMLElement>("button")[next]?.focus({ preventScroll: true });
  };
  return (
    <Panel title={t("steps")} tools={<Badge color={unfit > 0 ? "orange" : "green"}>{unfit > 0 ? t("unfit", { count: unfit }) : t("allFit")}</Badge>}>
      <Group gap={6}>
        <StepButton name={t("first")} disabled={at === 0} onPress={() => go(0)} icon={<IconChevronsLeft size={16} aria-hidden />} />
        <StepButton name={t("previous")} disabled={at === 0} onPress={() => go(at - 1)} icon={<IconChevronLeft size={16} aria-hidden />} />
        <Text size="sm" className="number" aria-live="polite" miw={112} ta="center">{t("stepNofM", { step: at, last })}</Text>
        <StepButton name={t("next")} disabled={at === last} onPress={() => go(at + 1)} icon={<IconChevronRight size={16} aria-hidden />} />
        <StepButton name={t("last")} disabled={at === last} onPress={() => go(last)} icon={<IconChevronsRight size={16} aria-hidden />} />
        {changed !== null && <Badge color={moved > 0 ? "blue" : "gray"}>{moved > 0 ? t("differences", { count: moved }) : t("noDifferences")}</Badge>}
      </Group>
      <ol className="lab-steps" ref={list} onKeyDown={keys} aria-label={`${t("steps")}. ${t("stepKeys")}`}>
        {run.steps.map((step) => (
          <li key={step.number}>
            <button
              type="button" className="lab-step" tabIndex={step.number === at ? 0 : -1} onClick={() => go(step.number)}
              {...(step.number === at ? { "aria-current": "step" as const } : {})}
            >
              <span className="number nowrap">{step.number === 0 ? "" : format.dateTime(step.at, run.zone)}</span>
              <StepName step={step} />
              <Fit step={step} />
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

type StepButtonProps = { readonly name: string; readonly disabled: boolean; readonly onPress: () => void; readonly icon: React.ReactNode };

/** Disabled for the eye only: a button that vanishes under the focus would throw it away. */
function StepButton({ name, disabled, onPress, icon }: StepButtonProps) {
  return <Button size="compact-md" variant="default" aria-label={name} title={name} aria-disabled={disabled} {...(disabled ? { "data-disabled": true } : {})} onClick={() => { if (!disabled) onPress(); }}>{icon}</Button>;
}

export function StepName({ step }: { readonly step: LabStep }) {
  const t = useWords(labWords);
  const key = `act.${step.name}`;
  const name = key in labWords.en ? t(key as keyof LabKeys & `act.${string}`) : step.name;
  return <span>{name} <span className="mono">{step.act.replace(/^\{|\}$/g, "")}</span></span>;
}

function Fit({ step }: { readonly step: LabStep }) {
  const t = useWords(labWords);
  if (step.number === 0) return <span />;
  if (!step.fits) return <IconX size={16} color="var(--gh-alarm)" role="img" aria-label={t("differs")} />;
  if (step.expected === null) return <IconMinus size={16} color="var(--gh-idle)" role="img" aria-label={t("notAsked")} />;
  return <IconCheck size={16} color="var(--gh-ok)" role="img" aria-label={t("fits")} />;
}
