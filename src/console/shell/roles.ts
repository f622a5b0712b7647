/** All roles, without the schemas that come with them in the contract (they would join the bundle). */
import type { Role } from "../../api/contract/login.ts";

const EVERY: Readonly<Record<Role, true>> = { attendant: true, manager: true, maintenance: true, security: true, administrator: true };
export const ROLE_NAMES = Object.keys(EVERY) as readonly Role[];
