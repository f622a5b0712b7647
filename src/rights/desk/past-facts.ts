/** Which events of a journal are facts about one account; a desk that only keeps facts is told these alone. */
import type { StayId } from "../timeline/facts.ts";
import type { RecordedRights } from "./event.ts";
import type { Rights } from "./state.ts";

/** What `facts`, told everything before, is to be told of an event; null: nothing. */
export function factOf(facts: Rights, event: RecordedRights, account: string): RecordedRights | null {
  if (event.type !== "NeutralSet") return concerns(facts, event, account) ? event : null;
  const stays = event.stays.filter((id) => facts.accountOfOpen.has(id));
  return stays.length > 0 ? { ...event, stays } : null;
}

function concerns(facts: Rights, event: Exclude<RecordedRights, { readonly type: "NeutralSet" }>, account: string): boolean {
  const stay = (id: StayId): boolean => facts.accountOfOpen.has(id);
  switch (event.type) {
    case "RightsConfigured": case "PolicySet": case "TariffSet": return true;
    case "CardRightLearnt": case "ExternalRightLearnt": case "ExternalRightRevoked": return true;
    case "AccountOpened": case "AccountTermsSet": case "ContractSigned": case "ContractEnded": case "AgreementMade": case "AgreementsEnded":
    case "BookingMade": case "BookingCancelled": case "ParkerAdded": case "CredentialAdded": case "StayOpened": case "PastTouched":
      return event.account === account;
    case "CredentialBlocked": case "CredentialRemovalAwaited": case "CredentialRemoved": return facts.credentials.has(event.credential);
    case "StayClosed": case "StayPaid": return stay(event.stay);
    case "ExitTimeGiven": return facts.accounts.get(account)?.stays.has(event.stay) === true;
    case "StatementIssued": return event.statement.account === account;
    // What follows from facts, and what coverage does not need.
    case "CoverageAdvanced": case "PastSettled": case "ExitWithoutEntry": case "OpeningSet": case "RightElsewhereNoted": case "EntryRefused":
    case "PaymentDemanded": case "AttendantCalled": case "CredentialHeld": case "CredentialHoldReleased": case "OccupancyAdjusted":
      return false;
  }
}
