/** What an hour costs at each hour of a week, darker where it costs more. */
import { useMemo } from "react";
import { DAY } from "../../../kernel/instant.ts";
import { majorText } from "../../../kernel/money.ts";
import type { CompiledTariff } from "../../../tariff/compile.ts";
import { hourPrices } from "../../../tariff/week.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { tariffWords } from "./words.ts";

/** Strongest tint behind a price: text stays readable on it in both schemes. */
const TINT_PERCENT_MAX = 42;

export function WeekMap({ compiled, from }: { readonly compiled: CompiledTariff; readonly from: number }) {
  const t = useWords(tariffWords);
  const format = useFormat();
  const { zone, tariff } = compiled;
  const rows = useMemo(() => hourPrices(compiled, from), [compiled, from]);
  const top = Math.max(1, ...rows.flat().map(({ totalMinor }) => totalMinor ?? 0));
  const first = zone.dayNumberAt(from);
  return (
    <div className="scroll-x" role="group" aria-label={t("week")} tabIndex={0}>
      <table className="week">
        <caption className="sr">{t("weekCaption", { currency: tariff.currency })}</caption>
        <thead><tr><th scope="col"><span className="sr">{t("day")}</span></th>{rows[0]?.map(({ hour }) => <th key={hour} scope="col">{hour}</th>)}</tr></thead>
        <tbody>
          {rows.map((prices, day) => (
            <tr key={first + day}>
              <th scope="row">{format.day(zone.boundaryOf(first + day, DAY / 2), zone.name)}</th>
              {prices.map(({ hour, totalMinor }) => (
                <td key={hour} style={totalMinor === undefined ? {} : { background: `color-mix(in srgb, var(--gh-busy) ${Math.round((totalMinor / top) * TINT_PERCENT_MAX)}%, transparent)` }}>
                  {totalMinor === undefined ? <abbr title={t("noPrice")}>–</abbr> : majorText(totalMinor, tariff.currency)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
