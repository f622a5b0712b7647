/** Money of a stay as its session carries it: what providers collected, each as it was told, and what is due now. */
import type { Quote } from "../carpark/claim/claim.ts";
import type { FacilityConfig } from "../carpark/facility/config.ts";
import type { ReadonlyFacility } from "../carpark/facility/state.ts";
import { providerPaymentsOf } from "../carpark/rights/provider-payment.ts";
import { present } from "../kernel/assert.ts";
import type { DeepReadonly } from "../kernel/readonly.ts";
import type { JsonObject } from "./json.ts";
import { wireAmount, wireInstant } from "./wire.ts";

/**
 * `quote` null: nothing is due. Until when the amount stands is said with the amount, so that an app that pays has nothing else of the
 * session to repeat. Every list of a session that we send has to hold all of what was paid (DEC-29).
 */
export function transactionsOf(state: ReadonlyFacility, stayKey: string, quote: DeepReadonly<Quote> | null): readonly JsonObject[] {
  const config = present(state.config, "configuration");
  const paid = providerPaymentsOf(state, stayKey).map(({ amountMinor, collectedAt, reference, provider }): JsonObject => ({
    segmentValue: wireAmount(amountMinor, config.currency), taxIncluded: true, dateCollected: wireInstant(collectedAt), transactionId: reference,
    serviceProvider: [{ language: "en", string: provider }],
  }));
  const due = quote === null ? [] : [{
    segmentValue: wireAmount(quote.amountMinor, config.currency), taxIncluded: true, serviceProvider: [operatorName(config)], "x-quoteValidUntil": wireInstant(quote.validUntil),
  }];
  return [...paid, ...due];
}

const operatorName = ({ administration }: DeepReadonly<FacilityConfig>): JsonObject => ({ language: "en", string: administration.name });
