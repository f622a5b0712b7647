/** My parking: an account holder sees and does its own, and of others not even that they exist. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccountDetails, InviteAnswer, ParkerView } from "../../src/api/contract/accounts.ts";
import type { MyDeleteAnswer, MyOverview } from "../../src/api/contract/my.ts";
import { ROLES } from "../../src/api/contract/login.ts";
import type { RouteShape } from "../../src/api/contract/route.ts";
import { routes } from "../../src/api/contract/routes.ts";
import { DAY, HOUR } from "../../src/kernel/instant.ts";
import { json, startTestSite, type TestSite } from "./harness.ts";

let site: TestSite;
beforeAll(async () => { site = await startTestSite(); });
afterAll(async () => site.stop());

type Asked = { readonly method: "GET" | "POST"; readonly path: string; readonly payload?: object; readonly cookie?: string; readonly locale?: string };

async function ask({ method, path, payload, cookie, locale }: Asked) {
  const answer = await site.app.inject({
    method, url: `/api/v1${path}`, headers: json(cookie ?? (await site.cookie("manager")), locale ? { "accept-language": locale } : {}), ...(payload ? { payload } : {}),
  });
  const isJson = String(answer.headers["content-type"]).includes("json");
  return { status: answer.statusCode, body: (isJson ? answer.json() : answer.rawPayload) as unknown, cookie: String(answer.headers["set-cookie"] ?? "").split(";")[0] ?? "" };
}
async function done<T>(asked: Asked): Promise<T> {
  const { status, body } = await ask(asked);
  if (status !== 200) throw new Error(`${asked.method} ${asked.path}: ${status} ${JSON.stringify(body)}`);
  return body as T;
}
const post = <T>(path: string, payload?: object, cookie?: string) => done<T>({ method: "POST", path, ...(payload ? { payload } : {}), ...(cookie ? { cookie } : {}) });
const get = <T>(path: string, cookie?: string) => done<T>({ method: "GET", path, ...(cookie ? { cookie } : {}) });

type Holder = { readonly account: string; readonly parker: string; readonly cookie: string; readonly email: string };

async function holder(name: string, plate: string, facility: string): Promise<Holder> {
  const email = `${name}@example.org`;
  const contact = { kind: "person", name, address: "Ring 7", email, phone: null, locale: "de" };
  const { account } = (await post<{ account: AccountDetails }>("/accounts", { contact })).account;
  const { parker } = (await post<{ parker: ParkerView }>(`/accounts/${account}/parkers`, { credentials: [{ kind: "plate", text: plate }] })).parker;
  await post(`/accounts/${account}/agreements`, { facility });
  const { code, path } = await post<InviteAnswer>(`/accounts/${account}/login`, {});
  expect(path).toBe(`/my/activate#${code}`);
  const made = await ask({ method: "POST", path: "/my/activate", payload: { code, password: `password of ${name}` }, cookie: "" });
  expect(made.body).toMatchObject({ account, email, name });
  return { account, parker, cookie: made.cookie, email };
}
const now = () => site.running.site.now();
const admit = (facility: string, plate: string) => post(`/facilities/${facility}/rights/admit`, { kind: "plate", text: plate, reason: "test" });

describe("an account holder", () => {
  test("logs in, sees who is inside and what it costs so far and why, in both languages", async () => {
    const anna = await holder("anna", "ANNA1", "harbour");
    await admit("harbour", "ANNA1");
    site.pass(3 * HOUR);
    const seen = await get<MyOverview>("/my/overview", anna.cookie);
    expect(seen.stays.map(({ label, amountMinor }) => [label, amountMinor! > 0])).toEqual([["ANNA1", true]]);
    expect(seen.charges).toEqual([{ facility: "harbour", currency: "AUD", totalMinor: seen.stays[0]!.amountMinor }]);
    // The reasons come from a read model, which may be a moment behind.
    await expect.poll(async () => (await get<MyOverview>("/my/overview", anna.cookie)).stays[0]!.why.map(({ what }) => what)).toEqual(["admittedByStaff", "charged"]);
    for (const { why } of (await get<MyOverview>("/my/overview", anna.cookie)).stays[0]!.why) expect([why.text.en.length > 5, why.text.de.length > 5]).toEqual([true, true]);
    expect(seen.places.map(({ facility }) => facility)).toEqual(["harbour"]);
    const again = await ask({ method: "POST", path: "/my/login", payload: { email: " ANNA@example.org", password: "password of anna" }, cookie: "" });
    expect(again.status).toBe(200);
    await post("/my/logout", undefined, again.cookie);
    expect((await ask({ method: "GET", path: "/my/me", cookie: again.cookie })).status).toBe(401);
    const wrong = await ask({ method: "POST", path: "/my/login", payload: { email: anna.email, password: "wrong" }, cookie: "", locale: "de" });
    expect(wrong.body).toMatchObject({ status: 401, code: "loginRefused", detail: "E-Mail-Adresse oder Passwort ist falsch." });
  });

  test("books, extends, cancels, adds and removes a plate", async () => {
    const bert = await holder("bert", "BERT1", "market");
    const from = now() + HOUR;
    const made = await post<{ booking: { booking: string } }>("/my/bookings", { facility: "market", parker: bert.parker, from, to: from + HOUR }, bert.cookie);
    await post(`/my/bookings/market/${made.booking.booking}/extend`, { to: from + 2 * HOUR }, bert.cookie);
    await post(`/my/bookings/market/${made.booking.booking}/cancel`, undefined, bert.cookie);
    expect((await get<MyOverview>("/my/overview", bert.cookie)).bookings.map(({ from: begins }) => begins)).toEqual([from + HOUR]);
    const added = await post<{ parker: ParkerView }>(`/my/parkers/${bert.parker}/plates`, { plate: "bert-2" }, bert.cookie);
    const plate = added.parker.credentials.find(({ text }) => text === "BERT2");
    expect(await post(`/my/parkers/${bert.parker}/plates/${plate?.credential}/remove`, undefined, bert.cookie)).toMatchObject({ removed: true });
    expect((await ask({ method: "POST", path: `/my/parkers/${bert.parker}/plates`, payload: { plate: "!!" }, cookie: bert.cookie, locale: "de" })).body)
      .toMatchObject({ code: "plateNotUnderstood", detail: expect.stringContaining("kein Kennzeichen") });
  });

  test("another account's ids answer 404, and staff routes are closed", async () => {
    const [cora, dora] = [await holder("cora", "CORA1", "station"), await holder("dora", "DORA1", "station")];
    const from = now() + DAY;
    const theirs = await post<{ booking: { booking: string } }>("/my/bookings", { facility: "station", parker: dora.parker, from, to: from + HOUR }, dora.cookie);
    const plate = (await get<MyOverview>("/my/overview", dora.cookie)).parkers[0]!.credentials[0]!.credential;
    await admit("station", "DORA1");
    site.pass(2 * HOUR);
    const stay = (await get<MyOverview>("/my/overview", dora.cookie)).stays[0]!;
    await post(`/facilities/station/rights/stays/${stay.stay}/release`, { reason: "test" });
    site.pass(32 * DAY);
    await post("/facilities/station/statements/run", { month: "2026-03" });
    const [head] = (await get<{ rows: { number: string; account: string }[] }>("/my/statements", dora.cookie)).rows;
    expect(head?.account).toBe(dora.account);
    expect((await get<{ rows: object[] }>("/my/statements", cora.cookie)).rows).toEqual([]);
    const refused: readonly (readonly ["GET" | "POST", string, object?])[] = [
      ["GET", `/my/statements/station/${head!.number}`], ["GET", `/my/statements/station/${head!.number}?format=pdf`],
      ["POST", `/my/bookings/station/${theirs.booking.booking}/cancel`], ["POST", `/my/bookings/station/${theirs.booking.booking}/extend`, { to: from + 2 * HOUR }],
      ["POST", `/my/parkers/${dora.parker}/plates/${plate}/remove`], ["POST", "/my/parkers/P7/plates", { plate: "X1" }],
    ];
    for (const [method, path, payload] of refused) {
      expect([path, (await ask({ method, path, cookie: cora.cookie, ...(payload ? { payload } : {}) })).status]).toEqual([path, 404]);
    }
    for (const path of ["/accounts", `/accounts/${cora.account}`, `/accounts/${dora.account}`, "/statements", "/logbook"]) {
      expect([path, (await ask({ method: "GET", path, cookie: cora.cookie })).status]).toEqual([path, 401]);
    }
    expect(((await ask({ method: "GET", path: `/my/statements/station/${head!.number}?format=pdf`, cookie: dora.cookie })).body as Buffer).subarray(0, 5).toString()).toBe("%PDF-");
    const exported = JSON.stringify(await get("/my/export", cora.cookie));
    for (const foreign of ["dora", "DORA", dora.account]) expect(exported).not.toContain(foreign);
    expect(exported).toContain("CORA1");
  });

  test("erases itself when nothing is open; what must be kept is named, and what is erased is found nowhere", async () => {
    const emil = await holder("emilius", "EMIL77", "museum");
    await admit("museum", "EMIL77");
    const password = "password of emilius";
    expect((await ask({ method: "POST", path: "/my/delete", payload: { password: "wrong one" }, cookie: emil.cookie })).status).toBe(401);
    expect((await ask({ method: "POST", path: "/my/delete", payload: { password }, cookie: emil.cookie, locale: "de" })).body)
      .toMatchObject({ status: 409, code: "accountInUse", detail: expect.stringContaining("ein Auto steht in der Garage") });
    site.pass(HOUR);
    const { stay } = (await get<MyOverview>("/my/overview", emil.cookie)).stays[0]!;
    await post(`/facilities/museum/rights/stays/${stay}/release`, { reason: "test" });
    const [agreement] = (await get<AccountDetails>(`/accounts/${emil.account}`)).agreements;
    await post(`/accounts/${emil.account}/agreements/${agreement!.agreement}/end`, { reason: "moves away" });
    expect((await ask({ method: "POST", path: "/my/delete", payload: { password }, cookie: emil.cookie })).body).toMatchObject({ detail: expect.stringContaining("statement") });
    site.pass(31 * DAY);
    const month = new Date(now() - 20 * DAY).toISOString().slice(0, 7);
    for (const back of [month, new Date(now() - 40 * DAY).toISOString().slice(0, 7)]) await ask({ method: "POST", path: "/facilities/museum/statements/run", payload: { month: back } });
    const erased = await post<MyDeleteAnswer>("/my/delete", { password }, emil.cookie);
    expect(erased.kept.map(({ what }) => what)).toEqual(["statements", "stays", "decisions"]);
    expect((await ask({ method: "GET", path: "/my/me", cookie: emil.cookie })).status).toBe(401);
    expect((await post<{ rows: object[] }>("/accounts/search", { text: "emilius" })).rows).toEqual([]);
    const after = await get<AccountDetails>(`/accounts/${emil.account}`);
    expect(after).toMatchObject({ contact: null, closedAt: now(), parkers: [{ credentials: [] }] });
    const { rows } = await get<{ rows: { name: string | null; totalMinor: number }[] }>(`/statements?account=${emil.account}`);
    expect(rows.map(({ name, totalMinor }) => [name, totalMinor > 0])).toEqual([[null, true]]);
    for await (const batch of site.running.vault.entries()) for (const { text } of batch) expect(text).not.toMatch(/emilius|EMIL77/);
  });

  test("a contact's new address is the login's new name; another's address is refused; revoking ends sessions", async () => {
    const [fay, gus] = [await holder("fay", "FAY1", "market"), await holder("gus", "GUS1", "market")];
    const contact = { kind: "person", name: "fay", address: "x", email: gus.email, phone: null, locale: "en" };
    expect((await ask({ method: "POST", path: `/accounts/${fay.account}/contact`, payload: contact })).body).toMatchObject({ code: "emailTaken" });
    await post(`/accounts/${fay.account}/contact`, { ...contact, email: "fay@new.example" });
    expect((await ask({ method: "POST", path: "/my/login", payload: { email: "fay@new.example", password: "password of fay" }, cookie: "" })).status).toBe(200);
    await post(`/accounts/${fay.account}/login/revoke`);
    expect((await ask({ method: "GET", path: "/my/me", cookie: fay.cookie })).status).toBe(401);
  });
});

describe("role x route of account holders", () => {
  const table = Object.entries(routes as Record<string, RouteShape>).filter(([, route]) => !route.demo && route.access !== "public" && route.media?.includes("text/event-stream") !== true);
  test("a login to My parking opens the routes of account holders and no other; a staff login opens none of those", async () => {
    const hugo = await holder("hugo", "HUGO1", "market");
    const SAMPLE: Readonly<Record<string, string>> = { facility: "market", ticket: "01000000123", stay: "s1", call: "1", fault: "1", chit: "1", number: "M-2026-000001" };
    for (const [name, route] of table) {
      const url = `/api/v1${route.path.replace(/:([a-z]+)/g, (_all, key: string) => SAMPLE[key] ?? "P1")}`;
      const body = route.method === "GET" ? {} : { payload: "{" };
      if (name === "myLogout") continue;
      const own = await site.app.inject({ method: route.method, url, headers: json(hugo.cookie), ...body });
      expect([name, own.statusCode === 401 || own.statusCode === 403, own.statusCode < 500]).toEqual([name, route.access !== "holder", true]);
      if (route.access !== "holder") continue;
      for (const role of ROLES) {
        const staff = await site.app.inject({ method: route.method, url, headers: json(await site.cookie(role)), ...body });
        expect([name, role, staff.statusCode]).toEqual([name, role, 401]);
      }
    }
  });
});
