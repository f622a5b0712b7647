/** Staff acts on stays: neutral, closing a stay whose exit nobody saw, giving its time later, correcting a count. */
import type { Instant } from "../../kernel/instant.ts";
import type { CredentialRef, StayId } from "../timeline/facts.ts";
import { because } from "../why.ts";
import type { NeutralScope, StaffCommand } from "./command.ts";
import { type RightsDeciding, configOf } from "./deciding.ts";
import { staffAdmit } from "./entry.ts";
import { staffRelease } from "./exit.ts";
import { holdCredential, releaseHold, unpaidUntil } from "./hold.ts";
import type { RightsRefusal } from "./refusal.ts";
import { prepareEnd } from "./settling.ts";
import { type Rights, type Stay, openStay, openStayOf } from "./state.ts";

export function decideStaff(d: RightsDeciding, command: StaffCommand): RightsRefusal | null {
  if (command.reason.trim() === "") return { type: "reasonMissing" };
  switch (command.type) {
    case "StaffAdmit": return staffAdmit(d, command.credential, command.reason);
    case "StaffRelease": return staffRelease(d, command.credential, command.reason);
    case "SetNeutral": return setNeutral(d, command.scope, command.reason);
    case "CloseStay": return closeStay(d, command);
    case "GivePastExit": return givePastExit(d, command);
    case "HoldCredential": return holdCredential(d, command);
    case "ReleaseHold": return releaseHold(d, command.stay, command.reason);
    case "AdjustOccupancy":
      if (!configOf(d.state).groups.some(({ id }) => id === command.group)) return { type: "groupUnknown", group: command.group };
      if (!Number.isInteger(command.delta) || command.delta === 0) return { type: "nothingToDo", what: "adjustment" };
      d.emit({ type: "OccupancyAdjusted", group: command.group, delta: command.delta, reason: command.reason });
      return null;
  }
}

function setNeutral(d: RightsDeciding, scope: NeutralScope, reason: string): RightsRefusal | null {
  const ids = openIn(d.state, scope);
  if (ids === null) return scope.type === "account" ? { type: "accountUnknown", account: scope.account } : { type: "noStay" };
  const stays = ids.filter((id) => openStay(d.state, id)?.stay.neutralAt === null);
  if (stays.length > 0) d.emit({ type: "NeutralSet", stays, reason });
  return stays.length > 0 || scope.type === "facility" ? null : { type: "nothingToDo", what: "neutral" };
}

function openIn(state: Rights, scope: NeutralScope): readonly StayId[] | null {
  switch (scope.type) {
    case "facility": return [...state.accountOfOpen.keys()];
    case "account": {
      const account = state.accounts.get(scope.account);
      return account ? [...account.open] : null;
    }
    case "stay": {
      const place = openStayOf(state, scope.credential);
      return place ? [place.stay.id] : null;
    }
  }
}

function closeStay(d: RightsDeciding, command: StaffCommand & { readonly type: "CloseStay" }): RightsRefusal | null {
  const stay = stayToClose(d.state, command.credential, command.enteredAt);
  if (!stay) return { type: "noStay" };
  const { exitedAt } = command;
  if (stay.end?.type === "seen") return { type: "exitSeen", stay: stay.id };
  if (exitedAt !== null && exitedAt < stay.enteredAt) return { type: "timeImpossible", why: "beforeEntry" };
  if (exitedAt !== null && exitedAt > (stay.end?.noticedAt ?? d.now)) return { type: "timeImpossible", why: "afterNoticed" };
  if (stay.end === null) {
    d.emit({
      type: "StayClosed", stay: stay.id, credential: stay.credential, cause: "closedByStaff",
      end: { type: "unseen", noticedAt: d.now, givenAt: exitedAt },
      unpaidMinor: unpaidUntil(d, stay, exitedAt), why: because("closedByStaff", { reason: command.reason }),
    });
    return null;
  }
  if (exitedAt === null || exitedAt === stay.end.givenAt) return { type: "nothingToDo", what: "stayClosed" };
  d.emit({ type: "ExitTimeGiven", stay: stay.id, exitedAt, reason: command.reason });
  return null;
}

/** Whoever asks has looked at the journal; what is known here must not contradict it. */
function givePastExit(d: RightsDeciding, command: StaffCommand & { readonly type: "GivePastExit" }): RightsRefusal | null {
  const { account, stay, enteredAt, noticedAt, exitedAt, reason } = command;
  const known = d.state.accounts.get(account);
  if (!known) return { type: "accountUnknown", account };
  if (known.stays.has(stay)) return { type: "nothingToDo", what: "past" };
  if (exitedAt < enteredAt) return { type: "timeImpossible", why: "beforeEntry" };
  if (exitedAt > noticedAt) return { type: "timeImpossible", why: "afterNoticed" };
  d.emit({ type: "ExitTimeGiven", stay, exitedAt, reason, past: { account, enteredAt } });
  return null;
}

/**
 * Before `CloseStay` with a time: works out in slices what it will change for the account, off the decision. Take one
 * slice at a time and let others work between; then decide.
 */
export function* prepareCloseStay(
  state: Rights, { credential, enteredAt, exitedAt }: Omit<StaffCommand & { readonly type: "CloseStay" }, "type" | "reason">, now: Instant,
): Generator<void, boolean> {
  const stay = exitedAt === null ? null : stayToClose(state, credential, enteredAt);
  const account = stay?.account == null ? undefined : state.accounts.get(stay.account);
  if (!stay || !account || exitedAt === null) return false;
  return yield* prepareEnd(state, account, stay, exitedAt, now);
}

/** The open stay of the credential; else, or with an entry time, the latest of its stays whose exit nobody saw. */
function stayToClose(state: Rights, ref: CredentialRef, enteredAt: Instant | null): Stay | null {
  const open = openStayOf(state, ref)?.stay;
  if (open && (enteredAt === null || open.enteredAt === enteredAt)) return open;
  const found = staysOf(state, ref).filter((stay) => (enteredAt === null ? stay.end?.type === "unseen" : stay.enteredAt === enteredAt));
  return found.reduce<Stay | null>((latest, stay) => (latest === null || stay.order > latest.order ? stay : latest), null);
}

/** Every stay still known that this credential, or its parker, began. */
function staysOf(state: Rights, ref: CredentialRef): readonly Stay[] {
  const holder = state.credentials.get(ref);
  const isIts = (stay: Stay): boolean =>
    stay.credential === ref || (holder !== undefined && stay.account === holder.account && stay.parker === holder.parker);
  const accounts = holder ? [state.accounts.get(holder.account)] : [...state.accounts.values()];
  const ofAccounts = accounts.flatMap((account) =>
    account ? [...account.stays.values()] : []);
  return [...ofAccounts, ...state.visitors.values(), ...state.goneVisitors.values()].filter(isIts);
}
