/**
 * One dialog for everything staff do:
 *
 *   acts.ask({ title, fields, path, body }) -> typed values -> POST with one key -> toast, fresh data
 *                                                  ^                |
 *                                                  +--- refused: said in the dialog, everything typed stays
 *
 * The key stays the same until the typed values change, so pressing again after a cut line does it once.
 */
import { Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, createContext, lazy, useContext, useEffect, useMemo, useRef, useState } from "react";
import { act, newKey } from "../http/client.ts";
import { useProblemText } from "./ProblemAlert.tsx";
import type { Field, Values } from "./fields.ts";

/** The inputs are needed at the first act, not for the first page; they are fetched as soon as that stands. */
const fetchForm = () => import("./ActForm.tsx");
const ActForm = lazy(async () => ({ default: (await fetchForm()).ActForm }));

export type Ask<F extends readonly Field[]> = {
  readonly title: string;
  readonly explain?: ReactNode;
  /** Worked out while typing, such as the change to give back. */
  readonly follows?: (typed: Partial<Values<F>>) => ReactNode;
  readonly fields: F;
  readonly confirm: string;
  readonly tone?: "plain" | "danger";
  readonly method?: "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string | ((values: Values<F>) => string);
  readonly body: (values: Values<F>) => unknown;
  readonly done: string;
  readonly then?: (answer: unknown, values: Values<F>) => void;
};

/** The same act with its field types forgotten: what the one dialog holds. */
export type AnyAsk = Omit<Ask<readonly Field[]>, "body" | "path" | "then" | "follows"> & {
  readonly follows: (typed: never) => ReactNode;
  readonly path: (values: never) => string;
  readonly body: (values: never) => unknown;
  readonly then: (answer: unknown, values: never) => void;
};

/** An act that needs no question: answering a call, acknowledging. A refusal is shown as a message. */
export type Now = { readonly path: string; readonly body: () => unknown; readonly done: string; readonly then?: (answer: unknown) => void };

export type Acts = {
  readonly ask: <const F extends readonly Field[]>(spec: Ask<F>) => void;
  readonly now: (spec: Now) => void;
};
const ActsContext = createContext<Acts | null>(null);

export function useActs(): Acts {
  const acts = useContext(ActsContext);
  if (acts === null) throw new Error("useActs outside ActsProvider");
  return acts;
}

export function ActsProvider({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<{ readonly spec: AnyAsk; readonly number: number } | null>(null);
  const queries = useQueryClient();
  const said = useProblemText();
  const problemText = useRef(said);
  useEffect(() => {
    problemText.current = said;
  }, [said]);
  useEffect(() => void fetchForm().catch(() => undefined), []);
  const acts = useMemo<Acts>(() => ({
    now: ({ path, body, done, then }) => {
      act(path, body(), newKey()).then((answer) => {
        notifications.show({ message: done, color: "green" });
        then?.(answer);
      }, (failure: unknown) => {
        const { title, detail } = problemText.current(failure);
        notifications.show({ title, message: detail, color: "red", autoClose: 12_000 });
      }).finally(() => void queries.invalidateQueries());
    },
    ask: (spec) => {
      const path = spec.path;
      setAsked((before) => ({
        number: (before?.number ?? 0) + 1,
        spec: { ...spec, path: typeof path === "string" ? () => path : path, then: spec.then ?? (() => undefined), follows: spec.follows ?? (() => null) },
      }));
      setOpen(true);
    },
  }), [queries]);
  return (
    <ActsContext value={acts}>
      {children}
      <Modal opened={open} onClose={() => setOpen(false)} title={asked?.spec.title} closeOnClickOutside={false} closeButtonProps={{ "aria-label": "×" }}>
        {asked && <Suspense fallback={null}><ActForm key={asked.number} spec={asked.spec} onClose={() => setOpen(false)} /></Suspense>}
      </Modal>
    </ActsContext>
  );
}
