/**
 * Messages on their way: about faults to maintenance companies by e-mail and webhook, to accounts by e-mail; what came
 * of each is recorded where it belongs.
 */
import { createHash } from "node:crypto";
import type { FacilityHandle, Site } from "../api/site.ts";
import type { City } from "../config/city.ts";
import type { Environment } from "../config/environment.ts";
import { openDeliverer, STANDARD_WEBHOOKS_SCHEDULE, type Deliverer } from "../journal/outbox.ts";
import { type Contacts, FAULT_EMAIL_SCHEDULE, faultDelivery, type NotificationRecord, type Sender } from "../notifications/fault-delivery.ts";
import { faultMailer } from "../notifications/fault-email.ts";
import type { Mailer } from "../notifications/mailer.ts";
import { FAULT_CHANNELS, FAULT_TOPICS, type FaultChannel } from "../notifications/fault-message.ts";
import { faultWebhook } from "../notifications/fault-webhook.ts";
import { webhookKey } from "../notifications/standard-webhook.ts";
import { openAccountMail } from "./account-mail.ts";
import type { Clock } from "./clock.ts";

export type NoticeOptions = {
  readonly connectionString: string;
  readonly city: City;
  readonly environment: Environment;
  /** Null: no mail server is configured. */
  readonly mailer: Mailer | null;
  readonly site: Site;
  readonly facilities: ReadonlyMap<string, FacilityHandle>;
  readonly clock: Clock;
  /** The address in links, when the configuration gives none. */
  readonly publicUrl: string;
  readonly acknowledgementSecret: string;
  readonly log: (message: string) => void;
};

/** How soon after a fault its message is looked for; "at once" to a person. */
const LOOK_MS = 1_000;

export async function startNotices(options: NoticeOptions): Promise<{ close(): Promise<void> }> {
  const contacts = contactsOf(options.city);
  const senders: Readonly<Record<FaultChannel, Sender>> = { email: mailerOf(options, contacts), webhook: webhookOf(options) };
  const schedules = { email: FAULT_EMAIL_SCHEDULE, webhook: STANDARD_WEBHOOKS_SCHEDULE } as const;
  const deliverers: Deliverer[] = await Promise.all(FAULT_CHANNELS.map((channel) => openDeliverer({
    connectionString: options.connectionString, topic: FAULT_TOPICS[channel], schedule: schedules[channel], now: options.clock.now,
    deliver: faultDelivery({ channel, contacts, send: senders[channel], schedule: schedules[channel], record: (facility, record) => recordAt(options, facility, record) }),
    onDead: (letter) => options.log(`fault message ${letter.id} was not delivered: ${letter.reason}`),
  })));
  deliverers.push(await openAccountMail(options.site, options.connectionString, options.log));
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;
  const timer = setInterval(() => {
    turn = turn.then(async () => {
      if (closed) return;
      await Promise.all(deliverers.map((deliverer) => deliverer.deliverDue()));
    }).catch((error: unknown) => options.log(`fault messages: ${String(error)}`));
  }, LOOK_MS);
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await turn;
      await Promise.all(deliverers.map((deliverer) => deliverer.close()));
    },
  };
}

const contactsOf = ({ faults }: City): Contacts =>
  ({ maintenance: faults.maintenance, directLabour: faults.directLabour, escalation: faults.escalation });

const nobodySends = (detail: string): Sender => async () => ({ type: "refused", detail });

function mailerOf({ mailer, city, facilities, publicUrl, acknowledgementSecret }: NoticeOptions, contacts: Contacts): Sender {
  if (!mailer) return nobodySends("no mail server is configured");
  const facility = (id: string) => {
    const config = facilities.get(id)?.core.state.config;
    return { name: config?.name ?? id, address: config?.address ?? "", zone: config?.zone ?? city.zone };
  };
  return faultMailer(mailer, { locale: city.locale, publicUrl, acknowledgementSecret, facility, contacts });
}

/** Without a secret of its own the webhook is signed with one derived from this installation's. */
function webhookOf(options: NoticeOptions): Sender {
  const secret = options.environment.GATEHOUSE_WEBHOOK_SECRET ?? createHash("sha256").update(`webhook ${options.acknowledgementSecret}`).digest("base64");
  return faultWebhook({
    key: webhookKey(secret), publicUrl: options.publicUrl, acknowledgementSecret: options.acknowledgementSecret, now: () => Date.now(),
  });
}

async function recordAt(options: NoticeOptions, id: string, record: NotificationRecord): Promise<boolean> {
  const facility = options.facilities.get(id);
  if (!facility) return false;
  const done = await facility.execute({ type: "RecordFaultNotification", ...record }, { actor: null });
  return done.ok || done.error.kind === "refused";
}
