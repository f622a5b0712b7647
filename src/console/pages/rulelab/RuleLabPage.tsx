/** The Rule lab: scenarios tried without a car park, and the same picture of real accounts. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageTabs } from "../../parts/PageTabs.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { useWords } from "../../words/locale.tsx";
import { AccountTab } from "./AccountTab.tsx";
import { Sandbox } from "./Sandbox.tsx";
import { labWords } from "./words.ts";

export function RuleLabPage() {
  const t = useWords(labWords);
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/rule-lab" });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <PageTabs
        value={search.tab} onChange={(tab) => void navigate({ to: "/rule-lab", search: { ...search, tab } })}
        tabs={[{ value: "sandbox", label: t("sandbox"), content: () => <Sandbox /> }, { value: "account", label: t("account"), content: () => <AccountTab /> }]}
      />
    </>
  );
}
