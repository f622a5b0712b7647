/** What the rights of a car park are told by its configuration and its tariffs: one truth, recorded once. */
import type { Instant } from "../../kernel/instant.ts";
import { evolveRights } from "../../rights/desk/evolve.ts";
import type { Rights, RightsConfig } from "../../rights/desk/state.ts";
import { DEFAULT_POLICY, type Policy } from "../../rights/policy.ts";
import type { FacilityConfig } from "../facility/config.ts";
import type { TariffVersion } from "../facility/pricing.ts";

/** Basis points as percent: 1000 is "10". */
const percentText = (bp: number): string => String(bp / 100);

export const rightsConfigOf = (config: FacilityConfig): RightsConfig => ({
  facility: config.id, zone: config.zone, currency: config.currency, issuer: config.id.toUpperCase(),
  groups: config.groups.map(({ id, within, capacity }) => ({ id, within, spaces: Math.max(...capacity.map(({ spaces }) => spaces)) })),
  shortTermGroup: config.ticketGroup, contractGroup: config.contractGroup ?? config.ticketGroup, seasonGroup: config.seasonGroup,
  serviceGroup: config.allGroup,
  vatRatePercent: percentText(config.taxRateBp), lostTicketMinor: config.policy.lostTicketFeeMinor,
});

/** What the file says, and the default where it says nothing. */
export const policyOfFile = (config: FacilityConfig): Policy =>
  ({ ...DEFAULT_POLICY, exitGrace: config.policy.exitGraceMs, ...config.rightsPolicy });

/** For `evolve`. The file's policy is in force until staff set another; a later change of the file is an event of its own. */
export function configureRights(rights: Rights, config: FacilityConfig, at: Instant): void {
  evolveRights(rights, { type: "RightsConfigured", config: rightsConfigOf(config), at });
  if (rights.policy.length > 0) return;
  evolveRights(rights, { type: "PolicySet", policy: policyOfFile(config), from: at, at });
}

/** By when they hold; of one instant the later version last. */
export const inOrderOfEffect = (tariffs: readonly TariffVersion[]): readonly TariffVersion[] =>
  [...tariffs].sort((a, b) => a.effectiveFrom - b.effectiveFrom || a.version - b.version);

/** For `evolve`. */
export function learnTariffs(rights: Rights, tariffs: readonly TariffVersion[]): void {
  rights.tariffs.splice(0, rights.tariffs.length, ...tariffs.map(({ effectiveFrom, tariff }) => ({ from: effectiveFrom, value: tariff })));
}
