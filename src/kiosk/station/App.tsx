/**
 * The pay station's touch screen, /kiosk/FACILITY/STATION. Everything shown is the machine's own state from the
 * server; the page keeps nothing, so a reload or a cut line loses nothing.
 *
 *   public stream -> screen, amounts, countdown        demo: world stream -> whose hands the buttons are
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { PublicOverview, PublicView } from "../../api/contract/live.ts";
import type { CityAction } from "../../simulator/world/action.ts";
import type { WorldView } from "../../simulator/world/view.ts";
import { LOCALE_NAME, LOCALES } from "../../messages/locale.ts";
import { timeText } from "../../messages/format.ts";
import { siteWordsOf } from "../../messages/site.ts";
import { RequestFailed, api } from "../shared/api.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { useStream } from "../shared/stream.ts";
import { pageWords } from "../shared/words.ts";
import { cannotText } from "../virtual/words.ts";
import { ByPlate } from "./ByPlate.tsx";
import { machineToken } from "./machine.ts";
import { Screen } from "./Screen.tsx";
import { Simulated, driverAt } from "./Simulated.tsx";
import { say } from "./words.ts";

const [, , FACILITY = "", STATION = ""] = location.pathname.split("/").map(decodeURIComponent);

const TOKEN = machineToken(location, localStorage, (address) => history.replaceState(null, "", address));

export function App() {
  const { locale, setLocale } = usePrefs();
  const [view, setView] = useState<PublicView | null>(null);
  const [world, setWorld] = useState<WorldView | null>(null);
  const [problem, setProblem] = useState("");
  const [missing, setMissing] = useState(false);
  const line = useStream<PublicView>(FACILITY === "" ? null : api.facilityEvents(FACILITY), "public", setView);
  useStream<WorldView>(view?.demo ? api.worldEvents(FACILITY) : null, "world", setWorld);
  useEffect(() => { document.title = say(locale, "page.title"); }, [locale]);
  useEffect(() => {
    if (FACILITY === "") return setMissing(true);
    // A first picture without waiting for the stream; it also tells whether the address is right.
    api.facility(FACILITY).then((first) => setView((shown) => shown ?? first), (failure: unknown) => {
      if (failure instanceof RequestFailed && failure.status === 404) setMissing(true);
    });
  }, []);
  const station = view?.stations.find((one) => one.id === STATION) ?? null;
  useOwnLanguagePerDriver(station?.state ?? null, setLocale);
  const site = useMemo(() => view && siteWordsOf({ ...view, groups: [], payStations: view.stations }), [view]);
  const act = useCallback((action: CityAction) => {
    setProblem("");
    api.act(FACILITY, action).then((answer) => { if (answer.refusal) setProblem(cannotText(locale, answer.refusal.type)); },
      (failure: unknown) => setProblem(failure instanceof RequestFailed && failure.status > 0
        ? pageWords(locale, "failed.other", failure) : pageWords(locale, "failed.unreachable")));
  }, [locale]);
  if (missing || (view && !station)) return <Chooser asked={STATION !== ""} />;
  if (!view || !station || !site) return <main className="kiosk"><h1>{pageWords(locale, "line.connecting")}</h1></main>;
  const driver = world ? driverAt(world, station.id) : null;
  const now = Math.max(view.at, world?.at ?? 0);
  return (
    <>
      <main className="kiosk" inert={line === "lost"}>
        <header>
          <div><h1>{station.name}</h1><span>{view.name} · {timeText(locale, now, view.zone)}</span></div>
          <div role="group" aria-label={say(locale, "language.choose")} className="languages">
            {LOCALES.map((one) => <button key={one} type="button" lang={one} aria-pressed={one === locale}
              onClick={() => setLocale(one)}>{LOCALE_NAME[one]}</button>)}
          </div>
        </header>
        <Screen view={view} station={station} site={site} now={now} can={driver?.can ?? []}
          press={(name) => { if (driver) act({ type: name, vehicle: driver.id }); }} />
        {view.payByPlate && (view.demo || TOKEN !== null) && station.state === "idle" && station.inService
          && <ByPlate facility={FACILITY} station={STATION} zone={view.zone} token={view.demo ? null : TOKEN} />}
        {view.demo && <Simulated facility={FACILITY} world={world} station={station} driver={driver} site={site}
          problem={problem} act={act} />}
      </main>
      {line === "lost" && <div className="overlay" role="alert">{pageWords(locale, "line.lost")}</div>}
    </>
  );
}

/** Where the address names no machine: all there are. */
function Chooser({ asked }: { readonly asked: boolean }) {
  const { locale } = usePrefs();
  const [city, setCity] = useState<PublicOverview | null>(null);
  useEffect(() => { api.city().then(setCity, () => undefined); }, []);
  return (
    <main className="kiosk chooser">
      <h1>{say(locale, asked ? "page.unknown" : "page.choose")}</h1>
      <ul>
        {city?.facilities.flatMap((facility) => facility.stations.map((station) => (
          <li key={`${facility.id}/${station.id}`}>
            <a href={`/kiosk/${[facility.id, station.id].map(encodeURIComponent).join("/")}`}>{facility.name} · {station.name}</a>
          </li>
        )))}
      </ul>
    </main>
  );
}

/** The next driver starts in the language of the place again. */
function useOwnLanguagePerDriver(state: string | null, setLocale: (locale: "en" | "de") => void): void {
  const [first] = useState(() => document.documentElement.lang === "de" ? "de" as const : "en" as const);
  const [before, setBefore] = useState(state);
  useEffect(() => {
    if (state === before) return;
    if (state === "idle" && before !== null) setLocale(first);
    setBefore(state);
  }, [state, before, first, setLocale]);
}
