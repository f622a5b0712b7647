/** Staff logins: who is here, what they may do, and the accounts an administrator keeps. */
import { z } from "zod";
import { entityId, freeText, instant, locale } from "./words.ts";

export const ROLES = ["attendant", "manager", "maintenance", "security", "administrator"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** Longest password: argon2id reads all of it, so it has a limit. */
export const PASSWORD_MAX = 200;
export const PASSWORD_MIN = 10;

export const loginName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/);

export const loginBody = z.strictObject({ name: z.string().min(1).max(60), password: z.string().min(1).max(PASSWORD_MAX) });
export type LoginBody = z.infer<typeof loginBody>;

/** `demo`: devices and drivers are simulated, and one-click logins exist. */
export const me = z.strictObject({
  name: z.string(),
  roles: z.array(role),
  /** The security company a guard supervisor belongs to; sees only its own visits. */
  company: z.string().nullable(),
  demo: z.boolean(),
  expiresAt: instant,
});
export type Me = z.infer<typeof me>;

/** What the login page may know before anybody is logged in. `demoLogins` is empty outside the demo. */
export const welcome = z.strictObject({
  product: z.string(),
  version: z.string(),
  city: z.string(),
  demo: z.boolean(),
  locale,
  demoLogins: z.array(z.strictObject({ name: z.string(), password: z.string(), roles: z.array(role) })),
});
export type Welcome = z.infer<typeof welcome>;

export const staffAccount = z.strictObject({
  id: entityId,
  name: loginName,
  roles: z.array(role),
  company: z.string().nullable(),
  active: z.boolean(),
  lastLoginAt: instant.nullable(),
});
export type StaffAccount = z.infer<typeof staffAccount>;

const password = freeText(PASSWORD_MAX).refine((text) => text.length >= PASSWORD_MIN, `at least ${PASSWORD_MIN} characters`);
const roles = z.array(role).min(1).max(ROLES.length);

export const createStaffBody = z.strictObject({ name: loginName, password, roles, company: entityId.nullable().optional() });
export type CreateStaffBody = z.infer<typeof createStaffBody>;
export const changeStaffBody = z.strictObject({
  roles: roles.optional(), password: password.optional(), active: z.boolean().optional(), company: entityId.nullable().optional(),
});
export type ChangeStaffBody = z.infer<typeof changeStaffBody>;
export const staffParams = z.strictObject({ staff: entityId });
export const staffAccounts = z.strictObject({ rows: z.array(staffAccount) });
