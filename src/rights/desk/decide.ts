/**
 * The decider of a facility's rights.
 *
 *   command --tick (clock edges)--> decide --emit--> events, each folded at once --settle--> stays change cover and group
 *
 * Promise: after every command each open stay's cover and group are what coverage says for that instant, and the
 * changes are events of the same transaction.
 */
import { unreachable } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { sameCover } from "../coverage/scene.ts";
import { coverWhy } from "../coverage/cover-why.ts";
import type { CredentialRef } from "../timeline/facts.ts";
import type { RightsCommand } from "./command.ts";
import { decideCredential } from "./credential.ts";
import { viewOf } from "./covering.ts";
import type { RightsDeciding } from "./deciding.ts";
import { groupOf } from "./basis.ts";
import { backOut, enter } from "./entry.ts";
import type { CoverChange, Notice, RecordedRights, RightsEvent } from "./event.ts";
import { evolveRights } from "./evolve.ts";
import { confirmExit, exit, pay } from "./exit.ts";
import { decideGrant } from "./granting.ts";
import { decidePast } from "./past.ts";
import type { RightsRefusal } from "./refusal.ts";
import { ownRoom } from "./room.ts";
import { decideStaff } from "./staff.ts";
import type { Account, Rights, Stay } from "./state.ts";
import { issueStatement } from "./statement.ts";
import { decideTerms } from "./terms.ts";

/**
 * Decides for rights that are their own stream. Returns the recorded events, or the refusal; clock edges that
 * passed are recorded with either.
 */
export function decideRights(
  state: Rights, command: RightsCommand, who: { readonly now: Instant; readonly actor: string | null }, room = ownRoom(state),
): { readonly events: readonly RecordedRights[]; readonly refusal: RightsRefusal | null } {
  const events: RecordedRights[] = [];
  const at = Math.max(who.now, state.now);
  const emit = (event: RightsEvent): void => {
    const recorded: RecordedRights = { ...event, at, ...(who.actor === null ? {} : { by: who.actor }) };
    events.push(recorded);
    evolveRights(state, recorded);
  };
  const refusal = decideIn({ state, now: at, actor: who.actor, room, emit }, command);
  return { events, refusal };
}

/** The same within somebody else's decision: `d.emit` records an event there and folds it into `d.state` at once. */
export function decideIn(d: RightsDeciding, command: RightsCommand): RightsRefusal | null {
  const { state } = d;
  if (state.config === null && command.type !== "ConfigureRights") return { type: "rightsNotConfigured" };
  for (const [id, edge] of state.checks) {
    const account = edge <= d.now && state.accounts.get(id);
    if (account) settle(d, account, true);
  }
  const touched = new Set<string>();
  const emit = (event: RightsEvent): void => {
    for (const account of accountsOf(state, event)) touched.add(account);
    d.emit(event);
  };
  const refusal = route({ ...d, emit }, command);
  for (const id of touched) {
    const account = state.accounts.get(id);
    if (!account) continue;
    if (account.reachedBack !== null) d.emit({ type: "PastTouched", account: id, since: account.reachedBack });
    settle(d, account, false);
  }
  return refusal;
}

/**
 * When `Advance` next has something to do or bookings change how many spaces are free; null: not before the next
 * fact. Never before `now`, unless an edge has passed untold.
 */
export function nextDeadline(state: Rights, now: Instant): Instant | null {
  let next: Instant | null = null;
  const soonest = (at: Instant): void => {
    if (next === null || at < next) next = at;
  };
  for (const edge of state.checks.values()) soonest(edge);
  for (const { from, until } of state.reservations) {
    if (from > now) soonest(from);
    if (until > now) soonest(until);
  }
  return next;
}

function route(d: RightsDeciding, command: RightsCommand): RightsRefusal | null {
  switch (command.type) {
    case "ConfigureRights": case "SetPolicy": case "SetTariff": case "SetOpening": case "OpenAccount": case "SetAccountTerms":
    case "SignContract": case "EndContract": case "MakeAgreement": case "EndAgreement": case "SwitchPayAsYouGo": case "MakeBooking": case "CancelBooking":
    case "NoteRightElsewhere":
      return decideTerms(d, command);
    case "LearnCardRight": case "LearnExternalRight": case "RevokeExternalRight": return decideGrant(d, command);
    case "AddParker": case "AddCredential": case "BlockCredential": case "RemoveCredential":
      return decideCredential(d, command);
    case "Enter": return leaving(d, enter(d, command.credential));
    case "Exit": return leaving(d, exit(d, command.credential));
    case "Pay": return pay(d, command.credential, command.amountMinor);
    case "BackOut": return leaving(d, backOut(d, command.stay));
    case "ConfirmExit": return leaving(d, confirmExit(d, command));
    case "StaffAdmit": case "StaffRelease": case "SetNeutral": case "CloseStay": case "AdjustOccupancy":
    case "GivePastExit": case "HoldCredential": case "ReleaseHold":
      return leaving(d, decideStaff(d, command));
    case "IssueStatement": return issueStatement(d, command.account, command.month);
    case "SettlePast": return decidePast(d, command);
    case "Advance": return null;
    default: return unreachable(command);
  }
}

/** Credentials whose removal waited for the stay they began leave with it. */
function leaving(d: RightsDeciding, refusal: RightsRefusal | null): RightsRefusal | null {
  for (const ref of d.state.leaving) {
    if (!d.state.openByCredential.has(ref)) d.emit({ type: "CredentialRemoved", credential: ref });
  }
  return refusal;
}

/** The accounts whose coverage an event may change. */
function accountsOf(state: Rights, event: RightsEvent): readonly string[] {
  switch (event.type) {
    case "ContractSigned": case "ContractEnded": case "BookingMade": case "BookingCancelled": case "AccountTermsSet": case "PastSettled":
      return [event.account];
    case "StayOpened": return event.account === null ? [] : [event.account];
    case "StayClosed": case "StayPaid": {
      const account = state.accountOfOpen.get(event.stay);
      return account ? [account] : [];
    }
    case "ExternalRightLearnt": case "ExternalRightRevoked": return holderOf(state, event.right.credential);
    case "NeutralSet": return event.stays.flatMap((stay) => state.accountOfOpen.get(stay) ?? []);
    case "ExitTimeGiven": return event.past ? [event.past.account] : [...state.accounts.values()].flatMap(({ id, stays }) => (stays.has(event.stay) ? [id] : []));
    case "PolicySet": return [...state.accounts.keys()];
    case "RightsConfigured": case "TariffSet": case "OpeningSet": case "AccountOpened": case "AgreementMade": case "AgreementsEnded":
    case "ParkerAdded": case "CredentialAdded": case "CredentialBlocked": case "CredentialRemovalAwaited": case "CredentialRemoved":
    case "EntryRefused": case "PaymentDemanded": case "AttendantCalled": case "ExitWithoutEntry": case "CoverageAdvanced":
    case "StatementIssued": case "OccupancyAdjusted": case "RightElsewhereNoted": case "CardRightLearnt":
    case "CredentialHeld": case "CredentialHoldReleased": case "PastTouched":
      return [];
  }
}

/** The account of the open stay that the credential began. */
function holderOf(state: Rights, ref: CredentialRef): readonly string[] {
  const id = state.openByCredential.get(ref);
  const account = id === undefined ? null : state.accountOfOpen.get(id) ?? null;
  return account === null ? [] : [account];
}

/** Tells what coverage changed; `edge`: a clock edge has passed, which is told even when nothing did. */
function settle(d: RightsDeciding, account: Account, edge: boolean): void {
  if (account.open.size === 0) return;
  const changes: CoverChange[] = [];
  for (const [id, { cover, since }] of viewOf(d.state, account, d.now).live) {
    const stay = account.stays.get(id);
    if (!stay || stay.end !== null || stay.cover === cover || sameCover(stay.cover, cover)) continue;
    const group = stay.neutralAt === null ? groupOf(d.state, account, cover) : stay.group;
    changes.push({ stay: id, since, cover, group, why: coverWhy(cover), notice: noticeOf(stay, cover) });
  }
  if (changes.length > 0 || edge) d.emit({ type: "CoverageAdvanced", account: account.id, changes });
}

function noticeOf(stay: Stay, now: Stay["cover"]): Notice | null {
  const paid = (cover: Stay["cover"]): boolean => cover.type === "uncovered" || cover.type === "reported";
  if (paid(stay.cover) && !paid(now)) return "promoted";
  return !paid(stay.cover) && paid(now) ? "uncovered" : null;
}
