/** Where the places lie, with their free spaces: a scheme without streets, drawn here. The list beside it says the same. */
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { marksOf, type Point, projectionOf, scaleLength, type Sheet } from "./projection.ts";

export type MapPlace = { readonly id: string; readonly name: string; readonly latitude: number | null; readonly longitude: number | null; readonly free: number | null; readonly stale: boolean };

export type PlaceMapProps = {
  readonly places: readonly MapPlace[]; readonly chosen: string | null; readonly label: string;
  readonly onChoose: (id: string) => void;
  /** Places that lie too close to be told apart at this scale. */
  readonly onMany?: (ids: readonly string[]) => void;
  readonly centre?: Point | null;
  readonly sheet?: Sheet;
};

const SHEET: Sheet = { width: 720, height: 400, margin: 72 };
/** A mark with its name below it. */
const APART = { x: 56, y: 40 };
const NAME_CHARS_MAX = 22;

export function PlaceMap({ places, chosen, label, onChoose, onMany, centre = null, sheet = SHEET }: PlaceMapProps) {
  const { locale } = usePrefs();
  const points = places.flatMap((place) => (place.latitude === null || place.longitude === null ? []
    : [{ place, latitude: place.latitude, longitude: place.longitude }]));
  const projection = projectionOf([...points, ...(centre ? [centre] : [])], sheet);
  const marks = marksOf(points.map(({ place, ...point }) => ({ ...projection.at(point), of: place })), APART);
  const bar = scaleLength((sheet.width / 4) * projection.metresPerUnit);
  const middle = centre && projection.at(centre);
  return (
    <svg className="map" viewBox={`0 0 ${sheet.width} ${sheet.height}`} role="img" aria-label={label}>
      {points.length > 0 && <path className="grid" d={gridOf(sheet, bar / projection.metresPerUnit)} />}
      {middle && <circle cx={middle.x} cy={middle.y} r="5" className="centre" />}
      {marks.map(({ x, y, members }) => {
        const [only, ...others] = members;
        if (only === undefined) return null;
        if (others.length > 0) return <Many key={only.id} x={x} y={y} count={members.length} onOpen={() => onMany?.(members.map(({ id }) => id))} />;
        const state = only.free === null ? "unknown" : only.free === 0 ? "full" : "free";
        const name = only.name.length > NAME_CHARS_MAX ? `${only.name.slice(0, NAME_CHARS_MAX - 1)}…` : only.name;
        return (
          <g key={only.id} className={`${state} ${only.stale ? "stale" : ""} ${only.id === chosen ? "chosen" : ""}`} transform={`translate(${x} ${y})`} onClick={() => onChoose(only.id)}>
            <rect x="-22" y="-13" width="44" height="26" rx="7" />
            <text className="count" textAnchor="middle" dy="5">{only.free ?? "?"}</text>
            <text className="name" textAnchor="middle" dy="29">{name}</text>
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
