/** What accounts are told, as rows of the journal's outbox, committed with the event that caused it. */
import { facilityOfStream } from "../carpark/application/facility-owner.ts";
import type { FacilityCore } from "../carpark/facility/decide.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import type { EssentialRows } from "../journal/journal.ts";
import { accountOutboxOf, outboxRow } from "../notifications/account-message.ts";
import { openStay } from "../rights/desk/state.ts";

export function accountRows(stream: string, event: Recorded, core: FacilityCore): EssentialRows {
  if (event.type === "StatementMailAsked") {
    const { account, number, month, totalMinor, currency } = event;
    return { outbox: [outboxRow({ cause: "statement", facility: facilityOfStream(stream), account, number, month, totalMinor, currency })] };
  }
  if (event.type !== "Rights") return {};
  const outbox = accountOutboxOf(facilityOfStream(stream), event.rights, event.at, (stay) => openStay(core.state.rights, stay)?.stay ?? null);
  return outbox.length === 0 ? {} : { outbox };
}
