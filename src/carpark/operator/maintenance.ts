/**
 * Who repairs: the maintenance company (operational faults) and the direct labour organisation (others), with
 * the service level each has agreed to. Their addresses are configuration and vault, never journal.
 */
import { unreachable } from "../../kernel/assert.ts";
import type { Organisation } from "../fault/fault.ts";
import type { ServiceLevel } from "../fault/service-level.ts";
import { serviceLevelProblem } from "../fault/service-level.ts";
import type { Recorded } from "../facility/event.ts";
import type { OperatorDeciding } from "./deciding.ts";
import type { OperatorRefusal } from "./refusal.ts";
import type { Operator } from "./state.ts";

export type MaintenanceContract = {
  readonly organisation: Organisation; readonly name: string; readonly serviceLevel: ServiceLevel;
};

export type MaintenanceEvent = { readonly type: "MaintenanceContractSet"; readonly contract: MaintenanceContract };

export type MaintenanceCommand = { readonly type: "SetMaintenanceContract"; readonly contract: MaintenanceContract };

const NAME_LENGTH_MAX = 120;

export function decideMaintenance(d: OperatorDeciding, command: MaintenanceCommand): OperatorRefusal | null {
  const { contract } = command;
  const name = contract.name.trim();
  if (name === "" || name.length > NAME_LENGTH_MAX) return { type: "contractImpossible", why: "name" };
  const why = serviceLevelProblem(contract.serviceLevel);
  if (why) return { type: "contractImpossible", why };
  d.emit({ type: "MaintenanceContractSet", contract: { ...contract, name } });
  return null;
}

export function evolveMaintenance(o: Operator, e: Recorded<MaintenanceEvent>): void {
  switch (e.type) {
    case "MaintenanceContractSet":
      o.maintenance.set(e.contract.organisation, e.contract);
      return;
    default:
      unreachable(e.type);
  }
}
