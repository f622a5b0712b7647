/** What a stay costs by its length, as a step line; several tariffs lie over each other. */
import { useComputedColorScheme } from "@mantine/core";
import { DAY, HOUR } from "../../../kernel/instant.ts";
import type { Step } from "../../../tariff/ladder.ts";
import { SERIES_COLOURS } from "../../parts/drawing.ts";
import { useFormat } from "../../words/format.ts";
import { type Frame, highest, marksUpTo, pathOf, xOf, yOf } from "./curve.ts";

export type CurveSeries = { readonly name: string; readonly steps: readonly Step[] };
type PriceCurveProps = { readonly label: string; readonly series: readonly CurveSeries[]; readonly horizonMs: number; readonly currency: string };

const FRAME: Frame = { width: 480, height: 220, left: 58, bottom: 22, top: 8 };
const DASHES = ["", "7 4"] as const;

export function PriceCurve({ label, series, horizonMs, currency }: PriceCurveProps) {
  const format = useFormat();
  const colours = SERIES_COLOURS[useComputedColorScheme("light")];
  const marks = marksUpTo(Math.max(...series.map(({ steps }) => highest(steps)), 1));
  const scale = { horizonMs, topMinor: marks.at(-1) ?? 1 };
  const apart = horizonMs > 2 * DAY ? DAY : horizonMs > DAY / 2 ? 4 * HOUR : 2 * HOUR;
  const hours = Array.from({ length: Math.floor(horizonMs / apart) + 1 }, (_, i) => i * apart);
  return (
    <figure className="curve">
      <svg viewBox={`0 0 ${FRAME.width + 14} ${FRAME.height}`} role="img" aria-label={label}>
        {marks.map((minor) => (
          <g key={minor}>
            <line x1={FRAME.left} x2={FRAME.width} y1={yOf(FRAME, scale, minor)} y2={yOf(FRAME, scale, minor)} className="curve-grid" />
            <text x={FRAME.left - 6} y={yOf(FRAME, scale, minor) + 4} textAnchor="end">{format.money(minor, currency)}</text>
          </g>
        ))}
        {hours.map((ms) => (
          <text key={ms} x={xOf(FRAME, scale, ms)} y={FRAME.height - 6} textAnchor="middle">{apart === DAY ? `${ms / DAY} d` : `${ms / HOUR} h`}</text>
        ))}
        {series.map(({ name, steps }, i) => (
          <path key={name} d={pathOf(steps, FRAME, scale)} fill="none" stroke={colours[i % colours.length]} strokeWidth={2.2} strokeDasharray={DASHES[i % 2]} />
        ))}
      </svg>
      {series.length > 1 && (
        <figcaption className="row">
          {series.map(({ name }, i) => (
            <span key={name} className="curve-name">
              <svg viewBox="0 0 28 8" width={28} height={8} aria-hidden><path d="M0 4H28" stroke={colours[i % colours.length]} strokeWidth={2.5} strokeDasharray={DASHES[i % 2]} /></svg>{name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}
