/**
 * Pay by plate: the driver types it; one stay goes straight to its charge, several are told apart by the time of entry.
 * Of a plate that is not the typed one only first and last sign are shown: nobody learns whose car is inside.
 */
import { useState } from "react";
import type { PlateChoices } from "../../api/contract/devices.ts";
import { dateTimeText } from "../../messages/format.ts";
import { RequestFailed, api } from "../shared/api.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { pageWords } from "../shared/words.ts";
import { say } from "./words.ts";

type ByPlateProps = { readonly facility: string; readonly station: string; readonly zone: string; readonly token: string | null };

export function ByPlate({ facility, station, zone, token }: ByPlateProps) {
  const { locale } = usePrefs();
  const [plate, setPlate] = useState("");
  const [choices, setChoices] = useState<PlateChoices["choices"]>([]);
  const [problem, setProblem] = useState("");
  const failed = (failure: unknown) => {
    if (!(failure instanceof RequestFailed)) throw failure;
    setProblem(failure.status === 429 ? say(locale, "plate.slow") : failure.status === 0 ? pageWords(locale, "failed.unreachable") : pageWords(locale, "failed.other", failure));
  };
  const choose = (stay: string) => {
    setChoices([]);
    setPlate("");
    api.chooseStay(facility, station, stay, token).then(() => setProblem(""), failed);
  };
  const find = () => {
    setProblem("");
    api.plates(facility, station, plate, token).then(({ choices: found }) => {
      const [only, ...others] = found;
      if (only && others.length === 0) choose(only.stay);
      else setChoices(found);
      if (!only) setProblem(say(locale, "plate.none"));
    }, failed);
  };
  return (
    <section className="byPlate" aria-label={say(locale, "plate.title")}>
      <h2>{say(locale, "plate.title")}</h2>
      <form onSubmit={(event) => { event.preventDefault(); find(); }}>
        <label>{say(locale, "plate.label")}{" "}
          <input value={plate} onChange={(event) => setPlate(event.target.value)} required maxLength={20} autoComplete="off"
            autoCapitalize="characters" spellCheck={false} /></label>{" "}
        <button type="submit" className="primary">{say(locale, "plate.find")}</button>
      </form>
      {problem !== "" && <p className="problem" role="alert">{problem}</p>}
      {choices.length > 0 && (
        <fieldset>
          <legend>{say(locale, "plate.choose")}</legend>
          {choices.map((one) => (
            <button key={one.stay} type="button" onClick={() => choose(one.stay)}>
              {say(locale, "plate.entered", { plate: one.plate, time: dateTimeText(locale, one.enteredAt, zone) })}
            </button>
          ))}
        </fieldset>
      )}
    </section>
  );
}
