/** One stay priced and explained, and how long an amount lasts. */
import { Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { HOUR } from "../../../kernel/instant.ts";
import { minorOf } from "../../../kernel/money.ts";
import type { Zone } from "../../../kernel/zone.ts";
import type { CompiledTariff } from "../../../tariff/compile.ts";
import { quoteLines, refusalText } from "../../../tariff/explain.ts";
import { latestDeparture } from "../../../tariff/inverse.ts";
import { type Charge, quote } from "../../../tariff/quote.ts";
import { DataTable } from "../../parts/DataTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { localField } from "./Look.tsx";
import { type Source, SourceSelect } from "./sources.tsx";
import { tariffWords } from "./words.ts";

type TryStayProps = {
  readonly sources: readonly Source[]; readonly chosen: Source; readonly onChoose: (key: string) => void;
  readonly zone: Zone; readonly currency: string; readonly now: number;
};

export function TryStay({ sources, chosen, onChoose, zone, currency, now }: TryStayProps) {
  const t = useWords(tariffWords);
  const [entry, setEntry] = useState(() => localField(zone, now));
  const [exit, setExit] = useState(() => localField(zone, now + 2 * HOUR));
  const [amount, setAmount] = useState("10.00");
  const { compiled } = chosen;
  return (
    <Stack gap="sm">
      <section className="panel filters">
        <SourceSelect label={t("which")} sources={sources} value={chosen.key} onChange={onChoose} />
        <TextInput
          type="datetime-local" label={t("entersAt")} value={entry}
          onChange={(event) => setEntry(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local" label={t("leavesAt")} value={exit}
          onChange={(event) => setExit(event.currentTarget.value)}
        />
        <TextInput
          label={t("budget")} inputMode="decimal" autoComplete="off" value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
      </section>
      {compiled === null ? <Panel title={t("total")}><Text size="sm">{t("needsFix")}</Text></Panel> : (
        <>
          <Priced compiled={compiled} zone={zone} currency={currency} entry={entry} exit={exit} />
          <Panel title={t("until")}><Text aria-live="polite"><Latest compiled={compiled} zone={zone} currency={currency} entry={entry} amount={amount} /></Text></Panel>
        </>
      )}
    </Stack>
  );
}

type Asked = {
  readonly compiled: CompiledTariff; readonly zone: Zone; readonly currency: string; readonly entry: string;
};

function Priced({ compiled, zone, currency, entry, exit }: Asked & { readonly exit: string }) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const [from, to] = [zone.parseLocal(entry), zone.parseLocal(exit)];
  if (!from.ok || !to.ok) return <Panel title={t("total")}><Text size="sm">{t("notATimeYet")}</Text></Panel>;
  const priced = quote(compiled, from.value === to.value ? [] : [{ from: from.value, to: to.value }]);
  if (!priced.ok) return <Panel title={t("total")}><Text>{refusalText(priced.error, zone, format.locale)}</Text></Panel>;
  const { charges, totalMinor } = priced.value;
  // The charges are the table; the sentences that follow them are the caps, the adjustments, the total and the tax.
  const why = quoteLines(priced.value, zone, format.locale).slice(charges.length);
  return (
    <Panel title={t("total")}>
      <Text fz={28} fw={700} className="number" aria-live="polite">{format.money(totalMinor, currency)}</Text>
      <DataTable<Charge>
        label={t("charges")} rows={charges} rowKey={(charge) => `${charge.from} ${charge.line}`} minWidth={520}
        columns={[
          {
            key: "line", head: t("charge"),
            cell: (charge) => <>{charge.table} <Text component="span" size="xs" c="dimmed" className="mono">{charge.line}</Text></>,
          },
          {
            key: "from", head: t("from"),
            cell: (charge) => <span className="nowrap">{format.dateTime(charge.from, zone.name)}</span>,
          },
          {
            key: "to", head: t("to"),
            cell: (charge) => <span className="nowrap">{format.dateTime(charge.to, zone.name)}</span>,
          },
          { key: "units", head: t("units"), number: true, cell: (charge) => format.number(charge.units) },
          {
            key: "uncapped", head: t("uncapped"), number: true,
            cell: (charge) => (charge.uncappedMinor === charge.amountMinor ? "" : format.money(charge.uncappedMinor, currency)),
          },
          {
            key: "amount", head: t("amount"), number: true,
            cell: (charge) => format.money(charge.amountMinor, currency),
          },
        ]}
      />
      <Text component="h3" size="sm" fw={650} mt="sm">{t("why")}</Text>
      <ul className="plain">{why.map((line) => <li key={line} className="number">{line.trim()}</li>)}</ul>
    </Panel>
  );
}

function Latest({ compiled, zone, currency, entry, amount }: Asked & { readonly amount: string }) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const from = zone.parseLocal(entry);
  const minor = minorOf(amount.replace(",", "."), currency);
  if (!from.ok) return t("notATimeYet");
  if (!minor.ok || minor.value < 0) return t("notAnAmount");
  const latest = latestDeparture(compiled, from.value, minor.value);
  if (latest.ok) {
    const said = { at: format.dateTime(latest.value.until, zone.name), price: format.money(latest.value.totalMinor, currency) };
    return latest.value.beyondHorizon ? t("lastsLonger", said) : t("lastsUntil", said);
  }
  switch (latest.error.type) {
    case "amountTooSmall": return t("tooSmall", { price: format.money(latest.error.leastMinor, currency) });
    case "noPriceAtAll": return t("noLatest");
    case "chargingNotBegun": return t("notBegun");
  }
}
