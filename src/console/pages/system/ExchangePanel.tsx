/** How the car parks stand with the exchange: is it there, what waits, what of each car park is published. */
import { Badge } from "@mantine/core";
import type { Status } from "../../../api/contract/status.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { useCarParkName } from "../../parts/FacilityFilter.tsx";
import { Facts, Panel } from "../../parts/Panel.tsx";
import { useCityZone } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { exchangeWords } from "./exchange-words.ts";

type Exchange = NonNullable<Status["exchange"]>;
type Row = Exchange["facilities"][number];

const COLOURS = { reachable: "green", notReachable: "red", notAsked: "gray" } as const;
const INVENTORY_COLOURS = { published: "green", refused: "red", waiting: "gray" } as const;

export function ExchangePanel({ exchange }: { readonly exchange: Exchange }) {
  const t = useWords(exchangeWords);
  const format = useFormat();
  const zone = useCityZone();
  const carPark = useCarParkName();
  const since = exchange.since === null ? "" : ` ${t("since", { time: format.dateTime(exchange.since, zone) })}`;
  const sent = exchange.occupancySentAt === null ? t("notYet") : format.dateTime(exchange.occupancySentAt, zone);
  return (
    <Panel title={t("exchange")} tools={<Badge color={COLOURS[exchange.state]}>{t(`state.${exchange.state}`)}{since}</Badge>}>
      <Facts rows={[
        [t("address"), <a key="url" href={exchange.url}>{new URL(exchange.url).host}</a>], [t("waiting"), t("sessions", { count: exchange.waiting })],
        ...(exchange.refused === 0 ? [] : [[t("refused"), t("sessions", { count: exchange.refused })] as const]),
        [t("occupancy"), sent], ...(exchange.why === null ? [] : [[t("why"), exchange.why] as const]),
      ]} />
      <DataTable
        label={t("published")} rows={exchange.facilities} rowKey={(row) => row.facility}
        columns={[
          { key: "facility", head: t("facility"), sort: (row) => carPark(row.facility), cell: (row) => carPark(row.facility) },
          { key: "place", head: t("place"), sort: (row) => row.place, cell: (row) => row.place },
          { key: "inventory", head: t("published"), sort: (row) => row.inventory, cell: (row) => <Badge color={INVENTORY_COLOURS[row.inventory]}>{t(`inventory.${row.inventory}`)}</Badge> },
          { key: "note", head: t("note"), cell: (row) => noteOf(row, t("unpriced")) },
        ]}
      />
    </Panel>
  );
}

const noteOf = ({ problem, unpriced }: Row, unpricedText: string): string => problem ?? (unpriced.length === 0 ? "" : `${unpricedText} ${unpriced.join(", ")}`);
