/**
 * The tariff of one car park: its versions, a draft of the next one, and what each of them means.
 *
 *   versions (server) + draft (this browser) --the engine, here--> curve, week, tried stays, comparison
 *                                           --the server-->        a past month, publication
 */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import { MANAGERS } from "../../../api/contract/access.ts";
import type { TariffVersions } from "../../../api/contract/tariffs.ts";
import { type Zone, zoneOf } from "../../../kernel/zone.ts";
import { read } from "../../http/client.ts";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { PageTabs, type Tab } from "../../parts/PageTabs.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useWords } from "../../words/locale.tsx";
import { Compare } from "./Compare.tsx";
import { EditTab } from "./EditTab.tsx";
import { Month } from "./Month.tsx";
import { TryStay } from "./TryStay.tsx";
import { Versions } from "./Versions.tsx";
import { draftOf, readingOf, useDraft } from "./draft.ts";
import { useSources } from "./sources.tsx";
import { tariffWords } from "./words.ts";
import "./tariff.css";

export function TariffPage() {
  const { facility } = useParams({ from: "/shell/f/$facility/tariff" });
  const t = useWords(tariffWords);
  const name = useCarParkName();
  // The answer's clock is what curves and the week start from; a refetch would move them under the reader's eyes.
  const query = useQuery({ queryKey: ["tariffs", facility], queryFn: () => read<TariffVersions>(`/facilities/${facility}/tariffs`), staleTime: Infinity });
  return (
    <>
      <PageHead
        title={t("title")}
        note={[name(facility), query.data?.zone].filter((part) => part !== undefined).join(" · ")}
      />
      <Loaded query={query}>{(versions) => {
        const zone = zoneOf(versions.zone);
        return zone.ok ? <TariffTabs key={facility} versions={versions} zone={zone.value} /> : versions.zone;
      }}</Loaded>
    </>
  );
}

function TariffTabs({ versions, zone }: { readonly versions: TariffVersions; readonly zone: Zone }) {
  const t = useWords(tariffWords);
  const me = useMe().data;
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/f/$facility/tariff" });
  const { facility, currency, at: now } = versions;
  const inForce = versions.rows.find(({ state }) => state === "inForce");
  const { draft, setDraft, kept } = useDraft(facility, inForce?.tariff ?? {});
  const text = useDeferredValue(draft.text);
  const reading = useMemo(() => readingOf(text, zone, currency, now), [text, zone, currency, now]);
  const sources = useSources(versions, zone, reading);
  const inForceKey = inForce ? `v${inForce.version}` : "draft";
  const go = (change: { readonly tab?: string; readonly of?: string }) =>
    void navigate({ to: "/f/$facility/tariff", params: { facility }, search: { ...search, ...change }, replace: true, resetScroll: false });
  const chosen = sources.find(({ key }) => key === (search.of ?? inForceKey)) ?? sources[0];
  if (chosen === undefined) return null;
  const choose = (of: string) => go({ of });
  const manages = allowed(me, MANAGERS);
  const tabs: readonly Tab[] = [
    {
      value: "versions", label: t("versions"),
      content: () => <Versions versions={versions} zone={zone} chosen={chosen} onChoose={choose} onEdit={(tariff) => { setDraft(draftOf(tariff)); go({ tab: "edit" }); }} />,
    },
    {
      value: "edit", label: t("edit"),
      content: () => <EditTab versions={versions} zone={zone} draft={draft} setDraft={setDraft} kept={kept} reading={reading} mayPublish={manages} />,
    },
    {
      value: "try", label: t("tryStay"),
      content: () => <TryStay sources={sources} chosen={chosen} onChoose={choose} zone={zone} currency={currency} now={now} />,
    },
    {
      value: "compare", label: t("compare"),
      content: () => <Compare sources={sources} inForce={inForceKey} zone={zone} currency={currency} now={now} />,
    },
    ...(manages ? [{ value: "month", label: t("month"), content: () => <Month facility={facility} sources={sources} chosen={chosen} onChoose={choose} zone={zone} now={now} /> }] : []),
  ];
  return <PageTabs tabs={tabs} value={search.tab} onChange={(tab) => go({ tab })} />;
}
