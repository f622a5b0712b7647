/** Prices of a facility: which tariff version holds for a stay, and what is due for it. */
import type { DeepReadonly } from "../../kernel/readonly.ts";
import { HOUR, type Instant } from "../../kernel/instant.ts";
import type { Currency, MinorUnits } from "../../kernel/money.ts";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { facilityZone } from "./clock.ts";
import type { Refusal } from "./refusal.ts";
import type { ReadonlyFacility } from "./state.ts";

/** Hourly prices by weekday and time of day; the first band that holds when an hour starts prices it. */
export type HourBand = { readonly days: readonly number[]; readonly fromMs: number; readonly toMs: number; readonly perHourMinor: MinorUnits };

/** A stay is priced by the version valid at its entry; later versions never touch it. */
export type TariffVersion = { readonly version: number; readonly effectiveFrom: Instant; readonly tariff: { readonly bands: readonly HourBand[] } };

/** One charge that made the amount, for displays, receipts and disputes. */
export type ChargeLine = { readonly from: Instant; readonly to: Instant; readonly units: number; readonly amountMinor: MinorUnits; readonly label: string };

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
  const zone = facilityZone(state);
  const lines: ChargeLine[] = [];
  for (let from = ticket.issuedAt; from < at; from += HOUR) {
    const wall = zone.wallOf(from);
    const band = tariff.bands.find((b) => b.days.includes(wall.weekday) && wall.msOfDay >= b.fromMs && wall.msOfDay < b.toMs);
    if (!band) return err({ type: "notPriced", reason: `no price at ${zone.localText(from)}` });
    lines.push({ from, to: from + HOUR, units: 1, amountMinor: band.perHourMinor, label: "hour" });
  }
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  return ok({ ...empty, totalMinor, dueMinor: Math.max(0, totalMinor - ticket.paidMinor), lines });
}
