/** What the pages of My parking are made of: something loaded, something refused, a form that keeps what was typed. */
import { type FormEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { Locale } from "../../messages/locale.ts";
import { usePrefs } from "../shared/prefs.tsx";
import { pageWords } from "../shared/words.ts";
import { Refused, newKey, read } from "./requests.ts";
import { say } from "./words.ts";

export function problemText(locale: Locale, failure: unknown): string {
  if (!(failure instanceof Refused)) return failure instanceof Error ? failure.message : String(failure);
  if (failure.status === 0) return pageWords(locale, "failed.unreachable");
  return [failure.detail, failure.next].filter((part) => part !== "").join(" ");
}

export type Loaded<T> = { readonly data: T | null; readonly failure: unknown; readonly reload: () => void };

/** Signed out elsewhere: the page begins anew at the login. */
export function useLoaded<T>(path: string): Loaded<T> {
  const [state, setState] = useState<{ readonly data: T | null; readonly failure: unknown }>({ data: null, failure: null });
  const reload = useCallback(() => {
    read<T>(path).then((data) => setState({ data, failure: null }), (failure: unknown) => {
      if (failure instanceof Refused && failure.status === 401) return location.reload();
      setState((before) => ({ ...before, failure }));
    });
  }, [path]);
  useEffect(reload, [reload]);
  return { ...state, reload };
}

export function Show<T>({ of, children }: { readonly of: Loaded<T>; readonly children: (data: T) => ReactNode }) {
  const { locale } = usePrefs();
  return (
    <>
      {of.failure !== null && <p className="problem" role="alert">{problemText(locale, of.failure)} <button type="button" onClick={of.reload}>{say(locale, "retry")}</button></p>}
      {of.data === null ? of.failure === null && <p role="status" className="dim">{say(locale, "loading")}</p> : children(of.data)}
    </>
  );
}

type FormProps = {
  readonly label?: string; readonly button: string; readonly danger?: boolean;
  /** `key` stays the same until it went well, so that pressing again after a cut line does it once. */
  readonly onSend: (key: string) => Promise<string | null>;
  readonly children: ReactNode;
};

/** What went well is said; a refusal is said too, and everything typed stays. */
export function Form({ label, button, danger, onSend, children }: FormProps) {
  const { locale } = usePrefs();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly text: string; readonly bad: boolean } | null>(null);
  const key = useRef(newKey());
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setSaid(null);
    onSend(key.current).then((text) => {
      key.current = newKey();
      if (text !== null) setSaid({ text, bad: false });
    }, (failure: unknown) => {
      // What the server refused is another act once it is changed; what it never heard is the same.
      if (failure instanceof Refused && failure.status > 0) key.current = newKey();
      setSaid({ text: problemText(locale, failure), bad: true });
    }).finally(() => setBusy(false));
  };
  return (
    <form onSubmit={send} aria-label={label}>
      {children}
      <button type="submit" className={danger === true ? "danger" : "primary"} aria-disabled={busy}>{button}</button>
      <p role={said?.bad === true ? "alert" : "status"} className={said?.bad === true ? "problem" : "done"}>{said?.text ?? ""}</p>
    </form>
  );
}

type FieldProps = {
  readonly label: string; readonly type?: "text" | "email" | "password" | "datetime-local"; readonly value: string; readonly onType: (value: string) => void;
  readonly hint?: string; readonly complete?: string; readonly min?: number;
};

export function Field({ label, type = "text", value, onType, hint, complete = "off", min }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input type={type} value={value} required onChange={(event) => onType(event.currentTarget.value)} autoComplete={complete} {...(min === undefined ? {} : { minLength: min })} />
      {hint !== undefined && <small className="dim">{hint}</small>}
    </label>
  );
}

type ChoiceProps = { readonly label: string; readonly value: string; readonly onChoose: (value: string) => void; readonly choices: readonly (readonly [value: string, text: string])[] };

export function Choice({ label, value, onChoose, choices }: ChoiceProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>{choices.map(([each, text]) => <option key={each} value={each}>{text}</option>)}</select>
    </label>
  );
}
