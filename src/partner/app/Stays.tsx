/** The stays bought in this app, and more time for them. */
import { useState } from "react";
import { moneyText, timeText } from "../../messages/format.ts";
import { usePrefs } from "../../kiosk/shared/prefs.tsx";
import * as bodies from "../bodies.ts";
import type { Exchange } from "../exchange.ts";
import { failureText } from "../failure.ts";
import { priceOf } from "../tariff.ts";
import { say } from "../words.ts";
import type { Stay } from "./stay.ts";

const MORE_MS = 30 * 60_000;

type StaysProps = { readonly exchange: Exchange; readonly stays: readonly Stay[]; readonly onStay: (stay: Stay) => void };

export function Stays({ exchange, stays, onStay }: StaysProps) {
  const { locale } = usePrefs();
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState("");
  const extend = async (stay: Stay, minor: number) => {
    const to = stay.to + MORE_MS;
    const version = stay.version + 1;
    const money = { minor, currency: stay.offer.currency, party: exchange.actor(stay.provider).name };
    const more = bodies.segment(`${stay.id}-${version}`, stay.to, to, { financialTransactions: [bodies.paid(money, Date.now())] });
    const segments = [...stay.segments, more];
    await exchange.call(stay.provider, "PUT", `/sessions/${stay.id}`, { body: { id: stay.id, version, actualEnd: bodies.instant(to), segments } });
    onStay({ ...stay, to, version, segments });
    setSaid(say(locale, "app.extended", { time: timeText(locale, to, exchange.world.zone) }));
  };
  const act = (doing: Promise<void>) => { setProblem(""); setSaid(""); doing.catch((failure: unknown) => setProblem(failureText(locale, failure))); };
  return (
    <>
      {stays.length === 0 && <p className="dim">{say(locale, "app.noStays")}</p>}
      <ul className="stays">
        {stays.map((stay) => {
          const more = moreFor(stay);
          return (
            <li key={stay.id}>
              <span><b className="plate">{stay.plate}</b> {stay.place}, {say(locale, "app.until", { time: timeText(locale, stay.to, exchange.world.zone) })}</span>
              {more !== null && <button type="button" onClick={() => act(extend(stay, more))}>
                {say(locale, "app.extend", { amount: moneyText(locale, more, stay.offer.currency) })}
              </button>}
            </li>
          );
        })}
      </ul>
      <p role="status" className="said">{said}</p>
      <p className="problem" role="alert">{problem}</p>
    </>
  );
}

/** What the next half hour costs on top of the stay so far; null when the tariff ends before. */
function moreFor({ offer, from, to }: Stay): number | null {
  const [whole, before] = [priceOf(offer, from, to + MORE_MS), priceOf(offer, from, to)];
  return whole === null || before === null ? null : whole - before;
}
