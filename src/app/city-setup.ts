/**
 * Brings the streams in line with the city's file: configurations, tariffs, season prices, maintenance and
 * security contracts. Each is a command that says nothing when nothing changed, so every start may do it.
 */
import type { FacilityOwner } from "../carpark/application/facility-owner.ts";
import { type OperatorOwner, teach } from "../carpark/application/operator-owner.ts";
import type { OperatorCommand } from "../carpark/operator/operator.ts";
import type { OperatorConfig } from "../carpark/operator/state.ts";
import type { FacilityId } from "../carpark/facility/config.ts";
import { nextTariffVersion } from "../carpark/facility/tariff-publication.ts";
import type { City } from "../config/city.ts";
import { randomRef } from "../api/http/random.ts";
import type { CredentialRef } from "../carpark/stay/stay.ts";
import type { Journal } from "../journal/journal.ts";
import { digestOf } from "../kernel/canonical.ts";
import { tariffNamed } from "./tariffs.ts";

export class SetupFailed extends Error {
  override readonly name = "SetupFailed";
}

/** Acts of the configuration carry this name in the log book. */
const ACTOR = "configuration";

export const operatorConfigOf = (city: City): OperatorConfig => ({
  facilities: city.facilities.map(({ config }) => ({
    id: config.id, zone: config.zone, currency: config.currency, groups: config.groups.map(({ id }) => id),
  })),
  seasonPrices: { currency: city.currency, priceMinor: city.seasonPrices },
});

export async function setUpOperator(city: City, operator: OperatorOwner): Promise<void> {
  const say = async (command: OperatorCommand): Promise<void> => {
    const done = await operator.execute(command, { actor: ACTOR });
    if (!done.ok && done.error.type !== "nothingToDo") throw new SetupFailed(`${command.type}: ${JSON.stringify(done.error)}`);
  };
  await say({
    type: "ConfigureOperator", config: operatorConfigOf(city),
  });
  for (const organisation of ["maintenance", "directLabour"] as const) {
    const contract = {
      organisation, name: city.faults[organisation].name,
      serviceLevel: { fixWithinMs: city.faults.serviceLevelMs[organisation], hours: null, shareBp: 9_500 },
    };
    const known = operator.core.maintenance.get(organisation);
    if (!known || digestOf(known) !== digestOf(contract)) await say({ type: "SetMaintenanceContract", contract });
  }
  for (const company of city.securityCompanies) {
    await say({ type: "SetSecurityCompany", company: company.company, name: company.name });
    const duties = company.facilities.map((id) => ({
      facility: id as FacilityId, visitsPerDay: company.visitsPerDay, minVisitMs: company.minDurationMs, maxVisitMs: company.maxDurationMs,
    }));
    const known = operator.core.companies.get(company.company);
    // Contracts changed in the console stay as they are; the file says how a company begins.
    if (!known?.contract) await say({ type: "SetSecurityContract", company: company.company, contract: { duties, cards: Math.max(1, company.cards) } });
    for (let card = known?.cards.length ?? 0; card < company.cards; card++) {
      await say({ type: "IssueGuardCard", company: company.company, card: randomRef("card") as CredentialRef });
    }
  }
}

export async function setUpFacilities(city: City, configFile: string, owners: readonly FacilityOwner[], journal: Journal): Promise<void> {
  await Promise.all(city.facilities.map(async ({ config, tariff: name }) => {
    const owner = owners.find(({ stream }) => stream.endsWith(`/${config.id}`));
    const tariff = tariffNamed(name, config.zone, configFile);
    if (!owner || !tariff.ok) throw new SetupFailed(tariff.ok ? `no owner of ${config.id}` : `${config.id}: ${tariff.error}`);
    const configured = await owner.execute({ type: "ConfigureFacility", config }, { actor: ACTOR });
    if (!configured.ok) throw new SetupFailed(`${config.id}: ${JSON.stringify(configured.error)}`);
    const { tariffs } = owner.core.state;
    // A file that has not changed since it was published stays superseded by what the console published after it.
    const digest = digestOf(tariff.value);
    if (!tariffs.some((known) => digestOf(known.tariff) === digest)) {
      const version = nextTariffVersion(owner.core.state);
      const effectiveFrom = tariffs.length > 0 ? null : 0;
      const published = await owner.execute({ type: "PublishTariff", tariff: { version, effectiveFrom, tariff: tariff.value } }, { actor: ACTOR });
      if (!published.ok) throw new SetupFailed(`${config.id}: ${JSON.stringify(published.error)}`);
    }
    await teach(journal, owner);
  }));
}
