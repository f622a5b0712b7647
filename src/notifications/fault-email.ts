/** Fault messages by e-mail (SMTP). */
import nodemailer, { type Transporter } from "nodemailer";
import { SECOND } from "../kernel/instant.ts";
import type { Instant } from "../kernel/instant.ts";
import { dateTimeText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import { t as site } from "../messages/t.ts";
import { acknowledgementUrl } from "./acknowledgement.ts";
import type { Contacts, Sender, Sent } from "./fault-delivery.ts";
import type { FaultMessage } from "./fault-message.ts";
import { t } from "./fault-words.ts";

export type SmtpConfig = {
  readonly host: string; readonly port: number; readonly secure: boolean; readonly user: string | null;
  readonly password: string | null;
  /** The sender's address. */
  readonly from: string;
};

export type MailSite = {
  readonly locale: Locale; readonly publicUrl: string; readonly acknowledgementSecret: string;
  /** Name, address and zone of a car park. */
  readonly facility: (id: string) => { readonly name: string; readonly address: string; readonly zone: string };
  readonly contacts: Contacts;
};

/** A mail server that says nothing for this long is down. */
const ANSWER_MS_MAX = 10 * SECOND;
const SUBJECT_LENGTH_MAX = 150;

export function faultMailer(smtp: SmtpConfig, mail: MailSite): { readonly send: Sender; readonly close: () => void } {
  const transport: Transporter = nodemailer.createTransport({
    host: smtp.host, port: smtp.port, secure: smtp.secure,
    ...(smtp.user === null ? {} : { auth: { user: smtp.user, pass: smtp.password ?? "" } }),
    connectionTimeout: ANSWER_MS_MAX, greetingTimeout: ANSWER_MS_MAX, socketTimeout: ANSWER_MS_MAX,
    // The text of a message must never make the server read a file or fetch an address.
    disableFileAccess: true, disableUrlAccess: true,
  });
  const send: Sender = async (message, contact, id) => {
    try {
      const domain = smtp.from.split("@").at(-1) ?? "localhost";
      await transport.sendMail({
        from: smtp.from, to: contact.email ?? "", subject: subjectOf(message, mail), text: textOf(message, mail),
        messageId: `<${id.replace(/[^A-Za-z0-9._-]/g, "-")}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", ...(message.operational ? { "X-Priority": "1" } : {}) },
      });
      return { type: "sent", detail: `${message.audience}: accepted by the mail server` };
    } catch (error) {
      return failureOf(error, message);
    }
  };
  return { send, close: () => transport.close() };
}

/** 5xx is the mail server's last word. Its text may name addresses and stays out. */
function failureOf(error: unknown, message: FaultMessage): Sent {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  const status = typeof responseCode === "number" ? responseCode : null;
  const detail = `${message.audience}: ${status === null ? `mail server not reached (${String(code ?? "unknown")})` : `mail server said ${status}`}`;
  return { type: status !== null && status >= 500 ? "refused" : "failed", detail };
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

export function subjectOf(message: FaultMessage, { locale, facility }: MailSite): string {
  const what = `${site(locale, `asset.${message.asset.kind}`)} ${message.asset.id}`;
  return oneLine(`${facility(message.facility).name}: ${t(locale, message.cause, { fault: message.fault })} – ${what}`).slice(0, SUBJECT_LENGTH_MAX);
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
