/** The office of a car park: its till, its payments, the change still owed to drivers. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Loaded } from "../../parts/Loaded.tsx";
import { PageTabs } from "../../parts/PageTabs.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { useFacility } from "../../shell/live.tsx";
import { useWords } from "../../words/locale.tsx";
import { Chits, Payments, Shifts } from "./Lists.tsx";
import { LostTicket } from "./LostTicket.tsx";
import { Till } from "./Till.tsx";
import { officeWords } from "./words.ts";

export function OfficePage() {
  const t = useWords(officeWords);
  const { facility } = useParams({ from: "/shell/f/$facility/office" });
  const { tab } = useSearch({ from: "/shell/f/$facility/office" });
  const navigate = useNavigate();
  const query = useFacility(facility);
  return (
    <>
      <PageHead title={t("title")} note={query.data?.name} />
      <Loaded query={query}>{(view) => (
        <PageTabs
          value={tab} onChange={(next) => void navigate({ to: "/f/$facility/office", params: { facility }, search: { tab: next } })}
          tabs={[
            { value: "till", label: t("till"), content: () => <Till view={view} /> },
            { value: "lost", label: t("lost"), content: () => <LostTicket view={view} /> },
            { value: "payments", label: t("payments"), content: () => <Payments view={view} /> },
            { value: "chits", label: t("chits"), content: () => <Chits view={view} /> },
            { value: "shifts", label: t("shifts"), content: () => <Shifts view={view} /> },
          ]}
        />
      )}</Loaded>
    </>
  );
}
