/** Accounts over HTTP: opened, their cars inside, charged, stated, explained; what is wrong is told in words. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccountDetails, ContractAnswer, CredentialView, ParkerView } from "../../src/api/contract/accounts.ts";
import type { Policies } from "../../src/api/contract/policies.ts";
import type { Preview, RightStays, Timeline } from "../../src/api/contract/right-stays.ts";
import type { RunStatementsAnswer, StatementView } from "../../src/api/contract/statements.ts";
import { openAccountMail } from "../../src/app/account-mail.ts";
import { settleLateFacts } from "../../src/app/late-facts.ts";
import { DAY, HOUR } from "../../src/kernel/instant.ts";
import type { Letter, Mailer } from "../../src/notifications/mailer.ts";
import { json, startTestSite, type TestSite } from "./harness.ts";

let site: TestSite;
beforeAll(async () => { site = await startTestSite(); });
afterAll(async () => site.stop());

type Answered = { readonly status: number; readonly body: unknown };

async function ask(method: "GET" | "POST", path: string, payload?: object, extra: Record<string, string> = {}): Promise<Answered> {
  const answer = await site.app.inject({ method, url: `/api/v1${path}`, headers: json(await site.cookie("manager"), extra), ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: String(answer.headers["content-type"]).includes("json") ? answer.json() : answer.rawPayload };
}

async function done<T>(method: "GET" | "POST", path: string, payload?: object): Promise<T> {
  const { status, body } = await ask(method, path, payload);
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
  return body as T;
}

const contact = (name: string, email: string | null = null) =>
  ({ kind: "company", name, address: "Ring 7, 1010 Wien", email, phone: null, locale: "de" });

const open = async (name: string, email: string | null = null): Promise<AccountDetails> =>
  (await done<{ account: AccountDetails }>("POST", "/accounts", { contact: contact(name, email) })).account;

const parker = async (account: string, plate: string): Promise<ParkerView> =>
  (await done<{ parker: ParkerView }>("POST", `/accounts/${account}/parkers`, { name: `of ${plate}`, credentials: [{ kind: "plate", text: plate }] })).parker;

const credentialOf = (of: ParkerView): CredentialView => of.credentials[0]!;
const agree = (account: string, facility: string) => done("POST", `/accounts/${account}/agreements`, { facility });
const sign = (account: string, facility: string, more: object = {}) =>
  done<ContractAnswer>("POST", `/accounts/${account}/contracts`, { facility, monthlyFeeMinor: 8_990, ...more });
const admit = (facility: string, plate: string) => done("POST", `/facilities/${facility}/rights/admit`, { kind: "plate", text: plate, reason: "camera broken" });
const staysOf = (facility: string, account: string) => done<RightStays>("GET", `/facilities/${facility}/accounts/${account}/stays`);
const now = () => site.running.site.now();
/** "2026-03", where the car parks are. */
const monthAt = (at: number): string => new Date(at).toLocaleDateString("sv-SE", { timeZone: "Australia/Sydney" }).slice(0, 7);

async function release(facility: string, account: string, plate: string): Promise<void> {
  const { rows } = await staysOf(facility, account);
  const stay = rows.find(({ label, exitedAt }) => label === plate && exitedAt === null);
  await done("POST", `/facilities/${facility}/rights/stays/${stay?.stay}/release`, { reason: "barrier broken" });
}

describe("an account's life", () => {
  test("opened, found by name, plate and id; its name is in no journal", async () => {
    const account = await open("Müller & Söhne", "office@mueller.example");
    await parker(account.account, "w 4711-x");
    for (const text of ["müller", "W4711X", "4711", account.account.toLowerCase()]) {
      const { rows } = await done<{ rows: { account: string }[] }>("POST", "/accounts/search", { text });
      expect([text, rows.map((row) => row.account)]).toEqual([text, [account.account]]);
    }
    const { rows } = await done<{ rows: { account: string; name: string }[] }>("GET", "/accounts");
    expect(rows.find((row) => row.account === account.account)?.name).toBe("Müller & Söhne");
    const journal = await site.running.pool.query("select payload::text as text from journal");
    const all = journal.rows.map(({ text }: { text: string }) => text).join("\n");
    for (const secret of ["Müller", "mueller.example", "4711"]) expect(all).not.toContain(secret);
  });

  test("one car covered, the next charged, the longest standing promoted, all explained", async () => {
    const { account } = await open("Two cars, one contract");
    await done("POST", "/facilities/harbour/policies", { policy: { overflow: "payAsYouGo" }, reason: "whatever the file says" });
    for (const plate of ["AB123C", "AB124C"]) await parker(account, plate);
    await agree(account, "harbour");
    const signed = await sign(account, "harbour");
    expect(signed.contract).toMatchObject({ state: "running", monthlyFeeMinor: 8_990, currency: "AUD" });
    await admit("harbour", "ab 123 c");
    site.pass(HOUR);
    await admit("harbour", "AB124C");
    site.pass(2 * HOUR);
    const inside = await staysOf("harbour", account);
    expect(inside.rows.map(({ label, cover, payer }) => [label, cover?.type, payer])).toEqual([["AB123C", "contract", "account"], ["AB124C", "uncovered", "account"]]);
    const charged = inside.rows[1]!;
    expect(charged.amountMinor).toBeGreaterThan(0);
    expect(charged.price.reduce((sum, line) => sum + (line.amountMinor ?? 0), 0)).toBe(charged.amountMinor);
    // The reasons come from a read model, which may be a moment behind.
    const reasons = async (stay: string) => (await staysOf("harbour", account)).rows.find((row) => row.stay === stay)!.why;
    await expect.poll(async () => (await reasons(charged.stay)).map(({ what }) => what)).toEqual(["admittedByStaff", "charged"]);
    expect((await reasons(charged.stay))[0]?.why.text.de).toContain("camera broken");

    await release("harbour", account, "AB123C");
    site.pass(HOUR);
    const promoted = (await staysOf("harbour", account)).rows.find(({ label }) => label === "AB124C")!;
    expect(promoted.cover).toEqual({ type: "contract", right: signed.contract.contract });
    expect(promoted.segments.map(({ cover }) => cover.type)).toEqual(["uncovered", "contract"]);
    expect(promoted.amountMinor).toBe(charged.amountMinor);
    await expect.poll(async () => (await reasons(charged.stay)).map(({ what }) => what)).toContain("promoted");

    const picture = await done<Timeline>("GET", `/facilities/harbour/accounts/${account}/timeline?from=${now() - DAY}&to=${now() + HOUR}`);
    expect(picture.bars).toHaveLength(2);
    expect(picture.totalMinor).toBe(promoted.amountMinor);
    expect(picture.levels.some(({ contracts, covered, uncovered }) => contracts === 1 && covered === 1 && uncovered === 1)).toBe(true);
    expect(picture.levels.every(({ contracts, covered }) => covered <= contracts)).toBe(true);

    await expect.poll(async () => (await done<{ rows: { what: string }[] }>("GET", `/facilities/harbour/decisions?account=${account}`)).rows.map(({ what }) => what))
      .toEqual(expect.arrayContaining(["admittedByStaff", "releasedByStaff", "promoted"]));
    await release("harbour", account, "AB124C");
  });

  test("a plate belongs to one account, and cannot be removed while it is inside any car park", async () => {
    const { account } = await open("Owner");
    const other = await open("Other");
    const added = await parker(account, "XY 1");
    const taken = await ask("POST", `/accounts/${other.account}/parkers`, { credentials: [{ kind: "plate", text: "xy-1" }] }, { "accept-language": "de" });
    expect(taken.body).toMatchObject({ status: 409, code: "credentialTaken", detail: expect.stringContaining("gehört schon"), next: expect.stringContaining("entfernen") });
    await agree(account, "museum");
    await admit("museum", "XY1");
    const path = `/accounts/${account}/parkers/${added.parker}/credentials/${credentialOf(added).credential}/remove`;
    expect((await ask("POST", path, {})).body).toMatchObject({ status: 409, code: "credentialPresent", refusal: { facilities: ["museum"] } });
    await done("POST", "/facilities/museum/policies", { policy: { removePresentCredential: "afterExit" }, reason: "agreed" });
    expect(await done("POST", path, {})).toMatchObject({ removed: false });
    const details = await done<AccountDetails>("GET", `/accounts/${account}`);
    expect(details.parkers[0]?.credentials[0]).toMatchObject({ leaving: true, inside: { facility: "museum" } });
    await release("museum", account, "XY1");
    await expect.poll(async () => (await done<AccountDetails>("GET", `/accounts/${account}`)).parkers[0]?.credentials.length).toBe(0);
    expect((await parker(other.account, "XY1")).credentials).toHaveLength(1);
  });
});

describe("bookings", () => {
  test("made, extended without a gap, cancelled before and not after the start", async () => {
    const { account } = await open("Booker");
    const { parker: who } = await parker(account, "BK1");
    const from = now() + 2 * HOUR;
    const base = `/facilities/market/accounts/${account}/bookings`;
    const made = await done<{ booking: { booking: string } }>("POST", base, { parker: who, from, to: from + HOUR });
    await done("POST", `${base}/${made.booking.booking}/extend`, { to: from + 3 * HOUR });
    const later = await done<{ booking: { booking: string } }>("POST", base, { parker: who, from: from + DAY, to: from + DAY + HOUR });
    await done("POST", `${base}/${later.booking.booking}/cancel`);
    site.pass(3 * HOUR);
    expect((await ask("POST", `${base}/${made.booking.booking}/cancel`)).body).toMatchObject({ status: 409, refusal: { type: "rightsRefused", because: { type: "bookingImpossible", why: "begun" } } });
    expect((await ask("POST", base, { parker: who, from: now() + HOUR, to: now() })).body).toMatchObject({ refusal: { because: { why: "endsBeforeStart" } } });
    expect((await ask("POST", base, { parker: "P9", from: now(), to: now() + HOUR })).status).toBe(404);
    const { rows } = await done<{ rows: { state: string; from: number; to: number }[] }>("GET", base);
    expect(rows.map(({ to }) => to)).toEqual([from + 3 * HOUR, from + HOUR]);
  });
});

describe("staff acts", () => {
  test("a preview says who would owe what and changes nothing; the act then does it", async () => {
    const { account } = await open("Doubt");
    await parker(account, "DB1");
    await agree(account, "station");
    await admit("station", "DB1");
    site.pass(3 * HOUR);
    const [stay] = (await staysOf("station", account)).rows;
    const path = `/facilities/station/rights/stays/${stay!.stay}/close`;
    const seq = site.running.site.facilities.get("station")?.seq;
    const preview = await done<Preview>("POST", `${path}/preview`, { exitedAt: stay!.enteredAt + HOUR });
    expect(preview.rows).toMatchObject([{ account, stay: stay!.stay, label: "DB1" }]);
    expect(preview.rows[0]!.afterNowMinor!).toBeLessThan(preview.rows[0]!.beforeNowMinor!);
    expect(site.running.site.facilities.get("station")?.seq).toBe(seq);
    expect((await staysOf("station", account)).rows[0]?.exitedAt).toBeNull();
    await done("POST", path, { exitedAt: stay!.enteredAt + HOUR, reason: "seen on video" });
    expect((await staysOf("station", account)).rows[0]).toMatchObject({ end: "given", exitedAt: stay!.enteredAt + HOUR, amountMinor: preview.rows[0]!.afterNowMinor });
    const irregular = () => done<{ rows: { what: string; account: string }[] }>("GET", "/reports/rights/irregular?facility=station");
    await expect.poll(async () => (await irregular()).rows.filter((row) => row.account === account).map(({ what }) => what)).toEqual(["closedByStaff", "admittedByStaff"]);
  });

  test("neutral for one account, and for the whole car park", async () => {
    const { account } = await open("Neutral");
    await parker(account, "NT1");
    await agree(account, "riverside");
    await admit("riverside", "NT1");
    site.pass(HOUR);
    expect((await done<Preview>("POST", "/facilities/riverside/rights/neutral/preview", { scope: { type: "account", account } })).stays).toBeGreaterThanOrEqual(0);
    await done("POST", "/facilities/riverside/rights/neutral", { scope: { type: "account", account }, reason: "camera was off" });
    expect((await staysOf("riverside", account)).rows[0]?.neutralAt).toBe(now());
    await done("POST", "/facilities/riverside/rights/neutral", { scope: { type: "facility" }, reason: "power cut" });
    expect((await ask("POST", "/facilities/riverside/rights/neutral", { scope: { type: "stay", stay: "s999" }, reason: "x" })).status).toBe(404);
  });

  test("policies: every key with the seed's question; a change is dated and the old value stays in the past", async () => {
    const before = await done<Policies>("GET", "/facilities/hospital/policies");
    expect(before.keys).toHaveLength(18);
    for (const { key, question, kind, values } of before.keys) {
      expect([key, question.de.length > 10, question.en.length > 10]).toEqual([key, true, true]);
      expect([key, kind === "choice" || kind === "flag" ? values.length >= 2 : values.length === 0]).toEqual([key, true]);
    }
    await done("POST", "/facilities/hospital/policies", { policy: { overflow: "report" }, reason: "party" });
    const after = (await done<Policies>("GET", "/facilities/hospital/policies")).keys.find(({ key }) => key === "overflow");
    expect(after).toMatchObject({ value: "report", since: now(), history: [{ value: "payAsYouGo", reason: null, by: null }, { value: "report", reason: "party", by: "test-manager" }] });
    expect((await ask("POST", "/facilities/hospital/policies", { policy: { erasePlateAfter: 2 * DAY }, reason: "x" })).body).toMatchObject({ refusal: { because: { type: "policyImpossible", key: "erasePlateAfter" } } });
  });

  test("more contracts than spaces are signed and told", async () => {
    const { account } = await open("Sells too much");
    const groups = site.running.site.facilities.get("university")!.core.state.rights.config!.groups;
    const smallest = [...groups].sort((a, b) => a.spaces - b.spaces)[0]!;
    let last: ContractAnswer | null = null;
    for (let i = 0; i <= smallest.spaces; i++) last = await sign(account, "university", { group: smallest.id, monthlyFeeMinor: 0 });
    expect(last?.oversold).toEqual({ group: smallest.id, contracts: smallest.spaces + 1, spaces: smallest.spaces });
    const { rows } = await done<{ rows: object[] }>("GET", "/reports/rights/oversold?facility=university");
    expect(rows).toEqual([{ facility: "university", ...last!.oversold }]);
    const csv = async (path: string) => String((await ask("GET", `${path}?format=csv&locale=en`)).body).replace(/^\uFEFF/, "").split("\r\n");
    expect((await csv("/reports/rights/oversold")).slice(0, 2)).toEqual(["Car park,Group,Contracts,Spaces", `university,${smallest.id},${smallest.spaces + 1},${smallest.spaces}`]);
    expect((await csv("/reports/rights/superseding"))[0]).toBe("Car park,Account,Name,Entered again,Of stays,Last");
  });
});

describe("statements", () => {
  test("run for a month: numbers without a gap, PDF and CSV; run again it is the same to the byte", async () => {
    const { account } = await open("Stated", null);
    await parker(account, "ST1");
    await agree(account, "stadium");
    await sign(account, "stadium", { until: now() + 40 * DAY });
    await admit("stadium", "ST1");
    site.pass(5 * HOUR);
    await release("stadium", account, "ST1");
    expect((await ask("POST", "/facilities/stadium/statements/run", { month: "2026-03" })).body).toMatchObject({ refusal: { because: { type: "monthNotOver" } } });
    site.pass(31 * DAY);
    const run = await done<RunStatementsAnswer>("POST", "/facilities/stadium/statements/run", { month: "2026-03" });
    // The end of the month may have been quicker than staff.
    expect([...run.issued, ...run.already].map(({ number, account: whose }) => [number, whose])).toEqual([["STADIUM-2026-000001", account]]);
    const url = "/facilities/stadium/statements/STADIUM-2026-000001";
    const view = await done<StatementView>("GET", url);
    expect(view.lines.map(({ type, label }) => [type, label])).toEqual([["contractFee", null], ["stay", "ST1"]]);
    expect(view.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(view.head.totalMinor);
    expect(view.vat.map(({ netMinor, taxMinor }) => netMinor + taxMinor)).toEqual([view.head.totalMinor]);
    const [pdf, csv] = [(await ask("GET", `${url}?format=pdf`)).body as Buffer, (await ask("GET", `${url}?format=csv&locale=de`)).body as Buffer];
    const again = await done<RunStatementsAnswer>("POST", "/facilities/stadium/statements/run", { month: "2026-03" });
    expect([again.issued, again.already.map(({ number }) => number)]).toEqual([[], ["STADIUM-2026-000001"]]);
    expect(((await ask("GET", `${url}?format=pdf`)).body as Buffer).equals(pdf)).toBe(true);
    expect(((await ask("GET", `${url}?format=csv&locale=de`)).body as Buffer).equals(csv)).toBe(true);
    expect(csv.toString()).toContain("ST1");
    // Long after, the car park itself has let the stay go; the picture of that day still has it.
    const day = view.lines[1]!.from!;
    for (const days of [60, 60, 60]) {
      site.pass(days * DAY);
      await admit("stadium", "ST1");
      site.pass(HOUR);
      await release("stadium", account, "ST1");
    }
    expect(site.running.site.facilities.get("stadium")?.core.state.rights.accounts.get(account)?.stays.has(view.lines[1]!.item)).toBe(false);
    const picture = await done<Timeline>("GET", `/facilities/stadium/accounts/${account}/timeline?from=${day - HOUR}&to=${day + DAY}`);
    expect(picture.bars.map(({ stay, label, amountMinor }) => [stay, label, amountMinor])).toEqual([[view.lines[1]!.item, "ST1", view.lines[1]!.amountMinor]]);
    expect(picture.bars[0]!.why.map(({ what }) => what)).toEqual(["admittedByStaff", "releasedByStaff"]);
    const listed = await done<{ rows: { number: string; mail: string }[] }>("GET", `/statements?account=${account}`);
    expect(listed.rows.map(({ number }) => number)).toContain("STADIUM-2026-000001");
  });
});

describe("e-mail", () => {
  test("the account is told of the car beyond its contingent, of the promotion and of the statement; each is recorded", async () => {
    const letters: Letter[] = [];
    const mailer: Mailer = { post: async (letter) => (letters.push(letter), { type: "sent", detail: "accepted" }), close: () => {} };
    const mail = await openAccountMail({ ...site.running.site, mailer }, site.running.postgres.connectionString, () => {});
    const { account } = await open("Told", "told@example.org");
    await done("POST", "/facilities/airport-link/policies", { policy: { overflow: "payAsYouGo" }, reason: "whatever the file says" });
    for (const plate of ["TL1", "TL2"]) await parker(account, plate);
    await agree(account, "airport-link");
    await sign(account, "airport-link", { until: now() + 40 * DAY });
    await admit("airport-link", "TL1");
    site.pass(HOUR);
    await admit("airport-link", "TL2");
    site.pass(HOUR);
    await release("airport-link", account, "TL1");
    const told = () => letters.filter(({ to }) => to === "told@example.org").map(({ subject }) => subject);
    await expect.poll(async () => (await mail.deliverDue(), told())).toEqual(["Airport Link: TL2 ist über Ihrem Kontingent", "Airport Link: TL2 ist wieder gedeckt"]);
    site.pass(HOUR);
    await release("airport-link", account, "TL2");
    site.pass(31 * DAY);
    const month = new Date(now() - 31 * DAY).toISOString().slice(0, 7);
    await done("POST", "/facilities/airport-link/statements/run", { month, account });
    await expect.poll(async () => (await mail.deliverDue(), told())).toHaveLength(3);
    expect(letters.find(({ attachments }) => attachments?.[0]?.fileName.startsWith("AIRPORT-LINK-"))?.to).toBe("told@example.org");
    const heads = async () => (await done<{ rows: { facility: string; number: string; mail: string }[] }>("GET", `/statements?account=${account}`)).rows;
    await expect.poll(async () => (await heads()).map((row) => row.mail)).toEqual(["sent"]);
    const [{ number } = { number: "" }] = await heads();
    expect((await ask("POST", "/facilities/airport-link/statements/AIRPORT-LINK-2026-999999/mail")).status).toBe(404);
    await done("POST", `/facilities/airport-link/statements/${number}/mail`);
    await expect.poll(async () => (await mail.deliverDue(), told())).toHaveLength(4);
    expect(told()[3]).toBe(told()[2]);
    await expect.poll(async () => (await heads()).map((row) => row.mail)).toEqual(["sent"]);
    await mail.close();
  });
});

describe("plates that are still needed", () => {
  test("an unpaid stay's plate is kept, a disputed one longer; without a reason to keep it it is erased", async () => {
    type Listed = { rows: { stay: string; label: string | null; because: string; owner: string; until: number; reason: string }[] };
    const listed = () => done<Listed>("GET", "/facilities/museum/rights/holds");
    const sweep = async () => { await site.running.vault.sweep({ wall: now(), mono: now() }); };
    for (const plate of ["HL1", "HL2"]) await admit("museum", plate);
    const inside = [...site.running.site.facilities.get("museum")!.core.state.rights.visitors.keys()].slice(-2);
    await sweep();
    site.pass(HOUR);
    for (const stay of inside) await done("POST", `/facilities/museum/rights/stays/${stay}/release`, { reason: "barrier broken" });
    const mine = async () => (await listed()).rows.filter(({ stay }) => inside.includes(stay));
    expect((await mine()).map(({ label, because }) => [label, because])).toEqual([["HL1", "unpaid"], ["HL2", "unpaid"]]);
    const [first, second] = inside.map((stay) => `/facilities/museum/rights/stays/${stay}/hold`);
    expect((await ask("POST", first!, { because: "disputed", until: now() + 91 * DAY, reason: "letter" })).body).toMatchObject({ refusal: { because: { type: "holdImpossible", why: "tooLong" } } });
    expect((await ask("POST", first!, { because: "disputed", until: now() + DAY, reason: " " })).status).toBe(400);
    await done("POST", first!, { because: "disputed", until: now() + 60 * DAY, reason: "letter of 2 March" });
    await done("POST", `${second}/release`, { reason: "paid at the office" });
    expect((await mine()).map(({ label, because, reason, owner }) => [label, because, reason, owner])).toEqual([["HL1", "disputed", "letter of 2 March", "test-manager"]]);
    site.pass(2 * DAY);
    await sweep();
    expect((await mine()).map(({ label }) => label)).toEqual(["HL1"]);
    expect((await ask("POST", second!, { because: "disputed", until: now() + DAY, reason: "too late" })).body).toMatchObject({ refusal: { because: { why: "erased" } } });
    expect((await ask("POST", `${second}/release`, { reason: "again" })).body).toMatchObject({ refusal: { because: { type: "nothingToDo" } } });
    // It expires by itself, and the next sweep erases it.
    site.pass(60 * DAY);
    await sweep();
    expect(await mine()).toEqual([]);
    expect((await ask("POST", first!, { because: "disputed", until: now() + DAY, reason: "too late" })).body).toMatchObject({ status: 409 });
  });
});

describe("a fact from long ago", () => {
  test("is previewed and given, worked out from the journal, and billed as a correction that says why", async () => {
    const facility = "hospital";
    const owner = site.running.owners.find(({ stream }) => stream === `facility/${facility}`)!;
    const { account } = await open("Found later");
    await parker(account, "LF1");
    await agree(account, facility);
    await admit(facility, "LF1");
    const { rows: [stay] } = await staysOf(facility, account);
    site.pass(5 * HOUR);
    await done("POST", `/facilities/${facility}/rights/stays/${stay!.stay}/close`, { exitedAt: null, reason: "not there" });
    site.pass(31 * DAY);
    await done("POST", `/facilities/${facility}/statements/run`, { month: monthAt(stay!.enteredAt), account });
    for (const days of [50, 40, 40]) {
      site.pass(days * DAY);
      await admit(facility, "LF1");
      site.pass(HOUR);
      await release(facility, account, "LF1");
    }
    const kept = () => owner.core.state.rights.accounts.get(account)!;
    expect(kept().stays.has(stay!.stay)).toBe(false);
    const listed = await done<RightStays>("GET", `/facilities/${facility}/accounts/${account}/stays?from=${stay!.enteredAt - HOUR}&to=${stay!.enteredAt + DAY}`);
    expect([listed.rows, listed.older.map((one) => [one.stay, one.label, one.amountMinor, one.unseen])]).toEqual([[], [[stay!.stay, "LF1", 0, true]]]);
    const exitedAt = stay!.enteredAt + 3 * HOUR;
    const at = `/facilities/${facility}/rights/stays/${stay!.stay}/close`;
    const preview = await done<Preview>("POST", `${at}/preview`, { exitedAt });
    const owes = preview.rows.find((row) => row.stay === stay!.stay)!;
    expect([owes.label, owes.beforeMinor]).toEqual(["LF1", 0]);
    expect(owes.afterMinor).toBeGreaterThan(0);
    expect(kept().past).toBeNull();
    expect((await ask("POST", at, { exitedAt: stay!.enteredAt - HOUR, reason: "r" })).body).toMatchObject({ refusal: { because: { type: "timeImpossible", why: "beforeEntry" } } });
    expect((await ask("POST", `/facilities/${facility}/rights/stays/s99999/close`, { exitedAt, reason: "r" })).status).toBe(404);
    await done("POST", at, { exitedAt, reason: "camera picture" });
    expect(kept().past).toEqual({ since: stay!.enteredAt });
    // The timer may have been quicker.
    expect(await settleLateFacts(owner, site.running.journal)).toEqual([]);
    await expect.poll(() => kept().past).toBeNull();
    const month = monthAt(now());
    site.pass(32 * DAY);
    const run = await done<RunStatementsAnswer>("POST", `/facilities/${facility}/statements/run`, { month, account });
    const [{ number } = { number: "" }] = [...run.issued, ...run.already];
    const view = await done<StatementView>("GET", `/facilities/${facility}/statements/${number}`);
    expect(view.lines.filter(({ type }) => type === "correction").map(({ item, billedMinor, amountMinor, label, why }) => [item, billedMinor, amountMinor, label, why?.rule]))
      .toEqual([[stay!.stay, 0, owes.afterMinor, "LF1", "correctedLate"]]);
    expect((await ask("GET", `/facilities/${facility}/statements/${number}?format=csv&locale=en`)).body?.toString()).toContain("Worked out again from the journal");
    expect(((await ask("GET", `/facilities/${facility}/statements/${number}?format=pdf`)).body as Buffer).length).toBeGreaterThan(1_000);
  });
});
