/** Where the places lie, with their free spaces: a scheme without streets, drawn here. The list beside it says the same. */
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { type Box, marksOf, placed, type Point, projectionOf, scaleLength, type Sheet } from "./projection.ts";

export type MapPlace = {
  readonly id: string; readonly name: string; readonly latitude: number | null; readonly longitude: number | null;
  readonly free: number | null; readonly stale: boolean;
};

export type PlaceMapProps = {
  readonly places: readonly MapPlace[]; readonly chosen: string | null; readonly label: string;
  readonly onChoose: (id: string) => void;
  /** Places that lie too close to be told apart at this scale. */
  readonly onMany?: (ids: readonly string[]) => void;
  readonly centre?: Point | null;
  readonly sheet?: Sheet;
};

const SHEET: Sheet = { width: 720, height: 400, margin: 72 };
/** For a phone's width, so that marks and names keep their size. */
export const NARROW_SHEET: Sheet = { width: 400, height: 320, margin: 72 };
/** A mark of 44 by 26, and air. */
const APART = { x: 50, y: 30 };
const NAME_CHARS_MAX = 22;
/** Of the font below; a little too wide is better than two names on each other. */
const CHAR_WIDTH = 6.6;
/** Baselines of a name, below and above its mark. */
const BELOW = 28;
const ABOVE = -19;

export function PlaceMap({ places, chosen, label, onChoose, onMany, centre = null, sheet = SHEET }: PlaceMapProps) {
  const { locale } = usePrefs();
  const points = places.flatMap((place) => (place.latitude === null || place.longitude === null ? []
    : [{ place, latitude: place.latitude, longitude: place.longitude }]));
  const projection = projectionOf([...points, ...(centre ? [centre] : [])], sheet);
  const marks = marksOf(points.map(({ place, ...point }) => ({ ...projection.at(point), of: place })), APART);
  const bar = scaleLength((sheet.width / 4) * projection.metresPerUnit);
  const middle = centre && projection.at(centre);
  const single = marks.filter(({ members }) => members.length === 1);
  const covers = marks.map(({ x, y }) => ({ left: x - 24, right: x + 24, top: y - 15, bottom: y + 15 }));
  const scaleBox = { left: 0, right: sheet.width / 3, top: sheet.height - 32, bottom: sheet.height };
  const boxes = placed(single.map(({ x, y, members: [only] }) => [BELOW, ABOVE].map((dy) => nameBox(x, y + dy, nameOf(only)))), [...covers, scaleBox]);
  const baseline = new Map(single.map(({ y, members: [only] }, i) => { const box = boxes[i]; return [only?.id, box ? box.bottom - NAME_DROP - y : null] as const; }));
  return (
    <svg className="map" viewBox={`0 0 ${sheet.width} ${sheet.height}`} role="img" aria-label={label}>
      {points.length > 0 && <path className="grid" d={gridOf(sheet, bar / projection.metresPerUnit)} />}
      {middle && <circle cx={middle.x} cy={middle.y} r="5" className="centre" />}
      {marks.map(({ x, y, members }) => {
        const [only, ...others] = members;
        if (only === undefined) return null;
        if (others.length > 0) {
          return <Many key={only.id} x={x} y={y} count={members.length} onOpen={() => onMany?.(members.map(({ id }) => id))} />;
        }
        const state = only.free === null ? "unknown" : only.free === 0 ? "full" : "free";
        const dy = baseline.get(only.id) ?? null;
        return (
          <g key={only.id} className={`${state} ${only.stale ? "stale" : ""} ${only.id === chosen ? "chosen" : ""}`}
            transform={`translate(${x} ${y})`} onClick={() => onChoose(only.id)}>
            <rect x="-22" y="-13" width="44" height="26" rx="7" />
            <text className="count" textAnchor="middle" dy="5">{only.free ?? "?"}</text>
            {dy !== null && <text className="name" textAnchor="middle" dy={dy}>{nameOf(only)}</text>}
          </g>
        );
      })}
      {points.length > 0 && (
        <g className="scale" transform={`translate(16 ${sheet.height - 14})`}>
          <path d={`M0 -5V0H${bar / projection.metresPerUnit}V-5`} />
          <text x="6" dy="-6">{bar >= 1_000 ? `${(bar / 1_000).toLocaleString(locale)} km` : `${bar} m`}</text>
        </g>
      )}
    </svg>
  );
}

/** Below the baseline. */
const NAME_DROP = 3;

const nameOf = (place: MapPlace | undefined): string => (place === undefined ? ""
  : place.name.length > NAME_CHARS_MAX ? `${place.name.slice(0, NAME_CHARS_MAX - 1)}…` : place.name);

function nameBox(x: number, baseline: number, name: string): Box {
  const half = (name.length * CHAR_WIDTH) / 2;
  return { left: x - half, right: x + half, top: baseline - 10, bottom: baseline + NAME_DROP };
}

/** Squares as wide as the scale is long, so that distances can be guessed anywhere. */
function gridOf({ width, height }: Sheet, step: number): string {
  const lines: string[] = [];
  for (let x = step; x < width; x += step) lines.push(`M${x} 0V${height}`);
  for (let y = step; y < height; y += step) lines.push(`M0 ${y}H${width}`);
  return lines.join("");
}

function Many({ x, y, count, onOpen }: { readonly x: number; readonly y: number; readonly count: number; readonly onOpen: () => void }) {
  return (
    <g className="many" transform={`translate(${x} ${y})`} onClick={onOpen}>
      <circle r="19" />
      <text className="count" textAnchor="middle" dy="5">{`+${count}`}</text>
    </g>
  );
}
