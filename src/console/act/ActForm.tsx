/** The inside of the dialog of an act: its inputs, what they give, and what the server said. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { act, newKey } from "../http/client.ts";
import { useWords } from "../words/locale.tsx";
import type { Translate } from "../words/words.ts";
import type { AnyAsk } from "./acts.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { ProblemAlert } from "./ProblemAlert.tsx";
import { type Field, type Typed, type Wrong, TEXT_LENGTH_MAX, askedOf, initialOf, valuesOf } from "./fields.ts";
import { type ActKeys, actWords } from "./words.ts";

export function ActForm({ spec, onClose }: { readonly spec: AnyAsk; readonly onClose: () => void }) {
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
