/** The product's own health, for technicians: database, owners of the car parks, lists that follow the journal. */
import { Badge, SimpleGrid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { OPERATORS } from "../../../api/contract/access.ts";
import type { Status } from "../../../api/contract/status.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { PageHead } from "../../shell/Shell.tsx";
import { POLL_MS } from "../../shell/live.tsx";
import { allowed, useMe } from "../../shell/session.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { wordOf } from "../../words/say.ts";
import { ExchangePanel } from "./ExchangePanel.tsx";
import { SimulatedMail } from "./SimulatedMail.tsx";
import { systemWords } from "./words.ts";

const MEBIBYTE = 1024 * 1024;

export function SystemPage() {
  const t = useWords(systemWords);
  const me = useMe().data;
  const query = useQuery({ queryKey: ["status"], queryFn: () => read<Status>("/status"), refetchInterval: POLL_MS });
  return (
    <>
      <PageHead title={t("title")} />
      <Stack gap="sm">
        <Loaded query={query}>{(status) => <Health status={status} />}</Loaded>
        {me?.demo === true && allowed(me, OPERATORS) && <SimulatedMail />}
      </Stack>
    </>
  );
}

function Health({ status }: { readonly status: Status }) {
  const t = useWords(systemWords);
  const format = useFormat();
  const carPark = useCarParkName();
  return (
    <Stack gap="sm">
      <Panel title={t("store")} tools={<Badge color={status.store.healthy ? "green" : "red"}>{status.store.healthy ? t("healthy") : t("unhealthy")}</Badge>}>
        <Facts rows={[
          [t("store"), `${status.store.embedded ? t("embedded") : t("external")}${status.store.detail === "" ? "" : `, ${status.store.detail}`}`], [t("version"), status.version], [t("uptime"), format.duration(status.uptimeMs)],
          [t("memory"), `${format.number(Math.round(status.memoryBytes / MEBIBYTE))} MiB`], [t("streams"), format.number(status.liveStreams)],
        ]} />
      </Panel>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <Panel title={t("owners")}>
          <DataTable
            label={t("owners")} rows={status.facilities} rowKey={(row) => row.facility}
            columns={[
              { key: "facility", head: t("facility"), sort: (row) => carPark(row.facility), cell: (row) => carPark(row.facility) },
              { key: "owner", head: t("owner"), sort: (row) => row.owner, cell: (row) => <Badge color={row.owner === "running" ? "green" : "red"}>{t(`owner.${row.owner}`)}</Badge> },
              { key: "mode", head: t("mode"), cell: (row) => wordOf(format.locale, "facilityMode", row.mode) },
              { key: "seq", head: t("seq"), number: true, sort: (row) => row.seq, cell: (row) => format.number(row.seq) },
            ]}
          />
        </Panel>
        <Panel title={t("followers")}>
          <DataTable
            label={t("followers")} rows={status.followers} rowKey={(row) => row.name}
            columns={[
              { key: "name", head: t("name"), sort: (row) => row.name, cell: (row) => row.name },
              { key: "behind", head: t("behind"), number: true, sort: (row) => row.behind, cell: (row) => t("events", { count: row.behind }) },
              { key: "state", head: t("state"), cell: (row) => (row.failing ? <Badge color="red" title={row.detail ?? ""}>{t("failing")}{row.detail === null ? "" : `: ${row.detail}`}</Badge> : <Badge color="green">{t("upToDate")}</Badge>) },
            ]}
          />
        </Panel>
      </SimpleGrid>
      {status.exchange && <ExchangePanel exchange={status.exchange} />}
    </Stack>
  );
}
