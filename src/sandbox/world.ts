/**
 * The fixture world of the sandbox: two operators, two providers, an enforcement supplier and an administrator, and
 * four places around the middle of a city. Provider 1 is connected to the first operator, provider 2 to the second;
 * the enforcement supplier is contracted by the first.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACTORS, type Actor, type ActorId, type SandboxWorld } from "./contract.ts";

const WHO: Readonly<Record<ActorId, Pick<Actor, "role" | "name" | "organisation">>> = {
  op1: { role: "operator", name: "Test Council", organisation: "TESTCOUNCIL" },
  op2: { role: "operator", name: "Harbour Parking", organisation: "HARBOUR" },
  sp1: { role: "serviceProvider", name: "Provider One", organisation: "PROVIDER1" },
  sp2: { role: "serviceProvider", name: "Provider Two", organisation: "PROVIDER2" },
  es1: { role: "enforcement", name: "Street Patrol", organisation: "PATROL1" },
  ad: { role: "administrator", name: "Exchange Office", organisation: "OFFICE" },
};

/** provider, operator */
export const CONNECTIONS: readonly (readonly [ActorId, ActorId])[] = [["sp1", "op1"], ["sp2", "op2"]];
/** enforcement supplier, operator */
export const CONTRACTS: readonly (readonly [ActorId, ActorId])[] = [["es1", "op1"]];

export const PLACES = { deck: "805428", street: "805430", anpr: "220001", quay: "910001" } as const;
export const ACCOUNT_SPEC = "spec-220001-account";

/** @param folder where the secrets stay, so that a restart keeps them; nobody else may read the file */
export function sandboxWorld(folder: string): SandboxWorld {
  const secrets = secretsOf(join(folder, "sandbox-secrets.json"));
  return {
    actors: ACTORS.map((id) => ({ id, ...WHO[id], clientId: `sandbox-${id}`, clientSecret: secrets[id] ?? "" })),
    places: [
      { id: PLACES.deck, operator: "op1", frictionless: false }, { id: PLACES.street, operator: "op1", frictionless: false },
      { id: PLACES.anpr, operator: "op1", frictionless: true }, { id: PLACES.quay, operator: "op2", frictionless: false },
    ],
    accountSpec: ACCOUNT_SPEC, zone: "Europe/London", centre: { latitude: 53.4806, longitude: -2.2428 },
  };
}

function secretsOf(file: string): Readonly<Partial<Record<ActorId, string>>> {
  if (!existsSync(file)) {
    const secrets = Object.fromEntries(ACTORS.map((id) => [id, randomBytes(24).toString("base64url")]));
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8")) as Partial<Record<ActorId, string>>;
}
