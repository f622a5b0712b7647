/** What went wrong, where, and what to do next: one box for every failed act and every page that did not load. */
import { Alert, Button, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Failure, type Problem } from "../http/client.ts";
import { useWords } from "../words/locale.tsx";
import { actWords } from "./words.ts";

export type ProblemText = { readonly title: string; readonly detail: string };

export function useProblemText(): (failure: unknown) => ProblemText {
  const t = useWords(actWords);
  return (failure) => {
    if (!(failure instanceof Failure)) return { title: t("loadFailed"), detail: failure instanceof Error ? failure.message : String(failure) };
    const problem: Problem = failure.problem;
    switch (problem.status) {
      case 0: return { title: t("unreachable"), detail: t("unreachableNext") };
      case 401: return { title: t("loggedOut"), detail: t("loggedOutNext") };
      case 403: return { title: t("forbidden"), detail: problem.detail ?? t("forbiddenNext") };
      default: return worded(problem);
    }
  };
}

/** The title is the kind of problem, the detail its sentence. */
function worded({ title, detail, next }: Problem): ProblemText {
  return { title, detail: [detail === title ? "" : detail ?? "", next ?? ""].filter((part) => part !== "").join(" ") };
}

export function ProblemAlert({ failure, onRetry }: { readonly failure: unknown; readonly onRetry?: () => void }) {
  const t = useWords(actWords);
  const { title, detail } = useProblemText()(failure);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={title} role="alert">
      {detail !== "" && <Text size="sm">{detail}</Text>}
      {onRetry && <Button mt="xs" size="xs" variant="default" onClick={onRetry}>{t("retry")}</Button>}
    </Alert>
  );
}
