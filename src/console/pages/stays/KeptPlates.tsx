/** Plates that outlive their car's visit, who answers for them, and when they go. */
import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Holds } from "../../../api/contract/right-stays.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useRightStayActs } from "../accounts/stayActs.tsx";
import { accountWords } from "../accounts/words.ts";
import { stayWords } from "./words.ts";

export function KeptPlates({ facility, zone }: { readonly facility: string; readonly zone: string }) {
  const t = useWords(stayWords);
  const accounts = useWords(accountWords);
  const format = useFormat();
  const acts = useRightStayActs(facility, zone);
  const query = useQuery({ queryKey: ["holds", facility], queryFn: () => read<Holds>(`/facilities/${facility}/rights/holds`) });
  return (
    <Panel title={t("plates")}>
      <Text size="sm" mb={6}>{t("platesNote")}</Text>
      <Loaded query={query}>{({ rows }) => (
        <DataTable<Holds["rows"][number]>
          label={t("plates")} rows={rows} rowKey={({ stay }) => stay} empty={t("platesNone")} minWidth={720}
          columns={[
            { key: "plate", head: t("plate"), cell: ({ label, stay }) => <span className="mono">{label ?? stay}</span> },
            { key: "because", head: t("because"), cell: ({ because, reason }) => <>{accounts(`because.${because}`)}<Text size="xs" c="dimmed">{reason}</Text></> },
            { key: "owner", head: t("owner"), cell: ({ owner }) => owner },
            { key: "account", head: t("account"), cell: ({ account }) => (account === null ? "–" : <Link to="/accounts/$account" params={{ account }}>{account}</Link>) },
            { key: "until", head: t("until"), sort: ({ until }) => until, cell: ({ until }) => <span className="nowrap number">{format.dateTime(until, zone)}</span> },
            {
              key: "acts", head: accounts("letPlate"), headHidden: true,
              cell: ({ stay, label }) => <Button size="compact-xs" variant="default" onClick={() => acts.releasePlate(stay, label)}>{accounts("letPlate")} …</Button>,
            },
          ]}
        />
      )}</Loaded>
    </Panel>
  );
}
