/** Every question of seed 001 with the answers one can try. */
import { Badge, Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { HOUR, MINUTE, SECOND } from "../../../kernel/instant.ts";
import { POLICY_WORDS } from "../../../messages/catalogue/policies.ts";
import type { PolicyKey } from "../../../rights/policy.ts";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { type Flips, POLICY_KEYS, type PolicyValue, sameValue, secondsOf, valuesOf } from "./policyKeys.ts";
import { labWords } from "./words.ts";

type PolicyFlipsProps = {
  /** In force where the scenario begins; null: not known yet. */
  readonly written: Readonly<Record<string, PolicyValue>> | null; readonly flips: Flips; readonly onFlip: (flips: Flips) => void;
};

/** One question at hand, with all that are changed; the rest behind one press. */
export function PolicyFlips({ written, flips, onFlip }: PolicyFlipsProps) {
  const t = useWords(labWords);
  const { locale } = useFormat();
  const [asked, setAsked] = useState<PolicyKey>("overflow");
  const count = Object.keys(flips).length;
  const shown = POLICY_KEYS.filter((key) => key === asked || key in flips);
  const field = (key: PolicyKey) => <PolicyField key={key} policy={key} written={written} flips={flips} onFlip={onFlip} />;
  return (
    <Panel title={t("policies")} tools={count > 0 && <><Badge color="blue">{t("changedCount", { count })}</Badge><Button size="compact-sm" variant="default" onClick={() => onFlip({})}>{t("backToWritten")}</Button></>}>
      <div className="lab-policies">
        <NativeSelect
          label={t("question")} description={t("policiesHint")} value={asked} onChange={(event) => setAsked(POLICY_KEYS.find((key) => key === event.currentTarget.value) ?? asked)}
          data={POLICY_KEYS.map((key) => ({ value: key, label: POLICY_WORDS[key].question[locale] }))}
        />
        {shown.map(field)}
      </div>
      <details className="lab-all"><summary>{t("allQuestions")}</summary><div className="lab-policies">{POLICY_KEYS.filter((key) => !shown.includes(key)).map(field)}</div></details>
    </Panel>
  );
}

function PolicyField({ policy: key, written, flips, onFlip }: PolicyFlipsProps & { readonly policy: PolicyKey }) {
  const t = useWords(labWords);
  const { locale } = useFormat();
  const named = useValueName();
  const { heading, question } = POLICY_WORDS[key];
  const values = valuesOf(key);
  const before = written?.[key];
  const index = key in flips ? values.findIndex((value) => sameValue(value, flips[key])) : -1;
  const flip = (chosen: string) => {
    const { [key]: _before, ...rest } = flips;
    onFlip(chosen === "" ? rest : { ...rest, [key]: values[Number(chosen)] ?? null });
  };
  return (
    <div className={index >= 0 ? "lab-flipped" : ""}>
      <NativeSelect
        label={question[locale]} description={<span lang="de">{t("seedHeading", { heading })}</span>} value={index < 0 ? "" : String(index)}
        onChange={(event) => flip(event.currentTarget.value)}
        data={[
          { value: "", label: t("asWritten", { value: before === undefined ? "–" : named(key, before) }) },
          ...values.map((value, i) => ({ value: String(i), label: named(key, value) })).filter((_, i) => !sameValue(values[i], before)),
        ]}
      />
    </div>
  );
}

function useValueName(): (key: PolicyKey, value: PolicyValue) => string {
  const t = useWords(labWords);
  const format = useFormat();
  return (key, value) => {
    const worded: Readonly<Record<string, { readonly en: string; readonly de: string }>> = POLICY_WORDS[key].values;
    const words = worded[String(value)];
    if (words) return words[format.locale];
    if (value === null) return t("noLimit");
    if (typeof value === "number") return t("limitN", { count: value });
    const seconds = typeof value === "string" ? secondsOf(value) : null;
    return seconds === null ? String(value) : lengthText(seconds * SECOND, format.duration);
  };
}

/** Whole hours beyond a day stay hours: 24 h is the law's word. */
const lengthText = (ms: number, duration: (ms: number) => string): string => (ms === 0 ? duration(0) : ms % HOUR === 0 ? `${ms / HOUR} h` : ms % MINUTE === 0 ? `${ms / MINUTE} min` : duration(ms));
