/** Faults of all car parks, and the monthly report that shows whether the service level was kept. */
import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FIXERS } from "../../../api/contract/access.ts";
import { PageTabs } from "../../parts/PageTabs.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useWords } from "../../words/locale.tsx";
import { FaultList } from "./FaultList.tsx";
import { FaultReportView } from "./FaultReportView.tsx";
import { useFaultActs } from "./acts.ts";
import { faultWords } from "./words.ts";

export function FaultsPage() {
  const t = useWords(faultWords);
  const me = useMe().data;
  const acts = useFaultActs();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/faults" });
  return (
    <>
      <PageHead title={t("title")}>{allowed(me, FIXERS) && <Button onClick={() => acts.report(search.facility)}>{t("report")} …</Button>}</PageHead>
      <PageTabs value={search.tab} onChange={(tab) => void navigate({ to: "/faults", search: { ...search, tab } })} tabs={[
        { value: "list", label: t("list"), content: () => <FaultList mayAct={allowed(me, FIXERS)} /> },
        { value: "statistics", label: t("statistics"), content: () => <FaultReportView /> },
      ]} />
    </>
  );
}
