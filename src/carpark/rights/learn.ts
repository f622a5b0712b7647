/**
 * What a car park learns from the operator's directory. It was checked there, so nothing is argued here: what can no
 * longer be done as it was (a contract ended while this car park was cut off) holds from now, and what cannot be done
 * at all is recorded with its reason and shown to staff.
 */
import { unreachable } from "../../kernel/assert.ts";
import type { RightsCommand } from "../../rights/desk/command.ts";
import type { RightElsewhere } from "../../rights/desk/state.ts";
import type { FacilityId } from "../facility/config.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import type { RightsAct } from "../operator/directory.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { decideAt } from "./desk.ts";

export function learnRights(d: Deciding, act: RightsAct, operatorSeq: number): Refusal | null {
  if (operatorSeq <= d.state.operatorSeq) return { type: "nothingToDo", what: "LearnRights" };
  const command = commandOf(d, act);
  const refusal = command === null ? null : decideAt(d, command).refusal;
  const known = refusal === null || refusal.type === "nothingToDo";
  d.emit({ type: "RightsLearnt", act: act.type, account: "account" in act ? act.account : null, operatorSeq, problem: known ? null : refusal.type });
  serveWaiting(d);
  return null;
}

/** In the words of the rights; null: nothing that matters at a lane, or nothing that is new here. */
function commandOf(d: Deciding, act: RightsAct): RightsCommand | null {
  const { rights } = d.state;
  switch (act.type) {
    case "AccountOpened": return { type: "OpenAccount", account: act.account, terms: act.terms };
    case "AccountTermsSet": return { type: "SetAccountTerms", account: act.account, terms: act.terms };
    case "AccountContactSet": case "AccountClosed": return null;
    case "ParkerAdded": return { type: "AddParker", account: act.account, parker: act.parker, credentials: [] };
    case "CredentialAdded": return { type: "AddCredential", account: act.account, parker: act.parker, credential: act.credential };
    case "CredentialBlocked": return { type: "BlockCredential", credential: act.credential, blocked: act.blocked, reason: act.reason };
    case "CredentialRemoved": case "CredentialRemovalAwaited": return removal(d, act.credential);
    case "ContractSigned":
      return isHere(d, act.facility) ? { type: "SignContract", account: act.account, contract: act.contract }
        : elsewhere(act.account, act.contract);
    case "ContractEnded":
      if (!isHere(d, act.facility)) return endedElsewhere(d, act.account, act.contract, act.until);
      return { type: "EndContract", account: act.account, contract: act.contract, until: Math.max(act.until, d.now) };
    case "AgreementMade":
      return isHere(d, act.facility) ? { type: "MakeAgreement", account: act.account, agreement: act.agreement }
        : elsewhere(act.account, act.agreement);
    case "AgreementEnded":
      if (!isHere(d, act.facility)) return endedElsewhere(d, act.account, act.agreement, act.until);
      return rights.accounts.get(act.account)?.agreements.some(({ id }) => id === act.agreement)
        ? { type: "EndAgreement", account: act.account, agreement: act.agreement, until: Math.max(act.until, d.now) } : null;
    default: return unreachable(act);
  }
}

const isHere = (d: Deciding, facility: FacilityId): boolean => facility === d.state.id;

/** Known only so that a lane can say "wrong car park". */
const elsewhere = (account: string, { id, parkers, from, until }: RightElsewhere): RightsCommand =>
  ({ type: "NoteRightElsewhere", account, right: { id, parkers, from, until } });

function endedElsewhere(d: Deciding, account: string, id: string, until: number): RightsCommand | null {
  const known = d.state.rights.accounts.get(account)?.elsewhere.find((right) => right.id === id);
  return known ? elsewhere(account, { ...known, until }) : null;
}

/**
 * A car that came in between the question and the answer is inside all the same: its credential leaves at its exit,
 * whatever this car park's policy would have said.
 */
function removal(d: Deciding, credential: string): RightsCommand | null {
  const holder = d.state.rights.credentials.get(credential);
  if (!holder) return null;
  const stay = d.state.rights.openByCredential.get(credential);
  if (stay === undefined) return { type: "RemoveCredential", account: holder.account, credential };
  if (!holder.leaving) d.emit({ type: "Rights", rights: { type: "CredentialRemovalAwaited", credential, stay } });
  return null;
}
