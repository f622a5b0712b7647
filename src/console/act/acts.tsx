/**
 * One dialog for everything staff do:
 *
 *   acts.ask({ title, fields, path, body }) -> typed values -> POST with one key -> toast, fresh data
 *                                                  ^                |
 *                                                  +--- refused: said in the dialog, everything typed stays
 *
 * The key stays the same until the typed values change, so pressing again after a cut line does it once.
 */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import { act, newKey } from "../http/client.ts";
import { useWords } from "../words/locale.tsx";
import type { Translate } from "../words/words.ts";
import { FieldInput } from "./FieldInput.tsx";
import { ProblemAlert, useProblemText } from "./ProblemAlert.tsx";
import { type Field, type Typed, type Values, type Wrong, TEXT_LENGTH_MAX, askedOf, initialOf, valuesOf } from "./fields.ts";
import { type ActKeys, actWords } from "./words.ts";

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
type AnyAsk = Omit<Ask<readonly Field[]>, "body" | "path" | "then" | "follows"> & {
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
        {asked && <ActForm key={asked.number} spec={asked.spec} onClose={() => setOpen(false)} />}
      </Modal>
    </ActsContext>
  );
}

function ActForm({ spec, onClose }: { readonly spec: AnyAsk; readonly onClose: () => void }) {
  const t = useWords(actWords);
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>(
    () => Object.fromEntries(spec.fields.map((field) => [field.name, initialOf(field)])),
  );
  const [pressed, setPressed] = useState(false);
  const key = useRef(newKey());
  const { values, wrong } = valuesOf(spec.fields, typed);
  const sending = useMutation({
    mutationFn: () => act(spec.path(values as never), spec.body(values as never), key.current, spec.method),
    onSuccess: (answer) => {
      notifications.show({ message: spec.done, color: "green" });
      onClose();
      spec.then(answer, values as never);
      void queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setPressed(true);
    if (Object.keys(wrong).length === 0) return sending.mutate();
    const firstWrong = spec.fields.find((field) => wrong[field.name] !== undefined)?.name;
    (event.currentTarget as HTMLFormElement).querySelector<HTMLElement>(`[name="${firstWrong}"]`)?.focus();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {spec.explain !== undefined && <Text component="div" size="sm">{spec.explain}</Text>}
        {askedOf(spec.fields, typed).map((field, n) => (
          <FieldInput
            key={field.name}
            field={field}
            first={n === 0}
            typed={typed[field.name] ?? ""}
            error={pressed && wrong[field.name] !== undefined ? wrongText(t, field, wrong[field.name]!) : null}
            onType={(value) => {
              key.current = newKey();
              setTyped((before) => ({ ...before, [field.name]: value }));
            }}
          />
        ))}
        <div aria-live="polite">{spec.follows(values as never)}</div>
        {sending.error !== null && <ProblemAlert failure={sending.error} />}
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" loading={sending.isPending} {...(spec.tone === "danger" ? { color: "red" } : {})} {...(spec.fields.length === 0 ? { "data-autofocus": true } : {})}>
            {spec.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function wrongText(t: Translate<ActKeys>, field: Field, wrong: Wrong): string {
  switch (wrong) {
    case "outOfRange": return field.kind === "integer" ? t("outOfRange", { min: field.min, max: field.max }) : t("notInteger");
    case "tooLong": return t("tooLong", { max: "lengthMax" in field ? field.lengthMax ?? TEXT_LENGTH_MAX : TEXT_LENGTH_MAX });
    case "tooShort": return t("tooShort", { min: field.kind === "password" ? field.lengthMin ?? 0 : 0 });
    case "missing": case "notMoney": case "notPositive": case "notInteger": case "notATime": return t(wrong);
  }
}
