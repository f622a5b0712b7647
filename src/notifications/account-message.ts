/**
 * What accounts are told, written into the outbox with the event that caused it:
 *
 *   a car admitted beyond the contingent, a stay no longer covered, a promotion, a statement issued
 *
 * Messages carry references; who is meant and where the letter goes is asked of the vault when it is sent.
 */
import type { OutboxRow } from "../journal/journal.ts";
import type { Instant } from "../kernel/instant.ts";
import type { Currency, MinorUnits } from "../kernel/money.ts";
import type { Cover } from "../rights/coverage/scene.ts";
import type { Notice, RightsEvent } from "../rights/desk/event.ts";

export type NoticeMessage = {
  readonly cause: Notice;
  readonly facility: string; readonly account: string; readonly stay: string; readonly credential: string; readonly at: Instant;
  /** What the time from now on is: charged to the account, reported only, or to be paid at the machine; null: covered. */
  readonly charged: "account" | "report" | "machine" | null;
};
export type StatementMessage = {
  readonly cause: "statement";
  readonly facility: string; readonly account: string; readonly number: string; readonly month: string;
  readonly totalMinor: MinorUnits; readonly currency: Currency;
};
export type AccountMessage = NoticeMessage | StatementMessage;

export const ACCOUNT_TOPIC = "account.email";

/** What the messages need to know of the stay; `stayOf` is asked after the event was folded. */
export type MessageStay = { readonly credential: string; readonly payer: string };

export function accountOutboxOf(
  facility: string, event: RightsEvent, at: Instant, stayOf: (stay: string) => MessageStay | null,
): readonly OutboxRow[] {
  return messagesOf(facility, event, at, stayOf).map(outboxRow);
}

/** Letters of one account at one car park go in order. */
export const outboxRow = (payload: AccountMessage): OutboxRow => ({ topic: ACCOUNT_TOPIC, key: `${payload.facility}/${payload.account}`, payload });

function messagesOf(
  facility: string, event: RightsEvent, at: Instant, stayOf: (stay: string) => MessageStay | null,
): readonly AccountMessage[] {
  switch (event.type) {
    case "StayOpened":
      if (event.notice === null || event.account === null) return [];
      return [{
        cause: event.notice, facility, account: event.account, stay: event.stay, credential: event.credential.ref, at,
        charged: chargedOf(event.cover, event.payer),
      }];
    case "CoverageAdvanced":
      return event.changes.flatMap(({ stay, since, cover, notice }): readonly NoticeMessage[] => {
        const known = stayOf(stay);
        return notice === null || !known ? [] : [{
          cause: notice, facility, account: event.account, stay, credential: known.credential, at: since, charged: chargedOf(cover, known.payer),
        }];
      });
    case "StatementIssued": {
      const { account, number, month, totalMinor, currency } = event.statement;
      return [{ cause: "statement", facility, account, number, month, totalMinor, currency }];
    }
    default: return [];
  }
}

function chargedOf(cover: Cover, payer: string): NoticeMessage["charged"] {
  if (cover.type === "reported") return "report";
  if (cover.type !== "uncovered") return null;
  return payer === "account" ? "account" : "machine";
}
