/** The handheld on the exchange's own pages: asks as the organisation that is signed in. */
import { useCallback } from "react";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { hand } from "./deviceWords.ts";
import { Handheld } from "./Handheld.tsx";
import { nameIn, useAsked } from "./parts.tsx";
import { ask } from "./requests.ts";
import { failureText, say } from "./words.ts";

const lookUp = (place: string, plate: string) => ask.lookUp({ place, plate });

export function HandheldPage() {
  const { locale } = usePrefs();
  const { answer, problem } = useAsked(ask.lookUpPlaces);
  const reasonOf = useCallback((failure: unknown) => failureText(locale, failure), [locale]);
  if (answer === null) return <p role="status">{problem || say(locale, "page.loading")}</p>;
  if (answer.places.length === 0) return <p>{hand(locale, "hand.noPlaces")}</p>;
  const places = answer.places.map(({ id, names, zone }) => ({ id, zone, name: nameIn(names, locale, id) }));
  return <Handheld heading="h1" title={say(locale, "page.handheld")} places={places} ask={lookUp} reasonOf={reasonOf} />;
}
