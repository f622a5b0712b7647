/** Fault messages by e-mail. */
import type { Instant } from "../kernel/instant.ts";
import { dateTimeText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { t as site } from "../messages/t.ts";
import { acknowledgementUrl } from "./acknowledgement.ts";
import type { Contacts, Sender } from "./fault-delivery.ts";
import type { FaultMessage } from "./fault-message.ts";
import { t } from "./fault-words.ts";
import type { Mailer } from "./mailer.ts";
import { oneLine } from "./subject.ts";

export type MailSite = {
  readonly locale: Locale; readonly publicUrl: string; readonly acknowledgementSecret: string;
  /** Name, address and zone of a car park. */
  readonly facility: (id: string) => { readonly name: string; readonly address: string; readonly zone: string };
  readonly contacts: Contacts;
};

export const faultMailer = (mailer: Mailer, mail: MailSite): Sender => async (message, contact, id) => {
  const posted = await mailer.post({
    id, to: contact.email ?? "", subject: subjectOf(message, mail), text: textOf(message, mail), urgent: message.operational,
  });
  return { ...posted, detail: `${message.audience}: ${posted.detail}` };
};

export function subjectOf(message: FaultMessage, { locale, facility }: MailSite): string {
  const what = `${site(locale, `asset.${message.asset.kind}`)} ${message.asset.id}`;
  return oneLine(`${facility(message.facility).name}: ${t(locale, message.cause, { fault: message.fault })} – ${what}`);
}

export function textOf(message: FaultMessage, mail: MailSite): string {
  const { locale } = mail;
  const { name, address, zone } = mail.facility(message.facility);
  const when = (at: Instant): string => dateTimeText(locale, at, zone);
  const url = acknowledgementUrl(mail.publicUrl, mail.acknowledgementSecret, message);
  const lines = [
    t(locale, message.cause, { fault: message.fault }),
    ...(message.cause === "escalated" ? [t(locale, "escalation", { organisation: mail.contacts[message.organisation].name })] : []),
    ...(message.operational ? [t(locale, "operational")] : []),
    "",
    `${t(locale, "facility")}: ${name}, ${address}`,
    `${t(locale, "asset")}: ${site(locale, `asset.${message.asset.kind}`)} ${oneLine(message.asset.id)}`,
    `${t(locale, "details")}: ${message.details}`,
    `${t(locale, "reportedAt")}: ${when(message.reportedAt)}`,
    ...(message.since === message.reportedAt ? [] : [`${t(locale, "openSince")}: ${when(message.since)}`]),
    "",
    `${t(locale, "acknowledge")}: ${url}`,
  ];
  return `${lines.join("\n")}\n`;
}
