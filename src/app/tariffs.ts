/** The tariff a car park is configured with: seed 002's by its name, others from a file of APDS rate tables. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { zoneOf } from "../kernel/zone.ts";
import { err, ok, type Result } from "../kernel/result.ts";
import { compileTariff } from "../tariff/compile.ts";
import { seed002Tariff } from "../tariff/examples/seed-002.ts";
import { findingText } from "../tariff/finding.ts";
import type { Tariff } from "../tariff/tariff.ts";

/** A tariff that compiles in that zone, or what is wrong with it. `configFile`: paths are relative to it. */
export function tariffNamed(name: string, zoneName: string, configFile: string): Result<Tariff, string> {
  const read = name === "seed-002" ? ok(seed002Tariff) : readTariff(resolve(dirname(configFile), name));
  const zone = zoneOf(zoneName);
  if (!read.ok || !zone.ok) return read.ok ? err(`unknown zone ${zoneName}`) : read;
  const compiled = compileTariff(read.value, zone.value);
  return compiled.ok ? read : err(`tariff ${name}: ${compiled.error.findings.map(findingText).join("; ")}`);
}

function readTariff(path: string): Result<Tariff, string> {
  try {
    // `compileTariff` finds what is not as it should be.
    return ok(JSON.parse(readFileSync(path, "utf8")) as Tariff);
  } catch (error) {
    return err(`tariff file ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
