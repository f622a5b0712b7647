/**
 * The picture of who stood when, what covered it and what it owes.
 *
 *   label | bars, coloured by cover, hatched while in doubt | owes
 *
 * Every bar is a button; arrow keys go from bar to bar. The same stands below as a table.
 */
import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { Zone } from "../../../kernel/zone.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import { DataTable } from "../DataTable.tsx";
import { COVER_NAMES, CoverPatterns, Legend } from "./Covers.tsx";
import { type Frame, type PictureBar, rowsOf, ticksOf, widened, xOf } from "./paint.ts";
import { timelineWords } from "./words.ts";
import "./timeline.css";

type StayTimelineProps = {
  readonly label: string; readonly bars: readonly PictureBar[]; readonly from: number; readonly until: number;
  /** The instant the picture is of; a line. Null: the period is over. */
  readonly now: number | null; readonly zone: Zone; readonly currency: string;
};

const WIDTH_MIN = 300;
const ROW = 34;
const BAR = 20;
const TOP = 34;
/** Room of one mark of the axis, and of the name of a day. */
const MARK_WIDTH = 62;
const DAY_WIDTH = 84;
const MOVES: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function StayTimeline({ label, bars, from, until, now, zone, currency }: StayTimelineProps) {
  const t = useWords(timelineWords);
  const format = useFormat();
  const { ref, width: measured } = useElementSize();
  const prefix = useId().replace(/[^\w-]/g, "");
  const [chosen, setChosen] = useState<string | null>(null);
  const [near, setNear] = useState<string | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const rows = rowsOf(bars);
  const width = Math.max(WIDTH_MIN, measured);
  const named = Math.min(150, Math.max(64, width * 0.16));
  const frame: Frame = { ...widened(from, until), left: named, right: width - 74 };
  const height = TOP + rows.length * ROW + 6;
  const order = rows.flatMap((row) => row.bars);
  const tabbed = order.find(({ stay }) => stay === near)?.stay ?? order[0]?.stay;
  const picked = order.find(({ stay }) => stay === chosen);
  const move = (event: KeyboardEvent<SVGSVGElement>) => {
    const step = MOVES[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = order[order.findIndex(({ stay }) => stay === tabbed) + step];
    if (!next) return;
    setNear(next.stay);
    svg.current?.querySelector<SVGGElement>(`[data-stay="${CSS.escape(next.stay)}"]`)?.focus();
  };
  if (rows.length === 0) return <p className="stays">{t("empty")}</p>;
  const used = COVER_NAMES.filter((cover) => bars.some(({ segments }) => segments.some((segment) => segment.cover.type === cover)));
  return (
    <figure className="stays" ref={ref}>
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${label}. ${t("keys")}`} onKeyDown={move}>
        <CoverPatterns prefix={prefix} />
        <Axis frame={frame} zone={zone} height={height} />
        {rows.map((row, i) => (
          <g key={row.key} transform={`translate(0 ${TOP + i * ROW})`}>
            <text x={4} y={row.account === null ? 20 : 14}>{row.label ?? t("unnamed")}</text>
            {row.account !== null && <text x={4} y={27} className="stays-dim" style={{ fontSize: 10 }}>{cutTo(row.account, named)}</text>}
            {row.bars.map((bar) => (
              <BarShape
                key={bar.stay} bar={bar} frame={frame} until={until} prefix={prefix} zone={zone} currency={currency} pressed={bar.stay === chosen}
                tabbed={bar.stay === tabbed} onPress={() => { setNear(bar.stay); setChosen(bar.stay === chosen ? null : bar.stay); }}
              />
            ))}
            <text x={width - 4} y={21} textAnchor="end" className={row.amountMinor === 0 ? "stays-dim" : "stays-owed"}>
              {row.amountMinor === null ? t("noPrice") : format.money(row.amountMinor, currency)}
            </text>
          </g>
        ))}
        {now !== null && <line x1={xOf(frame, now)} x2={xOf(frame, now)} y1={TOP - 8} y2={height - 2} className="stays-now" />}
      </svg>
      <Legend prefix={prefix} covers={used} neutral={bars.some(({ neutral }) => neutral !== null)} />
      {picked && <ChosenStay bar={picked} zone={zone} currency={currency} />}
      <details><summary>{t("asTable")}</summary><AsTable label={label} bars={order} zone={zone} currency={currency} /></details>
    </figure>
  );
}

/** Digits are narrow, but names are not: about six pixels a letter at this size. */
const cutTo = (text: string, width: number): string => (text.length * 6 > width ? `${text.slice(0, Math.floor(width / 6) - 1)}…` : text);

/** Those far enough from the one named before. */
const apart = (places: readonly number[]): readonly number[] =>
  places.reduce<readonly number[]>((kept, x) => (kept.length === 0 || x - (kept.at(-1) ?? 0) >= DAY_WIDTH ? [...kept, x] : kept), []);

function Axis({ frame, zone, height }: { readonly frame: Frame; readonly zone: Zone; readonly height: number }) {
  const format = useFormat();
  const ticks = ticksOf(zone, frame.from, frame.until, Math.max(2, Math.floor((frame.right - frame.left) / MARK_WIDTH)));
  const days = ticks.filter(({ day }) => day);
  const named = new Set(apart(days.map(({ at }) => xOf(frame, at))));
  return (
    <g>
      {days.length === 0 && <text x={frame.left} y={12} className="stays-dim">{format.day(frame.from, zone.name)}</text>}
      {ticks.map(({ at, day }) => (
        <g key={at}>
          <line x1={xOf(frame, at)} x2={xOf(frame, at)} y1={TOP - 6} y2={height - 2} className={day ? "stays-day" : "stays-grid"} />
          {day && named.has(xOf(frame, at)) && <text x={xOf(frame, at)} y={12} textAnchor="middle" className="stays-dim">{format.day(at, zone.name)}</text>}
          {days.length < ticks.length && <text x={xOf(frame, at)} y={26} textAnchor="middle" className="stays-dim">{format.time(at, zone.name)}</text>}
        </g>
      ))}
    </g>
  );
}

type BarShapeProps = {
  readonly bar: PictureBar; readonly frame: Frame; readonly until: number; readonly prefix: string; readonly zone: Zone; readonly currency: string;
  readonly pressed: boolean; readonly tabbed: boolean; readonly onPress: () => void;
};

function BarShape({ bar, frame, until, prefix, zone, currency, pressed, tabbed, onPress }: BarShapeProps) {
  const said = useBarText(zone, currency);
  const [x1, x2] = [xOf(frame, bar.from), xOf(frame, bar.to ?? until)];
  const y = (ROW - BAR) / 2;
  const { neutral } = bar;
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onPress();
  };
  return (
    <g className="stays-bar" role="button" aria-pressed={pressed} aria-label={said(bar)} tabIndex={tabbed ? 0 : -1} data-stay={bar.stay} onClick={onPress} onKeyDown={press}>
      {bar.segments.map((segment) => (
        <rect key={segment.from} x={xOf(frame, segment.from)} y={y} width={Math.max(1, xOf(frame, segment.to) - xOf(frame, segment.from))} height={BAR} fill={`url(#${prefix}-${segment.cover.type})`} />
      ))}
      {neutral && (
        <rect
          x={xOf(frame, neutral.from)} y={y} height={BAR} fill={`url(#${prefix}-neutral)`} className="stays-neutral"
          width={Math.max(2, xOf(frame, neutral.to ?? bar.to ?? until) - xOf(frame, neutral.from))}
        />
      )}
      {x2 - x1 < 2 && <path d={`M${x1} ${y + 2}l6 8l-6 8l-6 -8z`} fill="var(--gh-idle)" />}
      {bar.to === null && <path d={`M${x2} ${y}l8 ${BAR / 2}l-8 ${BAR / 2}z`} fill="var(--gh-busy)" />}
      <rect x={x1 - 1} y={y - 1} width={Math.max(6, x2 - x1) + 2} height={BAR + 2} rx={3} className="stays-frame" pointerEvents="all" />
    </g>
  );
}

/** One stay as a sentence: who, when, covered by what, owing what. */
function useBarText(zone: Zone, currency: string): (bar: PictureBar) => string {
  const t = useWords(timelineWords);
  const format = useFormat();
  return (bar) => t("bar", {
    car: bar.label ?? t("unnamed"), from: format.dateTime(bar.from, zone.name), to: bar.to === null ? t("inside") : format.dateTime(bar.to, zone.name),
    covers: bar.segments.length === 0 ? t("noLength") : bar.segments.map(({ cover }) => t(`cover.${cover.type}`)).join(", "),
    amount: bar.amountMinor === null ? t("noPrice") : format.money(bar.amountMinor, currency),
  });
}

type Shown = { readonly zone: Zone; readonly currency: string };

function ChosenStay({ bar, zone, currency }: Shown & { readonly bar: PictureBar }) {
  const t = useWords(timelineWords);
  const format = useFormat();
  const said = useBarText(zone, currency);
  return (
    <div className="stays-chosen" role="status">
      <b>{said(bar)}</b>
      {bar.why.length > 0 && (
        <>
          <div>{t("why")}:</div>
          <ul>{bar.why.map((why, i) => <li key={`${why.rule} ${i}`}>{why.text[format.locale]}</li>)}</ul>
        </>
      )}
    </div>
  );
}

type TableRow = { readonly bar: PictureBar; readonly segment: PictureBar["segments"][number] | null; readonly n: number };

function AsTable({ label, bars, zone, currency }: Shown & { readonly label: string; readonly bars: readonly PictureBar[] }) {
  const t = useWords(timelineWords);
  const format = useFormat();
  const rows = bars.flatMap((bar): readonly TableRow[] =>
    (bar.segments.length === 0 ? [{ bar, segment: null, n: 0 }] : bar.segments.map((segment, n) => ({ bar, segment, n }))));
  const time = (at: number) => <span className="nowrap number">{format.dateTime(at, zone.name)}</span>;
  return (
    <DataTable<TableRow>
      label={`${label}: ${t("asTable")}`} rows={rows} rowKey={({ bar, n }) => `${bar.stay} ${n}`} minWidth={480}
      columns={[
        { key: "car", head: t("car"), cell: ({ bar }) => bar.label ?? t("unnamed") },
        { key: "from", head: t("from"), cell: ({ bar, segment }) => time(segment?.from ?? bar.from) },
        { key: "to", head: t("to"), cell: ({ bar, segment }) => (bar.to === null && segment?.to === bar.segments.at(-1)?.to ? t("inside") : time(segment?.to ?? bar.from)) },
        { key: "cover", head: t("covered"), cell: ({ segment }) => (segment === null ? t("noLength") : segment.cover.right === null ? t(`cover.${segment.cover.type}`) : t("byRight", { cover: t(`cover.${segment.cover.type}`), right: segment.cover.right })) },
        { key: "amount", head: t("amount"), number: true, cell: ({ bar, n }) => (n > 0 ? "" : bar.amountMinor === null ? t("noPrice") : format.money(bar.amountMinor, currency)) },
      ]}
    />
  );
}
