/** From a broken barrier to the maintenance company's mailbox and back into the journal, through all of it. */
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SMTPServer } from "smtp-server";
import { type FacilityOwner, startFacility } from "../../src/carpark/application/facility-owner.ts";
import type { FacilityId } from "../../src/carpark/facility/config.ts";
import { openPostgresJournal } from "../../src/journal/postgresJournal.ts";
import type { Journal } from "../../src/journal/journal.ts";
import { openDeliverer } from "../../src/journal/outbox.ts";
import { isAcknowledgement } from "../../src/notifications/acknowledgement.ts";
import { FAULT_EMAIL_SCHEDULE, faultDelivery } from "../../src/notifications/fault-delivery.ts";
import { faultMailer } from "../../src/notifications/fault-email.ts";
import { FAULT_TOPICS, faultRows } from "../../src/notifications/fault-message.ts";
import { openMailer } from "../../src/notifications/mailer.ts";
import { type TestServer, testServer } from "../journal/harness.ts";
import { configOf } from "./city-days.ts";

let server: TestServer;
let mailServer: SMTPServer;
const mails: { to: string; text: string }[] = [];
/** The next mails are refused for now, and the outbox's clock moves on past the pause. */
let refusals = 0;
let aheadMs = 0;

beforeAll(async () => {
  server = await testServer();
  mailServer = new SMTPServer({
    authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false,
    onData(stream, session, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
      stream.on("end", () => {
        if (refusals-- > 0) {
          aheadMs += 10_000;
          return done(Object.assign(new Error("later"), { responseCode: 451 }));
        }
        mails.push({ to: String(session.envelope.rcptTo[0]?.address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void mailServer.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise<void>((resolve) => void mailServer.close(() => resolve()));
  await server.stop();
});

test("I7: an operational fault reaches the maintenance company within a minute of being on record, also when the first attempt fails", async () => {
  const connectionString = await server.fresh();
  const journal: Journal = await openPostgresJournal({ connectionString });
  const problems: string[] = [];
  const owner: FacilityOwner = await startFacility("central" as FacilityId, [faultRows], {
    journal, now: Date.now, report: ({ message }) => problems.push(message),
    onDurable: () => {},
  });
  await owner.execute({ type: "ConfigureFacility", config: configOf("central", 1) });
  const contact = (email: string | null) => ({ name: "Barrier & Gate Services", email, webhook: null });
  const { port } = mailServer.server.address() as AddressInfo;
  const contacts = {
    maintenance: contact("faults@maintenance.example"), directLabour: contact("works@city.example"), escalation: contact(null),
  };
  const mailer = openMailer({ host: "127.0.0.1", port, secure: false, user: null, password: null, from: "gatehouse@city.example" });
  const send = faultMailer(mailer, {
    locale: "de", publicUrl: "https://park.city.example", acknowledgementSecret: "secret", contacts,
    facility: () => ({ name: "Central", address: "12 King Street", zone: "Australia/Sydney" }),
  });
  const deliverer = await openDeliverer({
    connectionString, topic: FAULT_TOPICS.email, schedule: FAULT_EMAIL_SCHEDULE, now: () => Date.now() + aheadMs,
    onDead: ({ reason }) => problems.push(reason),
    deliver: faultDelivery({
      channel: "email", contacts, send, schedule: FAULT_EMAIL_SCHEDULE,
      record: async (_facility, record) => (await owner.execute({ type: "RecordFaultNotification", ...record })).ok,
    }),
  });
  try {
    refusals = 1;
    await owner.execute({ type: "ReportFault", asset: { kind: "barrier", id: "E1" }, details: "does not open", operational: true }, { actor: "anna" });
    while (mails.length === 0) await deliverer.deliverDue();
    const fault = owner.core.state.faults.get(1);
    expect(fault?.notifiedAt).toBeGreaterThanOrEqual(fault!.reportedAt);
    expect(fault!.notifiedAt! - fault!.reportedAt).toBeLessThan(60_000);
    expect(mails.map(({ to }) => to)).toEqual(["faults@maintenance.example"]);
    const token = /token=3D([A-Za-z0-9_-]{43})/.exec(mails[0]!.text.replace(/=\r\n/g, ""))?.[1];
    expect(isAcknowledgement("secret", token ?? "", { facility: "central", fault: 1, since: fault!.reportedAt })).toBe(true);
    expect(problems).toEqual([]);
  } finally {
    await deliverer.close();
    mailer.close();
    await journal.close();
  }
});
