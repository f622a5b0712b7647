/**
 * Who plays which role at the server under test. Connections between organisations are made by the server's own
 * administration before the suite starts: SP1 is connected to OP1 and not to OP2, ES1 is contracted by OP1 only.
 * Everything else (places, specifications, rates, rights, sessions, webhooks) the suite makes itself over HTTP.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

export const ROLES = ["op1", "op2", "sp1", "sp2", "es1", "ad", "sp3"] as const;
export type Role = (typeof ROLES)[number];

const clientSchema = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Id of the organisation as `/contacts` and `issuer` name it. */
  organisation: z.string().min(1).optional(),
  /** Value of X-MCC-Access-Token under the pilot prefix. */
  pilotToken: z.string().min(1).optional(),
});

const fixtureSchema = z.strictObject({
  url: z.url().optional(),
  /** Token endpoint; `/auth` below the URL when absent. */
  tokenUrl: z.url().optional(),
  clients: z.partialRecord(z.enum(ROLES), clientSchema),
  receiver: z.strictObject({
    /** Where the suite listens for webhooks and for the relayed questions of pay on departure. */
    host: z.string().default("127.0.0.1"),
    port: z.int().min(0).max(65_535).default(0),
    /** How the server reaches that address; `http://host:port` when absent. */
    publicUrl: z.url().optional(),
  }).prefault({}),
  /** The operator endpoint of OP1 at the server is the receiver's URL and this path. */
  operatorPath: z.string().optional(),
  names: z.strictObject({
    /** Member of a place that switches frictionless and pay on departure on. */
    capabilities: z.string().default("x-capabilities"),
    frictionless: z.string().default("frictionless"),
    podba: z.string().default("podba"),
    /** Member that carries the server's receipt time of a session. */
    receivedAt: z.string().default("x-receivedAt"),
    /** Member of the answer to POST /webhooks that carries the signing secret. */
    webhookSecret: z.string().default("secret"),
  }).prefault({}),
  /** The largest body the server reads; one byte more is refused. */
  bodyBytesMax: z.int().positive().default(1_048_576),
  /** Requests tried to reach the limit of one client. */
  burstMax: z.int().positive().default(3_000),
});

export type Fixture = z.infer<typeof fixtureSchema>;
export type Client = z.infer<typeof clientSchema>;

/** The fixture of a YAML or JSON file, or the reason in words. */
export function readFixture(file: string): Fixture | string {
  try {
    return fixtureOf(parse(readFileSync(file, "utf8")));
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export function fixtureOf(given: unknown): Fixture | string {
  const read = fixtureSchema.safeParse(given);
  return read.success ? read.data : read.error.issues.map((issue) => `${issue.path.join(".") || "fixture"}: ${issue.message}`).join("; ");
}
