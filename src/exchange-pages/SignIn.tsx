/** The door: a client of the organisation and its secret; at a demo one press. */
import { type FormEvent, useEffect, useState } from "react";
import type { OfferedLogin, SignIn as Given } from "../exchange/pages/contract.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { ask } from "./requests.ts";
import { failureText, say } from "./words.ts";

export function SignIn({ ended, onIn }: { readonly ended: boolean; readonly onIn: () => void }) {
  const { locale } = usePrefs();
  const [client, setClient] = useState("");
  const [secret, setSecret] = useState("");
  const [problem, setProblem] = useState("");
  const [offered, setOffered] = useState<readonly OfferedLogin[]>([]);
  // What a demo offers is a kindness: without it there is still the form.
  useEffect(() => { ask.who().then((answer) => setOffered(answer.offered), () => undefined); }, []);
  const enter = (given: Given) => {
    setProblem("");
    ask.signIn(given).then(onIn, (failure: unknown) => setProblem(failureText(locale, failure)));
  };
  const signIn = (event: FormEvent) => {
    event.preventDefault();
    enter({ client, secret });
  };
  return (
    <section className="card door" aria-labelledby="door-title">
      <h1 id="door-title">{say(locale, "login.title")}</h1>
      {ended && <p role="status">{say(locale, "login.ended")}</p>}
      {offered.length > 0 && (
        <>
          <p id="door-offered">{say(locale, "login.offered")}</p>
          <ul className="offered" aria-labelledby="door-offered">
            {offered.map((one) => (
              <li key={one.client}>
                <button type="button" onClick={() => enter({ client: one.client, secret: one.secret })}>
                  {say(locale, "login.as", { name: one.name, role: say(locale, `role.${one.role}`) })}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{say(locale, "login.text")}</p>
      <form onSubmit={signIn}>
        <label>{say(locale, "login.client")}
          <input value={client} onChange={(event) => setClient(event.target.value)} maxLength={255} required
            autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </label>
        <label>{say(locale, "login.secret")}
          <input type="password" value={secret} onChange={(event) => setSecret(event.target.value)} autoComplete="current-password" maxLength={255} required />
        </label>
        <button type="submit" className="primary">{say(locale, "login.in")}</button>
      </form>
      <p className="problem" role="alert">{problem}</p>
      <p><a href="/docs">{say(locale, "page.docs")}</a></p>
    </section>
  );
}
