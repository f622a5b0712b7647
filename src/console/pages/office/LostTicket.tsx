/** A lost ticket: find the vehicle among the stays if possible, take the fee, print the exit ticket. */
import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { StayView } from "../../../api/contract/acts.ts";
import type { FacilityView } from "../../../api/contract/live.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import type { Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { PrintedDocument } from "../../parts/PrintedDocument.tsx";
import { siteOf } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useOfficeActs } from "./acts.ts";
import { officeWords } from "./words.ts";

export function LostTicket({ view }: { readonly view: FacilityView }) {
  const t = useWords(officeWords);
  const format = useFormat();
  const acts = useOfficeActs(view);
  const site = siteOf(view);
  const [printed, setPrinted] = useState<string | null>(null);
  const query = useQuery({ queryKey: ["stays", view.id, "open"], queryFn: () => read<Page<StayView>>(`/facilities/${view.id}/stays`, { open: true, rows: 200 }) });
  const lost = (stay: StayView | null) => acts.lostTicket(stay, (answer) => setPrinted(answer.number));
  return (
    <Panel title={t("lostTitle")} tools={<Button onClick={() => lost(null)}>{t("stayUnknown")} …</Button>}>
      <Text size="sm" c="dimmed" mb="sm">{t("lostText")}</Text>
      {printed !== null && <Group mb="sm"><Text>{t("exitTicket")} <b className="mono">{printed}</b></Text><PrintedDocument path={`/facilities/${view.id}/tickets/${printed}/document`} title={t("exitTicket")} /></Group>}
      <Loaded query={query}>{(page) => (
        <DataTable<StayView>
          label={t("stay")} rows={page.rows.filter((stay) => stay.ticket !== null)} rowKey={(stay) => stay.stay} minWidth={520}
          columns={[
            { key: "at", head: t("at"), sort: (stay) => stay.enteredAt, cell: (stay) => <span className="number">{format.dateTime(stay.enteredAt, view.zone)}</span> },
            { key: "ticket", head: t("ticket"), cell: (stay) => <span className="mono">{stay.ticket}</span> },
            { key: "place", head: t("place"), sort: (stay) => stay.lane ?? "", cell: (stay) => (stay.lane === null ? "–" : site.lane(stay.lane)) },
            { key: "group", head: t("group"), cell: (stay) => site.group(stay.group) },
            { key: "act", head: t("lostAct"), headHidden: true, cell: (stay) => <Button size="compact-xs" variant="default" onClick={() => lost(stay)}>{t("lostAct")}</Button> },
          ]}
        />
      )}</Loaded>
    </Panel>
  );
}
