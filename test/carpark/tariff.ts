import { seed002Tariff } from "../../src/tariff/examples/seed-002.ts";
import type { TariffVersion } from "../../src/carpark/facility/pricing.ts";

export const testTariff: TariffVersion = { version: 1, effectiveFrom: 0, tariff: seed002Tariff };
