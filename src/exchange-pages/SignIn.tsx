/** The door: a client of the organisation and its secret. */
import { type FormEvent, useState } from "react";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import { ask } from "./requests.ts";
import { failureText, say } from "./words.ts";

export function SignIn({ ended, onIn }: { readonly ended: boolean; readonly onIn: () => void }) {
  const { locale } = usePrefs();
  const [client, setClient] = useState("");
  const [secret, setSecret] = useState("");
  const [problem, setProblem] = useState("");
  const signIn = (event: FormEvent) => {
    event.preventDefault();
    setProblem("");
    ask.signIn({ client, secret }).then(onIn, (failure: unknown) => setProblem(failureText(locale, failure)));
  };
  return (
    <section className="card door" aria-labelledby="door-title">
      <h1 id="door-title">{say(locale, "login.title")}</h1>
      {ended && <p role="status">{say(locale, "login.ended")}</p>}
      <p>{say(locale, "login.text")}</p>
      <form onSubmit={signIn}>
        <label>{say(locale, "login.client")}
          <input value={client} onChange={(event) => setClient(event.target.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={255} required />
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
