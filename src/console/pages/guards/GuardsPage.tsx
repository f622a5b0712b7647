/** Security companies: their visits, their contracts and cards, and whether the contract was kept. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { MANAGERS } from "../../../api/contract/access.ts";
import { PageTabs } from "../../parts/PageTabs.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useWords } from "../../words/locale.tsx";
import { Companies } from "./Companies.tsx";
import { Compliance } from "./Compliance.tsx";
import { Visits } from "./Visits.tsx";
import { guardWords } from "./words.ts";

export function GuardsPage() {
  const t = useWords(guardWords);
  const me = useMe().data;
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/guards" });
  return (
    <>
      <PageHead title={t("title")} />
      <PageTabs value={search.tab} onChange={(tab) => void navigate({ to: "/guards", search: { ...search, tab } })} tabs={[
        { value: "visits", label: t("visits"), content: () => <Visits /> },
        { value: "companies", label: t("companies"), content: () => <Companies mayAct={allowed(me, MANAGERS)} /> },
        { value: "compliance", label: t("compliance"), content: () => <Compliance /> },
      ]} />
    </>
  );
}
