/** What accounts are told, in which words, and what is recorded of it. */
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { SMTPServer } from "smtp-server";
import { type AccountDeliveryPorts, type MailRecord, accountDelivery, invitationLetter } from "./account-delivery.ts";
import { type AccountMessage, accountOutboxOf } from "./account-message.ts";
import { type Letter, type Mailer, type Posted, openMailer } from "./mailer.ts";
import { because } from "../rights/why.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const AT = Date.UTC(2026, 2, 2, 8);
const NOTICE: AccountMessage = {
  cause: "overflow", facility: "north", account: "firm", stay: "s1", credential: "ref-b", at: AT, charged: "account",
};
const STATEMENT: AccountMessage = {
  cause: "statement", facility: "north", account: "firm", number: "NORTH-2026-000001", month: "2026-03", totalMinor: 11_590, currency: "EUR",
};

function ports(post: (letter: Letter) => Posted, change: Partial<AccountDeliveryPorts> = {}) {
  const letters: Letter[] = [];
  const records: MailRecord[] = [];
  const mailer: Mailer = { post: async (letter) => (letters.push(letter), post(letter)), close: () => {} };
  const deliver = accountDelivery({
    mailer, contactOf: async () => ({ name: "Müller & Söhne", email: "office@mueller.example", locale: "de" }), labelOf: async () => "W 12345 B",
    facility: () => ({ name: "Nord", address: "Nordkai 3", zone: "Europe/Vienna" }), monthText: (_locale, month) => `month ${month}`,
    paperOf: async (_facility, number) => ({ fileName: `${number}.pdf`, content: new Uint8Array([37, 80, 68, 70]) }),
    record: async (_facility, record) => (records.push(record), true), schedule: [1, 2], ...change,
  });
  return { letters, records, give: (message: AccountMessage, attempts = 0) => deliver({ id: "7", payload: message, attempts }) };
}
const sent = (): Posted => ({ type: "sent", detail: "ok" });

describe("what an account is told", () => {
  it.each([
    ["overflow", "account", "über Ihrem Kontingent", "verrechnet"], ["uncovered", "machine", "nicht mehr gedeckt", "Kassenautomaten"],
    ["overflow", "report", "über Ihrem Kontingent", "Betreiber erfährt"], ["promoted", null, "wieder gedeckt", "bleibt"],
  ] as const)("%s, charged to %s, in the account's language", async (cause, charged, subject, text) => {
    const { letters, records, give } = ports(sent);
    expect(await give({ ...NOTICE, cause, charged })).toEqual({ type: "delivered" });
    expect(letters[0]).toMatchObject({ id: "7", to: "office@mueller.example" });
    expect(letters[0]?.subject).toContain(`Nord: W 12345 B ist ${subject}`);
    expect(letters[0]?.text).toContain(text);
    expect(letters[0]?.text).toContain("02.03.2026 09:00");
    expect(records).toEqual([{ account: "firm", cause, subject: "s1", delivered: true, detail: "ok" }]);
  });

  it("a statement goes as PDF with its total", async () => {
    const { letters, give } = ports(sent);
    await give(STATEMENT);
    expect(letters[0]?.text).toMatch(/Summe: 115,90\s€/);
    expect(letters[0]?.attachments).toMatchObject([{ fileName: "NORTH-2026-000001.pdf", media: "application/pdf" }]);
  });

  it("without an address, a mail server or a statement it is given up, and that is recorded", async () => {
    const none = ports(sent, { contactOf: async () => null });
    expect(await none.give(NOTICE)).toEqual({ type: "hopeless", reason: "the account has no e-mail address" });
    expect(none.records).toMatchObject([{ delivered: false }]);
    expect(none.letters).toEqual([]);
    expect(await ports(sent, { mailer: null }).give(NOTICE)).toMatchObject({ type: "hopeless" });
    const unknown = ports(sent, { paperOf: async () => null });
    expect([await unknown.give(STATEMENT), unknown.records]).toEqual([{ type: "failed", reason: "the statement is not known yet" }, []]);
    expect(await unknown.give(STATEMENT, 2)).toMatchObject({ type: "hopeless" });
  });

  it("is tried again while the mail server is down; recorded at the first and the last attempt", async () => {
    const { records, give } = ports(() => ({ type: "failed", detail: "down" }));
    for (const attempts of [0, 1, 2]) expect(await give(NOTICE, attempts)).toEqual({ type: "failed", reason: "down" });
    expect(records).toHaveLength(2);
  });

  it("what was posted but could not be recorded is tried again; a refusal is final", async () => {
    expect(await ports(sent, { record: async () => false }).give(NOTICE)).toMatchObject({ type: "failed" });
    expect(await ports(() => ({ type: "refused", detail: "550" })).give(NOTICE)).toEqual({ type: "hopeless", reason: "550" });
  });

  it("an erased plate is said to be erased", async () => {
    const { letters, give } = ports(sent, { labelOf: async () => null });
    await give(NOTICE);
    expect(letters[0]?.text).toContain("mit gelöschtem Kennzeichen");
  });
});

describe("what makes a message", () => {
  const stayOf = () => ({ credential: "ref-b", payer: "machine" });

  it("changes of cover that are to be told, and no others", () => {
    const change = { stay: "s1", since: AT, cover: { type: "uncovered" as const }, group: "shortTerm", notice: "uncovered" as const, why: because("coverNone") };
    const rows = accountOutboxOf("north", { type: "CoverageAdvanced", account: "firm", changes: [change, { ...change, notice: null }] }, AT + 5, stayOf);
    expect(rows).toMatchObject([{ key: "north/firm", payload: { cause: "uncovered", credential: "ref-b", at: AT, charged: "machine" } }]);
    expect(accountOutboxOf("north", { type: "OpeningSet", open: true, reason: "x" }, AT, stayOf)).toEqual([]);
  });
});

describe("on the wire", () => {
  it("a letter with its attachment arrives, and no line of it becomes a header", async () => {
    const mails: string[] = [];
    const server = new SMTPServer({
      authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false,
      onData(stream, _session, done) {
        let text = "";
        stream.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
        stream.on("end", () => { mails.push(text); done(); });
      },
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise<void>((resolve) => void server.close(() => resolve())));
    const { port } = server.server.address() as AddressInfo;
    const mailer = openMailer({ host: "127.0.0.1", port, secure: false, user: null, password: null, from: "gatehouse@city.example" });
    closers.push(() => mailer.close());
    const { give } = ports(sent, { mailer, facility: () => ({ name: "Nord\r\nBcc: all@city.example", address: "x", zone: "Europe/Vienna" }) });
    expect(await give(STATEMENT)).toEqual({ type: "delivered" });
    const head = mails[0]?.split("\r\n\r\n")[0] ?? "";
    expect(head).not.toMatch(/^Bcc:/im);
    expect(mails[0]).toContain("filename=NORTH-2026-000001.pdf");
    const letter = invitationLetter({
      to: "anna@example.org", locale: "de", city: "Harbour City", url: "https://x.example/my/activate#code", until: AT, zone: "Europe/Vienna", id: "i1",
    });
    expect(await mailer.post(letter)).toMatchObject({ type: "sent" });
    expect(mails[1]).toContain("Mein Parken");
  });
});
