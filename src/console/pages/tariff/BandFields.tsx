/** One band or flat of the form: its fields with what is wrong beside each, and the engine's findings below. */
import { Button, Checkbox, Chip, Group, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { type Weekday, WEEKDAYS } from "../../../tariff/tariff.ts";
import { useFormat } from "../../words/format.ts";
import { useWords } from "../../words/locale.tsx";
import type { BandTyped, FlatTyped, FormProblems } from "./form.ts";
import { tariffWords } from "./words.ts";

/** Monday 5 January 2026: the weekdays' names come from the calendar. */
const A_MONDAY = Date.UTC(2026, 0, 5, 12);
const DAY_MS = 86_400_000;

type FieldsProps<T> = {
  readonly value: T; readonly n: number; readonly at: string; readonly problems: FormProblems; readonly findings: ReactNode;
  readonly onChange: (value: T) => void; readonly onRemove: (() => void) | null;
};

/** A text field of the form, with its problem in words. */
export function useField<T>(value: T, at: string, problems: FormProblems, onChange: (value: T) => void) {
  const t = useWords(tariffWords);
  return (name: keyof T & string, label: string, more: { readonly placeholder?: string; readonly description?: string } = {}) => {
    const problem = problems[at === "" ? name : `${at}.${name}`];
    return (
      <TextInput
        key={name} label={label} value={String(value[name])} autoComplete="off" inputMode={more.placeholder === undefined ? "text" : "decimal"} {...more}
        error={problem === undefined ? null : t(problem)} onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
      />
    );
  };
}

export function BandFields({ value, n, at, problems, findings, onChange, onRemove }: FieldsProps<BandTyped>) {
  const t = useWords(tariffWords);
  const field = useField(value, at, problems, onChange);
  const title = value.name.trim() === "" ? t("band", { n }) : value.name;
  return (
    <fieldset className="band">
      <legend>{title}</legend>
      <Days
        days={value.days} wrong={problems[`${at}.days`] !== undefined}
        onChange={(days) => onChange({ ...value, days })}
      />
      <div className="band-fields">
        {field("name", t("bandName"))}
        {field("from", t("from"), { placeholder: "00:00" })}
        {field("to", t("to"), { placeholder: "24:00" })}
        {field("price", t("price"), { placeholder: "2.50" })}
        {field("minutes", t("minutes"), { placeholder: "60" })}
        {field("upToHours", t("upToHours"), { placeholder: t("upToHoursHint") })}
      </div>
      {findings}
      {onRemove && <Button mt={8} size="compact-sm" variant="default" onClick={onRemove}>{t("removeN", { name: title })}</Button>}
    </fieldset>
  );
}

export function FlatFields({ value, n, at, problems, findings, onChange, onRemove }: FieldsProps<FlatTyped>) {
  const t = useWords(tariffWords);
  const field = useField(value, at, problems, onChange);
  const title = value.name.trim() === "" ? t("flat", { n }) : value.name;
  return (
    <fieldset className="band">
      <legend>{title}</legend>
      <Days
        days={value.days} wrong={problems[`${at}.days`] !== undefined}
        onChange={(days) => onChange({ ...value, days })}
      />
      <div className="band-fields">
        {field("name", t("bandName"))}
        {field("entryFrom", t("entryFrom"), { placeholder: "06:00" })}
        {field("entryTo", t("entryTo"), { placeholder: "09:00" })}
        {field("exitFrom", t("exitFrom"), { placeholder: "15:00" })}
        {field("exitTo", t("exitTo"), { placeholder: "19:00" })}
        {field("price", t("flatPrice"), { placeholder: "12.00" })}
      </div>
      <Checkbox
        mt={8} label={t("nextDay")} checked={value.nextDay}
        onChange={(event) => onChange({ ...value, nextDay: event.currentTarget.checked })}
      />
      {findings}
      {onRemove && <Button mt={8} size="compact-sm" variant="default" onClick={onRemove}>{t("removeN", { name: title })}</Button>}
    </fieldset>
  );
}

function Days({ days, wrong, onChange }: {
  readonly days: readonly Weekday[]; readonly wrong: boolean;
  readonly onChange: (days: readonly Weekday[]) => void;
}) {
  const t = useWords(tariffWords);
  const { locale } = useFormat();
  const name = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const toggle = (day: Weekday, on: boolean) => onChange(WEEKDAYS.filter((each) => (each === day ? on : days.includes(each))));
  return (
    <Group gap={4} mb={8} role="group" aria-label={t("days")}>
      {WEEKDAYS.map((day, i) => (
        <Chip key={day} size="xs" variant="outline" checked={days.includes(day)} onChange={(on) => toggle(day, on)}>{name.format(A_MONDAY + i * DAY_MS)}</Chip>
      ))}
      {wrong && <Text size="xs" c="red">{t("noDays")}</Text>}
    </Group>
  );
}
