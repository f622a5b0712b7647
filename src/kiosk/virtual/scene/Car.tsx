/** A car seen from above, and its driver on foot. The car is a button: it can be focused and chosen. */
import type { Ref } from "react";
import type { VehicleView } from "../../../simulator/world/view.ts";

type CarProps = {
  readonly vehicle: VehicleView;
  readonly pxPerM: number;
  readonly chosen: boolean;
  /** Drives to the left: what is written on it would stand on its head. */
  readonly turned: boolean;
  readonly label: string;
  readonly tabIndex: number;
  readonly attach: Ref<SVGGElement>;
  readonly onChoose: () => void;
};

const WIDTH_M = 1.85;

export function Car({ vehicle, pxPerM, chosen, turned, label, tabIndex, attach, onChoose }: CarProps) {
  const length = vehicle.lengthM * pxPerM;
  const width = Math.max(9, WIDTH_M * pxPerM);
  const x = -length / 2;
  const y = -width / 2;
  const backing = vehicle.place.in === "lane" && vehicle.place.speed < 0;
  const still = vehicle.place.in === "lane" && vehicle.place.speed === 0;
  return (
    <g ref={attach} className={`car ${vehicle.manual ? "mine" : ""} ${chosen ? "chosen" : ""}`} role="button" tabIndex={tabIndex}
      aria-label={label} aria-pressed={chosen} data-car={vehicle.id} onClick={onChoose}
      onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); onChoose(); } }}>
      <rect className="halo" x={x - 5} y={y - 5} width={length + 10} height={width + 10} rx={9} />
      <rect className="body" x={x} y={y} width={length} height={width} rx={width * 0.3}
        style={{ fill: `hsl(${vehicle.hue} 62% 52%)` }} />
      <rect className="roof" x={x + length * 0.3} y={y + width * 0.14} width={length * 0.4} height={width * 0.72}
        rx={width * 0.16} />
      <path className="glass"
        d={`M${x + length * 0.72} ${y + width * 0.14}h${length * 0.07}q${length * 0.05} ${width * 0.36} 0 ${width * 0.72}h${-length * 0.07}z`} />
      <circle className="lamp" cx={x + length - 2} cy={y + width * 0.22} r={1.6} />
      <circle className="lamp" cx={x + length - 2} cy={y + width * 0.78} r={1.6} />
      {(still || backing) && <path className={backing ? "lamp" : "brake"}
        d={`M${x + 1} ${y + 3}v${width * 0.22}M${x + 1} ${y + width - 3}v${-width * 0.22}`} />}
      {(vehicle.mood === "puzzled" || vehicle.mood === "impatient") && (
        <text className="mood" y={4} {...(turned ? { transform: "rotate(180)" } : {})}>
          {vehicle.mood === "puzzled" ? "?" : "!"}
        </text>
      )}
    </g>
  );
}

export function Driver({ vehicle, attach }: { readonly vehicle: VehicleView; readonly attach: Ref<SVGGElement> }) {
  return (
    <g ref={attach} className="driver" aria-hidden="true">
      <ellipse cx={0} cy={2} rx={10} ry={6} style={{ fill: `hsl(${vehicle.hue} 62% 40%)` }} />
      <circle cx={0} cy={0} r={5} />
    </g>
  );
}
