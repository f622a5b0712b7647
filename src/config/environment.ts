/**
 * `GATEHOUSE_*` variables: what differs between two installations of the same city, and secrets. A
 * variable nobody knows is refused with the nearest right one, as a wrong key of the file is.
 */
import { z } from "zod";
import { err, ok, type Result } from "../kernel/result.ts";
import { nearest } from "./nearest.ts";

const port = z.string().regex(/^\d{1,5}$/).transform(Number).refine((n) => n <= 65_535, "no port");

const environment = z.object({
  GATEHOUSE_CONFIG: z.string().min(1).optional(),
  GATEHOUSE_DATA: z.string().min(1).optional(),
  GATEHOUSE_HOST: z.string().min(1).optional(),
  GATEHOUSE_PORT: port.optional(),
  GATEHOUSE_DATABASE_URL: z.string().min(1).optional(),
  GATEHOUSE_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).optional(),
  GATEHOUSE_SMTP_PASSWORD: z.string().min(1).optional(),
  /** Base64 with or without `whsec_`; signs webhooks to maintenance companies. */
  GATEHOUSE_WEBHOOK_SECRET: z.string().min(24).optional(),
  /** Tokens of the car parks' devices: `central=TOKEN,harbour=TOKEN`, 20 characters or more each. */
  GATEHOUSE_DEVICE_TOKENS: z.string().regex(/^[a-z0-9-]+=[A-Za-z0-9_-]{20,200}(,[a-z0-9-]+=[A-Za-z0-9_-]{20,200})*$/).optional(),
  /** Opens `/metrics` to a collector on another machine. */
  GATEHOUSE_METRICS_TOKEN: z.string().regex(/^[A-Za-z0-9_-]{20,200}$/).optional(),
  /** The secret of this city's client at the exchange that the file names. */
  GATEHOUSE_EXCHANGE_SECRET: z.string().min(8).max(1_000).optional(),
  /** What the exchange shows when it asks our car parks what a car owes, at `/exchange/operator`. */
  GATEHOUSE_EXCHANGE_OPERATOR_TOKEN: z.string().regex(/^[A-Za-z0-9_-]{20,200}$/).optional(),
  /** Makes the account `administrator` in an installation that has none. */
  GATEHOUSE_ADMIN_PASSWORD: z.string().min(10).optional(),
});
export type Environment = z.infer<typeof environment>;

/** Read by tests and build scripts, not by the product. */
const OTHERS = ["GATEHOUSE_PROPERTY_RUNS", "GATEHOUSE_CRASH_RUNS"];

export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Result<Environment, readonly string[]> {
  const known = Object.keys(environment.shape);
  const own = Object.keys(variables).filter((name) => name.startsWith("GATEHOUSE_"));
  const problems = own.filter((name) => !known.includes(name) && !OTHERS.includes(name)).map((name) => {
    const right = nearest(name, known);
    return `unknown variable ${name}; ${right === null ? `known: ${known.join(", ")}` : `did you mean ${right}?`}`;
  });
  const parsed = environment.safeParse(variables);
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  if (!parsed.success || problems.length > 0) return err(problems);
  return ok({ ...parsed.data, GATEHOUSE_DATABASE_URL: parsed.data.GATEHOUSE_DATABASE_URL ?? variables["DATABASE_URL"] });
}
