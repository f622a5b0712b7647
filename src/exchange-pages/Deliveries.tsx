/** What is sent to subscribers, and what every attempt failed to deliver. */
import { useState } from "react";
import { dateTimeText, numberText } from "../messages/format.ts";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { Replayed } from "../exchange/pages/contract.ts";
import { Table, useAsked } from "./parts.tsx";
import { tell } from "./recordWords.ts";
import { ask } from "./requests.ts";
import { failureText, say } from "./words.ts";

const POLL_MS = 10_000;
/** An office looks at its own clock. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Deliveries() {
  const { locale } = usePrefs();
  const { answer, problem, again } = useAsked(ask.deliveries, POLL_MS);
  const [said, setSaid] = useState("");
  const [failed, setFailed] = useState("");
  if (answer === null) return <p role={problem === "" ? "status" : "alert"}>{problem || say(locale, "page.loading")}</p>;
  const time = (at: number) => dateTimeText(locale, at, ZONE);
  const replay = (doing: Promise<Replayed>) => {
    setFailed("");
    doing.then(({ count }) => setSaid(tell(locale, "post.sent", { count })), (failure: unknown) => setFailed(failureText(locale, failure))).finally(again);
  };
  return (
    <section aria-labelledby="deliveries-title">
      <h1 id="deliveries-title">{say(locale, "page.deliveries")}</h1>
      <p>{tell(locale, "post.waiting", { count: answer.waiting })}</p>
      <p className="problem" role="alert">{failed || problem}</p>
      <p className="said" role="status">{said}</p>
      <h2>{tell(locale, "post.dead")}</h2>
      {answer.dead.length === 0 ? <p>{tell(locale, "post.noDead")}</p> : (
        <>
          <p>{tell(locale, "post.deadText")}{" "}
            <button type="button" className="primary" onClick={() => replay(ask.replayAll())}>{tell(locale, "post.all")}</button></p>
          <Table label={tell(locale, "post.dead")} heads={[
            tell(locale, "post.topic"), tell(locale, "office.actions"), tell(locale, "post.reason"), tell(locale, "office.organisation"),
            tell(locale, "post.object"), tell(locale, "post.at"), tell(locale, "post.attempts"),
          ]}>
            {answer.dead.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.topic}</th>
                <td><button type="button" aria-label={tell(locale, "post.againOf", { topic: one.topic, object: one.object })}
                  onClick={() => replay(ask.replay(one.id))}>{tell(locale, "post.again")}</button></td>
                <td>{one.reason}</td><td>{one.organisation.name}</td><td><code>{one.object}</code></td>
                <td>{time(one.at)}</td><td>{one.attempts}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      <h2>{tell(locale, "post.subscriptions")}</h2>
      {answer.subscriptions.length === 0 ? <p>{tell(locale, "post.noSubscriptions")}</p> : (
        <Table label={tell(locale, "post.subscriptions")} heads={[
          tell(locale, "office.organisation"), tell(locale, "post.endpoint"), tell(locale, "post.topics"), tell(locale, "post.delivered"), tell(locale, "post.last"),
        ]}>
          {answer.subscriptions.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.organisation.name}</th><td><code>{one.endpoint}</code></td><td>{one.topics.join(", ")}</td>
              <td>{numberText(locale, one.delivered)}</td>
              <td>{one.lastDeliveredAt === null ? tell(locale, "post.never") : time(one.lastDeliveredAt)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
