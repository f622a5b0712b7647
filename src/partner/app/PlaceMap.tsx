/** Where the places lie about the middle of the city; a scheme, without streets. */
import { usePrefs } from "../../kiosk/shared/prefs.tsx";
import type { Place } from "../read.ts";
import { say } from "../words.ts";

const WIDTH = 320;
const HEIGHT = 180;
const MARGIN = 34;

type PlaceMapProps = {
  readonly places: readonly Place[]; readonly chosen: string | null; readonly onChoose: (id: string) => void;
  readonly centre: { readonly latitude: number; readonly longitude: number };
};

export function PlaceMap({ places, chosen, centre, onChoose }: PlaceMapProps) {
  const { locale } = usePrefs();
  const points = places.flatMap((place) => (place.latitude === null || place.longitude === null ? [] : [{ place, latitude: place.latitude, longitude: place.longitude }]));
  // A degree of longitude is shorter than one of latitude by the cosine of the latitude.
  const shrink = Math.cos((centre.latitude * Math.PI) / 180);
  const reach = Math.max(0.002, ...points.flatMap(({ latitude, longitude }) => [
    Math.abs(latitude - centre.latitude) * (WIDTH / HEIGHT), Math.abs(longitude - centre.longitude) * shrink,
  ]));
  const scale = (WIDTH / 2 - MARGIN) / reach;
  return (
    <svg className="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say(locale, "app.map")}>
      <circle cx={WIDTH / 2} cy={HEIGHT / 2} r="3" className="centre" />
      {points.map(({ place, latitude, longitude }) => {
        const x = WIDTH / 2 + (longitude - centre.longitude) * shrink * scale;
        const y = HEIGHT / 2 - (latitude - centre.latitude) * scale;
        const state = place.free === null ? "unknown" : place.free === 0 ? "full" : "free";
        return (
          <g key={place.id} className={`${state} ${place.id === chosen ? "chosen" : ""}`} transform={`translate(${x} ${y})`} onClick={() => onChoose(place.id)}>
            <rect x="-19" y="-12" width="38" height="24" rx="7" />
            <text textAnchor="middle" dy="5">{place.free ?? "?"}</text>
          </g>
        );
      })}
    </svg>
  );
}
