/** Who owes what after a step, car by car; with changed policies also the difference. */
import type { LabOwed, LabStep } from "../../../api/contract/rule-lab.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { labWords } from "./words.ts";

type WhoOwesProps = { readonly written: LabStep; readonly changed: LabStep | null; readonly currency: string };
type Row = { readonly key: string; readonly account: string | null; readonly label: string; readonly before: LabOwed | null; readonly after: LabOwed | null };

const keyOf = ({ account, label }: LabOwed): string => JSON.stringify([account, label]);

export function WhoOwes({ written, changed, currency }: WhoOwesProps) {
  const t = useWords(labWords);
  const format = useFormat();
  const rows = rowsOf(written.owed, changed?.owed ?? []);
  const money = (owed: LabOwed | null) => {
    if (owed === null) return format.money(0, currency);
    if (owed.amountMinor === null) return t("noPrice");
    return <>{format.money(owed.amountMinor, currency)}{owed.paidMinor > 0 && <span> ({t("paid", { amount: format.money(owed.paidMinor, currency) })})</span>}</>;
  };
  const difference = (row: Row) => {
    const [before, after] = [amountOf(row.before), amountOf(row.after)];
    if (before === null || after === null) return t("noPrice");
    if (before === after) return "";
    return <b className={after > before ? "alarm" : ""}>{after > before ? "+" : "−"}{format.money(Math.abs(after - before), currency)}</b>;
  };
  return (
    <Panel title={t("whoPays")}>
      <DataTable<Row>
        label={t("whoPays")} rows={[...rows, ...totalOf(rows, t("total"))]} rowKey={({ key }) => key} empty={t("none")} minWidth={changed === null ? 300 : 420}
        columns={[
          { key: "car", head: t("car"), cell: ({ key, label }) => (key === TOTAL ? <b>{label}</b> : label) },
          { key: "account", head: t("accountColumn"), cell: ({ key, account }) => (key === TOTAL ? "" : account ?? t("atMachine")) },
          { key: "before", head: changed === null ? t("amount") : t("amountWritten"), number: true, cell: ({ before }) => money(before) },
          ...(changed === null ? [] : [
            { key: "after", head: t("amountChanged"), number: true, cell: ({ after }: Row) => money(after) },
            { key: "difference", head: t("difference"), number: true, cell: difference },
          ]),
        ]}
      />
    </Panel>
  );
}

const TOTAL = "total";
/** Nobody is listed who owes nothing: zero is known, null is not. */
const amountOf = (owed: LabOwed | null): number | null => (owed === null ? 0 : owed.amountMinor);

function rowsOf(before: readonly LabOwed[], after: readonly LabOwed[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const owed of before) rows.set(keyOf(owed), { key: keyOf(owed), account: owed.account, label: owed.label, before: owed, after: null });
  for (const owed of after) {
    const row = rows.get(keyOf(owed));
    rows.set(keyOf(owed), { key: keyOf(owed), account: owed.account, label: owed.label, before: row?.before ?? null, after: owed });
  }
  return [...rows.values()];
}

function totalOf(rows: readonly Row[], label: string): readonly Row[] {
  if (rows.length < 2) return [];
  const sum = (of: (row: Row) => LabOwed | null): LabOwed => {
    const amounts = rows.map((row) => amountOf(of(row)));
    const known = amounts.every((amount) => amount !== null);
    return { account: null, label, amountMinor: known ? amounts.reduce((total: number, amount) => total + (amount ?? 0), 0) : null, paidMinor: rows.reduce((total, row) => total + (of(row)?.paidMinor ?? 0), 0) };
  };
  return [{ key: TOTAL, account: null, label, before: sum(({ before }) => before), after: sum(({ after }) => after) }];
}
