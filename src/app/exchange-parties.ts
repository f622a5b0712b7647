/**
 * Who takes part, as a YAML file:
 *
 *   organisations:
 *     - { id: TESTCOUNCIL, role: operator, name: Test Council }
 *     - { id: PROVIDER1, role: serviceProvider, name: Provider One }
 *     - { id: OTHERCOUNCIL, role: operator, name: Other Council, departures: { url: "https://parking.example/apds" } }   # or {}: it comes for questions
 *   clients:
 *     - { id: provider1-app, organisation: PROVIDER1 }        # a secret is made and told once
 *   connections:
 *     - { provider: PROVIDER1, operator: TESTCOUNCIL }
 *   contracts:
 *     - { enforcement: PATROL1, operator: TESTCOUNCIL, place: "805428" }
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { ROLES } from "../exchange/client/caller.ts";
import type { Departures } from "../exchange/store/departures.ts";
import type { Parties } from "../exchange/store/parties.ts";
import { err, ok, type Result } from "../kernel/result.ts";

const id = z.string().min(1).max(255);
const file = z.strictObject({
  organisations: z.array(z.strictObject({ id, role: z.enum(ROLES), name: z.string().min(1).max(200),
    /** Pay on departure: where the operator is asked, with which token; without a URL it comes for its questions. */
    departures: z.strictObject({ url: z.url().optional(), token: z.string().min(8).max(500).optional() }).optional(),
  })).max(10_000).default([]),
  clients: z.array(z.strictObject({
    id, organisation: id, secret: z.string().min(16).max(200).optional(), legacyToken: z.string().min(8).max(200).optional(),
    requestsPerSecond: z.number().int().min(1).max(100_000).optional(), amountsInMinorUnits: z.boolean().optional(),
  })).max(10_000).default([]),
  connections: z.array(z.strictObject({ provider: id, operator: id })).max(100_000).default([]),
  contracts: z.array(z.strictObject({ enforcement: id, operator: id, place: id.optional() })).max(100_000).default([]),
});
export type PartiesFile = z.infer<typeof file>;

export const NOBODY: PartiesFile = { organisations: [], clients: [], connections: [], contracts: [] };

export function readParties(path: string): Result<PartiesFile, readonly string[]> {
  let content: unknown;
  try {
    content = parse(readFileSync(path, "utf8"));
  } catch (error) {
    return err([`${path}: ${error instanceof Error ? error.message.split("\n")[0] : "cannot be read"}`]);
  }
  const read = file.safeParse(content ?? {});
  return read.success ? ok(read.data) : err(read.error.issues.map((issue) => `${path}: ${issue.path.join(".")}: ${issue.message}`));
}

/** A client that exists keeps its secret unless the file names one; a revoked one stays revoked whatever the file says. */
export async function applyParties({ parties, departures }: { readonly parties: Parties; readonly departures: Departures }, wanted: PartiesFile, tell: (line: string) => void): Promise<void> {
  for (const { departures: asked, ...one } of wanted.organisations) {
    await parties.registerOrganisation(one);
    if (asked) await departures.setEndpoint(one.id, { base: asked.url ?? null, token: asked.token ?? null });
  }
  for (const { id: client, organisation, secret, legacyToken, requestsPerSecond, amountsInMinorUnits } of wanted.clients) {
    const state = await parties.clientState(client);
    if (state === "revoked") tell(`client ${client} of ${organisation}: revoked; the file does not bring it back`);
    if (state === "revoked" || (state === "active" && secret === undefined)) continue;
    const made = await parties.registerClient({
      id: client, organisation, ...(secret === undefined ? {} : { secret }), ...(legacyToken === undefined ? {} : { legacyToken }),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }), ...(amountsInMinorUnits === undefined ? {} : { amountsInMinorUnits }),
    });
    if (secret === undefined) tell(`client ${client} of ${organisation}: secret ${made} (told once)`);
  }
  for (const { provider, operator } of wanted.connections) await parties.connect(provider, operator);
  for (const { enforcement, operator, place } of wanted.contracts) await parties.contract(enforcement, operator, place);
}
