/** The tariffs one can look at: the draft and every version, and the field that chooses one. */
import { NativeSelect } from "@mantine/core";
import { useMemo } from "react";
import type { TariffVersions } from "../../../api/contract/tariffs.ts";
import type { Zone } from "../../../kernel/zone.ts";
import { type CompiledTariff, compileTariff } from "../../../tariff/compile.ts";
import { readTariff } from "../../../tariff/read-tariff.ts";
import { useWords } from "../../words/locale.tsx";
import type { Reading } from "./draft.ts";
import { tariffWords } from "./words.ts";

export type Source = {
  readonly key: string; readonly name: string; readonly json: unknown;
  readonly compiled: CompiledTariff | null;
};

/** Newest first, the draft before all. */
export function useSources(versions: TariffVersions, zone: Zone, reading: Reading): readonly Source[] {
  const t = useWords(tariffWords);
  const published = useMemo(() => versions.rows.toReversed().map(({ version, state, tariff }) => {
    const read = readTariff(tariff);
    const compiled = read.ok ? compileTariff(read.value, zone) : null;
    return { version, state, json: tariff, compiled: compiled?.ok ? compiled.value : null };
  }), [versions.rows, zone]);
  return useMemo(() => [
    { key: "draft", name: t("draft"), json: reading.tariff, compiled: reading.compiled },
    ...published.map(({ version, state, json, compiled }) => ({ key: `v${version}`, name: `${t("versionN", { version })} (${t(`state.${state}`)})`, json, compiled })),
  ], [published, reading, t]);
}

type SourceSelectProps = {
  readonly label: string; readonly sources: readonly Source[]; readonly value: string;
  readonly onChange: (key: string) => void;
};

export function SourceSelect({ label, sources, value, onChange }: SourceSelectProps) {
  return (
    <NativeSelect
      label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}
      data={sources.map(({ key, name }) => ({ value: key, label: name }))}
    />
  );
}
