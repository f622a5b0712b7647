/** One input for one field of an act. */
import { Button, Checkbox, Group, MultiSelect, NativeSelect, PasswordInput, TextInput, Textarea } from "@mantine/core";
import type { Field, Typed } from "./fields.ts";
import { useWords } from "../words/locale.tsx";
import { actWords } from "./words.ts";

export type FieldInputProps = {
  readonly field: Field;
  readonly typed: Typed;
  readonly error: string | null;
  readonly first: boolean;
  readonly onType: (value: Typed) => void;
};

export function FieldInput({ field, typed, error, first, onType }: FieldInputProps) {
  const t = useWords(actWords);
  const text = typeof typed === "string" ? typed : "";
  const common = {
    name: field.name,
    label: field.optional === true ? `${field.label} (${t("optional")})` : field.label,
    description: field.hint,
    error,
    required: field.optional !== true,
    withAsterisk: false,
    ...(first ? { "data-autofocus": true } : {}),
  };
  const plain = { ...common, value: text, onChange: (event: { currentTarget: { value: string } }) => onType(event.currentTarget.value) };
  switch (field.kind) {
    case "text":
      return (
        <div>
          <TextInput {...plain} autoComplete="off" />
          {field.suggestions !== undefined && (
            <Group gap={4} mt={6}>
              {field.suggestions.map((each) => <Button key={each} size="compact-xs" variant={each === text ? "light" : "default"} onClick={() => onType(each)} aria-pressed={each === text}>{each}</Button>)}
            </Group>
          )}
        </div>
      );
    case "lines": return <Textarea {...plain} autosize minRows={3} maxRows={8} />;
    case "password": return <PasswordInput {...plain} autoComplete="new-password" />;
    case "money": return <TextInput {...plain} inputMode="decimal" autoComplete="off" rightSectionWidth={52} rightSection={<span aria-hidden>{field.currency}</span>} />;
    case "integer": return <TextInput {...plain} inputMode="numeric" autoComplete="off" />;
    case "moment": return <TextInput {...plain} type="datetime-local" />;
    case "day": return <TextInput {...plain} type="date" />;
    case "choice":
      return <NativeSelect {...plain} data={[{ value: "", label: t("choose") }, ...field.choices]} />;
    case "many":
      return <MultiSelect {...common} value={Array.isArray(typed) ? [...typed] : []} onChange={onType} data={[...field.choices]} searchable />;
    case "yes": {
      const { withAsterisk: _, required: __, ...rest } = common;
      return <Checkbox {...rest} checked={typed === true} onChange={(event) => onType(event.currentTarget.checked)} />;
    }
  }
}
