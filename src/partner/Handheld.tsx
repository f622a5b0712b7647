/** The patrol's device over the exchange's public API: the one of the exchange's own pages, asking with the patrol's token. */
import { useCallback, useEffect, useState } from "react";
import { type DeviceAnswer, type DevicePlace, Handheld as Device } from "../exchange-pages/Handheld.tsx";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { epoch } from "./bodies.ts";
import type { Exchange } from "./exchange.ts";
import { failureText } from "./failure.ts";
import { dataOf, placeOf, rightOf } from "./read.ts";
import { say } from "./words.ts";

/** A right that ended so lately is shown, for the officer to be patient. */
const JUST_ENDED_S = 15 * 60;

export function Handheld({ exchange }: { readonly exchange: Exchange }) {
  const { locale } = usePrefs();
  const [places, setPlaces] = useState<readonly DevicePlace[]>([]);
  const [problem, setProblem] = useState("");
  const { zone } = exchange.world;
  useEffect(() => {
    const mine = exchange.world.places.filter(({ operator }) => operator === "op1");
    Promise.all(mine.map(({ id }) => exchange.call("es1", "GET", `/places/${id}`))).then(
      (answers) => setPlaces(answers.map(({ json }) => placeOf(json, locale)).map(({ id, name }) => ({ id, name, zone }))),
      (failure: unknown) => setProblem(failureText(locale, failure)),
    );
  }, [exchange, locale, zone]);
  const ask = useCallback(async (place: string, plate: string): Promise<DeviceAnswer> => {
    const at = Date.now();
    const query = { place, credential_id: plate, start_before: epoch(at) + 1, end_after: epoch(at) - JUST_ENDED_S };
    const { json } = await exchange.call("es1", "GET", "/rights/assigned", { query });
    const rights = dataOf(json).map(rightOf).filter((one) => one !== null).toSorted((a, b) => b.expiry - a.expiry);
    const [best] = rights;
    const state = best === undefined ? "none" : best.expiry > at ? "valid" : "ended";
    return { at, zone, state, until: best?.expiry ?? null, permit: false, rights: rights.length, similar: [], elsewhere: [] };
  }, [exchange, zone]);
  const reasonOf = useCallback((failure: unknown) => failureText(locale, failure), [locale]);
  return (
    <>
      <Device heading="h2" title={say(locale, "hand.title")} places={places} ask={ask} reasonOf={reasonOf} />
      <p className="problem" role="alert">{problem}</p>
    </>
  );
}
