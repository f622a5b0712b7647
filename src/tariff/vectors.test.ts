import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { priceVectors } from "./vectors.ts";

const published = (): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL("./examples/vectors.json", import.meta.url)), "utf8"));

test("every published vector has its price", () => {
  expect(priceVectors(published())).toEqual({ ok: true, value: { passed: 64, failed: 0, differences: [] } });
});
