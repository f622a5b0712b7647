/** The common tariff as fields. Findings of the engine stand in the band or flat they are about. */
import { Button, NativeSelect, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Finding } from "../../../tariff/finding.ts";
import { useWords } from "../../words/locale.tsx";
import { BandFields, FlatFields, useField } from "./BandFields.tsx";
import { EMPTY_BAND, EMPTY_FLAT, type FormProblems, type FormTyped, freshId } from "./form.ts";
import { tariffWords } from "./words.ts";

type FormEditorProps = {
  readonly form: FormTyped; readonly problems: FormProblems; readonly findings: readonly Finding[];
  readonly onChange: (form: FormTyped) => void; readonly show: (findings: readonly Finding[]) => ReactNode;
};

/** What a finding is about: `bands.0`, `flats.1`, or the tariff as a whole. */
export function partOf(form: FormTyped, { path }: Finding): string {
  const [, list, index] = /^\$\.(tables|when|offers)\[(\d+)\]/.exec(path) ?? [];
  const n = Number(index);
  if (list === "offers") return `flats.${n}`;
  if (list === "tables" && n >= form.bands.length) return `flats.${n - form.bands.length}`;
  return list === undefined ? "" : `bands.${n}`;
}

export function FormEditor({ form, problems, findings, onChange, show }: FormEditorProps) {
  const t = useWords(tariffWords);
  const about = (part: string) => show(findings.filter((finding) => partOf(form, finding) === part));
  const { bands, flats } = form;
  return (
    <>
      <Text component="h3" fw={650} fz="sm" mb={6}>{t("bands")}</Text>
      {bands.map((band, i) => (
        <BandFields
          key={band.id} value={band} n={i + 1} at={`bands.${i}`} problems={problems} findings={about(`bands.${i}`)}
          onChange={(changed) => onChange({ ...form, bands: bands.map((each) => (each.id === band.id ? changed : each)) })}
          onRemove={bands.length === 1 ? null : () => onChange({ ...form, bands: bands.filter((each) => each.id !== band.id) })}
        />
      ))}
      <Button size="xs" variant="default" mb="md" onClick={() => onChange({ ...form, bands: [...bands, { ...EMPTY_BAND, id: freshId(form, "band") }] })}>{t("addBand")}</Button>
      <Text component="h3" fw={650} fz="sm">{t("flats")}</Text>
      <Text size="sm" c="dimmed" mb={6}>{t("flatsHint")}</Text>
      {flats.map((flat, i) => (
        <FlatFields
          key={flat.id} value={flat} n={i + 1} at={`flats.${i}`} problems={problems} findings={about(`flats.${i}`)}
          onChange={(changed) => onChange({ ...form, flats: flats.map((each) => (each.id === flat.id ? changed : each)) })}
          onRemove={() => onChange({ ...form, flats: flats.filter((each) => each.id !== flat.id) })}
        />
      ))}
      <Button size="xs" variant="default" mb="md" onClick={() => onChange({ ...form, flats: [...flats, { ...EMPTY_FLAT, id: freshId(form, "flat") }] })}>{t("addFlat")}</Button>
      <Limits form={form} problems={problems} onChange={onChange} />
      {about("")}
    </>
  );
}

function Limits({ form, problems, onChange }: Pick<FormEditorProps, "form" | "problems" | "onChange">) {
  const t = useWords(tariffWords);
  const field = useField(form, "", problems, onChange);
  const choice = <N extends "freeThen" | "dailyFrom" | "outsideHours" | "beyondLastLine">(name: N, label: string, data: readonly { readonly value: string; readonly label: string }[]) => (
    <NativeSelect
      label={label} value={form[name]} data={[...data]}
      onChange={(event) => onChange({ ...form, [name]: event.currentTarget.value })}
    />
  );
  const ownTime = form.dailyFrom !== "rolling24h" && form.dailyFrom !== "00:00" ? [{ value: form.dailyFrom, label: t("atTime", { time: form.dailyFrom }) }] : [];
  return (
    <fieldset className="band">
      <legend>{t("limits")}</legend>
      <div className="band-fields">
        {field("name", t("name"))}
        {field("taxPercent", t("tax"), { placeholder: "10" })}
        {field("freeMinutes", t("freeMinutes"), { placeholder: "15" })}
        {choice("freeThen", t("freeThen"), [{ value: "chargeAll", label: t("free.chargeAll") }, { value: "chargeRest", label: t("free.chargeRest") }])}
        {field("dailyMaximum", t("dailyMaximum"), { placeholder: "25.00" })}
        {choice("dailyFrom", t("dailyFrom"), [{ value: "00:00", label: t("midnight") }, { value: "rolling24h", label: t("rolling") }, ...ownTime])}
        {choice("outsideHours", t("outsideHours"), [{ value: "", label: t("unsaid") }, { value: "free", label: t("outside.free") }, { value: "notPermitted", label: t("outside.notPermitted") }])}
        {choice("beyondLastLine", t("beyondLastLine"), [{ value: "", label: t("unsaid") }, { value: "notPermitted", label: t("beyond.notPermitted") }, { value: "repeatEach24h", label: t("beyond.repeatEach24h") }])}
      </div>
    </fieldset>
  );
}
