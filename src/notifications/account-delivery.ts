/**
 * The last metres of a message to an account: names from the vault, posted, and what came of it recorded.
 *
 *   outbox row -> contact? -> post -> recorded -> row goes
 *                 none: recorded, given up       failed: recorded at the first and the last attempt, tried again
 *
 * Promise: at least once. A letter that was posted but could not be recorded is posted again, with the same id.
 */
import { type DurationMs, HOUR, MINUTE } from "../kernel/instant.ts";
import type { Instant } from "../kernel/instant.ts";
import { dateTimeText, moneyText } from "../messages/format.ts";
import type { Locale } from "../messages/locale.ts";
import type { AccountMessage, NoticeMessage } from "./account-message.ts";
import { t } from "./account-words.ts";
import type { LetterOutcome, OutboxLetter } from "./fault-delivery.ts";
import type { Letter, Mailer } from "./mailer.ts";

export type AccountContact = { readonly name: string; readonly email: string | null; readonly locale: Locale };
export type MailRecord = {
  readonly account: string; readonly cause: AccountMessage["cause"];
  /** Stay or statement number. */
  readonly subject: string;
  readonly delivered: boolean; readonly detail: string;
};

export type AccountDeliveryPorts = {
  /** Null: no mail server is configured. */
  readonly mailer: Mailer | null;
  /** From the vault; null once erased. */
  readonly contactOf: (account: string) => Promise<AccountContact | null>;
  readonly labelOf: (credential: string) => Promise<string | null>;
  readonly facility: (id: string) => { readonly name: string; readonly address: string; readonly zone: string };
  /** "March 2026". */
  readonly monthText: (locale: Locale, month: string) => string;
  /** The statement on paper; null when it is not known here. */
  readonly paperOf: (facility: string, number: string, locale: Locale) => Promise<{ readonly fileName: string; readonly content: Uint8Array } | null>;
  /** False when it could not be made durable now. */
  readonly record: (facility: string, record: MailRecord) => Promise<boolean>;
  readonly schedule: readonly DurationMs[];
};

/** Nobody waits at a barrier for it; a mail server that is down for a night loses nothing. */
export const ACCOUNT_EMAIL_SCHEDULE: readonly DurationMs[] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR];

export function accountDelivery(ports: AccountDeliveryPorts): (letter: OutboxLetter) => Promise<LetterOutcome> {
  return async ({ id, payload, attempts }) => {
    const message = payload as AccountMessage;
    const give = async (detail: string): Promise<LetterOutcome> =>
      ((await recorded(ports, message, false, detail)) ? { type: "hopeless", reason: detail } : { type: "failed", reason: `${detail}; not recorded` });
    if (!ports.mailer) return give("no mail server is configured");
    const contact = await ports.contactOf(message.account);
    if (!contact || contact.email === null) return give("the account has no e-mail address");
    const letter = await letterOf(ports, message, { ...contact, email: contact.email }, id);
    // The list of statements may be behind the journal, after a start for minutes.
    if (!letter && attempts < ports.schedule.length) return { type: "failed", reason: "the statement is not known yet" };
    if (!letter) return give("the statement is not known");
    const posted = await ports.mailer.post(letter);
    const worthRecording = posted.type !== "failed" || attempts === 0 || attempts >= ports.schedule.length;
    if (worthRecording && !(await recorded(ports, message, posted.type === "sent", posted.detail))) {
      return { type: "failed", reason: `${posted.detail}; not recorded` };
    }
    switch (posted.type) {
      case "sent": return { type: "delivered" };
      case "failed": return { type: "failed", reason: posted.detail };
      case "refused": return { type: "hopeless", reason: posted.detail };
    }
  };
}

const recorded = (ports: AccountDeliveryPorts, message: AccountMessage, delivered: boolean, detail: string): Promise<boolean> =>
  ports.record(message.facility, {
    account: message.account, cause: message.cause, subject: message.cause === "statement" ? message.number : message.stay, delivered, detail,
  });

async function letterOf(
  ports: AccountDeliveryPorts, message: AccountMessage, contact: AccountContact & { readonly email: string }, id: string,
): Promise<Letter | null> {
  const { locale } = contact;
  const { name: facility, address, zone } = ports.facility(message.facility);
  const tail = ["", `${t(locale, "carPark")}: ${facility}, ${address}`, `${t(locale, "account")}: ${message.account}`, "", t(locale, "footer")];
  if (message.cause !== "statement") {
    const plate = (await ports.labelOf(message.credential)) ?? t(locale, "anonymous");
    return {
      id, to: contact.email, subject: t(locale, `${message.cause}.subject`, { facility, plate }),
      text: textOf([noticeText(locale, message, plate, zone), ...(message.charged === null ? [] : [t(locale, CHARGED[message.charged])]), ...tail]),
    };
  }
  const paper = await ports.paperOf(message.facility, message.number, locale);
  if (!paper) return null;
  const { number } = message;
  const month = ports.monthText(locale, message.month);
  return {
    id, to: contact.email, subject: t(locale, "statement.subject", { facility, number, month }),
    text: textOf([t(locale, "statement.text", { number, month, total: moneyText(locale, message.totalMinor, message.currency) }), ...tail]),
    attachments: [{ fileName: paper.fileName, media: "application/pdf", content: paper.content }],
  };
}

const CHARGED = { account: "chargedAccount", report: "chargedReport", machine: "chargedMachine" } as const;
const noticeText = (locale: Locale, message: NoticeMessage, plate: string, zone: string): string =>
  t(locale, `${message.cause}.text`, { plate, at: dateTimeText(locale, message.at, zone) });
const textOf = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

/** The one-time link to My parking. Posted at once or not at all: its code is kept nowhere. */
export function invitationLetter(
  invited: { readonly to: string; readonly locale: Locale; readonly city: string; readonly url: string; readonly until: Instant; readonly zone: string; readonly id: string },
): Letter {
  const { locale, city, url, until, zone } = invited;
  return {
    id: invited.id, to: invited.to, subject: t(locale, "invitation.subject", { city }),
    text: textOf([t(locale, "invitation.text"), "", url, "", t(locale, "invitationEnds", { until: dateTimeText(locale, until, zone) }), "", t(locale, "footer")]),
  };
}
