/**
 * A tariff being written: its JSON text, and its form while one can show it. Kept in this browser as typed,
 * so a reload, a cut line or another tab loses nothing.
 *
 *   typing in the form --> form, and the text once every field is right
 *   typing in the text --> text, and the form if the text has one
 */
import { useEffect, useState } from "react";
import { err, ok, type Result } from "../../../kernel/result.ts";
import type { Zone } from "../../../kernel/zone.ts";
import type { CompiledTariff } from "../../../tariff/compile.ts";
import type { Finding } from "../../../tariff/finding.ts";
import { lintTariff } from "../../../tariff/lint.ts";
import { readTariff } from "../../../tariff/read-tariff.ts";
import type { Tariff } from "../../../tariff/tariff.ts";
import { EMPTY_BAND, EMPTY_FLAT, type FormTyped, formOf, tariffOf } from "./form.ts";

export type Draft = { readonly text: string; readonly form: FormTyped | null };

export const prettyJson = (json: unknown): string => JSON.stringify(json, null, 2);
export const draftOf = (tariff: unknown): Draft => ({ text: prettyJson(tariff), form: formOf(tariff) });

export function typeForm(draft: Draft, form: FormTyped): Draft {
  const written = tariffOf(form);
  return { text: written.ok ? prettyJson(written.value) : draft.text, form };
}

export function typeText(text: string): Draft {
  const json = parseJson(text);
  return { text, form: json.ok ? formOf(json.value) : null };
}

/** A field of the form is not right yet: the text is older than what is typed there, and waits. */
export const isPending = ({ form }: Draft): boolean => form !== null && !tariffOf(form).ok;

export function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** What the engine makes of a text: the same reading as at the car park. */
export type Reading = {
  readonly notJson: string | null;
  readonly tariff: Tariff | null;
  readonly compiled: CompiledTariff | null;
  readonly findings: readonly Finding[];
};

export function readingOf(text: string, zone: Zone, currency: string, at: number): Reading {
  const json = parseJson(text);
  if (!json.ok) return { notJson: json.error, tariff: null, compiled: null, findings: [] };
  const read = readTariff(json.value);
  if (!read.ok) return { notJson: null, tariff: null, compiled: null, findings: read.error.findings };
  const { findings, compiled } = lintTariff(read.value, zone, at);
  const foreign: readonly Finding[] = read.value.currency === currency ? [] : [{
    severity: "refused", code: "mixedCurrency", path: "$.currency", message: `${read.value.currency} at a car park that charges ${currency}.`, fix: `Write ${currency}.`,
  }];
  return { notJson: null, tariff: read.value, compiled: compiled ?? null, findings: [...foreign, ...findings] };
}

/** The guess about a table becomes a decision: the table's `id@version` stands among the confirmed ones. */
export function confirmReading(text: string, finding: Finding): Draft | null {
  const json = parseJson(text);
  const read = json.ok ? readTariff(json.value) : null;
  const index = /^\$\.tables\[(\d+)\]/.exec(finding.path)?.[1];
  const table = index === undefined || !read?.ok ? undefined : read.value.tables[Number(index)];
  if (!read?.ok || table === undefined) return null;
  const confirmed = new Set([...(read.value.confirmed ?? []), `${table.id}@${table.version}`]);
  return draftOf({ ...read.value, confirmed: [...confirmed] });
}

const storedUnder = (facility: string): string => `gatehouse.tariff-draft.${facility}`;

/** The draft of one car park in this browser; `begin` is what it starts from when there is none. Mount it with the car park as key. */
export function useDraft(facility: string, begin: unknown): { readonly draft: Draft; readonly setDraft: (draft: Draft) => void; readonly kept: boolean } {
  const [draft, setDraft] = useState<Draft>(() => loadDraft(facility) ?? draftOf(begin));
  const [kept, setKept] = useState(true);
  useEffect(() => {
    try {
      localStorage.setItem(storedUnder(facility), JSON.stringify(draft));
      setKept(true);
    } catch {
      // A full or forbidden store is said on the page; the text can still be downloaded.
      setKept(false);
    }
  }, [facility, draft]);
  return { draft, setDraft, kept };
}

function loadDraft(facility: string): Draft | null {
  const stored = parseJson(localStorage.getItem(storedUnder(facility)) ?? "");
  if (!stored.ok || typeof stored.value !== "object" || stored.value === null) return null;
  const { text, form } = stored.value as Partial<Draft>;
  if (typeof text !== "string") return null;
  const fromText = typeText(text);
  // A form with a field not right yet is in no text; one an older console wrote is read from its text instead.
  return form && fromText.form && sameFields(form, fromText.form) ? { text, form } : fromText;
}

const sameFields = (a: FormTyped, b: FormTyped): boolean =>
  alike(a, b) && Array.isArray(a.bands) && a.bands.every((band) => alike(band, EMPTY_BAND)) &&
  Array.isArray(a.flats) && a.flats.every((flat) => alike(flat, EMPTY_FLAT));

const alike = (a: object, b: object): boolean =>
  Object.entries(b).every(([field, value]) => typeof (a as Record<string, unknown>)[field] === typeof value);
