/** The sandbox's credentials, and the first requests to make with them. */
import { useState } from "react";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { Actor, SandboxWorld } from "../sandbox/contract.ts";
import { say } from "./words.ts";

export function Keys({ world }: { readonly world: SandboxWorld }) {
  const { locale } = usePrefs();
  const [copied, setCopied] = useState<string | null>(null);
  const copy = ({ id, clientSecret }: Actor) => { void navigator.clipboard.writeText(clientSecret).then(() => setCopied(id), () => setCopied(null)); };
  const open = ({ clientId, clientSecret }: Actor) => {
    const body = JSON.stringify({ client: clientId, secret: clientSecret });
    void fetch("/pages-api/login", { method: "POST", headers: { "content-type": "application/json" }, body }).then(() => location.assign("/pages"));
  };
  const provider = world.actors.find(({ role }) => role === "serviceProvider");
  return (
    <section className="card" aria-labelledby="keys-title">
      <h2 id="keys-title">{say(locale, "page.keys")}</h2>
      <p>{say(locale, "keys.text")}</p>
      <div className="wide" tabIndex={0} role="region" aria-label={say(locale, "keys.table")}>
        <table>
          <thead><tr>
            <th scope="col">{say(locale, "keys.party")}</th><th scope="col">{say(locale, "keys.client")}</th>
            <th scope="col">{say(locale, "keys.secret")}</th><th scope="col">{say(locale, "keys.pages")}</th>
          </tr></thead>
          <tbody>
            {world.actors.map((actor) => (
              <tr key={actor.id}>
                <th scope="row">{actor.name}<small>{say(locale, `role.${actor.role}`)}</small></th>
                <td><code>{actor.clientId}</code><small>{actor.organisation}</small></td>
                <td><button type="button" aria-label={say(locale, "keys.copySecret", { name: actor.name })} onClick={() => copy(actor)}>
                  {say(locale, copied === actor.id ? "keys.copied" : "keys.copy")}
                </button></td>
                <td><button type="button" aria-label={say(locale, "keys.openAs", { name: actor.name })} onClick={() => open(actor)}>{say(locale, "keys.open")}</button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{say(locale, "keys.first")}</h3>
      {provider && <pre className="wide" tabIndex={0}>{requestsOf(location.origin, provider, world)}</pre>}
    </section>
  );
}

/** For a shell; the secret is left to the reader. */
function requestsOf(origin: string, { clientId }: Actor, { centre }: SandboxWorld): string {
  return [
    `TOKEN=$(curl -s ${origin}/auth -d grant_type=client_credentials \\`,
    `  -d client_id=${clientId} -d client_secret=SECRET | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl -H "Authorization: Bearer $TOKEN" \\`,
    `  "${origin}/places?latitude=${centre.latitude}&longitude=${centre.longitude}&radius=2000&expand=occupancy"`,
  ].join("\n");
}
