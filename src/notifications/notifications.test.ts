import { createHmac } from "node:crypto";
import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { SMTPServer } from "smtp-server";
import { deskOf } from "../../test/carpark/noun-desk.ts";
import {
  ACKNOWLEDGE_WITHIN_MS, type FaultCommand, type FaultEvent, applyFaultDeadline, decideFault, evolveFault, nextFaultDeadline,
} from "../carpark/fault/fault.ts";
import { acknowledgementToken, isAcknowledgement } from "./acknowledgement.ts";
import { type Contacts, type NotificationRecord, type Sender, faultDelivery } from "./fault-delivery.ts";
import { faultMailer } from "./fault-email.ts";
import { type SmtpConfig, openMailer } from "./mailer.ts";
import { type FaultMessage, faultOutboxOf } from "./fault-message.ts";
import { faultWebhook } from "./fault-webhook.ts";
import { webhookKey } from "./standard-webhook.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const NOBODY = { name: "Nobody", email: null, webhook: null };
const MAINTENANCE = { name: "Barrier & Gate Services", email: "faults@maintenance.example", webhook: null };
const CONTACTS: Contacts = { maintenance: MAINTENANCE, directLabour: { ...NOBODY, name: "City Works", email: "works@city.example" }, escalation: NOBODY };
const MESSAGE: FaultMessage = {
  cause: "reported", audience: "maintenance", facility: "central", fault: 7,
  asset: { kind: "barrier", id: "E1\r\nBcc: all@city.example" },
  code: "notOpen", details: "No open report within 4 s", operational: true, organisation: "maintenance",
  reportedAt: Date.UTC(2026, 2, 1, 22), since: Date.UTC(2026, 2, 1, 22),
};
const MAIL_SITE = {
  locale: "en" as const, publicUrl: "https://park.city.example/console", acknowledgementSecret: "secret",
  contacts: CONTACTS,
  facility: () => ({ name: "Central", address: "12 King Street", zone: "Australia/Sydney" }),
};

// --- what is told ----------------------------------------------------------------------------------------------------

describe("what is told", () => {
  it("I7: report, reopening and escalation each write a message for their audience, by each channel, in the fault's order", () => {
    const desk = deskOf<FaultCommand, FaultEvent>(
      { decide: decideFault, evolve: evolveFault, next: nextFaultDeadline, apply: applyFaultDeadline }, "central");
    const told: string[] = [];
    const give = (at: number, command: FaultCommand | null, by: string | null = null): void => {
      const before = desk.log.length;
      desk.give(at, command, by);
      for (const event of desk.log.slice(before)) {
        told.push(...faultOutboxOf(event, desk.state).map(({ topic, key, payload }) => {
          const { cause, since } = payload as FaultMessage;
          return `${cause} ${topic} ${key} since ${since}`;
        }));
      }
    };
    const expectTold = (...lines: string[]): void => {
      expect(told.splice(0)).toEqual(lines.flatMap((line) => ["email", "webhook"].map((channel) => line.replace("CHANNEL", `fault.${channel}`))));
    };
    give(0, { type: "ReportFault", asset: { kind: "barrier", id: "E1" }, details: "bent", operational: true }, "anna");
    expectTold("reported CHANNEL central/1/maintenance since 0");
    give(ACKNOWLEDGE_WITHIN_MS, null);
    expectTold("escalated CHANNEL central/1/maintenance since 0", "escalated CHANNEL central/1/escalation since 0");
    give(ACKNOWLEDGE_WITHIN_MS + 5, { type: "FixFault", fault: 1, note: "" }, "bert");
    expectTold();
    give(ACKNOWLEDGE_WITHIN_MS + 9, { type: "ReopenFault", fault: 1, reason: "again" }, "anna");
    expectTold(`reopened CHANNEL central/1/maintenance since ${ACKNOWLEDGE_WITHIN_MS + 9}`);
    give(ACKNOWLEDGE_WITHIN_MS + 10, { type: "ReportFault", asset: { kind: "building", id: "window" }, details: "broken", operational: false }, "anna");
    expectTold(`reported CHANNEL central/2/directLabour since ${ACKNOWLEDGE_WITHIN_MS + 10}`);
  });

  it("a token acknowledges one opening of one fault", () => {
    const of = { facility: "central", fault: 7, since: 5 };
    const token = acknowledgementToken("secret", of);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(isAcknowledgement("secret", token, of)).toBe(true);
    for (const other of [{ ...of, since: 6 }, { ...of, fault: 8 }, { ...of, facility: "north" }]) {
      expect(isAcknowledgement("secret", token, other)).toBe(false);
    }
    expect(isAcknowledgement("other", token, of)).toBe(false);
    expect(isAcknowledgement("secret", "", of)).toBe(false);
  });
});

// --- delivery ----------------------------------------------------------------------------------------------------------

function delivery(send: Sender, contacts: Contacts = CONTACTS, durable = true, channel: "email" | "webhook" = "email") {
  const records: NotificationRecord[] = [];
  const deliver = faultDelivery({
    channel, contacts, send, schedule: [1, 2],
    record: async (_facility, record) => {
      if (durable) records.push(record);
      return durable;
    },
  });
  return { records, deliver: (attempts: number) => deliver({ id: "7", payload: MESSAGE, attempts }) };
}

describe("delivery", () => {
  it("is recorded with the fault", async () => {
    const { records, deliver } = delivery(async () => ({ type: "sent", detail: "ok" }));
    expect(await deliver(0)).toEqual({ type: "delivered" });
    expect(records).toEqual([{ fault: 7, channel: "email", delivered: true, detail: "ok" }]);
  });

  it("is recorded as failed at the first and the last attempt, not at those in between", async () => {
    const { records, deliver } = delivery(async () => ({ type: "failed", detail: "down" }));
    for (const attempts of [0, 1, 2]) expect(await deliver(attempts)).toEqual({ type: "failed", reason: "down" });
    expect(records.map(({ delivered }) => delivered)).toEqual([false, false]);
  });

  it("is tried again when it could not be recorded", async () => {
    const { deliver } = delivery(async () => ({ type: "sent", detail: "ok" }), CONTACTS, false);
    expect(await deliver(0)).toMatchObject({ type: "failed" });
  });

  it("gives up what is refused for good, and what has no address", async () => {
    expect(await delivery(async () => ({ type: "refused", detail: "550" })).deliver(0)).toEqual({ type: "hopeless", reason: "550" });
    const unreachable = { ...CONTACTS, maintenance: NOBODY };
    const nobody = delivery(async () => ({ type: "sent", detail: "never" }), unreachable);
    expect(await nobody.deliver(0)).toMatchObject({ type: "hopeless" });
    expect(nobody.records).toEqual([{ fault: 7, channel: "email", delivered: false, detail: "maintenance: no address configured" }]);
    const other = delivery(async () => ({ type: "sent", detail: "never" }), CONTACTS, true, "webhook");
    expect(await other.deliver(0)).toEqual({ type: "delivered" });
    expect(other.records).toEqual([]);
  });
});

// --- e-mail ------------------------------------------------------------------------------------------------------------

type Mail = { readonly to: readonly string[]; readonly text: string };

async function mailServer(answer: (mail: Mail) => Error | null): Promise<{ readonly smtp: SmtpConfig; readonly mails: Mail[] }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const mail = { to: session.envelope.rcptTo.map(({ address }: { address: string }) => address), text: Buffer.concat(chunks).toString("utf8") };
        const error = answer(mail);
        if (!error) mails.push(mail);
        done(error);
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { mails, smtp: { host: "127.0.0.1", port, secure: false, user: null, password: null, from: "gatehouse@city.example" } };
}

function mailer(smtp: SmtpConfig): Sender {
  const opened = openMailer(smtp);
  closers.push(() => opened.close());
  return faultMailer(opened, MAIL_SITE);
}

/** Quoted-printable text, read back. */
const readable = (text: string): string =>
  Buffer.from(text.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString("utf8");

describe("e-mail", () => {
  it("tells what, where, since when, and how to acknowledge; nothing in it becomes a header", async () => {
    const { smtp, mails } = await mailServer(() => null);
    expect(await mailer(smtp)(MESSAGE, MAINTENANCE, "facility/central-9-0")).toEqual({ type: "sent", detail: "maintenance: accepted by the mail server" });
    const [mail] = mails;
    expect(mail?.to).toEqual(["faults@maintenance.example"]);
    const [head = "", ...body] = mail!.text.split("\r\n\r\n");
    expect(head).toMatch(/^Message-ID: <facility-central-9-0@city\.example>$/im);
    expect(head).not.toMatch(/^Bcc:/im);
    const text = readable(body.join("\r\n\r\n"));
    expect(text).toContain("Car park: Central, 12 King Street");
    expect(text).toContain("Reported: 02/03/2026 09:00");
    const token = acknowledgementToken("secret", MESSAGE);
    expect(text).toContain(`https://park.city.example/console/acknowledge?facility=central&fault=7&token=${token}`);
  });

  it.each([[451, "failed"], [550, "refused"]])("a mail server's %i is %s, without its words", async (responseCode, type) => {
    const { smtp } = await mailServer(() => Object.assign(new Error("mailbox faults@maintenance.example"), { responseCode }));
    expect(await mailer(smtp)(MESSAGE, MAINTENANCE, "1")).toEqual({ type, detail: `maintenance: mail server said ${responseCode}` });
  });

  it("a mail server that is not there is tried again", async () => {
    const { smtp } = await mailServer(() => null);
    await closers.pop()?.();
    expect(await mailer(smtp)(MESSAGE, MAINTENANCE, "1")).toMatchObject({ type: "failed", detail: expect.stringContaining("not reached") });
  });
});

// --- webhook -----------------------------------------------------------------------------------------------------------

type Post = { readonly headers: IncomingMessage["headers"]; readonly body: string };

async function receiver(
  status: number, headers: Record<string, string> = {},
): Promise<{ readonly url: string; readonly posts: Post[] }> {
  const posts: Post[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(status, headers).end("thank you");
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));
  return { posts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

const KEY = webhookKey(`whsec_${Buffer.from("a key of at least 24 bytes").toString("base64")}`);
const webhook = (now = 1_700_000_000_500): Sender =>
  faultWebhook({ key: KEY, publicUrl: "https://park.city.example", acknowledgementSecret: "secret", now: () => now });

describe("webhook", () => {
  it("is signed as Standard Webhooks says, over id, timestamp and body", async () => {
    const { url, posts } = await receiver(204);
    expect(await webhook()(MESSAGE, { ...MAINTENANCE, webhook: url }, "msg-1")).toEqual({ type: "sent", detail: "maintenance: answered 204" });
    const { headers, body } = posts[0]!;
    expect(headers["webhook-id"]).toBe("msg-1");
    expect(headers["webhook-timestamp"]).toBe("1700000000");
    const expected = createHmac("sha256", "a key of at least 24 bytes").update(`msg-1.1700000000.${body}`).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
    expect(JSON.parse(body)).toMatchObject({
      type: "fault.reported", timestamp: "2026-03-01T22:00:00.000Z",
      data: { facility: "central", fault: 7, code: "notOpen", organisation: "maintenance" },
    });
  });

  it("a repetition has the same id and a new signature", async () => {
    const { url, posts } = await receiver(200);
    const contact = { ...MAINTENANCE, webhook: url };
    await webhook(1_700_000_000_000)(MESSAGE, contact, "msg-1");
    await webhook(1_700_000_060_000)(MESSAGE, contact, "msg-1");
    const [first, second] = posts;
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(second?.headers["webhook-signature"]).not.toBe(first?.headers["webhook-signature"]);
    expect(second?.body).toBe(first?.body);
  });

  it.each([
    [500, {}, { type: "failed" }], [429, { "retry-after": "120" }, { type: "failed", retryAfterMs: 120_000 }],
    [503, { "retry-after": "1e400" }, { type: "failed", retryAfterMs: 3_600_000 }], [410, {}, { type: "refused" }],
    [302, { location: "http://127.0.0.1:1/" }, { type: "failed" }],
  ])("an answer %i is not a delivery", async (status, headers, outcome) => {
    const { url, posts } = await receiver(status, headers as Record<string, string>);
    expect(await webhook()(MESSAGE, { ...MAINTENANCE, webhook: url }, "1")).toMatchObject({ ...outcome, detail: `maintenance: answered ${status}` });
    expect(posts).toHaveLength(1);
  });

  it("a receiver that is not there is tried again", async () => {
    const { url } = await receiver(200);
    await closers.pop()?.();
    expect(await webhook()(MESSAGE, { ...MAINTENANCE, webhook: url }, "1")).toEqual({ type: "failed", detail: "maintenance: not reached" });
  });
});
