/** Letters by e-mail (SMTP): one transport for faults, accounts and invitations. */
import nodemailer, { type Transporter } from "nodemailer";
import { SECOND } from "../kernel/instant.ts";
import { oneLine } from "./subject.ts";

export type SmtpConfig = {
  readonly host: string; readonly port: number; readonly secure: boolean; readonly user: string | null;
  readonly password: string | null;
  /** The sender's address. */
  readonly from: string;
};

export type Letter = {
  /** The same at every attempt: a mail server that has it already drops the repetition. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly urgent?: boolean;
  readonly attachments?: readonly { readonly fileName: string; readonly media: string; readonly content: Uint8Array }[];
};

/** `detail` never holds an address: it is recorded. */
export type Posted =
  | { readonly type: "sent"; readonly detail: string }
  /** It may work later. */
  | { readonly type: "failed"; readonly detail: string }
  /** The mail server's last word. */
  | { readonly type: "refused"; readonly detail: string };

export type Mailer = { post(letter: Letter): Promise<Posted>; close(): void };

/** A mail server that says nothing for this long is down. */
const ANSWER_MS_MAX = 10 * SECOND;
const SUBJECT_LENGTH_MAX = 150;

export function openMailer(smtp: SmtpConfig): Mailer {
  const transport: Transporter = nodemailer.createTransport({
    host: smtp.host, port: smtp.port, secure: smtp.secure,
    ...(smtp.user === null ? {} : { auth: { user: smtp.user, pass: smtp.password ?? "" } }),
    connectionTimeout: ANSWER_MS_MAX, greetingTimeout: ANSWER_MS_MAX, socketTimeout: ANSWER_MS_MAX,
    // The text of a message must never make the server read a file or fetch an address.
    disableFileAccess: true, disableUrlAccess: true,
  });
  const domain = smtp.from.split("@").at(-1) ?? "localhost";
  return {
    async post({ id, to, subject, text, urgent, attachments }) {
      try {
        await transport.sendMail({
          from: smtp.from, to, subject: oneLine(subject).slice(0, SUBJECT_LENGTH_MAX), text,
          messageId: `<${id.replace(/[^A-Za-z0-9._-]/g, "-")}@${domain}>`,
          headers: { "Auto-Submitted": "auto-generated", ...(urgent ? { "X-Priority": "1" } : {}) },
          attachments: (attachments ?? []).map(({ fileName, media, content }) =>
            ({ filename: fileName, contentType: media, content: Buffer.from(content) })),
        });
        return { type: "sent", detail: "accepted by the mail server" };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** 5xx is the mail server's last word. Its text may name addresses and stays out. */
function failureOf(error: unknown): Posted {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  const status = typeof responseCode === "number" ? responseCode : null;
  const detail = status === null ? `mail server not reached (${String(code ?? "unknown")})` : `mail server said ${status}`;
  return { type: status !== null && status >= 500 ? "refused" : "failed", detail };
}
