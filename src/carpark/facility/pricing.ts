/** Prices of a facility: which tariff version holds for a stay, and what is due for it. */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Zone } from "../../kernel/zone.ts";
import type { ExternalRight } from "../../rights/desk/state.ts";
import type { Interval } from "../../tariff/clock.ts";
import { type CompiledTariff, type TariffRefused, compileTariff } from "../../tariff/compile.ts";
import { findingText } from "../../tariff/finding.ts";
import { quote } from "../../tariff/quote.ts";
import type { Tariff } from "../../tariff/tariff.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { facilityZone } from "./clock.ts";
import type { Refusal } from "./refusal.ts";
import type { ReadonlyFacility } from "./state.ts";

/** A stay is priced by the version valid at its entry; later versions never touch it. */
export type TariffVersion = { readonly version: number; readonly effectiveFrom: Instant; readonly tariff: Tariff };

/** One charge that made the amount, for displays, receipts and disputes. */
export type ChargeLine = { readonly from: Instant; readonly to: Instant; readonly units: number; readonly amountMinor: MinorUnits; readonly table: string };

export type Due = {
  /** Price of the whole stay so far. */
  readonly totalMinor: MinorUnits;
  readonly paidMinor: MinorUnits;
  /** max(0, total - paid). */
  readonly dueMinor: MinorUnits;
  readonly currency: Currency;
  readonly from: Instant;
  readonly to: Instant;
  readonly lines: readonly ChargeLine[];
};

/** The version in force at an instant; 0 when none is, which prices nothing. */
export function tariffVersionAt(state: ReadonlyFacility, at: Instant): number {
  let version = 0;
  for (const candidate of state.tariffs) if (candidate.effectiveFrom <= at) version = candidate.version;
  return version;
}

/** What the driver of this ticket owes now. A lost ticket whose stay is unknown owes nothing beyond its fee. */
export function dueFor(state: ReadonlyFacility, ticket: DeepReadonly<Ticket>, at: Instant): Result<Due, Refusal> {
  const currency = state.config?.currency;
  if (!currency) return err({ type: "facilityNotConfigured" });
  const empty = { totalMinor: ticket.paidMinor, paidMinor: ticket.paidMinor, dueMinor: 0, currency, from: ticket.issuedAt, to: at, lines: [] };
  if (ticket.machine.kind === "office" && ticket.replaces === null && ticket.stay === null) return ok(empty);
  const version = tariffVersionAt(state, ticket.issuedAt);
  const tariff = state.tariffs.find((t) => t.version === version)?.tariff;
  if (!tariff) return err({ type: "tariffMissing", facility: state.id });
  const compiled = compiledTariff(tariff, facilityZone(state));
  if (!compiled.ok) return err({ type: "notPriced", reason: compiled.error.findings.map(findingText).join("; ") });
  const priced = quote(compiled.value, uncoveredOf(state, ticket, at));
  if (!priced.ok) return err({ type: "notPriced", reason: priced.error.type === "notPermitted" ? priced.error.reason.type : priced.error.type });
  const { totalMinor, charges } = priced.value;
  const lines = charges.map(({ from, to, units, amountMinor, table }) => ({ from, to, units, amountMinor, table }));
  return ok({ ...empty, totalMinor, dueMinor: Math.max(0, totalMinor - ticket.paidMinor), lines });
}

/** A provider pays for the time its right covers, also when the car came in by ticket: its plate was seen. */
function uncoveredOf(state: ReadonlyFacility, ticket: DeepReadonly<Ticket>, at: Instant): readonly Interval[] {
  let left: readonly Interval[] = at > ticket.issuedAt ? [{ from: ticket.issuedAt, to: at }] : [];
  for (const { from, until } of providersRights(state, ticket)) {
    left = left.flatMap((one) => [{ from: one.from, to: Math.min(one.to, from) }, { from: Math.max(one.from, until), to: one.to }].filter((part) => part.from < part.to));
  }
  return left;
}

function providersRights(state: ReadonlyFacility, ticket: DeepReadonly<Ticket>): readonly ExternalRight[] {
  const plate = ticket.stay === null ? null : state.stays.get(ticket.stay)?.plate ?? null;
  return plate === null ? [] : state.rights.externals.get(plate) ?? [];
}

/** Whether a provider's right covers the car of this ticket at this instant. */
export const isProvidersNow = (state: ReadonlyFacility, ticket: DeepReadonly<Ticket>, at: Instant): boolean =>
  providersRights(state, ticket).some(({ from, until }) => from <= at && at < until);

/** Tables are compiled once for each published version; the cache goes with the version. */
const compiledTariffs = new WeakMap<object, { readonly zone: string; readonly compiled: Result<CompiledTariff, TariffRefused> }>();

export function compiledTariff(tariff: DeepReadonly<Tariff>, zone: Zone): Result<CompiledTariff, TariffRefused> {
  const cached = compiledTariffs.get(tariff);
  if (cached?.zone === zone.name) return cached.compiled;
  const compiled = compileTariff(tariff as Tariff, zone);
  compiledTariffs.set(tariff, { zone: zone.name, compiled });
  return compiled;
}
