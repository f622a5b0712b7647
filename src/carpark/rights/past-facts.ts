/**
 * A car park's journal read as facts about one account of its rights, from the beginning.
 *
 *   FacilityConfigured, TariffPublished, Rights { event } --> a desk that keeps facts and settles nothing
 */
import { evolveRights } from "../../rights/desk/evolve.ts";
import { factOf } from "../../rights/desk/past-facts.ts";
import { REACH, type Rights, emptyRights } from "../../rights/desk/state.ts";
import type { Recorded } from "../facility/event.ts";
import type { TariffVersion } from "../facility/pricing.ts";
import { configureRights, inOrderOfEffect, learnTariffs } from "./configured.ts";

export class PastFacts {
  readonly rights: Rights = emptyRights(REACH, false);
  readonly #account: string;
  #tariffs: readonly TariffVersion[] = [];

  constructor(account: string) {
    this.#account = account;
  }

  tell(event: Recorded): void {
    switch (event.type) {
      case "FacilityConfigured": return configureRights(this.rights, event.config, event.at);
      case "TariffPublished":
        this.#tariffs = inOrderOfEffect([...this.#tariffs, event.tariff]);
        return learnTariffs(this.rights, this.#tariffs);
      case "Rights": {
        const { rights, at, by } = event;
        const fact = factOf(this.rights, { ...rights, at, ...(by === undefined ? {} : { by }) }, this.#account);
        return fact === null ? undefined : evolveRights(this.rights, fact);
      }
      default: return;
    }
  }
}
