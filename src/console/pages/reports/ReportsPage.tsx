/** Figures people would rather look at: how full over the day, what was earned by which means, what was sold. */
import { Button, Text } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { MANAGERS, OPERATORS } from "../../../api/contract/access.ts";
import { PageTabs, type Tab } from "../../parts/PageTabs.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useWords } from "../../words/locale.tsx";
import { Occupancy } from "./Occupancy.tsx";
import { Revenue } from "./Revenue.tsx";
import { Reconcile } from "./Reconcile.tsx";
import { RightsReports } from "./RightsReports.tsx";
import { SeasonSales } from "./SeasonSales.tsx";
import { TillShifts } from "./TillShifts.tsx";
import { reportWords } from "./words.ts";

export function ReportsPage() {
  const t = useWords(reportWords);
  const me = useMe().data;
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/reports" });
  const tabs: Tab[] = [
    ...(allowed(me, OPERATORS) ? [{ value: "occupancy", label: t("occupancy"), content: () => <Occupancy /> }, { value: "rights", label: t("rights"), content: () => <RightsReports /> }] : []),
    ...(allowed(me, MANAGERS) ? [{ value: "revenue", label: t("revenue"), content: () => <Revenue /> }, { value: "seasons", label: t("seasons"), content: () => <SeasonSales /> }, { value: "shifts", label: t("shifts"), content: () => <TillShifts /> }, { value: "reconciliation", label: t("reconciliation"), content: () => <Reconcile /> }] : []),
    { value: "faults", label: t("faults"), content: () => <section className="panel"><Text mb="sm">{t("toFaults")}</Text><Button component={Link} to="/faults?tab=statistics">{t("open")}</Button></section> },
  ];
  return (
    <>
      <PageHead title={t("title")} />
      <PageTabs tabs={tabs} value={search.tab} onChange={(tab) => void navigate({ to: "/reports", search: { ...search, tab } })} />
    </>
  );
}
