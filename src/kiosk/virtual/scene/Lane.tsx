/** One lane: carriageway, loops that light up, the pillar with its display, the arm. */
import type { Ref } from "react";
import type { LaneView } from "../../../simulator/world/view.ts";
import type { Locale } from "../../../messages/locale.ts";
import { t } from "../../../messages/t.ts";
import { type LaneBox, type SceneLayout, laneX } from "./layout.ts";
import { say } from "../words.ts";

/** As in the simulator's geometry: metres along the lane. */
const LOOPS_M = [[9.5, 13], [14.6, 15.2], [16, 19]] as const;
const ARM_M = 15;
const PILLAR_M = 12.6;

type LaneProps = {
  readonly layout: SceneLayout;
  readonly box: LaneBox;
  readonly lane: LaneView;
  readonly name: string;
  readonly locale: Locale;
  readonly words: string;
  readonly armRef: Ref<SVGGElement>;
  readonly waiting: number;
  readonly onNewCar: (() => void) | null;
};

export function Lane({ layout, box, lane, name, locale, words, armRef, waiting, onNewCar }: LaneProps) {
  const road = layout.pxPerM * 2.9;
  const top = box.middle - road / 2;
  const forward = box.direction === "entry" ? 1 : -1;
  return (
    <g className={`lane ${lane.connected ? "" : "offline"}`}>
      <rect className="road" x={box.x} y={top} width={box.width} height={road} />
      <path className="edge" d={`M${box.x} ${top}h${box.width}M${box.x} ${top + road}h${box.width}`} />
      <Arrow x={laneX(layout, box, 2.5)} y={box.middle} forward={forward} />
      <Arrow x={laneX(layout, box, 21.5)} y={box.middle} forward={forward} />
      {LOOPS_M.map(([from, to], i) => {
        const a = laneX(layout, box, from);
        const b = laneX(layout, box, to);
        return <rect key={from} className={`loop ${lane.loops[i] ? "on" : ""}`} x={Math.min(a, b)} y={top + 4}
          width={Math.max(4, Math.abs(b - a))} height={road - 8} rx={4} />;
      })}
      <text className="laneName" x={box.direction === "entry" ? box.x + 4 : box.x + box.width - 4} y={box.y + 14}
        textAnchor={box.direction === "entry" ? "start" : "end"}>
        {name} <tspan className="dim">{t(locale, `direction.${box.direction}`)}{lane.connected ? "" : ` · ${say(locale, "scene.laneOffline")}`}</tspan>
      </text>
      <Pillar layout={layout} box={box} lane={lane} words={words} top={top} />
      <g transform={`translate(${laneX(layout, box, ARM_M)} ${top - 4})`}>
        <rect className="post" x={-5} y={-7} width={10} height={12} rx={2} />
        <g ref={armRef}><ArmBeam length={road + 8} /></g>
      </g>
      {waiting > 0 && <text className="dim" x={box.x + 2} y={top + road + 12}>
        {say(locale, "scene.more", { n: waiting })}
      </text>}
      {onNewCar && (
        <g className="newCar" role="button" tabIndex={0} aria-label={say(locale, "scene.newCar", { lane: name })} onClick={onNewCar}
          onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); onNewCar(); } }}>
          <circle cx={box.x - 2} cy={box.middle} r={14} />
          <path d={`M${box.x - 8} ${box.middle}h12M${box.x - 2} ${box.middle - 6}v12`} />
        </g>
      )}
    </g>
  );
}

/** Down it lies across the road; its group is turned up by the angle of the arm. */
function ArmBeam({ length }: { readonly length: number }) {
  return (
    <g className="arm">
      <rect x={-3} y={0} width={6} height={length} rx={3} />
      <path d={`M0 ${length * 0.2}v${length * 0.14}M0 ${length * 0.48}v${length * 0.14}M0 ${length * 0.76}v${length * 0.14}`} />
    </g>
  );
}

function Arrow({ x, y, forward }: { readonly x: number; readonly y: number; readonly forward: number }) {
  return <path className="roadArrow"
    d={`M${x - 12 * forward} ${y}h${18 * forward}m${-6 * forward} -5l${6 * forward} 5l${-6 * forward} 5`} />;
}

type PillarProps = { readonly layout: SceneLayout; readonly box: LaneBox; readonly lane: LaneView; readonly words: string; readonly top: number };

const GO = ["driveIn", "driveOut", "open", "welcome"];
const STOP = ["full", "closed", "outOfService", "printerFault", "refused"];

function Pillar({ layout, box, lane, words, top }: PillarProps) {
  const x = laneX(layout, box, PILLAR_M);
  const width = 158;
  const shown = lane.display;
  const look = !shown ? "" : GO.includes(shown.key) ? "go" : STOP.includes(shown.key) ? "stop" : "ask";
  const left = Math.min(Math.max(box.x + 2, x - width / 2), box.x + box.width - width);
  const small = words.length > 22;
  return (
    <g className="pillar">
      <rect className="pillarBody" x={x - 6} y={top - 12} width={12} height={14} rx={2} />
      {lane.mouth && <rect className={`mouth ${lane.mouth}`} x={x - 3} y={top - 3} width={6} height={9} rx={1} />}
      <rect className="board" x={left} y={top - 35} width={width} height={24} rx={4} />
      <text className={`boardText ${look} ${shown?.flashing ? "flash" : ""} ${small ? "small" : ""}`}
        x={left + width / 2} y={top - 18}>
        {small ? <TwoLines text={words} x={left + width / 2} y={top - 25} /> : words}
      </text>
    </g>
  );
}

function TwoLines({ text, x, y }: { readonly text: string; readonly x: number; readonly y: number }) {
  const cut = text.lastIndexOf(" ", Math.ceil(text.length / 2) + 3);
  return (
    <>
      <tspan x={x} y={y}>{text.slice(0, cut)}</tspan>
      <tspan x={x} y={y + 10}>{text.slice(cut + 1)}</tspan>
    </>
  );
}
