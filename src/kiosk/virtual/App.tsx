/**
 * The virtual car park: the world of simulated devices drawn live, and cars in the hand of whoever looks.
 * What is shown comes from the world's stream alone; an action changes nothing here until the world shows it.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { PublicOverview, PublicView } from "../../api/contract/live.ts";
import type { CityAction } from "../../simulator/world/action.ts";
import type { WorldView } from "../../simulator/world/view.ts";
import { type SiteWords, siteWordsOf } from "../../messages/site.ts";
import type { Locale } from "../../messages/locale.ts";
import { RequestFailed, api } from "../shared/api.ts";
import { PrefsSwitches, usePrefs } from "../shared/prefs.tsx";
import { useStream } from "../shared/stream.ts";
import { pageWords } from "../shared/words.ts";
import { useClock } from "./clock.ts";
import { type Doable, doables } from "./doable.ts";
import { isCalling, stageOf, stationOfDriver } from "./guide.ts";
import { useKeys } from "./keys.ts";
import { Machine } from "./Machine.tsx";
import { CarPanel, ClockBar, FASTER_SPEED, Guide, Log, type NewCar, happeningText } from "./panels.tsx";
import { Scene } from "./scene/Scene.tsx";
import { cannotText, say } from "./words.ts";

export function App() {
  const { locale } = usePrefs();
  const [city, setCity] = useState<PublicOverview | null>(null);
  const [facility, setFacility] = useState(() => new URLSearchParams(location.search).get("facility") ?? "");
  const [shown, setShown] = useState<PublicView | null>(null);
  const [world, setWorld] = useState<WorldView | null>(null);
  const [problem, setProblem] = useState("");
  const failed = useCallback((failure: unknown) => setProblem(failureText(locale, failure)), [locale]);
  useEffect(() => { document.title = say(locale, "page.title"); }, [locale]);
  useEffect(() => {
    api.city().then((found) => {
      setCity(found);
      setFacility((chosen) => (found.facilities.some((one) => one.id === chosen) ? chosen : found.facilities[0]?.id ?? ""));
    }, failed);
  }, [failed]);
  useEffect(() => {
    setWorld(null);
    setShown(null);
    if (facility === "" || !city) return;
    history.replaceState(null, "", `?facility=${encodeURIComponent(facility)}`);
    api.facility(facility).then(setShown, failed);
  }, [facility, city, failed]);
  const line = useStream<WorldView>(city?.demo && facility !== "" ? api.worldEvents(facility) : null, "world", setWorld);
  const { clock, change, setTraffic } = useClock(failed);
  const site = useMemo(() => siteOf(shown), [shown]);
  return (
    <>
      <header className="top">
        <h1>{say(locale, "page.title")}</h1>
        <label className="facility"><span className="visuallyHidden">{say(locale, "page.facility")}</span>
          <select value={facility} onChange={(event) => setFacility(event.target.value)}>
            {city?.facilities.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
        <span className="simulated">{pageWords(locale, "demo.simulated")}</span>
        <a href="/">{say(locale, "page.console")}</a>
        <PrefsSwitches />
        <ClockBar world={world} zone={site.zone} clock={clock} onSpeed={(speed) => change({ speed, paused: false })}
          onPause={(paused) => change({ paused })} onTraffic={setTraffic} />
      </header>
      {city && !city.demo && <main><p>{say(locale, "page.noDemo")}</p></main>}
      {city?.demo !== false && line !== "open" && <p className="line" role="status">
        {pageWords(locale, line === "lost" ? "line.lost" : "line.connecting")}
      </p>}
      {world && world.facility === facility && (
        <CarPark key={facility} world={world} site={site} name={shown?.name ?? facility} problem={problem} setProblem={setProblem}
          onPause={() => change({ paused: !(clock?.paused ?? false) })} speed={clock?.speed ?? 1} onSpeed={(speed) => change({ speed, paused: false })} />
      )}
      {!world && <p className="problem" role="alert">{problem}</p>}
    </>
  );
}

const siteOf = (view: PublicView | null): SiteWords => siteWordsOf({
  zone: view?.zone ?? "UTC", currency: view?.currency ?? "AUD", groups: [],
  lanes: view?.lanes ?? [], payStations: view?.stations ?? [],
});

type CarParkProps = {
  readonly world: WorldView; readonly site: SiteWords; readonly name: string;
  readonly problem: string; readonly setProblem: (text: string) => void; readonly onPause: () => void;
  readonly speed: number; readonly onSpeed: (speed: number) => void;
};

function CarPark({ world, site, name, problem, setProblem, onPause, speed, onSpeed }: CarParkProps) {
  const { locale } = usePrefs();
  const [chosenId, setChosen] = useState<number | null>(null);
  const [stationId, setStation] = useState<string | null>(null);
  const [guide, setGuide] = useState(true);
  const seen = useRef(false);
  // After a reload, or before anything is chosen, a car that is driven by hand is the one meant.
  const chosen = world.vehicles.find((one) => one.id === chosenId)
    ?? (chosenId === null ? world.vehicles.find((one) => one.manual) ?? null : null);
  const left = chosenId !== null && !chosen && seen.current;
  useEffect(() => { if (chosen) seen.current = true; }, [chosen]);
  const plates = usePlates(world);
  const names = { lane: site.lane, station: site.station, currency: site.currency };
  const list = chosen?.manual ? doables(locale, world, chosen, names) : [];
  const stationHere = chosen ? stationOfDriver(world, chosen) : null;
  const station = stationHere ?? world.stations.find((one) => one.station === stationId) ?? world.stations[0] ?? null;

  const act = (action: CityAction) => {
    setProblem("");
    api.act(world.facility, action).then((answer) => {
      if (answer.refusal) setProblem(cannotText(locale, answer.refusal.type));
      else if (action.type === "arrive" && answer.vehicle !== null) { seen.current = false; setChosen(answer.vehicle); }
    }, (failure: unknown) => setProblem(failureText(locale, failure)));
  };
  const arrive = (lane?: string, wish: NewCar = {}) => {
    const entry = lane ?? shortestEntry(world);
    if (entry !== undefined) act({ type: "arrive", lane: entry as never, ...wish });
  };
  const doIt = (doable: Doable | undefined) => { if (doable) act(doable.action); };
  useKeys({ onNew: () => arrive(), onNumber: (n) => doIt(list[n - 1]), onPause });
  const longWay = chosen?.place.in === "aisle" || chosen?.driver.at === "walking";
  const next = list[0]?.kind === "next" ? list[0] : null;
  return (
    <main>
      {guide
        ? <Guide stage={stageOf(world, chosen, left)} next={next} onNext={() => doIt(next ?? undefined)}
          onArrive={() => arrive()} onHide={() => setGuide(false)}
          called={isCalling(world, chosen)} onFaster={longWay && speed < FASTER_SPEED ? () => onSpeed(FASTER_SPEED) : null} />
        : <p className="guideBack"><button type="button" className="plain" onClick={() => setGuide(true)}>
          {say(locale, "guide.show")}
        </button> <span className="dim">{say(locale, "guide.keys")}</span></p>}
      <div className="stage">
        <Scene world={world} facilityName={name} site={site} locale={locale} chosenCar={chosen?.id ?? null} chosenStation={station?.station ?? null}
          onChooseCar={setChosen} onChooseStation={setStation} onNewCar={(lane) => arrive(lane)} />
        <div className="below">
          <Log happenings={world.happenings} plates={plates} site={site} />
          <Links world={world} site={site} />
        </div>
        <div className={`side ${stationHere ? "atStation" : ""}`}>
          <CarPanel vehicle={chosen} left={left} list={list} problem={problem} onDo={doIt}
            onArrive={(wish) => arrive(undefined, wish)} />
          {station && <Machine facility={world.facility} station={station} site={site}
            driver={stationHere ? chosen : null} list={list} onDo={doIt} act={act} />}
        </div>
      </div>
      <p className="visuallyHidden" role="status">{lastOf(locale, world, chosen?.id ?? null, plates, site)}</p>
    </main>
  );
}

/** The same displays as pages of their own, as they would stand at the lanes. */
function Links({ world, site }: { readonly world: WorldView; readonly site: SiteWords }) {
  const { locale } = usePrefs();
  const here = encodeURIComponent(world.facility);
  return (
    <nav className="links" aria-label={say(locale, "links.title")}>
      <span className="dim">{say(locale, "links.title")}:</span>
      {world.lanes.map(({ lane }) => <a key={lane}
        href={`/pillar/${here}/${encodeURIComponent(lane)}?locale=${locale}`}>{site.lane(lane)}</a>)}
      <a href={`/sign/${here}?locale=${locale}`}>{say(locale, "links.sign")}</a>
      <a href={`/receipt?locale=${locale}`}>{say(locale, "links.receipt")}</a>
    </nav>
  );
}

/** The entry with the fewest cars, so that a newcomer need not queue. */
function shortestEntry(world: WorldView): string | undefined {
  const queued = (lane: string) => world.vehicles.filter(({ place }) => place.in === "lane" && place.lane === lane).length;
  return world.lanes.filter((one) => one.direction === "entry").toSorted((a, b) => queued(a.lane) - queued(b.lane))[0]?.lane;
}

/** Plates of cars that have gone are kept for the lines that still speak of them. */
function usePlates(world: WorldView): ReadonlyMap<number, string> {
  const known = useRef(new Map<number, string>());
  for (const vehicle of world.vehicles) known.current.set(vehicle.id, vehicle.plate);
  const spoken = new Set(world.happenings.map((one) => one.vehicle));
  const here = new Set(world.vehicles.map((one) => one.id));
  for (const id of known.current.keys()) if (!here.has(id) && !spoken.has(id)) known.current.delete(id);
  return known.current;
}

function lastOf(locale: Locale, world: WorldView, car: number | null, plates: ReadonlyMap<number, string>, site: SiteWords): string {
  const last = world.happenings.findLast((one) => one.vehicle === car && car !== null);
  return last ? happeningText(locale, last, plates, site) : "";
}

function failureText(locale: Locale, failure: unknown): string {
  if (!(failure instanceof RequestFailed)) throw failure;
  if (failure.status === 0) return pageWords(locale, "failed.unreachable");
  return pageWords(locale, "failed.other", failure);
}
