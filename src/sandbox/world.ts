/**
 * The fixture world of the sandbox: two operators, two providers, an enforcement supplier and an administrator, and
 * five places around the middle of a city. Provider 1 is connected to the first operator, provider 2 to both; the
 * enforcement supplier is contracted by the first.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACTORS, type Actor, type ActorId, type SandboxPlace, type SandboxWorld } from "./contract.ts";

const WHO: Readonly<Record<ActorId, Pick<Actor, "role" | "name" | "organisation">>> = {
  op1: { role: "operator", name: "Test Council", organisation: "TESTCOUNCIL" },
  op2: { role: "operator", name: "Harbour Parking", organisation: "HARBOUR" },
  sp1: { role: "serviceProvider", name: "Provider One", organisation: "PROVIDER1" },
  sp2: { role: "serviceProvider", name: "Provider Two", organisation: "PROVIDER2" },
  es1: { role: "enforcement", name: "Street Patrol", organisation: "PATROL1" },
  ad: { role: "administrator", name: "Exchange Office", organisation: "OFFICE" },
};

/** provider, operator */
export const CONNECTIONS: readonly (readonly [ActorId, ActorId])[] = [["sp1", "op1"], ["sp2", "op1"], ["sp2", "op2"]];
/** enforcement supplier, operator */
export const CONTRACTS: readonly (readonly [ActorId, ActorId])[] = [["es1", "op1"]];

export const PLACES = { deck: "805428", street: "805430", anpr: "220001", garage: "220002", quay: "910001" } as const;
export const ACCOUNT_SPEC = "spec-220001-account";

/** What the operators ask for, published as their rates and charged by their mock at departure. Minor units. */
export const DEPARTURE_RATES = {
  [PLACES.garage]: { hourMinor: 310, mostMinor: 2_200 },
  [PLACES.quay]: { hourMinor: 650, mostMinor: 650 },
} as const;

/** @param folder where the secrets stay, so that a restart keeps them; nobody else may read the file */
export function sandboxWorld(folder: string): SandboxWorld {
  const secrets = secretsOf(folder);
  const place = (id: string, operator: ActorId, more: Partial<SandboxPlace> = {}): SandboxPlace => ({ id, operator, frictionless: false, departures: false, ...more });
  return {
    actors: ACTORS.map((id) => ({ id, ...WHO[id], clientId: `sandbox-${id}`, clientSecret: secrets[id] ?? "" })),
    places: [
      place(PLACES.deck, "op1"), place(PLACES.street, "op1"), place(PLACES.anpr, "op1", { frictionless: true }),
      place(PLACES.garage, "op1", { departures: true }), place(PLACES.quay, "op2", { departures: true }),
    ],
    accountSpec: ACCOUNT_SPEC, zone: "Europe/London", centre: { latitude: 53.4806, longitude: -2.2428 },
  };
}

/** What the exchange shows at the first operator's address. */
export const operatorToken = (folder: string): string => secretsOf(folder).operatorToken ?? "";

type Secrets = Readonly<Partial<Record<ActorId | "operatorToken", string>>>;

function secretsOf(folder: string): Secrets {
  const file = join(folder, "sandbox-secrets.json");
  const kept: Secrets = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) as Secrets : {};
  const wanted = [...ACTORS, "operatorToken"] as const;
  if (wanted.every((name) => kept[name] !== undefined)) return kept;
  const secrets: Secrets = Object.fromEntries(wanted.map((name) => [name, kept[name] ?? randomBytes(24).toString("base64url")]));
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
