/** Seeds that once found something; every run of the tests replays them first. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const Seeds = z.strictObject({
  seeds: z.array(z.strictObject({
    seed: z.union([z.number().int(), z.string()]), site: z.number().int().min(1), days: z.number().int().min(1),
    found: z.string().min(1),
  })),
});

export type RegressionSeed = z.infer<typeof Seeds>["seeds"][number];

export const regressionSeeds = (file: URL | string): readonly RegressionSeed[] =>
  Seeds.parse(JSON.parse(readFileSync(file, "utf8"))).seeds;
