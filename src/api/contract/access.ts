/** Which roles do what; the names used by the route table. */
import type { Role } from "./login.ts";

const only = (...roles: Role[]): readonly Role[] => roles;

export const OPERATORS = only("attendant", "manager", "administrator");
export const MANAGERS = only("manager", "administrator");
export const ADMINISTRATORS = only("administrator");
/** See lanes, stations and faults, without acting on them. */
export const WATCHERS = only("attendant", "manager", "maintenance", "administrator");
export const FIXERS = only("attendant", "manager", "maintenance", "administrator");
/** A security company sees the visits and the compliance of its own guards only. */
export const GUARD_WATCHERS = only("attendant", "manager", "security", "administrator");
