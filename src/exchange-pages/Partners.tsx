/** Who takes part, who works with whom, and with which clients. An administrator makes, renews and revokes clients. */
import { type FormEvent, useState } from "react";
import type { Locale } from "../messages/locale.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { Client, NewSecret, Organisation, Partners as PartnersAnswer, Who } from "../exchange/pages/contract.ts";
import { Table, useAsked } from "./parts.tsx";
import { tell } from "./recordWords.ts";
import { ask } from "./requests.ts";
import { failureText, say } from "./words.ts";

export function Partners({ who }: { readonly who: Who }) {
  const { locale } = usePrefs();
  const { answer, problem, again } = useAsked(ask.partners);
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const [said, setSaid] = useState("");
  const [failed, setFailed] = useState("");
  if (answer === null) return <p role={problem === "" ? "status" : "alert"}>{problem || say(locale, "page.loading")}</p>;
  const run = (doing: Promise<unknown>, done: string) => {
    setFailed("");
    setSaid("");
    doing.then(() => { setSaid(done); again(); }, (failure: unknown) => setFailed(failureText(locale, failure)));
  };
  const isAdministrator = who.role === "administrator";
  const actions = {
    rotate: (id: string) => run(ask.rotateSecret(id).then(setSecret), ""),
    revoke: (id: string) => run(ask.revokeClient(id), tell(locale, "office.revokedNow", { client: id })),
  };
  const nameOf = (id: string): string => answer.organisations.find((one) => one.id === id)?.name ?? id;
  return (
    <section aria-labelledby="partners-title">
      <h1 id="partners-title">{say(locale, "page.partners")}</h1>
      <p className="problem" role="alert">{failed || problem}</p>
      <p className="said" role="status">{said}</p>
      {secret !== null && <Secret secret={secret} onKept={() => setSecret(null)} />}
      <h2>{tell(locale, "office.clients")}</h2>
      <Table label={tell(locale, "office.clients")} heads={[
        tell(locale, "office.client"), ...(isAdministrator ? [tell(locale, "office.actions")] : []),
        tell(locale, "office.organisation"), tell(locale, "office.state"), tell(locale, "office.rate"),
      ]}>
        {answer.clients.map((client) => (
          <tr key={client.id}>
            <th scope="row"><code>{client.id}</code>{client.id === who.client && <small className="tag">{tell(locale, "office.own")}</small>}</th>
            {isAdministrator && <td>{!client.revoked && client.id !== who.client && <Actions client={client} actions={actions} />}</td>}
            <td>{nameOf(client.organisation)}</td><td>{tell(locale, client.revoked ? "office.revoked" : "office.active")}</td><td>{client.requestsPerSecond}</td>
          </tr>
        ))}
      </Table>
      {isAdministrator && <NewClient organisations={answer.organisations} onMade={(given) => run(ask.addClient(given).then(setSecret), "")} />}
      <h2>{tell(locale, "office.organisations")}</h2>
      <Table label={tell(locale, "office.organisations")} heads={[tell(locale, "office.organisation"), "Id", tell(locale, "office.role"), tell(locale, "office.with")]}>
        {answer.organisations.map((one) => (
          <tr key={one.id}>
            <th scope="row">{one.name}</th><td><code>{one.id}</code></td><td>{say(locale, `role.${one.role}`)}</td>
            <td>{workingWith(locale, one, answer, nameOf).join("; ") || "–"}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function workingWith(locale: Locale, { id }: Organisation, { connections, contracts }: PartnersAnswer, nameOf: (id: string) => string): readonly string[] {
  const at = (who: string, place: string | null): string => (place === null ? who : tell(locale, "office.at", { who, place }));
  return [
    ...connections.flatMap(({ provider, operator }) => (provider === id ? [tell(locale, "office.sells", { name: nameOf(operator) })]
      : operator === id ? [tell(locale, "office.soldBy", { name: nameOf(provider) })] : [])),
    ...contracts.flatMap(({ enforcement, operator, place }) => (enforcement === id ? [at(tell(locale, "office.checks", { name: nameOf(operator) }), place)]
      : operator === id ? [at(tell(locale, "office.checkedBy", { name: nameOf(enforcement) }), place)] : [])),
  ];
}

type ClientActions = { readonly rotate: (id: string) => void; readonly revoke: (id: string) => void };

/** What cannot be taken back is asked twice. */
function Actions({ client: { id }, actions }: { readonly client: Client; readonly actions: ClientActions }) {
  const { locale } = usePrefs();
  const [asked, setAsked] = useState<keyof ClientActions | null>(null);
  if (asked !== null) {
    return (
      <div className="actions" role="group" aria-label={id}>
        <span>{tell(locale, asked === "rotate" ? "office.sure" : "office.sureRevoke")}</span>
        <button type="button" className="danger" autoFocus onClick={() => { setAsked(null); actions[asked](id); }}>{tell(locale, "office.yes")}</button>
        <button type="button" onClick={() => setAsked(null)}>{tell(locale, "office.no")}</button>
      </div>
    );
  }
  return (
    <div className="actions">
      <button type="button" aria-label={tell(locale, "office.rotateOf", { client: id })} onClick={() => setAsked("rotate")}>{tell(locale, "office.rotate")}</button>
      <button type="button" aria-label={tell(locale, "office.revokeOf", { client: id })} onClick={() => setAsked("revoke")}>{tell(locale, "office.revoke")}</button>
    </div>
  );
}

function Secret({ secret: { client, secret }, onKept }: { readonly secret: NewSecret; readonly onKept: () => void }) {
  const { locale } = usePrefs();
  const [copied, setCopied] = useState(false);
  const copy = () => { void navigator.clipboard.writeText(secret).then(() => setCopied(true), () => setCopied(false)); };
  return (
    <div className="notice secret" role="alert">
      <h2>{tell(locale, "office.secret", { client })}</h2>
      <p>{tell(locale, "office.once")}</p>
      <code>{secret}</code>
      <div className="actions">
        <button type="button" onClick={copy}>{tell(locale, copied ? "office.copied" : "office.copy")}</button>
        <button type="button" className="primary" onClick={onKept}>{tell(locale, "office.kept")}</button>
      </div>
    </div>
  );
}

type NewClientProps = { readonly organisations: readonly Organisation[]; readonly onMade: (given: { id: string; organisation: string }) => void };

function NewClient({ organisations, onMade }: NewClientProps) {
  const { locale } = usePrefs();
  const [id, setId] = useState("");
  const [organisation, setOrganisation] = useState("");
  const chosen = organisation || (organisations[0]?.id ?? "");
  const submit = (event: FormEvent) => { event.preventDefault(); onMade({ id: id.trim(), organisation: chosen }); setId(""); };
  return (
    <form className="filters" onSubmit={submit} aria-label={tell(locale, "office.new")}>
      <label>{tell(locale, "office.id")}
        <input value={id} onChange={(event) => setId(event.target.value)} pattern="[A-Za-z0-9][A-Za-z0-9._\-]{2,99}"
          title={tell(locale, "office.idHint")} autoComplete="off" spellCheck={false} required />
      </label>
      <label>{tell(locale, "office.organisation")}
        <select value={chosen} onChange={(event) => setOrganisation(event.target.value)}>
          {organisations.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </label>
      <button type="submit">{tell(locale, "office.create")}</button>
    </form>
  );
}
