/** What stands still: street with the sign at the entrance, bays, pay stations. */
import type { EntranceSign } from "../../../carpark/facility/outputs.ts";
import type { StationView } from "../../../simulator/world/view.ts";
import type { Locale } from "../../../messages/locale.ts";
import { t } from "../../../messages/t.ts";
import { say } from "../words.ts";
import { type SceneLayout, type StationBox, bayCentre } from "./layout.ts";

export function Street({ layout, sign, locale }: { readonly layout: SceneLayout; readonly sign: EntranceSign | null; readonly locale: Locale }) {
  const bottom = (layout.lanes.at(-1)?.y ?? 0) + 84;
  const word = sign ? t(locale, `sign.${sign}`) : "";
  return (
    <g>
      <rect className="street" x={0} y={0} width={layout.street} height={bottom} />
      <path className="streetLine" d={`M${layout.street / 2} 0V${bottom}`} />
      <path className="spine" d={`M${layout.spine} 10V${layout.narrow ? layout.height - 20 : layout.height - 10}`} />
      {!layout.narrow && <text className="streetName" transform={`translate(14 ${bottom - 12}) rotate(-90)`}>
        {say(locale, "scene.street")}
      </text>}
      {word !== "" && (
        <g className={`sign ${sign ?? ""}`} transform={`translate(${layout.street + 8} 6)`}>
          <title>{word}</title>
          <rect width={172} height={22} rx={4} />
          <text x={86} y={16}>P  {word}</text>
        </g>
      )}
    </g>
  );
}

type BaysProps = { readonly layout: SceneLayout; readonly total: number; readonly inside: number; readonly locale: Locale };

export function Bays({ layout, total, inside, locale }: BaysProps) {
  const { bays } = layout;
  const lines = Array.from({ length: total }, (_, bay) => {
    const centre = bayCentre(layout, bay);
    const x = centre.x - bays.cell.width / 2;
    const y = centre.y - bays.cell.height / 2;
    const line = (bays.cell.height * 0.92).toFixed(1);
    return `M${x.toFixed(1)} ${y.toFixed(1)}v${line}m${bays.cell.width.toFixed(1)} 0v-${line}`;
  }).join("");
  return (
    <g>
      <rect className="deck" x={bays.x - 8} y={bays.y - 6} width={bays.width + 16} height={bays.height + 12}
        rx={8} />
      <path className="bayLines" d={lines} />
      <text className="laneName" x={bays.x} y={bays.y - 12}>
        {say(locale, "scene.bays")} <tspan className="dim">{say(locale, "scene.inside", { count: inside })} / {total}</tspan>
      </text>
    </g>
  );
}

type StationProps = {
  readonly box: StationBox; readonly station: StationView; readonly name: string; readonly words: string;
  readonly chosen: boolean; readonly onChoose: () => void; readonly label: string;
};

export function StationBoxView({ box, station, name, words, chosen, onChoose, label }: StationProps) {
  const most = Math.max(1, ...station.hoppers.map((pile) => pile.count));
  return (
    <g className={`station ${chosen ? "chosen" : ""} ${station.connected ? "" : "offline"}`} role="button" tabIndex={0} aria-label={label} aria-pressed={chosen}
      transform={`translate(${box.x} ${box.y})`} onClick={onChoose}
      onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); onChoose(); } }}>
      <rect className="cabinet" width={box.width} height={box.height} rx={6} />
      <text className="stationName" x={8} y={15}>{name}</text>
      <rect className="lcd" x={8} y={21} width={box.width - 16} height={26} rx={3} />
      <text className="lcdText" x={13} y={37.5}>{words.length > 18 ? `${words.slice(0, 17)}…` : words}</text>
      <rect className="slot" x={10} y={54} width={34} height={4} />
      {station.ticketIn && <rect className="paper" x={14} y={52} width={26} height={5} />}
      {station.ticketOut && <rect className="paper" x={14} y={54} width={26} height={14} />}
      <rect className="tray" x={box.width - 48} y={box.height - 20} width={40} height={13} rx={5} />
      {station.tray.flatMap((pile) => Array.from({ length: Math.min(4, pile.count) }, () => pile.denominationMinor)).slice(0, 6).map((minor, i) =>
        <circle key={`${minor}-${String(i)}`} className="coin" cx={box.width - 42 + i * 6} cy={box.height - 13}
          r={4.4} />)}
      {station.receiptOut && <rect className="paper" x={box.width - 40} y={54} width={20} height={16} />}
      {station.hoppers.map((pile, i) => {
        const height = (pile.count / most) * 18;
        return <rect key={pile.denominationMinor} className="hopper" x={10 + i * 8} y={box.height - 7 - height}
          width={6} height={height} />;
      })}
      {station.queue.length > 0 && <text className="dim" x={50} y={62}>+{station.queue.length}</text>}
    </g>
  );
}
