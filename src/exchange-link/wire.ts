/** Instants and amounts as the standard writes them. */
import { type Instant, isoOf } from "../kernel/instant.ts";
import { majorText, type Currency, type MinorUnits } from "../kernel/money.ts";

/** Whole seconds, UTC. */
export const wireInstant = (at: Instant): string => isoOf(at).replace(/\.\d{3}Z$/, "Z");

/** Decimal major units; exact, because the nearest double of a decimal prints as that decimal. */
export const wireAmount = (minor: MinorUnits, currency: Currency): number => Number(majorText(minor, currency));
