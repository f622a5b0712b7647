/** Free spaces: a list, the same as a map, and what a stay costs. */
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { durationText, moneyText, numberText } from "../messages/format.ts";
import { HOUR } from "../kernel/instant.ts";
import type { Locale } from "../messages/locale.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { Offer, PlaceCard, PriceStep } from "../exchange/pages/contract.ts";
import { nameIn, useAsked } from "./parts.tsx";
import { NARROW_SHEET, PlaceMap } from "./PlaceMap.tsx";
import { ask } from "./requests.ts";
import { say } from "./words.ts";

/** As often as operators' counts are fresh. */
const POLL_MS = 20_000;
const RADII_KM = [0.5, 1, 2, 5, 20] as const;
type Around = { readonly name: string | null; readonly latitude: number; readonly longitude: number };

export function Availability({ isOpen }: { readonly isOpen: boolean }) {
  const { locale } = usePrefs();
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const [free, setFree] = useState(false);
  const [around, setAround] = useState<Around | null>(null);
  const [km, setKm] = useState<number>(2);
  const [shown, setShown] = useState<readonly string[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [noLocation, setNoLocation] = useState(false);
  const question = useCallback(() => ask.places({
    text, free, near: around && { latitude: around.latitude, longitude: around.longitude, radius: Math.round(km * 1_000) },
  }), [text, free, around, km]);
  const narrow = useNarrow();
  const { answer, problem, asking } = useAsked(question, isOpen ? POLL_MS : undefined);
  const places = answer?.places ?? [];
  const onMap = shown === null ? places : places.filter(({ id }) => shown.includes(id));
  const search = (event: FormEvent) => { event.preventDefault(); setText(typed.trim()); setShown(null); };
  const locate = () => {
    setNoLocation(false);
    // A browser that is not served over TLS does not even ask for leave.
    if (!("geolocation" in navigator)) return setNoLocation(true);
    return navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => nearby({ name: null, latitude, longitude }), () => setNoLocation(true),
    );
  };
  const nearby = (point: Around | null) => { setAround(point); setShown(null); };
  return (
    <section className="availability" aria-labelledby="availability-title">
      <h1 id="availability-title">{say(locale, "page.availability")}</h1>
      <form className="filters" onSubmit={search}>
        <label>{say(locale, "find.text")}
          <input type="search" value={typed} maxLength={100} onBlur={() => setText(typed.trim())}
            onChange={(event) => { setTyped(event.target.value); if (event.target.value === "") setText(""); }} />
        </label>
        <label>{say(locale, "find.near")}
          <select value={around === null ? "" : "point"}
            onChange={({ target: { value } }) => (value === "here" ? locate() : value === "" ? nearby(null) : undefined)}>
            <option value="">{say(locale, "find.anywhere")}</option>
            {around !== null && <option value="point">
              {around.name === null ? say(locale, "find.aroundPoint") : say(locale, "find.around", { name: around.name })}
            </option>}
            <option value="here">{say(locale, "find.here")}</option>
          </select>
        </label>
        {around !== null && <label>{say(locale, "find.radius")}
          <select value={km} onChange={(event) => setKm(Number(event.target.value))}>
            {RADII_KM.map((one) => <option key={one} value={one}>{say(locale, "find.km", { km: one.toLocaleString(locale) })}</option>)}
          </select>
        </label>}
        <label className="check"><input type="checkbox" checked={free} onChange={(event) => setFree(event.target.checked)} />{say(locale, "find.free")}</label>
        <p className="problem" role="alert">{problem || (noLocation ? say(locale, "find.noLocation") : "")}</p>
      </form>
      <div className="beside">
        <div className="mapBox">
          <PlaceMap places={onMap.map((place) => ({ ...place, name: nameIn(place.names, locale, place.id) }))} chosen={chosen} label={say(locale, "find.map")}
            onChoose={setChosen} onMany={setShown} centre={shown === null ? around : null}
            {...(narrow ? { sheet: NARROW_SHEET } : {})} />
          {shown !== null && <button type="button" onClick={() => setShown(null)}>{say(locale, "find.whole")}</button>}
        </div>
        <div>
          <p className="dim" role="status">
            {answer === null ? (asking ? say(locale, "page.loading") : "")
              : places.length === 0 ? say(locale, "find.none") : say(locale, "find.count", { count: places.length })}
            {answer?.more === true && ` ${say(locale, "find.more")}`}
          </p>
          <ul className="placeList" aria-label={say(locale, "find.list")}>
            {places.map((place) => <Place key={place.id} place={place} now={answer?.now ?? 0} isChosen={place.id === chosen}
              onChoose={() => setChosen(place.id === chosen ? null : place.id)} onNearby={nearby} />)}
          </ul>
        </div>
      </div>
    </section>
  );
}

const NARROW = "(max-width: 40rem)";

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const media = matchMedia(NARROW);
    const changed = () => setNarrow(media.matches);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  return narrow;
}

type PlaceProps = {
  readonly place: PlaceCard; readonly now: number; readonly isChosen: boolean;
  readonly onChoose: () => void; readonly onNearby: (around: Around) => void;
};

function Place({ place, now, isChosen, onChoose, onNearby }: PlaceProps) {
  const { locale } = usePrefs();
  const { id, free, spaces, countedAt, latitude, longitude, metres } = place;
  const name = nameIn(place.names, locale, id);
  const age = countedAt === null ? null : durationText(locale, now - countedAt);
  return (
    <li className={isChosen ? "chosen" : ""}>
      <button type="button" aria-expanded={isChosen} onClick={onChoose}>
        <span><b>{name}</b><small>{place.operator.name}{metres === null ? "" : ` · ${distanceText(locale, metres)}`}</small></span>
        <span className={free === null ? "unknown" : free === 0 ? "full" : "free"}>
          <b>{free === null ? say(locale, "place.unknown") : free === 0 ? say(locale, "place.full") : say(locale, "place.free", { count: free })}</b>
          <small>{[free !== null && spaces !== null ? say(locale, "place.of", { spaces: numberText(locale, spaces) }) : "",
            age === null ? "" : say(locale, place.stale ? "place.stale" : "place.age", { age })].filter((one) => one !== "").join(" · ")}</small>
        </span>
      </button>
      {isChosen && (
        <div className="details">
          <Offers place={id} />
          <p className="dim">{say(locale, "place.code", { id })}{" "}
            {latitude !== null && longitude !== null && (
              <button type="button" className="plain" onClick={() => onNearby({ name, latitude, longitude })}>{say(locale, "place.here")}</button>
            )}</p>
        </div>
      )}
    </li>
  );
}

function Offers({ place }: { readonly place: string }) {
  const { locale } = usePrefs();
  const question = useCallback(() => ask.offers(place), [place]);
  const { answer, problem } = useAsked(question);
  if (answer === null) return <p role="status">{problem || say(locale, "page.loading")}</p>;
  if (answer.offers.length === 0) return <p>{say(locale, "place.noOffers")}</p>;
  return (
    <>
      <h2>{say(locale, "place.prices")}</h2>
      {answer.offers.map((offer) => (
        <div key={offer.id}>
          <h3>{typeText(locale, offer)}{offer.table.length === 0 ? "" : ` – ${nameIn(offer.table, locale, "")}`}</h3>
          {offer.price === null ? <p>{say(locale, "price.unknown")}</p> : (
            <ul className="prices">{offer.price.steps.map((step) => <li key={stepKey(step)}>{stepText(locale, step, offer.price?.currency ?? "")}</li>)}</ul>
          )}
        </div>
      ))}
    </>
  );
}

const typeText = (locale: Locale, { type }: Offer): string =>
  say(locale, type === "oneTimeUseParking" || type === "permitParking" ? `type.${type}` : "type.other");

const stepKey = (step: PriceStep): string => `${step.type} ${step.type === "upTo" ? step.toMs : step.fromMs}`;

export function stepText(locale: Locale, step: PriceStep, currency: string): string {
  const money = (minor: number) => (minor === 0 ? say(locale, "price.free") : moneyText(locale, minor, currency));
  const long = (ms: number) => (ms % HOUR === 0 ? `${ms / HOUR} h` : durationText(locale, ms));
  const part = (ms: number) => (ms === HOUR ? say(locale, "price.hour") : long(ms));
  switch (step.type) {
    case "upTo": return say(locale, "price.upTo", { to: long(step.toMs), total: money(step.totalMinor) });
    case "none": return say(locale, "price.none", { from: long(step.fromMs) });
    case "each": {
      const { fromMs, toMs, partMs, partMinor, totalMinor } = step;
      const all = { amount: money(partMinor), part: part(partMs), to: long(toMs), total: money(totalMinor) };
      return fromMs === 0 ? say(locale, "price.each", all) : say(locale, "price.eachFrom", { ...all, from: long(fromMs) });
    }
  }
}

const distanceText = (locale: Locale, metres: number): string => (metres < 1_000 ? say(locale, "place.metres", { metres })
  : say(locale, "place.km", { km: (metres / 1_000).toLocaleString(locale, { maximumFractionDigits: 1 }) }));
