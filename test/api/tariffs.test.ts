/** Tariff versions over the API: published, refused with the place, prices by the version valid at entry, a month repriced. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RepriceAnswer, TariffVersions } from "../../src/api/contract/tariffs.ts";
import { setUpFacilities } from "../../src/app/city-setup.ts";
import { DAY, MINUTE } from "../../src/kernel/instant.ts";
import { zoneOf } from "../../src/kernel/zone.ts";
import { compileTariff } from "../../src/tariff/compile.ts";
import { seed002Tariff } from "../../src/tariff/examples/seed-002.ts";
import { quote } from "../../src/tariff/quote.ts";
import type { Tariff } from "../../src/tariff/tariff.ts";
import { json, MONDAY, startTestSite, type TestSite } from "./harness.ts";

let site: TestSite;
beforeAll(async () => { site = await startTestSite(); });
afterAll(async () => site.stop());

/** The city's tariff with every hour at one price. */
const flat = (perHour: number, currency = "AUD"): Tariff => ({
  id: "flat", version: 1, currency, tables: [{
    id: "all-day", version: 1, rateLineCollections: [{
      collectionSequence: 1, applicableCurrency: currency, relativeTimes: true, taxIncluded: true, taxRate: 10,
      rateLines: [{ sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H", usageCondition: "unlimited", value: perHour }],
    }],
  }],
});

type Told = { readonly code?: string; readonly detail?: string; readonly refusal?: { readonly findings?: readonly { path: string; fix: string }[] }; readonly version?: number };
async function ask<T = Told>(facility: string, path: string, payload?: object, role: "manager" | "attendant" = "manager", headers: Record<string, string> = {}) {
  const answer = await site.app.inject({
    method: payload ? "POST" : "GET", url: `/api/v1/facilities/${facility}/tariffs${path}`,
    headers: json(await site.cookie(role), headers), ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json<T>() };
}
const list = async (facility: string) => (await ask<TariffVersions>(facility, "")).body;
const nowOf = () => site.running.site.now();
const dueOf = async (facility: string, ticket: string) => {
  const found = await site.app.inject({ method: "GET", url: `/api/v1/facilities/${facility}/tickets/${ticket}`, headers: { cookie: await site.cookie("attendant") } });
  return found.json<{ due: { totalMinor: number } }>().due.totalMinor;
};

describe("publishing", () => {
  test("the configuration's version is in force from the start", async () => {
    expect(await list("harbour")).toMatchObject({
      zone: "Australia/Sydney", currency: "AUD", next: 2,
      rows: [{ version: 1, effectiveFrom: 0, state: "inForce", published: { by: "configuration", reason: null } }],
    });
  });

  test("a stay is priced by the version valid at its entry, before and after a later one comes into force", async () => {
    const early = await site.driveIn("harbour", "E1");
    const from = nowOf() + 30 * MINUTE;
    const published = await ask("harbour", "", { version: 2, effectiveFrom: from, tariff: flat(9), reason: "summer prices" });
    expect([published.status, published.body.version]).toEqual([200, 2]);
    expect((await list("harbour")).rows.map(({ state }) => state)).toEqual(["inForce", "future"]);
    site.pass(30 * MINUTE);
    const late = await site.driveIn("harbour", "E1");
    site.pass(20 * MINUTE);
    // Monday before 10:00: 2.50 an hour by version 1, 9.00 by version 2.
    expect([await dueOf("harbour", early), await dueOf("harbour", late)]).toEqual([250, 900]);
    expect(await list("harbour")).toMatchObject({
      next: 3, rows: [{ version: 1, state: "past" }, { version: 2, state: "inForce", published: { by: "test-manager", reason: "summer prices" } }],
    });
    const log = await site.app.inject({ method: "GET", url: "/api/v1/logbook?facility=harbour&search=summer", headers: { cookie: await site.cookie("manager") } });
    expect(log.json<{ rows: { text: string }[] }>().rows[0]?.text).toContain("Tariff version 2 published");
  });

  test("from now on is the instant it was decided; the document's own number and date do not count", async () => {
    const published = await ask("museum", "", { version: 2, effectiveFrom: null, tariff: { ...flat(4), version: 77, effectiveFrom: 5 }, reason: "new" });
    expect(published.body).toMatchObject({ version: 2, effectiveFrom: nowOf() });
    expect((await list("museum")).rows[1]).toMatchObject({ version: 2, state: "inForce", tariff: { version: 2 } });
  });

  test("a planned version is replaced by the next one with the same start", async () => {
    const start = nowOf() + DAY;
    await ask("market", "", { version: 2, effectiveFrom: start, tariff: flat(4), reason: "plan" });
    await ask("market", "", { version: 3, effectiveFrom: start, tariff: flat(5), reason: "better plan" });
    expect((await list("market")).rows.map(({ version, state }) => [version, state])).toEqual([[1, "inForce"], [2, "past"], [3, "future"]]);
  });

  test("a start with an unchanged file does not undo what the console published", async () => {
    const before = await list("museum");
    await setUpFacilities(site.running.site.city, "config/demo.yaml", site.running.owners, site.running.journal);
    expect((await list("museum")).rows.map(({ version, state }) => [version, state])).toEqual(before.rows.map(({ version, state }) => [version, state]));
  });

  test.each([
    ["in the past", { version: 2, effectiveFrom: MONDAY - 1 }, 422, "tariffInPast"],
    ["a number somebody else has used", { version: 1, effectiveFrom: null }, 409, "tariffNotNext"],
    ["a number ahead", { version: 3, effectiveFrom: null }, 409, "tariffNotNext"],
    ["without a reason", { version: 2, effectiveFrom: null, reason: " " }, 400, "bodyNotUnderstood"],
    ["a tariff that is no object", { version: 2, effectiveFrom: null, tariff: [] }, 400, "bodyNotUnderstood"],
    ["a text no database keeps", { version: 2, effectiveFrom: null, tariff: { ...flat(3), name: "a\u0000b" } }, 400, "bodyNotUnderstood"],
    ["a payment card number in a name", { version: 2, effectiveFrom: null, tariff: { ...flat(3), name: "4111 1111 1111 1111" } }, 400, "bodyNotUnderstood"],
  ])("%s is refused and nothing is published", async (_name, body, status, code) => {
    const refused = await ask("station", "", { tariff: flat(3), reason: "x", ...body });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect((await list("station")).next).toBe(2);
  });

  const tiers = [{ sequence: 1, rateLineType: "flatRateTier", durationStart: "00:00", durationEnd: "02:00", value: 3 },
    { sequence: 2, rateLineType: "flatRateTier", durationStart: "02:00", durationEnd: "04:00", value: 5 }];
  const guessed = { ...flat(3), tables: [{ ...flat(3).tables[0], rateLineCollections: [{ ...flat(3).tables[0]!.rateLineCollections[0], rateLines: tiers }] }] };
  test.each([
    ["a table without values", { ...flat(3), tables: [{ ...flat(3).tables[0], rateLineCollections: [{ collectionSequence: 1, applicableCurrency: "AUD", rateLines: [{ sequence: 1, rateLineType: "incrementingRate", incrementPeriod: "PT1H" }] }] }] }, "$.tables[0].rateLineCollections[0].rateLines[0].value"],
    ["another currency", flat(3, "EUR"), "$.currency"],
    ["a misspelt member", { ...flat(3), dailyMax: 5 }, "$.dailyMax"],
    ["no table for some hours, and nothing said about them", { ...seed002Tariff, when: seed002Tariff.when!.slice(1) }, "$.when"],
    ["tiers read by a guess", guessed, "$.tables[0].rateLineCollections[0]"],
  ])("%s is refused with its place and fix", async (_name, tariff, path) => {
    const refused = await ask("station", "", { version: 2, effectiveFrom: null, tariff, reason: "x" });
    expect([refused.status, refused.body.code]).toEqual([422, "tariffRefused"]);
    const found = refused.body.refusal?.findings?.find((f) => f.path === path);
    expect(found?.fix, JSON.stringify(refused.body)).toBeTruthy();
    const checked = await ask<{ refused: boolean; draft: boolean; findings: { path: string }[] }>("station", "/check", { tariff });
    expect(checked.body.refused || checked.body.draft).toBe(true);
    expect(checked.body.findings.map((f) => f.path)).toContain(path);
    expect((await list("station")).next).toBe(2);
  });

  test("a guessed reading that somebody confirmed is published", async () => {
    const published = await ask("airport-link", "", { version: 2, effectiveFrom: null, tariff: { ...guessed, confirmed: ["all-day@1"] }, reason: "confirmed" });
    expect(published.status).toBe(200);
  });

  test("pressed twice with one key, it is published once", async () => {
    const body = { version: 2, effectiveFrom: null, tariff: flat(6), reason: "once" };
    const both = [await ask("stadium", "", body, "manager", { "idempotency-key": "publish-key-1" }), await ask("stadium", "", body, "manager", { "idempotency-key": "publish-key-1" })];
    expect(both.map(({ status, body: told }) => [status, told.version])).toEqual([[200, 2], [200, 2]]);
    expect((await list("stadium")).next).toBe(3);
  });
});

describe("a month repriced", () => {
  test("equals the sum of the quotes, stay by stay; other stays are counted and left out", async () => {
    const owner = site.running.owners.find(({ stream }) => stream === "facility/riverside")!;
    for (let i = 0; i < 12; i++) {
      const number = await site.driveIn("riverside", "E1");
      site.pass((i + 1) * 37 * MINUTE);
      if (i === 11) continue;
      const stay = [...owner.core.state.stays.values()].find(({ credential }) => credential.kind === "ticket" && credential.ticket === number)!;
      const closed = await owner.execute({ type: "CloseStay", stay: stay.id, reason: "test" }, { actor: "test" });
      expect(closed.ok, JSON.stringify(closed)).toBe(true);
    }
    const asked = flat(3.5);
    const answer = (await ask<RepriceAnswer>("riverside", "/reprice", { month: "2026-03", tariff: asked })).body;
    const { rows } = await site.running.pool.query<{ from: string; to: string }>(
      `select t.issued_at as from, s.exited_at as to from read_stay s join read_ticket t on t.facility = s.facility and t.number = s.ticket
       where s.facility = 'riverside' and s.exited_at is not null`);
    const total = (tariff: Tariff) => {
      const zone = zoneOf("Australia/Sydney");
      const compiled = zone.ok ? compileTariff(tariff, zone.value) : undefined;
      if (!compiled?.ok) throw new Error("does not compile");
      return rows.reduce((sum, row) => {
        const priced = quote(compiled.value, [{ from: Number(row.from), to: Number(row.to) }]);
        if (!priced.ok) throw new Error("no price");
        return sum + priced.value.totalMinor;
      }, 0);
    };
    expect(rows).toHaveLength(11);
    expect(answer).toMatchObject({
      stays: 11, oldMinor: total(seed002Tariff), newMinor: total(asked), notPricedThen: 0, notPricedNow: 0,
      leftOut: { seasonTicket: 0, service: 0, irregular: 0, stillInside: 1, notReached: 0 },
    });
    expect(answer.byLength.reduce((sum, row) => sum + row.newMinor, 0)).toBe(answer.newMinor);
    expect(answer.cheaper + answer.same + answer.dearer).toBe(11);
    expect(answer.until - answer.from).toBe(31 * DAY);
    expect((await ask<RepriceAnswer>("riverside", "/reprice", { month: "2026-01", tariff: asked })).body.stays).toBe(0);
  });

  test("a stay without a price under the new tariff is counted, not free", async () => {
    const short = flat(2);
    const table = { ...short.tables[0]!, rateLineCollections: [{ ...short.tables[0]!.rateLineCollections[0]!, maxTime: "PT1H" }] };
    const answer = (await ask<RepriceAnswer>("riverside", "/reprice", { month: "2026-03", tariff: { ...short, tables: [table] } })).body;
    expect([answer.stays + answer.notPricedNow, answer.stays]).toEqual([11, 1]);
    expect(answer.newMinor).toBe(200);
  });

  test("a tariff without a price is refused with its place; attendants look but do not publish", async () => {
    const refused = await ask("riverside", "/reprice", { month: "2026-03", tariff: { ...flat(3), tables: [] } });
    expect([refused.status, refused.body.code, refused.body.refusal?.findings?.[0]?.path]).toEqual([422, "tariffRefused", "$.tables"]);
    expect((await ask("riverside", "", undefined, "attendant")).status).toBe(200);
    expect((await ask("riverside", "/check", { tariff: flat(3) }, "attendant")).status).toBe(403);
  });
});
