/** Money of a stay as its session carries it: what providers collected, each as it was told, and what is due now. */
import type { FacilityConfig } from "../carpark/facility/config.ts";
import type { ReadonlyFacility } from "../carpark/facility/state.ts";
import { providerPaymentsOf } from "../carpark/rights/provider-payment.ts";
import { present } from "../kernel/assert.ts";
import type { MinorUnits } from "../kernel/money.ts";
import type { DeepReadonly } from "../kernel/readonly.ts";
import type { JsonObject } from "./json.ts";
import { wireAmount, wireInstant } from "./wire.ts";

/** `dueMinor` null or 0: nothing is. Every list of a session that we send has to hold all of what was paid (DEC-29). */
export function transactionsOf(state: ReadonlyFacility, stayKey: string, dueMinor: MinorUnits | null): readonly JsonObject[] {
  const config = present(state.config, "configuration");
  const paid = providerPaymentsOf(state, stayKey).map(({ amountMinor, collectedAt, reference, provider }): JsonObject => ({
    segmentValue: wireAmount(amountMinor, config.currency), taxIncluded: true, dateCollected: wireInstant(collectedAt), transactionId: reference,
    serviceProvider: [{ language: "en", string: provider }],
  }));
  const due = dueMinor === null || dueMinor === 0 ? [] : [{ segmentValue: wireAmount(dueMinor, config.currency), taxIncluded: true, serviceProvider: [operatorName(config)] }];
  return [...paid, ...due];
}

const operatorName = ({ administration }: DeepReadonly<FacilityConfig>): JsonObject => ({ language: "en", string: administration.name });
