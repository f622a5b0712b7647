/** The documentation points at what is there: files and test titles named in docs/seeds.md, layers in docs/layers.md. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const read = (path: string): string => readFileSync(root + path, "utf8");

describe("docs/seeds.md", () => {
  const rows = read("docs/seeds.md").split("\n").filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));

  it("has no empty cell", () => {
    expect(rows.filter((row) => row.length !== 4 || row.some((cell) => cell === "")).map((row) => row[0])).toEqual([]);
  });

  it("names files that exist", () => {
    const named = rows.flatMap((row) => [...`${row[2]} ${row[3]}`.matchAll(/`((?:src|test|config|docs|bench)\/[^`]*)`/g)].map((m) => m[1]!));
    expect([...new Set(named)].filter((path) => !existsSync(root + path))).toEqual([]);
  });

  it("names tests that exist", () => {
    const missing = rows.filter(([, , , shown = ""]) => {
      const [, file, title] = /^`([^`]+)`(?: › (.*))?$/.exec(shown) ?? [];
      return !file || !existsSync(root + file) || (title !== undefined && !read(file).includes(title));
    });
    expect(missing.map((row) => `${row[0]}: ${row[3]}`)).toEqual([]);
  });
});

describe("docs/layers.md", () => {
  it("is the picture of the imports as they are", async () => {
    const { picture } = (await import("../scripts/layers.mjs" as string)) as { picture: () => string };
    expect(read("docs/layers.md")).toBe(picture());
  });
});
