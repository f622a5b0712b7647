/** The site API as its callers meet it: who may do what, what is refused and how, and that nothing happens twice. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROLES } from "../../src/api/contract/login.ts";
import type { RouteShape } from "../../src/api/contract/route.ts";
import { routes } from "../../src/api/contract/routes.ts";
import { openApi } from "../../src/api/http/openapi.ts";
import { readJson } from "../../src/api/http/json.ts";
import { DEVICE_TOKEN, json, startTestSite, type TestSite } from "./harness.ts";

let site: TestSite;
beforeAll(async () => { site = await startTestSite(); });
afterAll(async () => site.stop());

const SAMPLE: Readonly<Record<string, string>> = {
  facility: "central", lane: "E1", station: "P1", ticket: "01000000123", stay: "central-000001", call: "1", fault: "1", payment: "1", shift: "1",
  chit: "1", season: "S-000001", company: "northguard", card: "card_none", staff: "staff-none",
  account: "A00000", parker: "P1", credential: "plate_none", contract: "A00000-C1", agreement: "A00000-G1", booking: "A00000-b1", number: "CENTRAL-2026-000001",
};
const urlOf = (route: RouteShape): string => `/api/v1${route.path.replace(/:([a-z]+)/g, (_all, name: string) => SAMPLE[name] ?? name)}`;
const table = Object.entries(routes as Record<string, RouteShape>).filter(([, route]) => !route.demo);
const streams = (route: RouteShape): boolean => route.media?.includes("text/event-stream") === true;

describe("role x route", () => {
  test.each(table)("%s", async (_name, route) => {
    // A stream that opens never ends; one of a car park that is none answers at once.
    const url = streams(route) ? `${urlOf(route).replace("central", "nowhere")}${route.path === "/events" ? "?facility=nowhere" : ""}` : urlOf(route);
    const anonymous = await site.app.inject({ method: route.method, url, ...(route.method === "GET" ? {} : { headers: { "content-type": "application/json" }, payload: "{" }) });
    const open = route.access === "public";
    expect(anonymous.statusCode === 401, `nobody: ${anonymous.statusCode}`).toBe(!open);
    for (const role of ROLES) {
      // Broken JSON: access is decided before a body is read, so what passes is told 400 and nothing happens.
      const asked = await site.app.inject({ method: route.method, url, headers: json(await site.cookie(role)), ...(route.method === "GET" ? {} : { payload: "{" }) });
      const allowed = route.access === "public" || route.access === "anyone" || (route.access !== "device" && route.access.includes(role));
      expect(asked.statusCode === 403 || asked.statusCode === 401, `${role}: ${asked.statusCode}`).toBe(!allowed);
      expect(asked.statusCode, `${role}`).toBeLessThan(500);
    }
  });

  test("a route that is not in the table does not exist, and says so as a problem", async () => {
    const answer = await site.app.inject({ method: "GET", url: "/api/v1/nothing", headers: { cookie: await site.cookie("administrator") } });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  test("what is documented is what is served, and the demo is not", () => {
    const paths = openApi({ version: "0", demo: false })["paths"] as Record<string, object>;
    const documented = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(documented.sort()).toEqual(table.map(([, route]) => `${route.method} /api/v1${route.path.replace(/:([a-z]+)/g, "{$1}")}`).sort());
    expect(documented.some((line) => line.includes("/demo/"))).toBe(false);
  });

  test("a security company sees its own guards only", async () => {
    const own = await site.app.inject({ method: "GET", url: "/api/v1/guards/companies", headers: { cookie: await site.cookie("security") } });
    expect(own.json<{ rows: { company: string }[] }>().rows.map((row) => row.company)).toEqual(["northguard"]);
    const others = await site.app.inject({ method: "GET", url: "/api/v1/guards/visits?company=southwatch", headers: { cookie: await site.cookie("security") } });
    expect(others.json()).toEqual({ rows: [], next: null });
  });
});

describe("what is refused at the edge", () => {
  const post = async (payload: string, headers: Record<string, string> = {}) =>
    site.app.inject({ method: "POST", url: "/api/v1/facilities/central/counts/adjust", headers: json(await site.cookie("manager"), headers), payload });

  test.each([
    ["no JSON", "{", 400, "notJson"],
    ["a key twice", '{"group":"all","delta":1,"delta":100,"reason":"x"}', 400, "duplicateKey"],
    ["__proto__", '{"__proto__":{"x":1}}', 400, "forbiddenKey"],
    ["an integer that would be rounded", '{"group":"all","delta":9007199254740993,"reason":"x"}', 400, "numberNotExact"],
    ["1e400", '{"group":"all","delta":1e400,"reason":"x"}', 400, "numberNotExact"],
    ["too deep", `${"[".repeat(100_0)}${"]".repeat(100_0)}`, 400, "tooDeep"],
    ["too many keys", `[${"1,".repeat(6_000)}1]`, 400, "tooManyItems"],
    ["too large", JSON.stringify({ group: "all", delta: 1, reason: "x".repeat(70_000) }), 413, "bodyTooLarge"],
    ["an unknown property", '{"group":"all","delta":1,"reason":"x","by":"me"}', 400, "bodyNotUnderstood"],
    ["a text for a number: nothing is coerced", '{"group":"all","delta":"1","reason":"x"}', 400, "bodyNotUnderstood"],
    ["null for a number", '{"group":"all","delta":null,"reason":"x"}', 400, "bodyNotUnderstood"],
    ["a boolean for a number", '{"group":"all","delta":true,"reason":"x"}', 400, "bodyNotUnderstood"],
    ["an empty reason", '{"group":"all","delta":1,"reason":"  "}', 400, "bodyNotUnderstood"],
    ["NUL", '{"group":"all","delta":1,"reason":"a\\u0000b"}', 400, "bodyNotUnderstood"],
    ["a lone surrogate", '{"group":"all","delta":1,"reason":"a\\ud800b"}', 400, "bodyNotUnderstood"],
    ["a payment card number in a reason", '{"group":"all","delta":1,"reason":"paid with 4111 1111 1111 1111"}', 400, "bodyNotUnderstood"],
  ])("%s", async (_name, payload, status, code) => {
    const before = site.running.owners[0]?.seq;
    const answer = await post(payload);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(site.running.owners[0]?.seq).toBe(before);
  });

  test("a body that is not JSON by its header", async () => {
    const answer = await post("group=all", { "content-type": "application/x-www-form-urlencoded" });
    expect(answer.json()).toMatchObject({ status: 415, code: "mediaNotAccepted" });
  });

  test("a page of another site", async () => {
    const foreign = await post('{"group":"all","delta":1,"reason":"x"}', { origin: "https://elsewhere.example" });
    expect(foreign.json()).toMatchObject({ status: 403, code: "otherOrigin" });
    const fetched = await post('{"group":"all","delta":1,"reason":"x"}', { "sec-fetch-site": "cross-site" });
    expect(fetched.json()).toMatchObject({ status: 403, code: "otherOrigin" });
  });

  test("a refusal of the car park keeps its type and data, worded in the reader's language", async () => {
    const answer = await site.app.inject({
      method: "POST", url: "/api/v1/facilities/central/lanes/E1/open", headers: json(await site.cookie("attendant"), { "accept-language": "de" }), payload: { reason: "queue" },
    });
    expect(answer.json()).toMatchObject({ status: 409, code: "noVehicle", refusal: { type: "noVehicle", lane: "E1" } });
    expect(answer.json<{ detail: string }>().detail).toMatch(/Fahrzeug/);
  });

  test("the queries of lists are not coerced either", async () => {
    for (const query of ["rows=0", "rows=1e3", "rows=-1", "from=yesterday", "unknown=1", "rows=1&rows=2"]) {
      const answer = await site.app.inject({ method: "GET", url: `/api/v1/logbook?${query}`, headers: { cookie: await site.cookie("manager") } });
      expect([query, answer.statusCode]).toEqual([query, 400]);
    }
  });
});

describe("the same key has one effect", () => {
  test("an idempotent POST is answered twice and counted once", async () => {
    const headers = json(await site.cookie("manager"), { "idempotency-key": "key-0001-adjust" });
    const ask = (delta: number) =>
      site.app.inject({ method: "POST", url: "/api/v1/facilities/harbour/counts/adjust", headers, payload: { group: "ordinary", delta, reason: "counted" } });
    const [first, again] = [await ask(2), await ask(2)];
    expect(first.statusCode).toBe(200);
    expect(again.json<{ seq: number }>().seq).toBe(first.json<{ seq: number }>().seq);
    const live = await site.app.inject({ method: "GET", url: "/api/v1/facilities/harbour/live", headers });
    expect(live.json<{ groups: { id: string; adjustments: number }[] }>().groups.find(({ id }) => id === "ordinary")?.adjustments).toBe(2);
    expect((await ask(3)).json()).toMatchObject({ status: 409, code: "keyReused" });
  });

  test("twenty at once are one", async () => {
    const headers = json(await site.cookie("manager"), { "idempotency-key": "key-0002-at-once" });
    const all = await Promise.all(Array.from({ length: 20 }, () =>
      site.app.inject({ method: "POST", url: "/api/v1/facilities/museum/counts/adjust", headers, payload: { group: "ordinary", delta: 1, reason: "counted" } })));
    expect(new Set(all.map((one) => one.json<{ seq: number }>().seq)).size).toBe(1);
  });
});

describe("an attendant's day", () => {
  test("a ticket is found, priced, paid with change, and in the log book; the till agrees", async () => {
    const cookie = await site.cookie("attendant");
    const ask = (method: "GET" | "POST", url: string, payload?: object) =>
      site.app.inject({ method, url: `/api/v1/facilities/station${url}`, headers: json(cookie), ...(payload ? { payload } : {}) });
    const number = await site.driveIn("station", "E1");
    site.pass(70 * 60_000);
    const found = await ask("GET", `/tickets/${number}`);
    expect(found.json()).toMatchObject({ ticket: { state: "live" }, due: { dueMinor: 500, lines: [{ amountMinor: 500, units: 2 }] } });
    expect((await ask("POST", `/tickets/${number}/pay`, { tender: { kind: "cash", givenMinor: 1_000 } })).json()).toMatchObject({ code: "shiftMissing", status: 409 });
    expect((await ask("POST", "/office/shifts/open", { till: "office", floatMinor: 10_000 })).statusCode).toBe(200);
    expect((await ask("POST", `/tickets/${number}/pay`, { tender: { kind: "cash", givenMinor: 1_000 } })).json())
      .toMatchObject({ ticket: number, amountMinor: 500, changeMinor: 500 });
    const closed = await ask("POST", "/office/shifts/close", { till: "office", countedMinor: 10_500 });
    expect(closed.json()).toMatchObject({ totals: { expectedMinor: 10_500, varianceMinor: 0, payments: 1 } });
    const payments = await ask("GET", "/payments");
    expect(payments.json()).toMatchObject({ rows: [{ ticket: number, means: "cash", amountMinor: 500, changeMinor: 500 }] });
    const { payment } = payments.json<{ rows: { payment: string }[] }>().rows[0]!;
    expect((await ask("GET", `/payments/${payment}/receipt?locale=de`)).body).toContain("<svg");
    expect((await ask("GET", `/tickets/${number}/document`)).headers["content-type"]).toContain("image/svg+xml");
    const log = await site.app.inject({ method: "GET", url: `/api/v1/logbook?facility=station&search=${number}`, headers: { cookie } });
    expect(log.json<{ rows: { text: string }[] }>().rows.length).toBeGreaterThan(0);
    const [day, time] = [found.json<{ ticket: { printed: { date: string; time: string } } }>().ticket.printed].flatMap((p) => [p.date, p.time]);
    const receipt = await site.app.inject({ method: "GET", url: `/receipt?number=${number}&date=${day}&time=${time}`, headers: { "accept-language": "en" } });
    expect(receipt.body).toContain("5.00");
    const wrong = await site.app.inject({ method: "GET", url: `/receipt?number=${number}&date=${day}&time=00/00/01` });
    expect(wrong.body).not.toContain("5.00");
  });

  test("a season ticket is sold to a named holder, found by name, and no name is in the journal", async () => {
    const headers = json(await site.cookie("attendant"));
    const office = (path: string, payload: object) => site.app.inject({ method: "POST", url: `/api/v1/facilities/central/office/${path}`, headers, payload });
    const sell = () => site.app.inject({
      method: "POST", url: "/api/v1/seasons", headers,
      payload: {
        facility: "central", months: 3, startsOn: "2026-03-31", priceMinor: 20_000, means: "cash",
        holder: { kind: "person", name: "Wilhelmina Canary", address: "9 Hidden Street", phone: "+61 400 000 000" },
      },
    });
    const refused = await sell();
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ code: "shiftMissing", title: "Not possible now", detail: "No shift is open at till office. Open one first." });
    await office("shifts/open", { till: "office", floatMinor: 1_000 });
    const sold = await sell();
    expect(sold.json()).toMatchObject({ season: { validFrom: "2026-03-31", expiresOn: "2026-06-30", state: "future" } });
    const hits = await site.app.inject({ method: "POST", url: "/api/v1/seasons/search", headers, payload: { text: "canary" } });
    expect(hits.json()).toMatchObject({ rows: [{ holder: { name: "Wilhelmina Canary" } }] });
    const { rows } = await site.running.pool.query("select 1 from journal where payload::text ilike '%canary%'");
    expect(rows).toEqual([]);
    await expect.poll(() => site.running.site.facilities.get("central")?.core.state.shifts.get("office")?.seasonCashMinor).toBe(20_000);
    await office("till-cash", { to: "vault", amountMinor: 15_000, reason: "too much cash" });
    const closed = await office("shifts/close", { till: "office", countedMinor: 6_000 });
    expect(closed.json()).toMatchObject({ totals: { seasons: 1, seasonCashMinor: 20_000, droppedMinor: 15_000, expectedMinor: 6_000, varianceMinor: 0 } });
    const manager = json(await site.cookie("manager"));
    const compared = await site.app.inject({
      method: "POST", url: "/api/v1/reports/reconciliation", headers: manager,
      payload: { from: "2026-03-01", to: "2026-03-31", facility: "central", settlement: "reference;amount\nT1;12.00\n" },
    });
    expect(compared.json()).toMatchObject({
      counts: [{ what: "till", bookedMinor: 6_000, differenceMinor: 0 }],
      cards: { matched: 0, items: [{ kind: "onlySettled", reference: "T1", settledMinor: 1_200 }] },
    });
    const shifts = await site.app.inject({ method: "GET", url: "/api/v1/reports/shifts?from=2026-03-01&to=2026-03-31&facility=central", headers: manager });
    expect(shifts.json()).toMatchObject({ rows: [{ till: "office", varianceMinor: 0 }], varianceMinor: 0 });
    const moved = await site.app.inject({ method: "GET", url: "/api/v1/logbook?facility=central&search=vault", headers });
    const { seq } = moved.json<{ rows: { seq: number }[] }>().rows[0]!;
    const printed = await site.app.inject({ method: "GET", url: `/api/v1/facilities/central/cash-acts/${seq}/document`, headers });
    expect(printed.body).toContain("<svg");
    const drawn = shifts.json<{ rows: { openedBy: string }[] }>().rows;
    expect(drawn).toMatchObject([{ openedBy: "test-attendant" }]);
    const actors = await site.running.pool.query<{ by: string }>("select distinct payload::jsonb->>'by' as by from journal where payload::jsonb ? 'by'");
    expect(actors.rows.filter(({ by }) => by !== "configuration" && !/^staff-[0-9a-f]{12}$/.test(by))).toEqual([]);
    const byName = await site.app.inject({ method: "GET", url: "/api/v1/logbook?facility=central&by=test-attendant", headers });
    expect(byName.json<{ rows: { by: string }[] }>().rows.map(({ by }) => by)).toContain("test-attendant");
    const german = await site.app.inject({ method: "GET", url: "/api/v1/facilities/nowhere/tickets", headers: { ...headers, "accept-language": "de" } });
    expect(german.json()).toMatchObject({ title: "Dieses Parkhaus gibt es nicht" });
    const books = await site.running.pool.query<{ account: string; sum: number }>(
      "select account, sum(amount_minor)::int as sum from posting where stream = 'facility/central' and account in ('revenue', 'vat', 'vault', 'till:office') group by 1 order by 1");
    expect(books.rows).toEqual([
      { account: "revenue", sum: -18_182 }, { account: "till:office", sum: 0 }, { account: "vat", sum: -1_818 }, { account: "vault", sum: 20_000 },
    ]);
  });

  test("metrics are for this machine and administrators, and say nothing about a person", async () => {
    const get = (headers: Record<string, string>) => site.app.inject({ method: "GET", url: "/metrics", headers });
    for (const headers of [{ "x-forwarded-for": "203.0.113.9" }, { authorization: "Bearer wrong-token-of-nobody" }, { cookie: await site.cookie("attendant") }]) {
      expect((await get(headers)).statusCode).toBe(403);
    }
    expect((await get({ cookie: await site.cookie("administrator") })).statusCode).toBe(200);
    const { body, headers } = await get({});
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(Number(/^gatehouse_decisions_total (\d+)$/m.exec(body)?.[1])).toBeGreaterThan(10);
    expect(/^gatehouse_append_seconds_bucket\{le="\+Inf"\} (\d+)$/m.exec(body)?.[1]).toBe(/^gatehouse_append_seconds_count (\d+)$/m.exec(body)?.[1]);
    for (const sample of ['follower_behind_events{follower="log-book"} ', 'open_calls{facility="central"} ', 'open_faults{facility="central"} ']) expect(body).toContain(`gatehouse_${sample}`);
    expect(body).not.toMatch(/staff-|test-|Canary/);
    for (const text of body.trim().split("\n")) expect(text).toMatch(/^(# (HELP|TYPE) gatehouse_\w+ .+|gatehouse_\w+(\{\w+="[^"]*"\})? [0-9.e+-]+)$/);
  });

  test("devices report with their token only, and are told what to show", async () => {
    const url = "/api/v1/devices/riverside/lane-inputs";
    const report = (payload: object, token = DEVICE_TOKEN) =>
      site.app.inject({ method: "POST", url, headers: { "content-type": "application/json", authorization: `Bearer ${token}` }, payload });
    expect((await report({ type: "PressButton", lane: "E1" }, "x".repeat(30))).statusCode).toBe(401);
    for (const loop of ["arming", "underArm", "closing"]) await report({ type: "SenseLoop", lane: "E1", loop, occupied: false });
    expect((await report({ type: "SenseLoop", lane: "E1", loop: "arming", occupied: true })).json())
      .toMatchObject({ events: ["VehicleApproached"], display: { key: "display.pressButton", flashing: true } });
    expect((await report({ type: "PressButton", lane: "E1" })).json()).toMatchObject({ events: ["TicketOrdered"], ticket: /^09/ });
    expect((await report({ type: "PressButton", lane: "E9" })).json()).toMatchObject({ status: 404, code: "laneUnknown" });
  });
});

describe("logins", () => {
  const logIn = (name: string, password: string) => site.app.inject({ method: "POST", url: "/api/v1/login", payload: { name, password } });

  test("a wrong name and a wrong password are one answer; too many are told to wait", async () => {
    const name = await logIn("nobody-here", "wrong password");
    const password = await logIn("administrator", "wrong password");
    expect([name.json<{ code: string }>().code, password.json<{ code: string }>().code]).toEqual(["loginRefused", "loginRefused"]);
    for (let i = 0; i < 9; i++) await logIn("administrator", "wrong password");
    const late = await logIn("administrator", "administrator-1");
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([429, "tooManyAttempts"]);
    expect(Number(late.headers["retry-after"])).toBeGreaterThan(0);
  });

  test("the cookie is HttpOnly and SameSite=Strict; the table holds neither token nor password", async () => {
    await site.cookie("maintenance");
    const made = await logIn("test-maintenance", "password-of-maintenance");
    const cookie = String(made.headers["set-cookie"]);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const token = cookie.slice(cookie.indexOf("=") + 1, cookie.indexOf(";"));
    const { rows } = await site.running.pool.query<{ text: string }>("select row_to_json(a)::text as text from staff.account a union all select row_to_json(l)::text from staff.login l");
    const all = rows.map(({ text }) => text).join("\n");
    expect(all).toContain("$argon2id$");
    expect(all).not.toContain(token);
    expect(all).not.toContain("password-of-maintenance");
  });

  test("logging out, another password and an inactive account close the login", async () => {
    const administrator = json(await site.cookie("administrator"));
    const created = await site.app.inject({ method: "POST", url: "/api/v1/staff", headers: administrator, payload: { name: "temp", password: "a long password", roles: ["attendant"] } });
    const id = created.json<{ id: string }>().id;
    const login = async () => String((await logIn("temp", "a long password")).headers["set-cookie"]).split(";")[0] ?? "";
    const me = async (cookie: string) => (await site.app.inject({ method: "GET", url: "/api/v1/me", headers: { cookie } })).statusCode;
    const cookie = await login();
    expect(await me(cookie)).toBe(200);
    await site.app.inject({ method: "POST", url: "/api/v1/logout", headers: json(cookie), payload: {} });
    expect(await me(cookie)).toBe(401);
    const second = await login();
    await site.app.inject({ method: "PATCH", url: `/api/v1/staff/${id}`, headers: administrator, payload: { active: false } });
    expect(await me(second)).toBe(401);
  });
});

describe("bad input never is our error (3.8, 3.9)", () => {
  const strings = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("'; DROP TABLE journal", "../", "%00", "=cmd()", "<script>", "__proto__", "NaN", "\u202e", "А", "x".repeat(2_000)));
  const values = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, strings, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(strings, tie("value"), { maxKeys: 4 })),
  })).value;

  test("whatever is posted, the status is below 500 and problems are problems", async () => {
    const posts = table.filter(([name, route]) => route.method !== "GET" && !["login", "logout", "raiseFireAlarm", "createStaff"].includes(name));
    const headers = json(await site.cookie("manager"));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...posts), values, async ([, route], body) => {
      const answer = await site.app.inject({ method: route.method, url: urlOf(route), headers, payload: JSON.stringify(body) ?? "null" });
      expect(answer.statusCode, `${route.path} ${answer.body}`).toBeLessThan(500);
      if (answer.statusCode >= 400) expect(answer.json()).toMatchObject({ code: expect.any(String), request: expect.any(String) });
    }), { numRuns: 150 });
  });

  test("whatever stands in a path or query", async () => {
    const headers = { cookie: await site.cookie("manager") };
    await fc.assert(fc.asyncProperty(strings, strings, async (id, search) => {
      const urls = [`/api/v1/facilities/${encodeURIComponent(id)}/live`, `/api/v1/logbook?search=${encodeURIComponent(search)}`, `/api/v1/faults?after=${encodeURIComponent(search)}`, `/receipt?number=${encodeURIComponent(id)}&date=x&time=y`];
      for (const url of urls) expect((await site.app.inject({ method: "GET", url, headers })).statusCode, url).toBeLessThan(500);
    }), { numRuns: 60 });
  });

  test("the strict reader agrees with JSON.parse wherever it accepts", () => {
    fc.assert(fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const read = readJson(text);
      if (read.ok) expect(read.value).toEqual(JSON.parse(text));
    }), { numRuns: 300 });
  });
});

