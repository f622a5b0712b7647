/** Cars and cards of the account; plates are added and removed here, cards at the office. */
import { useState } from "react";
import type { CredentialView, ParkerView } from "../../api/contract/accounts.ts";
import type { MyOverview } from "../../api/contract/my.ts";
import { dateTimeText } from "../../messages/format.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { Field, Form } from "./parts.tsx";
import { parkerName, placeOf } from "./places.ts";
import { act } from "./requests.ts";
import { say } from "./words.ts";

type CarsProps = { readonly overview: MyOverview; readonly onChange: () => void };

export function Cars({ overview, onChange }: CarsProps) {
  const { locale } = usePrefs();
  return (
    <section>
      <h1>{say(locale, "cars.title")}</h1>
      {overview.parkers.length === 0 ? <p className="card">{say(locale, "cars.none")}</p> : (
        <ul className="cards">{overview.parkers.map((parker) => <Parker key={parker.parker} parker={parker} overview={overview} onChange={onChange} />)}</ul>
      )}
    </section>
  );
}

function Parker({ parker, overview, onChange }: CarsProps & { readonly parker: ParkerView }) {
  const { locale } = usePrefs();
  const [plate, setPlate] = useState("");
  const name = parkerName(locale, parker);
  const add = async (key: string) => {
    await act(`/parkers/${parker.parker}/plates`, { plate: plate.trim() }, key);
    setPlate("");
    onChange();
    return say(locale, "cars.added");
  };
  return (
    <li className="card">
      <h2>{name}</h2>
      <ul className="media">{parker.credentials.map((credential) => (
        <Medium key={credential.credential} parker={parker.parker} credential={credential} overview={overview} onChange={onChange} />
      ))}</ul>
      <details>
        <summary>{say(locale, "cars.add")}</summary>
        <Form label={say(locale, "cars.of", { name })} button={say(locale, "cars.add")} onSend={add}>
          <Field label={say(locale, "cars.plate")} value={plate} onType={setPlate} />
        </Form>
      </details>
    </li>
  );
}

function Medium({ parker, credential, overview, onChange }: CarsProps & { readonly parker: string; readonly credential: CredentialView }) {
  const { locale } = usePrefs();
  const [asking, setAsking] = useState(false);
  const { inside } = credential;
  const text = credential.text ?? say(locale, "erased");
  const place = inside && placeOf(overview, inside.facility);
  const states = [
    inside && place ? say(locale, "cars.inside", { place: place.name, at: dateTimeText(locale, inside.since, place.zone) }) : null,
    credential.blocked ? say(locale, "cars.blocked") : null, credential.leaving ? say(locale, "cars.leaving") : null,
  ].filter((state) => state !== null);
  const remove = async (key: string) => {
    const answer = await act<{ readonly removed: boolean }>(`/parkers/${parker}/plates/${credential.credential}/remove`, {}, key);
    onChange();
    return say(locale, answer.removed ? "cars.removed" : "cars.removedLater");
  };
  return (
    <li>
      <div className="head">
        <span>{say(locale, `kind.${credential.kind}`)} <b className="plate">{text}</b></span>
        {credential.kind === "plate" && !credential.leaving && !asking && <button type="button" onClick={() => setAsking(true)} aria-label={`${say(locale, "cars.remove")} ${text}`}>{say(locale, "cars.remove")} …</button>}
      </div>
      {states.length > 0 && <p className="dim">{states.join(", ")}</p>}
      {asking && (
        <Form label={say(locale, "cars.removeAsk", { what: text })} button={say(locale, "cars.remove")} danger onSend={remove}>
          <p>{say(locale, "cars.removeAsk", { what: text })} <button type="button" className="plain" onClick={() => setAsking(false)}>{say(locale, "cancel")}</button></p>
        </Form>
      )}
    </li>
  );
}
