/** The Rule lab: scenarios of who may park and who pays, tried without a car park. */
import { PageHead } from "../../shell/Shell.tsx";
import { useWords } from "../../words/locale.tsx";
import { Sandbox } from "./Sandbox.tsx";
import { labWords } from "./words.ts";

export function RuleLabPage() {
  const t = useWords(labWords);
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Sandbox />
    </>
  );
}
