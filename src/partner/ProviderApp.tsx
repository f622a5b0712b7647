/** The mock provider's app: find a place, pay for a stay on arrival or on departure, give more time, keep an account for number plate entry. */
import { useState } from "react";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { ActorId } from "../sandbox/contract.ts";
import { Account } from "./app/Account.tsx";
import { Find } from "./app/Find.tsx";
import { Leave } from "./app/Leave.tsx";
import { Stays } from "./app/Stays.tsx";
import type { Stay } from "./app/stay.ts";
import type { Exchange } from "./exchange.ts";
import { say } from "./words.ts";

const PARTS = ["find", "stays", "leave", "account"] as const;

export function ProviderApp({ exchange }: { readonly exchange: Exchange }) {
  const { locale } = usePrefs();
  const [provider, setProvider] = useState<ActorId>("sp1");
  const [part, setPart] = useState<(typeof PARTS)[number]>("find");
  const [stays, setStays] = useState<readonly Stay[]>([]);
  const [plate, setPlate] = useState("AB12 XYZ");
  const providers = exchange.world.actors.filter(({ role }) => role === "serviceProvider");
  const mine = stays.filter((stay) => stay.provider === provider);
  const change = (stay: Stay) => setStays((before) => [...before.filter(({ id }) => id !== stay.id), stay]);
  return (
    <section className="phone" aria-labelledby="phone-title">
      <header>
        <h2 id="phone-title">{exchange.actor(provider).name}</h2>
        <label><span className="visuallyHidden">{say(locale, "app.provider")}</span>
          <select value={provider} onChange={(event) => setProvider(event.target.value as ActorId)}>
            {providers.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
      </header>
      <div className="parts" role="group" aria-label={say(locale, "app.sections")}>
        {PARTS.map((one) => <button key={one} type="button" aria-pressed={one === part} onClick={() => setPart(one)}>{say(locale, `app.${one}`)}</button>)}
      </div>
      {part === "find" && <Find key={provider} exchange={exchange} provider={provider} plate={plate} onPlate={setPlate} onStay={change} />}
      {part === "stays" && <Stays exchange={exchange} stays={mine} onStay={change} />}
      {part === "leave" && <Leave key={provider} exchange={exchange} provider={provider} plate={plate} onPlate={setPlate} />}
      {part === "account" && <Account key={provider} exchange={exchange} provider={provider} plate={plate} onPlate={setPlate} />}
    </section>
  );
}
