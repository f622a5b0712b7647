/** Signing in, and choosing a password with the invitation's code. */
import { useState } from "react";
import type { MyMe, MyWelcome } from "../../api/contract/my.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { Field, Form, Show, useLoaded } from "./parts.tsx";
import { Refused, act } from "./requests.ts";
import { say } from "./words.ts";

/** The server's own; typed here so that nobody sends what it refuses. */
const PASSWORD_MIN = 10;

export function Login({ onLogin }: { readonly onLogin: (me: MyMe) => void }) {
  const { locale } = usePrefs();
  const [withCode, setWithCode] = useState(location.pathname.startsWith("/my/activate"));
  return (
    <main id="main" className="narrow">
      <h1>{say(locale, "title")}</h1>
      {withCode ? <Activate onLogin={onLogin} /> : <SignIn onLogin={onLogin} />}
      <p><button type="button" className="plain" onClick={() => setWithCode(!withCode)}>{say(locale, withCode ? "login.again" : "login.code")}</button></p>
      {!withCode && <DemoLogins onLogin={onLogin} />}
    </main>
  );
}

function SignIn({ onLogin }: { readonly onLogin: (me: MyMe) => void }) {
  const { locale } = usePrefs();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = async (key: string) => {
    try {
      onLogin(await act<MyMe>("/login", { email, password }, key));
    } catch (failure) {
      if (failure instanceof Refused && failure.status === 401) throw new Refused(401, say(locale, "failed.wrong"), "");
      throw failure;
    }
    return null;
  };
  return (
    <section className="card">
      <h2>{say(locale, "login")}</h2>
      <Form label={say(locale, "login")} button={say(locale, "login.go")} onSend={signIn}>
        <Field label={say(locale, "login.email")} type="email" value={email} onType={setEmail} complete="username" />
        <Field label={say(locale, "login.password")} type="password" value={password} onType={setPassword} complete="current-password" />
      </Form>
    </section>
  );
}

function Activate({ onLogin }: { readonly onLogin: (me: MyMe) => void }) {
  const { locale } = usePrefs();
  // Behind the `#`, so that no server and no log on the way ever sees the code.
  const [code, setCode] = useState(() => location.hash.replace(/^#/, ""));
  const [password, setPassword] = useState("");
  return (
    <section className="card">
      <h2>{say(locale, "activate")}</h2>
      <Form
        label={say(locale, "activate")} button={say(locale, "activate.go")}
        onSend={async (key) => {
          const me = await act<MyMe>("/activate", { code: code.trim(), password }, key);
          history.replaceState(null, "", "/my");
          onLogin(me);
          return null;
        }}
      >
        <Field label={say(locale, "activate.code")} value={code} onType={setCode} complete="one-time-code" />
        <Field label={say(locale, "activate.new")} type="password" value={password} onType={setPassword} complete="new-password" min={PASSWORD_MIN} hint={say(locale, "activate.hint", { min: PASSWORD_MIN })} />
      </Form>
    </section>
  );
}

function DemoLogins({ onLogin }: { readonly onLogin: (me: MyMe) => void }) {
  const { locale } = usePrefs();
  const welcome = useLoaded<MyWelcome>("/welcome");
  return (
    <Show of={welcome}>{({ demoLogins }) => demoLogins.length > 0 && (
      <section className="card">
        <h2>{say(locale, "login.demo")}</h2>
        {demoLogins.map(({ email, password, name }) => (
          <Form key={email} button={name} onSend={async (key) => { onLogin(await act<MyMe>("/login", { email, password }, key)); return null; }}>{null}</Form>
        ))}
      </section>
    )}</Show>
  );
}
