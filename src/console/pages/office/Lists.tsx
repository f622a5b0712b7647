/** Payments with receipts and refunds, change owed, and the shifts so far. */
import { Badge, Button, Group } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { FacilityView } from "../../../api/contract/live.ts";
import type { ChitView, PaymentView, ShiftTotals } from "../../../api/contract/office.ts";
import { read } from "../../http/client.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { MoreButton, type Page } from "../../parts/MoreButton.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { PrintedDocument } from "../../parts/PrintedDocument.tsx";
import { siteOf } from "../../parts/site.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { useOfficeActs } from "./acts.ts";
import { officeWords } from "./words.ts";

type ListProps = { readonly view: FacilityView };
const ROWS = 50;

function usePages<T>(key: string, view: FacilityView, path: string) {
  return useInfiniteQuery({
    queryKey: [key, view.id], queryFn: ({ pageParam }) => read<Page<T>>(`/facilities/${view.id}${path}`, { rows: ROWS, after: pageParam }),
    initialPageParam: undefined as string | undefined, getNextPageParam: (page) => page.next ?? undefined,
  });
}

const MEANS = ["cash", "card", "waived", "mastercard", "visa", "debit", "provider"] as const;
export function useMeansName(): (means: string) => string {
  const t = useWords(officeWords);
  return (means) => {
    const known = MEANS.find((each) => each === means);
    return known === undefined ? means : t(`means.${known}`);
  };
}

export function Payments({ view }: ListProps) {
  const t = useWords(officeWords);
  const format = useFormat();
  const acts = useOfficeActs(view);
  const meansName = useMeansName();
  const site = siteOf(view);
  const query = usePages<PaymentView>("payments", view, "/payments");
  const money = (minor: number | null) => (minor === null || minor === 0 ? "" : format.money(minor, view.currency));
  return (
    <Panel title={t("payments")}>
      <Loaded query={query}>{(data) => (
        <DataTable<PaymentView>
          label={t("payments")} rows={data.pages.flatMap((page) => page.rows)} rowKey={(row) => row.payment} empty={t("noPayments")} minWidth={760}
          columns={[
            { key: "at", head: t("at"), sort: (row) => row.at, cell: (row) => <span className="number">{format.dateTime(row.at, view.zone)}</span> },
            { key: "place", head: t("place"), sort: (row) => row.place, cell: (row) => (row.place === "office" ? t("office") : site.station(row.place)) },
            { key: "means", head: t("means"), sort: (row) => row.means, cell: (row) => meansName(row.means) },
            { key: "ticket", head: t("ticket"), cell: (row) => <span className="mono">{row.ticket ?? ""}</span> },
            { key: "amount", head: t("amount"), number: true, sort: (row) => row.amountMinor, cell: (row) => format.money(row.amountMinor, view.currency) },
            { key: "change", head: t("change"), number: true, cell: (row) => money(row.changeMinor) },
            { key: "retained", head: t("retained"), number: true, cell: (row) => money(row.retainedMinor) },
            { key: "by", head: t("by"), cell: (row) => row.by ?? "" },
            { key: "act", head: t("receipt"), headHidden: true, cell: (row) => (row.kind !== "payment" ? null : (
              <Group gap={4} wrap="nowrap"><PrintedDocument compact path={`/facilities/${view.id}/payments/${row.payment}/receipt`} title={t("receipt")} /><Button size="compact-xs" variant="subtle" color="red" onClick={() => acts.refund(row)}>{t("refund")} …</Button></Group>
            )) },
          ]}
        />
      )}</Loaded>
      <MoreButton query={query} />
    </Panel>
  );
}

export function Chits({ view }: ListProps) {
  const t = useWords(officeWords);
  const format = useFormat();
  const acts = useOfficeActs(view);
  const site = siteOf(view);
  const query = useQuery({ queryKey: ["chits", view.id], queryFn: () => read<{ readonly rows: readonly ChitView[] }>(`/facilities/${view.id}/office/chits`) });
  return (
    <Panel title={t("chits")}>
      <Loaded query={query}>{({ rows }) => (
        <DataTable<ChitView>
          label={t("chits")} rows={rows} rowKey={(row) => row.chit} empty={t("noChits")} minWidth={520}
          columns={[
            { key: "chit", head: t("chit"), cell: (row) => <span className="mono">{row.chit}</span> },
            { key: "station", head: t("station"), sort: (row) => row.station, cell: (row) => site.station(row.station) },
            { key: "issued", head: t("issued"), sort: (row) => row.issuedAt, cell: (row) => <span className="number">{format.dateTime(row.issuedAt, view.zone)}</span> },
            { key: "amount", head: t("amount"), number: true, sort: (row) => row.amountMinor, cell: (row) => format.money(row.amountMinor, view.currency) },
            { key: "act", head: t("redeem"), headHidden: true, cell: (row) => (row.redeemedAt === null
              ? <Button size="compact-xs" variant="default" onClick={() => acts.redeem(row)}>{t("redeem")} …</Button>
              : <Badge color="gray">{t("redeemed")} {format.dateTime(row.redeemedAt, view.zone)}</Badge>) },
          ]}
        />
      )}</Loaded>
    </Panel>
  );
}

export function Shifts({ view }: ListProps) {
  const t = useWords(officeWords);
  const format = useFormat();
  const query = usePages<ShiftTotals>("shifts", view, "/office/shifts");
  const money = (minor: number) => format.money(minor, view.currency);
  return (
    <Panel title={t("shifts")}>
      <Loaded query={query}>{(data) => (
        <DataTable<ShiftTotals>
          label={t("shifts")} rows={data.pages.flatMap((page) => page.rows)} rowKey={(row) => row.shift} empty={t("noShifts")} minWidth={760}
          columns={[
            { key: "opened", head: t("opened"), sort: (row) => row.openedAt, cell: (row) => <span className="number">{format.dateTime(row.openedAt, view.zone)}</span> },
            { key: "closed", head: t("closed"), cell: (row) => (row.closedAt === null ? <Badge color="green">{t("open")}</Badge> : <span className="number">{format.dateTime(row.closedAt, view.zone)}</span>) },
            { key: "by", head: t("by"), sort: (row) => row.openedBy, cell: (row) => row.openedBy },
            { key: "count", head: t("count"), number: true, cell: (row) => format.number(row.payments) },
            { key: "cash", head: t("cash"), number: true, cell: (row) => money(row.cashMinor) },
            { key: "card", head: t("card"), number: true, cell: (row) => money(row.cardMinor) },
            { key: "variance", head: t("variance"), number: true, sort: (row) => row.varianceMinor ?? 0, cell: (row) => (row.varianceMinor === null ? "" : <span className={row.varianceMinor === 0 ? "" : "alarm"}>{money(row.varianceMinor)}</span>) },
            { key: "doc", head: t("document"), headHidden: true, cell: (row) => <PrintedDocument compact path={`/facilities/${view.id}/office/shifts/${row.shift}/document`} title={t("document")} /> },
          ]}
        />
      )}</Loaded>
      <MoreButton query={query} />
    </Panel>
  );
}
