/** The use cases as cards: play one, and watch its messages in the diagram. */
import { useState } from "react";
import { usePrefs } from "../kiosk/shared/prefs.tsx";
import type { Exchange } from "./exchange.ts";
import { failureText } from "./failure.ts";
import { FLOWS, type FlowId, stepsOf } from "./flows.ts";
import type { Step } from "./step.ts";
import { say } from "./words.ts";

type FlowsProps = { readonly exchange: Exchange; readonly flow: string | null; readonly onFlow: (flow: string | null) => void };
type Played = { readonly steps: readonly Step[]; readonly done: number; readonly problem: string };

/** So long between two steps, for the eye. */
const PACE_MS = 450;

export function Flows({ exchange, flow, onFlow }: FlowsProps) {
  const { locale } = usePrefs();
  const [played, setPlayed] = useState<Partial<Record<FlowId, Played>>>({});
  const [playing, setPlaying] = useState<FlowId | null>(null);
  const play = async (id: FlowId) => {
    setPlaying(id);
    onFlow(id);
    const steps = stepsOf(exchange, id);
    const show = (done: number, problem: string) => setPlayed((before) => ({ ...before, [id]: { steps, done, problem } }));
    show(0, "");
    let done = 0;
    try {
      for (const step of steps) {
        await step.run();
        show(++done, "");
        await new Promise((resolve) => { setTimeout(resolve, PACE_MS); });
      }
    } catch (failure) {
      show(done, failureText(locale, failure));
    }
    setPlaying(null);
  };
  return (
    <ul className="flows">
      {FLOWS.map((id) => {
        const { steps, done, problem } = played[id] ?? { steps: null, done: 0, problem: "" };
        return (
          <li key={id} className="card">
            <h2>{say(locale, `flow.${id}`)}</h2>
            <p>{say(locale, `flow.${id}.text`)}</p>
            <div className="actions">
              <button type="button" className="primary" disabled={playing !== null} onClick={() => void play(id)}>
                {say(locale, playing === id ? "flow.playing" : steps ? "flow.again" : "flow.play")}
                <span className="visuallyHidden"> {say(locale, `flow.${id}`)}</span>
              </button>
              {steps && <button type="button" aria-pressed={flow === id} onClick={() => onFlow(flow === id ? null : id)}>
                {say(locale, "flow.show")}
              </button>}
            </div>
            {steps && <ol className="steps" aria-live="polite">
              {steps.map((step, index) => (
                <li key={index} className={index < done ? "done" : index === done && problem ? "failed" : ""}>
                  <span aria-hidden="true">{index < done ? "✓" : index === done && problem ? "✕" : "·"}</span> {say(locale, step.word)}
                </li>
              ))}
            </ol>}
            <p className="problem" role="alert">{problem}</p>
          </li>
        );
      })}
    </ul>
  );
}
