/** What is kept about the holder: seen, taken along, the password changed, everything deleted. */
import { useState } from "react";
import type { MyDeleteAnswer, MyOverview } from "../../api/contract/my.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { Field, Form } from "./parts.tsx";
import { act, read } from "./requests.ts";
import { say } from "./words.ts";

const PASSWORD_MIN = 10;

export function MyData({ overview, onDeleted }: { readonly overview: MyOverview; readonly onDeleted: (answer: MyDeleteAnswer) => void }) {
  const { locale } = usePrefs();
  const { contact } = overview;
  const rows = contact === null ? [] : [
    [say(locale, "name"), contact.name], [say(locale, "address"), contact.address], [say(locale, "email"), contact.email], [say(locale, "phone"), contact.phone],
  ].filter(([, value]) => value !== null);
  return (
    <>
      <h1>{say(locale, "data.title")}</h1>
      <section className="card">
        <h2>{say(locale, "data.contact")}</h2>
        <dl className="facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
        <Form button={say(locale, "data.export")} onSend={async () => { save(await read<unknown>("/export")); return null; }}>{null}</Form>
      </section>
      <Password />
      <Delete onDeleted={onDeleted} />
    </>
  );
}

function save(everything: unknown): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(everything, null, 2)], { type: "application/json" }));
  link.download = "my-parking.json";
  link.click();
  URL.revokeObjectURL(link.href);
}

function Password() {
  const { locale } = usePrefs();
  const [password, setPassword] = useState("");
  const [next, setNext] = useState("");
  const change = async (key: string) => {
    await act("/password", { password, newPassword: next }, key);
    setPassword("");
    setNext("");
    return say(locale, "data.changed");
  };
  return (
    <section className="card">
      <h2>{say(locale, "data.password")}</h2>
      <Form label={say(locale, "data.password")} button={say(locale, "data.password")} onSend={change}>
        <Field label={say(locale, "data.old")} type="password" value={password} onType={setPassword} complete="current-password" />
        <Field label={say(locale, "data.new")} type="password" value={next} onType={setNext} complete="new-password" min={PASSWORD_MIN} hint={say(locale, "activate.hint", { min: PASSWORD_MIN })} />
      </Form>
    </section>
  );
}

function Delete({ onDeleted }: { readonly onDeleted: (answer: MyDeleteAnswer) => void }) {
  const { locale } = usePrefs();
  const [password, setPassword] = useState("");
  return (
    <section className="card">
      <h2>{say(locale, "data.delete")}</h2>
      <p>{say(locale, "data.deleteWhat")}</p>
      <Form label={say(locale, "data.delete")} button={say(locale, "data.deleteGo")} danger onSend={async (key) => { onDeleted(await act<MyDeleteAnswer>("/delete", { password }, key)); return null; }}>
        <Field label={say(locale, "data.deletePassword")} type="password" value={password} onType={setPassword} complete="current-password" />
      </Form>
    </section>
  );
}

export function Deleted({ answer }: { readonly answer: MyDeleteAnswer }) {
  const { locale } = usePrefs();
  return (
    <main id="main" className="narrow">
      <h1>{say(locale, "data.deleted")}</h1>
      <section className="card">
        <h2>{say(locale, "data.erased")}</h2>
        <ul className="why">{answer.erased.map((what) => <li key={what}>{what}</li>)}</ul>
        <h2>{say(locale, "data.kept")}</h2>
        <ul className="why">{answer.kept.map(({ what, why }) => <li key={what}>{why[locale]}</li>)}</ul>
      </section>
      <p><a href="/my">{say(locale, "data.toLogin")}</a></p>
    </main>
  );
}
