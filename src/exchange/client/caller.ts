/** Who asks, in which role, and what a role may do at all. Which objects it may see is decided per object. */
import type { Kind } from "../kind.ts";

export const ROLES = ["operator", "serviceProvider", "enforcement", "administrator"] as const;
export type Role = (typeof ROLES)[number];

/** Scopes as they are written on the wire. */
export const SCOPE: Readonly<Record<Role, string>> = { operator: "po", serviceProvider: "sp", enforcement: "ep", administrator: "ad" };

export type Caller = { readonly client: string; readonly organisation: string; readonly role: Role; readonly amountsInMinorUnits: boolean };

/** Class of the organisation in references that we write. */
export const ORGANISATION_CLASS: Readonly<Record<Role, string>> = {
  operator: "ParkingOperator", serviceProvider: "DigitalServiceProvider", enforcement: "EnforcementProvider", administrator: "Administrator",
};

/** The verb alone; an operator's sessions also need a place with the capability (session/session.ts). */
const WRITERS: Readonly<Record<Kind, readonly Role[]>> = {
  place: ["operator"],
  rightSpecification: ["operator"],
  rateTable: ["operator"],
  assignedRight: ["serviceProvider"],
  session: ["serviceProvider", "operator"],
};

export const mayWrite = (role: Role, kind: Kind): boolean => WRITERS[kind].includes(role);
