/** The lab's draft in this browser, and the scenario run as written and with changed policies. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { RunScenarioAnswer, RunScenarioBody } from "../../../api/contract/rule-lab.ts";
import { Failure, act, newKey } from "../../http/client.ts";
import type { Flips, PolicyValue } from "./policyKeys.ts";
import { SCENARIOS } from "./scenarios.ts";

const STORED = "gatehouse.rule-lab";
/** Of the server; longer texts are told before they are sent. */
export const TEXT_CHARS_MAX = 30_000;

export type LabDraft = { readonly name: string; readonly text: string; readonly flips: Flips };

const FIRST = "two-cars-beyond-the-contingent";
const begin = (): LabDraft => {
  const first = SCENARIOS.find(({ name }) => name === FIRST) ?? SCENARIOS[0];
  return { name: first?.name ?? "", text: first?.text ?? "", flips: {} };
};

export function useLabDraft() {
  const [draft, setDraft] = useState<LabDraft>(() => stored() ?? begin());
  const [kept, setKept] = useState(true);
  useEffect(() => {
    try {
      localStorage.setItem(STORED, JSON.stringify(draft));
      setKept(true);
    } catch {
      // A full or forbidden store is said on the page; the text can still be downloaded.
      setKept(false);
    }
  }, [draft]);
  return { draft, setDraft, kept };
}

function stored(): LabDraft | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? "");
    if (typeof value !== "object" || value === null) return null;
    const { name, text, flips } = value as Partial<LabDraft>;
    return typeof name === "string" && typeof text === "string" && typeof flips === "object" && flips !== null ? { name, text, flips } : null;
  } catch {
    return null;
  }
}

/** The last good run stays on the screen while the next one is under way. */
export function useRun(text: string, flips: Readonly<Record<string, PolicyValue>>, enabled: boolean) {
  return useQuery({
    queryKey: ["ruleLab", text, flips],
    queryFn: () => act<RunScenarioAnswer>("/rule-lab/run", { scenario: text, policy: flips } satisfies RunScenarioBody, newKey()),
    enabled: enabled && text.length <= TEXT_CHARS_MAX, placeholderData: keepPreviousData, staleTime: Infinity,
  });
}

export type LineProblem = { readonly line: number; readonly message: string };

/** What is wrong with the text, by line; empty when the failure is of another kind. */
export function problemsOf(failure: unknown): readonly LineProblem[] {
  if (!(failure instanceof Failure)) return [];
  return (failure.problem.errors ?? []).flatMap(({ line, message }) => (line === undefined ? [] : [{ line, message }]));
}
