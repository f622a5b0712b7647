/** The panels around the drawing: first steps, the chosen car and its buttons, the clock, what just happened. */
import { useState } from "react";
import type { DemoClock } from "../../api/contract/demo.ts";
import { SPEED_MAX } from "./clock.ts";
import type { Happening, VehicleView, WorldView } from "../../simulator/world/view.ts";
import { dayText, durationText, timeSecondsText } from "../../messages/format.ts";
import type { SiteWords } from "../../messages/site.ts";
import { usePrefs } from "../shared/prefs.tsx";
import type { Doable } from "./doable.ts";
import { STAGES, type StageName, stepOf } from "./guide.ts";
import { say } from "./words.ts";

type GuideProps = {
  readonly stage: StageName;
  readonly next: Doable | null;
  readonly onNext: () => void;
  readonly onArrive: () => void;
  readonly onHide: () => void;
  /** Offered while the car or the driver is on a long way and the clock runs slowly. */
  readonly onFaster: (() => void) | null;
  /** The attendant is being called for this car. */
  readonly called: boolean;
};

/** Where the attendant console answers the intercom. */
const CALLS_PAGE = "/calls";

/** A walk of a minute takes six seconds. */
export const FASTER_SPEED = 10;

export function Guide({ stage, next, onNext, onArrive, onHide, onFaster, called }: GuideProps) {
  const { locale } = usePrefs();
  const n = stepOf(stage);
  const total = STAGES.length - 1;
  const fresh = stage === "arrive" || stage === "done";
  const text = stage === "done" ? say(locale, "guide.done") : say(locale, `stage.${stage}`);
  return (
    <section className="guide" aria-label={say(locale, "guide.title")}>
      <ol aria-hidden="true">
        {STAGES.slice(0, total).map((one, i) => <li key={one} className={i < n ? "past" : i === n ? "now" : ""} />)}
      </ol>
      <div className="guideText" role="status">
        <span className="dim">{stage === "done" ? say(locale, "guide.title") : say(locale, "guide.of", { n: n + 1, total })}</span>
        <strong>{called ? say(locale, "guide.called") : text}</strong>
        {called && <a href={CALLS_PAGE}>{say(locale, "guide.answer")}</a>}
      </div>
      {fresh
        ? <button type="button" className="primary" onClick={onArrive}>
          {say(locale, stage === "done" ? "guide.again" : "act.arrive")}<kbd>N</kbd>
        </button>
        : !next && onFaster
        ? <button type="button" onClick={onFaster}>{say(locale, "guide.faster", { speed: FASTER_SPEED })}</button>
        : <button type="button" className="primary" disabled={!next} onClick={onNext}>
          {next ? next.label : say(locale, "car.wait")}{next && <kbd>1</kbd>}
        </button>}
      <button type="button" className="plain" onClick={onHide}>{say(locale, "guide.hide")}</button>
    </section>
  );
}

type CarPanelProps = {
  readonly vehicle: VehicleView | null;
  readonly left: boolean;
  readonly list: readonly Doable[];
  readonly problem: string;
  readonly onDo: (doable: Doable) => void;
  readonly onArrive: (wish?: NewCar) => void;
};

/** What a new car comes with. */
export type NewCar = { readonly card?: "season" | "service" | "foreign"; readonly code?: true; readonly plate?: string };

export function CarPanel({ vehicle, left, list, problem, onDo, onArrive }: CarPanelProps) {
  const { locale } = usePrefs();
  const honest = list.filter((one) => one.kind !== "trouble" && (!one.tender || one.kind === "next"));
  const trouble = list.filter((one) => one.kind === "trouble");
  return (
    <section className="panel carPanel" aria-label={say(locale, "car.next")}>
      {vehicle ? <CarHead vehicle={vehicle} /> : <h2>{say(locale, "car.none")}</h2>}
      {!vehicle && <p>{say(locale, left ? "car.gone" : "car.noneHint")}</p>}
      {vehicle && !vehicle.manual && <p>{say(locale, "car.auto")}</p>}
      <p className="problem" role="alert">{problem}</p>
      {vehicle?.manual && list.length === 0 && <p>{say(locale, "car.wait")}</p>}
      <div className="doables">{honest.map((one) => <DoButton key={one.id} doable={one} list={list} onDo={onDo} />)}</div>
      {trouble.length > 0 && <h3>{say(locale, "car.trouble")}</h3>}
      <div className="doables small">{trouble.map((one) => <DoButton key={one.id} doable={one} list={list}
        onDo={onDo} />)}</div>
      <div className="newCars">
        <button type="button" onClick={() => onArrive()}>{say(locale, "new.plain")}<kbd>N</kbd></button>
        <button type="button" onClick={() => onArrive({ card: "season" })}>{say(locale, "new.season")}</button>
        <button type="button" onClick={() => onArrive({ card: "service" })}>{say(locale, "new.service")}</button>
        <button type="button" onClick={() => onArrive({ card: "foreign" })}>{say(locale, "new.foreign")}</button>
        <button type="button" onClick={() => onArrive({ code: true })}>{say(locale, "new.code")}</button>
      </div>
      <PlateForm onArrive={onArrive} />
    </section>
  );
}

/** Letters, digits, blanks and hyphens, as on the metal. */
const PLATE_PATTERN = "[A-Za-z0-9ÄÖÜäöü \\-]{1,12}";

function PlateForm({ onArrive }: Pick<CarPanelProps, "onArrive">) {
  const { locale } = usePrefs();
  const [plate, setPlate] = useState("");
  const typed = plate.trim();
  return (
    <form className="newCars" onSubmit={(event) => { event.preventDefault(); onArrive(typed === "" ? {} : { plate: typed }); }}>
      <label>{say(locale, "new.plate")}{" "}
        <input value={plate} onChange={(event) => setPlate(event.target.value)} pattern={PLATE_PATTERN} maxLength={12}
          autoComplete="off" spellCheck={false} placeholder={say(locale, "new.plateHint")} /></label>
      <button type="submit">{say(locale, "new.withPlate")}</button>
      <p className="dim">{say(locale, "new.simulated")}</p>
    </form>
  );
}

function CarHead({ vehicle }: { readonly vehicle: VehicleView }) {
  const { locale } = usePrefs();
  const { ticket } = vehicle;
  return (
    <>
      <h2>
        <span className="swatch" style={{ background: `hsl(${vehicle.hue} 62% 52%)` }} />
        {say(locale, vehicle.manual ? "scene.yourCar" : "scene.car", vehicle)}
      </h2>
      <p className="hand">
        {ticket && (
          <span className={`paperTicket ${ticket.damaged ? "damaged" : ""}`}>
            <b>{say(locale, "car.ticket", ticket)}</b> {ticket.date} {ticket.time}
            {ticket.paid !== null && <em> · {say(locale, "car.paid")} {ticket.paid}</em>}{ticket.damaged && <em> · {say(locale, "car.damaged")}</em>}
          </span>
        )}
        {vehicle.plateCovered && <span className="plastic">{say(locale, "car.covered")}</span>}
        {vehicle.hasCard && <span className="plastic">{say(locale, "car.card")}</span>}
      </p>
    </>
  );
}

function DoButton({ doable, list, onDo }: { readonly doable: Doable; readonly list: readonly Doable[]; readonly onDo: (doable: Doable) => void }) {
  const key = list.indexOf(doable) + 1;
  return (
    <button type="button" className={doable.kind === "next" ? "primary" : ""} onClick={() => onDo(doable)}>
      {doable.label}{key <= 9 && <kbd>{key}</kbd>}
    </button>
  );
}

const SPEEDS = [1, 10, 60, SPEED_MAX] as const;
/** As in the contract: a rush. */
const TRAFFIC_MAX = 5;

/** A clock that once ran fast stays ahead, also after a restart; below a minute nobody would notice. */
const AHEAD_SHOWN_MS = 60_000;

type ClockProps = {
  readonly world: WorldView | null; readonly zone: string; readonly clock: DemoClock | null;
  readonly onSpeed: (speed: number) => void; readonly onPause: (paused: boolean) => void; readonly onTraffic: (level: number) => void;
};

export function ClockBar({ world, zone, clock, onSpeed, onPause, onTraffic }: ClockProps) {
  const { locale } = usePrefs();
  const at = world?.at ?? clock?.now ?? null;
  const paused = clock?.paused ?? false;
  const ahead = clock?.aheadMs ?? 0;
  const level = clock?.traffic ?? world?.traffic ?? 0;
  return (
    <div className="clockBar">
      <div className="clockFace" role="timer" aria-label={say(locale, "clock.time")}>
        <span>{at === null ? " " : dayText(locale, at, zone)}</span><strong>{at === null ? "--:--:--" : timeSecondsText(locale, at, zone)}</strong>
        {ahead >= AHEAD_SHOWN_MS && <em>{say(locale, "clock.ahead", { time: durationText(locale, ahead) })}</em>}
      </div>
      <button type="button" aria-pressed={paused} onClick={() => onPause(!paused)}>
        {say(locale, paused ? "clock.run" : "clock.pause")}<kbd>P</kbd>
      </button>
      <div className="speeds" role="group" aria-label={say(locale, "clock.speed")}>
        {SPEEDS.map((speed) => <button key={speed} type="button" aria-pressed={clock?.speed === speed}
          onClick={() => onSpeed(speed)}>{say(locale, "clock.times", { speed })}</button>)}
      </div>
      <label className="traffic">{say(locale, "traffic.label")}
        <input type="range" min={0} max={TRAFFIC_MAX} step={0.5} value={level}
          onChange={(event) => onTraffic(Number(event.target.value))} />
        <span>{level === 0 ? say(locale, "traffic.none") : say(locale, "traffic.some", { level: String(level) })}</span>
      </label>
    </div>
  );
}

type LogProps = { readonly happenings: readonly Happening[]; readonly plates: ReadonlyMap<number, string>; readonly site: SiteWords };

export function Log({ happenings, plates, site }: LogProps) {
  const { locale } = usePrefs();
  return (
    <section className="panel log" aria-label={say(locale, "log.title")}>
      <h2>{say(locale, "log.title")}</h2>
      {happenings.length === 0 && <p>{say(locale, "log.empty")}</p>}
      <ol>
        {happenings.toReversed().map((one) => (
          <li key={one.n}><time>{timeSecondsText(locale, one.at, site.zone)}</time> {happeningText(locale, one, plates, site)}</li>
        ))}
      </ol>
    </section>
  );
}

export function happeningText(locale: "en" | "de", one: Happening, plates: ReadonlyMap<number, string>, site: SiteWords): string {
  const id = one.where ?? "";
  const where = site.lane(id) !== id ? site.lane(id) : site.station(id);
  const what = say(locale, `happened.${one.what}`, { where });
  const plate = one.vehicle === null ? undefined : plates.get(one.vehicle);
  return plate === undefined ? what : say(locale, "log.car", { plate, what });
}
