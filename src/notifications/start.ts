/**
 * Fault notifications of a running product: looks into the outbox every second and sends what is due, each
 * channel by itself. What is given up is reported, so that a person takes over.
 */
import type { Instant } from "../kernel/instant.ts";
import { SECOND } from "../kernel/instant.ts";
import { type DeadLetter, type Deliverer, STANDARD_WEBHOOKS_SCHEDULE, openDeliverer } from "../journal/outbox.ts";
import { type Contacts, FAULT_EMAIL_SCHEDULE, type NotificationRecord, type Sender, faultDelivery } from "./fault-delivery.ts";
import { type MailSite, type SmtpConfig, faultMailer } from "./fault-email.ts";
import { FAULT_TOPICS, type FaultChannel } from "./fault-message.ts";
import { faultWebhook } from "./fault-webhook.ts";
import { webhookKey } from "./standard-webhook.ts";

export type FaultNotificationOptions = {
  readonly connectionString: string;
  readonly contacts: Contacts;
  /** Null: there is no mail server, so nobody is reached by e-mail. */
  readonly smtp: SmtpConfig | null;
  /** Signs webhooks; null: none are sent. */
  readonly webhookSecret: string | null;
  readonly site: Omit<MailSite, "contacts">;
  /** The clock of the journal's events. */
  readonly now: () => Instant;
  /** The world's clock, for signatures: a receiver refuses old ones. */
  readonly wallClock: () => Instant;
  readonly record: (facility: string, record: NotificationRecord) => Promise<boolean>;
  readonly report: (message: string) => void;
};

/** Sooner than anybody reads a message; the promise is a minute. */
const POLL_MS = SECOND;

export async function startFaultNotifications(options: FaultNotificationOptions): Promise<{ readonly close: () => Promise<void> }> {
  const { smtp, webhookSecret, site } = options;
  const contacts = reachable(options);
  const mailer = smtp === null ? null : faultMailer(smtp, { ...site, contacts });
  const webhook = webhookSecret === null ? null : faultWebhook({ ...site, key: webhookKey(webhookSecret), now: options.wallClock });
  const never: Sender = async () => ({ type: "refused", detail: "channel not configured" });
  const channels = [
    await openChannel("email", mailer?.send ?? never, FAULT_EMAIL_SCHEDULE, { ...options, contacts }),
    await openChannel("webhook", webhook ?? never, STANDARD_WEBHOOKS_SCHEDULE, { ...options, contacts }),
  ];
  return {
    close: async () => {
      await Promise.all(channels.map((channel) => channel.close()));
      mailer?.close();
    },
  };
}

/** An address without the means to reach it is no address. */
function reachable({ contacts, smtp, webhookSecret }: FaultNotificationOptions): Contacts {
  const kept = (contact: Contacts[keyof Contacts]) =>
    ({ ...contact, email: smtp === null ? null : contact.email, webhook: webhookSecret === null ? null : contact.webhook });
  return { maintenance: kept(contacts.maintenance), directLabour: kept(contacts.directLabour), escalation: kept(contacts.escalation) };
}

async function openChannel(
  channel: FaultChannel, send: Sender, schedule: readonly number[], options: FaultNotificationOptions,
): Promise<{ readonly close: () => Promise<void> }> {
  const { connectionString, contacts, record, report, now } = options;
  const deliverer: Deliverer = await openDeliverer({
    connectionString, topic: FAULT_TOPICS[channel], schedule, now,
    deliver: faultDelivery({ channel, contacts, send, record, schedule }),
    onDead: (letter: DeadLetter) => report(`Fault ${letter.key}: ${channel} given up after ${letter.attempts} attempts: ${letter.reason}`),
  });
  let turn: Promise<void> | null = null;
  const look = (): void => {
    turn ??= deliverer.deliverDue()
      .then(() => {}, (error: unknown) => report(`Fault notifications by ${channel}: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => (turn = null));
  };
  const timer = setInterval(look, POLL_MS);
  look();
  return {
    close: async () => {
      clearInterval(timer);
      await turn;
      await deliverer.close();
    },
  };
}
