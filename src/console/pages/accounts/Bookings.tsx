/** Bookings of an account at one car park. */
import { Badge, Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { AccountDetails, BookingView } from "../../../api/contract/accounts.ts";
import { useActs } from "../../act/acts.tsx";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useSites } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { accountWords } from "./words.ts";

const STATE_COLOUR = { future: "blue", running: "green", over: "gray" } as const;

type BookingsProps = { readonly account: AccountDetails; readonly facility: string; readonly place: ReactNode };

export function Bookings({ account, facility, place }: BookingsProps) {
  const t = useWords(accountWords);
  const acts = useActs();
  const { zone } = useSites()(facility);
  const at = `/facilities/${facility}/accounts/${account.account}/bookings`;
  const query = useQuery({ queryKey: ["bookings", facility, account.account], queryFn: () => read<{ readonly rows: readonly BookingView[] }>(at) });
  const nameOf = (parker: string) => account.parkers.find((each) => each.parker === parker)?.name ?? t("unnamed", { parker });
  const book = () => acts.ask({
    title: t("bookTitle"), explain: t("bookExplain"), confirm: t("book"),
    fields: [
      { kind: "choice", name: "parker", label: t("parker"), choices: account.parkers.map(({ parker }) => ({ value: parker, label: nameOf(parker) })), initial: account.parkers[0]?.parker ?? "" },
      { kind: "moment", name: "from", label: t("from"), zone }, { kind: "moment", name: "to", label: t("until"), zone },
    ],
    path: at, body: (values) => values, done: t("booked"),
  });
  const extend = (booking: BookingView) => acts.ask({
    title: t("extendTitle"), explain: t("bookExplain"), confirm: t("extend"), fields: [{ kind: "moment", name: "to", label: t("extendTo"), zone }],
    path: `${at}/${booking.booking}/extend`, body: (values) => values, done: t("extended"),
  });
  const cancel = (booking: BookingView) => acts.ask({ title: t("cancel"), confirm: t("cancel"), tone: "danger", fields: [], path: `${at}/${booking.booking}/cancel`, body: () => undefined, done: t("cancelled") });
  return (
    <Stack gap="sm">
      <section className="panel filters">{place}</section>
      <Panel title={t("bookings")} tools={<Button size="xs" onClick={book}>{t("book")} …</Button>}>
        <Loaded query={query}>{({ rows }) => <BookingTable rows={rows} zone={zone} nameOf={nameOf} onExtend={extend} onCancel={cancel} />}</Loaded>
      </Panel>
    </Stack>
  );
}

type TableProps = {
  readonly rows: readonly BookingView[]; readonly zone: string; readonly nameOf: (parker: string) => string;
  readonly onExtend: (booking: BookingView) => void; readonly onCancel: (booking: BookingView) => void;
};

function BookingTable({ rows, zone, nameOf, onExtend, onCancel }: TableProps) {
  const t = useWords(accountWords);
  const format = useFormat();
  const time = (at: number) => <span className="nowrap number">{format.dateTime(at, zone)}</span>;
  return (
    <DataTable<BookingView>
      label={t("bookings")} rows={rows} rowKey={({ booking }) => booking} empty={t("noBookings")} minWidth={640}
      columns={[
        { key: "parker", head: t("parker"), cell: ({ parker }) => nameOf(parker) },
        { key: "from", head: t("from"), sort: ({ from }) => from, cell: ({ from }) => time(from) },
        { key: "to", head: t("until"), sort: ({ to }) => to, cell: ({ to }) => time(to) },
        { key: "made", head: t("madeAt"), cell: ({ madeAt }) => time(madeAt) },
        { key: "state", head: t("state"), cell: ({ state }) => <Badge color={STATE_COLOUR[state]}>{t(`booking.${state}`)}</Badge> },
        {
          key: "acts", head: t("extend"), headHidden: true,
          cell: (booking) => booking.state !== "over" && (
            <Group gap={4} wrap="nowrap" role="group" aria-label={`${nameOf(booking.parker)}, ${format.dateTime(booking.from, zone)}`}>
              <Button size="compact-xs" variant="default" onClick={() => onExtend(booking)}>{t("extend")} …</Button>
              {booking.state === "future" && <Button size="compact-xs" variant="default" onClick={() => onCancel(booking)}>{t("cancel")} …</Button>}
            </Group>
          ),
        },
      ]}
    />
  );
}
