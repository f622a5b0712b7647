/**
 * The drawing. React draws what changes from picture to picture; positions and arms glide outside React
 * (motion.ts). Cars form one tab stop: arrow keys move among them, Enter chooses.
 */
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { VehicleView, WorldView } from "../../../simulator/world/view.ts";
import type { Locale } from "../../../messages/locale.ts";
import type { SiteWords } from "../../../messages/site.ts";
import { displayWords, screenWords, wordsText } from "../../../messages/words.ts";
import { say } from "../words.ts";
import { Car, Driver } from "./Car.tsx";
import { Bays, StationBoxView, Street } from "./Ground.tsx";
import { Lane } from "./Lane.tsx";
import { LANE_FROM_M, type Pose, type SceneLayout, driverPose, layoutOf, poseOf } from "./layout.ts";
import { useMotion } from "./motion.ts";

type SceneProps = {
  readonly world: WorldView;
  readonly facilityName: string;
  readonly site: SiteWords;
  readonly locale: Locale;
  readonly chosenCar: number | null;
  readonly chosenStation: string | null;
  readonly onChooseCar: (id: number) => void;
  readonly onChooseStation: (id: string) => void;
  readonly onNewCar: (lane: string) => void;
};

export function Scene(props: SceneProps) {
  const { world, site, locale, chosenCar } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const parts = [...world.lanes.map((lane) => lane.lane), ...world.stations.map((one) => one.station)];
  const shape = [world.facility, ...parts, world.bays, width].join("|");
  const layout = useMemo(() => layoutOf(world, width), [shape]); // eslint-disable-line react-hooks/exhaustive-deps -- only the shape of the world matters
  const motion = useMotion();
  const cars = world.vehicles.filter((vehicle) => visible(vehicle));
  useLayoutEffect(() => motion.aim(posesOf(world, cars, layout)));
  const tabStop = cars.find((car) => car.id === chosenCar) ?? cars.find((car) => car.manual) ?? cars[0];
  const words = (lane: WorldView["lanes"][number]) => (lane.display ? wordsText(locale, displayWords(lane.display), site) : "");
  return (
    <div ref={frame} className="scene">
      <svg role="group" width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`}
        aria-label={say(locale, "scene.label", { facility: props.facilityName })} onKeyDown={(event) => moveAmongCars(event)}>
        <Bays layout={layout} total={world.bays} inside={world.inside} locale={locale} />
        <Street layout={layout} sign={world.sign} locale={locale} />
        {layout.lanes.map((box, i) => {
          const lane = world.lanes[i]!;
          return (
            <Lane key={box.lane} layout={layout} box={box} lane={lane} name={site.lane(box.lane)} locale={locale} words={words(lane)}
              armRef={motion.attach(`arm-${box.lane}`)} waiting={hidden(world, box.lane)}
              onNewCar={box.direction === "entry" ? () => props.onNewCar(box.lane) : null} />
          );
        })}
        {layout.stations.map((box, i) => {
          const station = world.stations[i]!;
          const name = site.station(box.station);
          const text = station.output ? wordsText(locale, screenWords(station.output.screen), site) : "";
          return <StationBoxView key={box.station} box={box} station={station} name={name} words={text} chosen={props.chosenStation === box.station}
            label={`${say(locale, "machine.title", { name })}: ${text}`} onChoose={() => props.onChooseStation(box.station)} />;
        })}
        {cars.map((vehicle) => (
          <Car key={vehicle.id} vehicle={vehicle} pxPerM={layout.pxPerM} chosen={vehicle.id === chosenCar}
            turned={isLeaving(world, vehicle)} tabIndex={vehicle === tabStop ? 0 : -1}
            label={say(locale, vehicle.manual ? "scene.yourCar" : "scene.car", vehicle)} attach={motion.attach(`car-${vehicle.id}`)}
            onChoose={() => props.onChooseCar(vehicle.id)} />
        ))}
        {cars.filter((vehicle) => vehicle.driver.at !== "car").map((vehicle) =>
          <Driver key={vehicle.id} vehicle={vehicle} attach={motion.attach(`driver-${vehicle.id}`)} />)}
      </svg>
    </div>
  );
}

/** Cars that wait further back than the drawing reaches are counted instead. */
const visible = (vehicle: VehicleView): boolean =>
  vehicle.place.in !== "lane" || vehicle.place.x - vehicle.lengthM > LANE_FROM_M - 1;
const hidden = (world: WorldView, lane: string): number =>
  world.vehicles.filter((vehicle) => vehicle.place.in === "lane" && vehicle.place.lane === lane && !visible(vehicle)).length;

function isLeaving(world: WorldView, { place }: VehicleView): boolean {
  return place.in === "lane" && world.lanes.some((one) => one.lane === place.lane && one.direction === "exit");
}

function posesOf(world: WorldView, cars: readonly VehicleView[], layout: SceneLayout): ReadonlyMap<string, Pose> {
  const poses = new Map<string, Pose>();
  for (const vehicle of cars) {
    poses.set(`car-${vehicle.id}`, poseOf(layout, vehicle));
    const driver = driverPose(layout, vehicle);
    if (driver) poses.set(`driver-${vehicle.id}`, driver);
  }
  for (const lane of world.lanes) {
    const up = lane.direction === "entry" ? -lane.armDegrees : lane.armDegrees;
    poses.set(`arm-${lane.lane}`, { x: 0, y: 0, angle: up, scale: 1 });
  }
  return poses;
}

function moveAmongCars(event: KeyboardEvent<SVGSVGElement>): void {
  const step = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 0;
  const target = event.target as SVGElement;
  if (step === 0 || target.dataset["car"] === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<SVGGElement>("[data-car]")];
  const here = all.findIndex((node) => node === target);
  all[(here + step + all.length) % all.length]?.focus();
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(960);
  useLayoutEffect(() => {
    const node = frame.current;
    if (!node) return;
    const measure = () => setWidth(Math.max(320, Math.floor(node.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
