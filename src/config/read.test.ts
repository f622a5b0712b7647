/** Story table: a mistake in the city's file and the line a person is sent to. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkConfig } from "./command.ts";
import { readEnvironment } from "./environment.ts";
import { editDistance } from "./nearest.ts";
import { readCity } from "./read.ts";

const demo = readFileSync("config/demo.yaml", "utf8");

function problemsAfter(find: string, put: string): string[] {
  expect(demo, find).toContain(find);
  const read = readCity(demo.replace(find, put));
  return read.ok ? [] : read.error.map((p) => `${p.line}: ${p.message}`);
}
const lineOf = (text: string): number => demo.slice(0, demo.indexOf(text)).split("\n").length;

describe("the demo city", () => {
  test("has ten car parks of different sizes and lanes", () => {
    const city = readCity(demo);
    if (!city.ok) throw new Error(JSON.stringify(city.error));
    const configs = city.value.facilities.map((f) => f.config);
    expect(configs).toHaveLength(10);
    expect(new Set(configs.map((c) => c.groups[0]?.capacity[0]?.spaces)).size).toBe(10);
    expect(configs.some((c) => c.lanes.filter((l) => l.direction === "entry").length >= 3)).toBe(true);
    expect(configs.some((c) => c.lanes.filter((l) => l.interlock === "T1").length === 2)).toBe(true);
    expect(new Set(configs.map((c) => c.payStations.length)).size).toBeGreaterThan(2);
    expect(city.value.securityCompanies).toHaveLength(2);
    expect(city.value.seasonPrices).toEqual({ 3: 20_000, 6: 37_500, 12: 50_000 });
    expect(configs[0]?.payStations[0]?.coins).toEqual([50, 100, 200, 500]);
    expect(configs[0]?.groups.map((g) => g.capacity)).toEqual([
      [{ spaces: 120 }],
      [{ days: [1, 2, 3, 4, 5], spaces: 30 }, { spaces: 0 }],
      [{ days: [1, 2, 3, 4, 5], spaces: 80 }, { spaces: 110 }],
      [{ spaces: 10 }],
    ]);
    expect(configs[7]?.groups.map((g) => g.capacity)).toEqual([
      [{ spaces: 300 }],
      [{ days: [1, 2, 3, 4, 5], spaces: 20 }, { spaces: 0 }],
      [{ days: [1, 2, 3, 4, 5], spaces: 280 }, { spaces: 300 }],
    ]);
    expect([configs[0], configs[7]].map((config) => config?.contractGroup)).toEqual(["contract", "ordinary"]);
    expect(configs[6]?.rightsPolicy).toMatchObject({ exitRule: "authorised", erasePlateAfter: 2 * 3_600_000, bookingLateTolerance: 900_000 });
  });
});

describe("a mistake names its line", () => {
  test.each([
    ["a wrong key and the nearest right one", "  taxPercent: 10", "  taxpercnt: 10", "  taxPercent: 10", "city: unknown key `taxpercnt`; did you mean `taxPercent`?"],
    ["a key far from every other", "  exitGraceMinutes: 15", "  exitGraceMinutes: 15\n  qqqqqqqqqqq: 1", "  lostTicketFee", "policy: unknown key `qqqqqqqqqqq`; known here: exitGraceMinutes, lostTicketFee, fourEyesAbove, cardTrust, maxStayDays"],
    ["a wrong key deep in a list", "{ id: E1, name: Quay entry, direction: entry }", "{ id: E1, nam: Quay entry, direction: entry }", "{ id: E1, name: Quay entry", "facilities[1].lanes[0]: unknown key `nam`; did you mean `name`?"],
    ["an answer nobody knows", "contractSpaces: 10 }", "policy: { overflow: pay } }", "    rights: { contract", 'facilities[0].rights.policy.overflow: Invalid option: expected one of "payAsYouGo"|"refuse"|"report"'],
    ["more contract spaces than there are", "contractSpaces: 10 }", "contractSpaces: 91 }", "    rights: { contract", "91 contract and 30 season spaces in a car park of 120"],
    ["a zone that does not exist", "zone: Australia/Sydney", "zone: Australia/Sidney", "  zone: Australia", "city.zone: no zone of the IANA database"],
    ["money finer than a cent", 'lostTicketFee: "60.00"', 'lostTicketFee: "60.005"', "  lostTicketFee", "`60.005` is finer than the currency AUD allows"],
    ["more season spaces than spaces", "seasonSpaces: 16", "seasonSpaces: 160", "    seasonSpaces: 16", "160 season spaces in a car park of 80"],
    ["a security company for a car park that is none", "[central, harbour,", "[centrall, harbour,", "    facilities: [central", "no facility `centrall`"],
    ["two car parks with one number", "number: 2", "number: 1", "    number: 2", "facility number `1` is given twice"],
    ["an exchange that plates would reach in plain text", "seasonPrices: {", "exchange: { url: \"http://exchange.example\", clientId: city }\nseasonPrices: {", "seasonPrices: {", "exchange.url: https, or http on this machine, without user or query: plates travel there"],
    ["two car parks as one place", "seasonSpaces: 16", "seasonSpaces: 16\n    exchange: { place: central }", "    rights: { policy: { overflow: report", "place `central` is `central` already"],
    ["a place of a car park that is not linked", "seasonSpaces: 16", "seasonSpaces: 16\n    exchange: { place: \"805428\", linked: false }", "    rights: { policy: { overflow: report", "not linked, and yet a place `805428`"],
    ["coordinates off the globe", "latitude: -33.8568", "latitude: 91", "    coordinates: { latitude: -33.8568", "facilities[1].coordinates.latitude: Too big: expected number to be <=90"],
    ["plates without a camera", "    seasonSpaces: 16", "    media: [tickets, plates]\n    seasonSpaces: 16", "    seasonSpaces: 16", "`plates` is offered and no lane has `cameras`"],
    ["a medium nobody knows", "    seasonSpaces: 16", "    media: [tickets, plate]\n    seasonSpaces: 16", "    seasonSpaces: 16", 'facilities[1].media[1]: Invalid option: expected one of "tickets"|"plates"|"cards"|"qr"|"paymentCard"'],
    ["cards alone, and nothing for visitors", "    seasonSpaces: 16", "    media: [cards]\n    seasonSpaces: 16", "    seasonSpaces: 16", "short-term parkers need `tickets`, `plates` or `paymentCard`"],
    ["a secret instead of its digest", "name: Quay entry, direction: entry }", "name: Quay entry, direction: entry, cameras: [{ id: C1, family: axis, secretSha256: hunter2 }] }", "{ id: E1, name: Quay entry", "facilities[1].lanes[0].cameras[0].secretSha256: 64 hexadecimal digits; gatehouse config camera-secret makes them"],
    ["an interlock of one lane", ", direction: exit, interlock: T1", ", direction: exit", "      - { id: T1-in", "no other lane shares the interlock `T1`"],
  ])("%s", (_name, find, put, line, message) => {
    const problems = problemsAfter(find, put);
    expect(problems).toContain(`${lineOf(line)}: ${message}`);
  });

  test("YAML that is none", () => {
    expect(problemsAfter("city:\n", "city: [\n").length).toBeGreaterThan(0);
    const alias = readCity("a: &x [1]\nb: *x\n");
    expect(alias.ok ? [] : alias.error).toEqual([{ line: 2, column: 4, message: "alias *x: aliases are not used here" }]);
  });

  test("a file of anything is read or refused, never thrown at", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => {
      const read = readCity(text);
      if (!read.ok) expect(read.error.every((p) => p.line >= 1)).toBe(true);
    }), { numRuns: 200 });
  });
});

test("an unknown variable names the nearest right one", () => {
  const read = readEnvironment({ GATEHOUSE_PROT: "80", HOME: "/" });
  expect(read.ok ? [] : read.error).toEqual(["unknown variable GATEHOUSE_PROT; did you mean GATEHOUSE_PORT?"]);
  const port = readEnvironment({ GATEHOUSE_PORT: "99999" });
  expect(port.ok).toBe(false);
});

test("config check says what it found", () => {
  expect(checkConfig("config/demo.yaml", {})).toEqual({ problems: [], summary: "config/demo.yaml: Harbour City, 10 car parks; no problem found" });
  expect(checkConfig("config/none.yaml", {}).problems).toEqual(["config/none.yaml: cannot be read"]);
});

test("edit distance is a metric", () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(fc.property(word, word, word, (a, b, c) => {
    expect(editDistance(a, b)).toBe(editDistance(b, a));
    expect(editDistance(a, a)).toBe(0);
    expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
  }), { numRuns: 100 });
});
