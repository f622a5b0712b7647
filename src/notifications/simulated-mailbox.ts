/**
 * The demo's post: letters that would leave by e-mail stay here, to be looked at. Behind the same port as the mail
 * server; kept in memory only, for a letter names people.
 */
import type { Instant } from "../kernel/instant.ts";
import type { Letter, Mailer } from "./mailer.ts";

/** `attachments`: their file names. */
export type KeptLetter = Omit<Letter, "attachments" | "urgent"> & { readonly at: Instant; readonly urgent: boolean; readonly attachments: readonly string[] };
export type SimulatedMailbox = Mailer & { letters(): readonly KeptLetter[] };

/** Enough for an afternoon of trying; older ones are thrown away. */
export const LETTERS_KEPT_MAX = 100;

export function openSimulatedMailbox(now: () => Instant): SimulatedMailbox {
  const kept: KeptLetter[] = [];
  return {
    async post({ attachments, urgent, ...letter }) {
      // A mail server that has a letter already drops the repetition.
      if (!kept.some(({ id }) => id === letter.id)) {
        kept.unshift({ ...letter, at: now(), urgent: urgent ?? false, attachments: (attachments ?? []).map(({ fileName }) => fileName) });
      }
      kept.splice(LETTERS_KEPT_MAX);
      return { type: "sent", detail: "put into the simulated mailbox" };
    },
    letters: () => kept,
    close: () => undefined,
  };
}
