/**
 * The directory's decider. Everything is checked here, before any car park learns of it: a car park takes what it is
 * taught and never argues.
 */
import { present } from "../../kernel/assert.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { FacilityId } from "../facility/config.ts";
import type { OperatorDeciding } from "./deciding.ts";
import type { DirectoryCommand, ReadonlyAccount, RightsAct } from "./directory.ts";
import { agreementProblem, contractProblem, idPossible, termsPossible } from "./directory-terms.ts";
import type { OperatorRefusal } from "./refusal.ts";
import type { CredentialRef } from "../stay/stay.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { OperatorFacility } from "./state.ts";

/** More parkers or contracts of one account are a machine gone wild. */
export const PARKERS_MAX = 5_000;
export const CONTRACTS_MAX = 5_000;
/** A parker's plates, cards and codes: a fleet is many parkers. */
export const CREDENTIALS_MAX = 20;
const REASON_LENGTH_MAX = 500;

type Of<T extends DirectoryCommand["type"]> = Extract<DirectoryCommand, { readonly type: T }>;

export function decideDirectory(d: OperatorDeciding, command: DirectoryCommand): OperatorRefusal | null {
  if (!d.state.config) return { type: "operatorNotConfigured" };
  switch (command.type) {
    case "OpenAccount": return openAccount(d, command);
    case "BlockCredential": return block(d, command);
    case "FinishRemoval": return finishRemoval(d, command.credential);
    default: {
      const account = d.state.directory.accounts.get(command.account);
      if (!account) return { type: "accountUnknown", account: command.account };
      if (account.closedAt !== null) return { type: "accountClosed", account: command.account };
      return decideAccount(d, account, command);
    }
  }
}

function decideAccount(
  d: OperatorDeciding, account: ReadonlyAccount, command: Exclude<DirectoryCommand, Of<"OpenAccount" | "BlockCredential" | "FinishRemoval">>,
): OperatorRefusal | null {
  switch (command.type) {
    case "SetAccountContact": return act(d, { type: "AccountContactSet", account: account.id, contact: command.contact });
    case "SetAccountTerms":
      if (!termsPossible(command.terms)) return { type: "rightImpossible", why: "overflowLimit" };
      return act(d, { type: "AccountTermsSet", account: account.id, terms: command.terms });
    case "CloseAccount": return closeAccount(d, account, command);
    case "AddParker": return addParker(d, account, command);
    case "AddCredential": return addCredential(d, account, command);
    case "RemoveCredential": return removeCredential(d, account, command);
    case "SignContract": return signContract(d, account, command);
    case "EndContract": return endContract(d, account, command);
    case "MakeAgreement": return makeAgreement(d, account, command);
    case "EndAgreement": return endAgreement(d, account, command);
  }
}

function act(d: OperatorDeciding, done: RightsAct): null {
  d.emit({ type: "DirectoryChanged", act: done });
  return null;
}

function openAccount(d: OperatorDeciding, { account, kind, contact, terms }: Of<"OpenAccount">): OperatorRefusal | null {
  if (!idPossible(account)) return { type: "rightImpossible", why: "id" };
  if (d.state.directory.accounts.has(account)) return { type: "accountExists", account };
  if (!termsPossible(terms)) return { type: "rightImpossible", why: "overflowLimit" };
  return act(d, { type: "AccountOpened", account, kind, contact, terms });
}

/** Only when none of its cars is inside: what they owe is not known before they leave. */
function closeAccount(d: OperatorDeciding, account: ReadonlyAccount, { presentIn, reason }: Of<"CloseAccount">): OperatorRefusal | null {
  const wrong = reasonProblem(reason);
  if (wrong) return wrong;
  if (presentIn.length > 0) return { type: "credentialPresent", facilities: presentIn.map(({ facility }) => facility) };
  for (const { facility, contract } of [...account.contracts.values()]) {
    if ((contract.until ?? Infinity) > d.now) act(d, { type: "ContractEnded", facility, account: account.id, contract: contract.id, until: d.now });
  }
  for (const { facility, agreement } of [...account.agreements.values()]) {
    if ((agreement.until ?? Infinity) > d.now) act(d, { type: "AgreementEnded", facility, account: account.id, agreement: agreement.id, until: d.now });
  }
  for (const parker of [...account.parkers.values()]) {
    for (const credential of [...parker.credentials.keys()]) act(d, { type: "CredentialRemoved", credential });
  }
  return act(d, { type: "AccountClosed", account: account.id, reason: reason.trim() });
}

function addParker(d: OperatorDeciding, account: ReadonlyAccount, { parker, name, credentials }: Of<"AddParker">): OperatorRefusal | null {
  if (!idPossible(parker)) return { type: "rightImpossible", why: "id" };
  if (account.parkers.has(parker)) return { type: "parkerExists", parker };
  if (account.parkers.size >= PARKERS_MAX) return { type: "tooMany", what: "parkers", max: PARKERS_MAX };
  if (credentials.length > CREDENTIALS_MAX) return { type: "tooMany", what: "credentials", max: CREDENTIALS_MAX };
  const refs = new Set(credentials.map(({ ref }) => ref));
  if (refs.size < credentials.length || credentials.some((one) => isTaken(d, one))) return { type: "credentialTaken" };
  act(d, { type: "ParkerAdded", account: account.id, parker, name });
  for (const credential of credentials) act(d, { type: "CredentialAdded", account: account.id, parker, credential });
  return null;
}

function addCredential(d: OperatorDeciding, account: ReadonlyAccount, { parker, credential }: Of<"AddCredential">): OperatorRefusal | null {
  const known = account.parkers.get(parker);
  if (!known) return { type: "parkerUnknown", parker };
  if (isTaken(d, credential)) return { type: "credentialTaken" };
  if (known.credentials.size >= CREDENTIALS_MAX) return { type: "tooMany", what: "credentials", max: CREDENTIALS_MAX };
  return act(d, { type: "CredentialAdded", account: account.id, parker, credential });
}

/** A season, guard or service card is nobody's parker card. */
const isTaken = (d: OperatorDeciding, { ref }: ShownCredential): boolean =>
  d.state.directory.holders.has(ref) || d.state.cards.has(ref as CredentialRef);

function block(d: OperatorDeciding, { credential, blocked, reason }: Of<"BlockCredential">): OperatorRefusal | null {
  const known = credentialOf(d, credential);
  if (!known) return { type: "credentialUnknown" };
  const wrong = reasonProblem(reason);
  if (wrong) return wrong;
  if (known.blocked === blocked) return { type: "nothingToDo", what: blocked ? "credentialBlocked" : "credentialUnblocked" };
  return act(d, { type: "CredentialBlocked", credential, blocked, reason: reason.trim() });
}

function credentialOf(d: OperatorDeciding, ref: string) {
  const holder = d.state.directory.holders.get(ref);
  return holder && d.state.directory.accounts.get(holder.account)?.parkers.get(holder.parker)?.credentials.get(ref);
}

/** A plate that is inside any car park counts as present; where one of them refuses, it stays. */
function removeCredential(d: OperatorDeciding, account: ReadonlyAccount, { credential, presentIn }: Of<"RemoveCredential">): OperatorRefusal | null {
  const known = credentialOf(d, credential);
  if (!known || d.state.directory.holders.get(credential)?.account !== account.id) return { type: "credentialUnknown" };
  if (known.leaving) return { type: "nothingToDo", what: "removalAwaited" };
  const refusing = presentIn.filter(({ removePresentCredential }) => removePresentCredential === "refuse");
  if (refusing.length > 0) return { type: "credentialPresent", facilities: refusing.map(({ facility }) => facility) };
  return act(d, { type: presentIn.length > 0 ? "CredentialRemovalAwaited" : "CredentialRemoved", credential });
}

function finishRemoval(d: OperatorDeciding, credential: string): OperatorRefusal | null {
  if (!credentialOf(d, credential)?.leaving) return { type: "nothingToDo", what: "removal" };
  return act(d, { type: "CredentialRemoved", credential });
}

function facilityOf(d: OperatorDeciding, id: FacilityId): DeepReadonly<OperatorFacility> | undefined {
  return present(d.state.config, "configuration").facilities.find((facility) => facility.id === id);
}

function signContract(d: OperatorDeciding, account: ReadonlyAccount, { facility, contract }: Of<"SignContract">): OperatorRefusal | null {
  const where = facilityOf(d, facility);
  if (!where) return { type: "facilityUnknown", facility };
  if (account.contracts.has(contract.id)) return { type: "contractExists", contract: contract.id };
  if (account.contracts.size >= CONTRACTS_MAX) return { type: "tooMany", what: "contracts", max: CONTRACTS_MAX };
  const why = contractProblem(account, where, contract);
  return why ? { type: "contractImpossible", why } : act(d, { type: "ContractSigned", facility, account: account.id, contract });
}

/** Never in the past: what it covered stays covered. */
function endContract(d: OperatorDeciding, account: ReadonlyAccount, { contract: id, until }: Of<"EndContract">): OperatorRefusal | null {
  const known = account.contracts.get(id);
  if (!known) return { type: "contractUnknown", contract: id };
  if (until < d.now || until <= (known.contract.from ?? -Infinity)) return { type: "contractImpossible", why: "period" };
  if (known.contract.until === until) return { type: "nothingToDo", what: "contractEnded" };
  return act(d, { type: "ContractEnded", facility: known.facility, account: account.id, contract: id, until });
}

function makeAgreement(d: OperatorDeciding, account: ReadonlyAccount, { facility, agreement }: Of<"MakeAgreement">): OperatorRefusal | null {
  const where = facilityOf(d, facility);
  if (!where) return { type: "facilityUnknown", facility };
  if (account.agreements.has(agreement.id)) return { type: "contractExists", contract: agreement.id };
  if (account.agreements.size >= CONTRACTS_MAX) return { type: "tooMany", what: "contracts", max: CONTRACTS_MAX };
  const why = agreementProblem(account, where, agreement);
  return why ? { type: "rightImpossible", why } : act(d, { type: "AgreementMade", facility, account: account.id, agreement });
}

function endAgreement(d: OperatorDeciding, account: ReadonlyAccount, { agreement: id, until }: Of<"EndAgreement">): OperatorRefusal | null {
  const known = account.agreements.get(id);
  if (!known) return { type: "contractUnknown", contract: id };
  if (until < d.now || until <= (known.agreement.from ?? -Infinity)) return { type: "rightImpossible", why: "period" };
  if (known.agreement.until !== null && known.agreement.until <= until) return { type: "nothingToDo", what: "agreementEnded" };
  return act(d, { type: "AgreementEnded", facility: known.facility, account: account.id, agreement: id, until });
}

function reasonProblem(reason: string): OperatorRefusal | null {
  if (reason.trim() === "") return { type: "reasonMissing" };
  return reason.length > REASON_LENGTH_MAX ? { type: "textTooLong", max: REASON_LENGTH_MAX } : null;
}
