/**
 * Publishing a tariff version: once published it prices stays for good, so everything is checked before.
 *
 *   next number -> not in the past -> reads without refusal, without a guess -> this car park's currency
 */
import type { Instant } from "../../kernel/instant.ts";
import { type Finding } from "../../tariff/finding.ts";
import { lintTariff } from "../../tariff/lint.ts";
import { readTariff } from "../../tariff/read-tariff.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import { facilityZone } from "./clock.ts";
import type { Deciding } from "./deciding.ts";
import type { Refusal } from "./refusal.ts";
import type { ReadonlyFacility } from "./state.ts";

/** The number the next version has: versions are counted from 1, also when one was published for later. */
export const nextTariffVersion = (state: ReadonlyFacility): number =>
  state.tariffs.reduce((highest, { version }) => Math.max(highest, version), 0) + 1;

/** Why the tariff cannot be published at this car park, as its author meets it: places, reasons and fixes. */
export function tariffObstacles(state: ReadonlyFacility, tariff: unknown, from: Instant): readonly Finding[] {
  const read = readTariff(tariff);
  if (!read.ok) return read.error.findings;
  const findings = lintTariff(read.value, facilityZone(state), from).findings.filter(({ severity }) => severity !== "warning");
  const currency = state.config?.currency;
  return read.value.currency === currency ? findings : [{
    severity: "refused", code: "mixedCurrency", path: "$.currency",
    message: `${read.value.currency} at a car park that charges ${currency}.`, fix: `Write ${currency}.`,
  }, ...findings];
}

/**
 * Emits the publication or says why not. `effectiveFrom` null is at once; only a car park's first version may
 * begin in the past, because it prices whoever is already inside.
 */
export function publishTariff(
  d: Deciding, published: { readonly version: number; readonly effectiveFrom: Instant | null; readonly tariff: Tariff }, reason: string | undefined,
): Refusal | null {
  const { version, tariff } = published;
  if (!d.state.config) return { type: "facilityNotConfigured" };
  const next = nextTariffVersion(d.state);
  if (version !== next) return { type: "tariffNotNext", version, next };
  const effectiveFrom = published.effectiveFrom ?? d.now;
  if (effectiveFrom < d.now && next > 1) return { type: "tariffInPast", effectiveFrom, now: d.now };
  const findings = tariffObstacles(d.state, tariff, Math.max(effectiveFrom, d.now));
  if (findings.length > 0) return { type: "tariffRefused", findings };
  d.emit({ type: "TariffPublished", tariff: { version, effectiveFrom, tariff }, ...(reason === undefined ? {} : { reason }) });
  return null;
}
