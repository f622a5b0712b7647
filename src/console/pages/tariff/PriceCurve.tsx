/** What a stay costs by its length, as a step line; several tariffs lie over each other. */
import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { DAY, HOUR } from "../../../kernel/instant.ts";
import type { Step } from "../../../tariff/ladder.ts";
import { SERIES_COLOURS } from "../../parts/drawing.ts";
import { useFormat } from "../../words/format.ts";
import { type Frame, highest, marksUpTo, pathOf, xOf, yOf } from "./curve.ts";

export type CurveSeries = { readonly name: string; readonly steps: readonly Step[] };
type PriceCurveProps = {
  readonly label: string; readonly series: readonly CurveSeries[]; readonly horizonMs: number;
  readonly currency: string;
};

/** Until its box is measured, and the least it shrinks to. */
const WIDTH_MIN = 280;
/** Room for half of the last label at the right. */
const RIGHT = 16;
const DASHES = ["", "7 4"] as const;

export function PriceCurve({ label, series, horizonMs, currency }: PriceCurveProps) {
  const format = useFormat();
  // Drawn in real pixels, so that the labels have the size of text on any screen.
  const { ref, width } = useElementSize();
  const frame: Frame = { width: Math.max(WIDTH_MIN, width) - RIGHT, height: 240, left: 64, bottom: 24, top: 10 };
  const colours = SERIES_COLOURS[useComputedColorScheme("light")];
  const marks = marksUpTo(Math.max(...series.map(({ steps }) => highest(steps)), 1));
  const scale = { horizonMs, topMinor: marks.at(-1) ?? 1 };
  const apart = horizonMs > DAY ? DAY : horizonMs / 6;
  const hours = Array.from({ length: Math.floor(horizonMs / apart) + 1 }, (_, i) => i * apart);
  return (
    <figure className="curve" ref={ref}>
      <svg viewBox={`0 0 ${frame.width + RIGHT} ${frame.height}`} role="img" aria-label={label}>
        {marks.map((minor) => (
          <g key={minor}>
            <line x1={frame.left} x2={frame.width} y1={yOf(frame, scale, minor)} y2={yOf(frame, scale, minor)} className="curve-grid" />
            <text x={frame.left - 6} y={yOf(frame, scale, minor) + 4} textAnchor="end">{format.money(minor, currency)}</text>
          </g>
        ))}
        {hours.map((ms) => (
          <text key={ms} x={xOf(frame, scale, ms)} y={frame.height - 6} textAnchor="middle">{apart === DAY ? `${ms / DAY} d` : `${ms / HOUR} h`}</text>
        ))}
        {series.map(({ name, steps }, i) => (
          <path key={name} d={pathOf(steps, frame, scale)} fill="none" stroke={colours[i % colours.length]} strokeWidth={2.2} strokeDasharray={DASHES[i % 2]} />
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
