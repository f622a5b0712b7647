/** The import rule is enforced: the tree as it is passes, and each planted violation is found. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

const tool = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const config = resolve(".dependency-cruiser.cjs");

type Found = { readonly from: string; readonly rule: { readonly name: string } };

const imports = (path: string): string => `import { x } from "${path}";\nexport const y = x;\n`;
const leaf = "export const x = 1;\n";

/** One tree with every violation, and beside each what it imports. */
const PLANTED: Readonly<Record<string, string>> = {
  "src/kernel/a.ts": imports("../tariff/x.ts"), "src/tariff/x.ts": leaf,
  "src/carpark/lane/web.ts": imports("../../api/x.ts"), "src/api/x.ts": leaf,
  "src/carpark/lane/store.ts": imports("../../journal/x.ts"), "src/journal/x.ts": leaf,
  "src/carpark/lane/above.ts": imports("../application/x.ts"), "src/carpark/application/x.ts": leaf,
  "src/journal/a.ts": 'import type { x } from "../carpark/lane/x.ts";\nexport type Y = typeof x;\n', "src/carpark/lane/x.ts": leaf,
  "src/api/a.ts": imports("../app/x.ts"), "src/app/x.ts": leaf,
  "src/kiosk/a.ts": imports("../api/handlers/x.ts"),
  "src/console/a.ts": imports("../api/handlers/x.ts"), "src/api/handlers/x.ts": leaf,
  "src/api/live/a.ts": `${imports("../http/b.ts")}export const z = 1;\n`, "src/api/http/b.ts": 'import { z } from "../live/a.ts";\nexport const x = z;\n',
  "src/exchange/http/lane.ts": imports("../../carpark/lane/x.ts"), "src/exchange/session/table.ts": imports("../store/x.ts"), "src/exchange/store/x.ts": leaf,
  "src/carpark/lane/good.ts": imports("../../kernel/x.ts"), "src/kernel/x.ts": leaf,
};

let found: readonly Found[] = [];

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-layers-"));
  for (const [path, text] of Object.entries(PLANTED)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync(config, join(folder, ".dependency-cruiser.cjs"));
  const run = spawnSync(process.execPath, [tool, "src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  found = (JSON.parse(run.stdout) as { readonly summary: { readonly violations: readonly Found[] } }).summary.violations;
});

describe("a planted violation turns the check red", () => {
  test.each([
    ["the kernel imports the tariff", "src/kernel/a.ts", "kernel-imports"],
    ["a lane imports the web", "src/carpark/lane/web.ts", "carpark-domain-imports"],
    ["a lane imports the journal", "src/carpark/lane/store.ts", "carpark-domain-imports"],
    ["a lane imports the application above it", "src/carpark/lane/above.ts", "carpark-domain-imports"],
    ["the journal imports the car park, for a type only", "src/journal/a.ts", "journal-imports"],
    ["the exchange imports a lane", "src/exchange/http/lane.ts", "exchange-domain-imports"],
    ["a session imports its store", "src/exchange/session/table.ts", "exchange-nouns"],
    ["a route imports the wiring", "src/api/a.ts", "nobody-imports-app"],
    ["the console imports a handler", "src/console/a.ts", "browser-pages"],
    ["a kiosk page imports a handler", "src/kiosk/a.ts", "browser-pages"],
    ["two folders need each other", "src/api/(live|http)/[ab].ts", "no-cycles"],
  ])("%s", (_name, file, rule) => {
    expect(found.filter((one) => new RegExp(`^${file}$`).test(one.from)).map((one) => one.rule.name)).toContain(rule);
  });

  test("downward imports are allowed", () => {
    expect(found.filter((one) => one.from === "src/carpark/lane/good.ts")).toEqual([]);
  });
});
