/**
 * The directory: who has an account in the city, who parks on it, with which plates and cards, and by which contracts.
 *
 *   command --decide--> DirectoryChanged { act } --teach--> LearnRights { act } in every car park
 *
 * One vocabulary for both streams: a car park is told the act as it was recorded. Names and contact data are in the
 * vault; a credential is a reference, the plate or number behind it is in the vault too.
 */
import { present, unreachable } from "../../kernel/assert.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { ShownCredential } from "../../rights/desk/event.ts";
import type { CredentialKind } from "../../rights/desk/state.ts";
import type { OverflowTerms } from "../../rights/policy.ts";
import type { AccountId, Agreement, Contract, ContractId, ParkerId } from "../../rights/timeline/facts.ts";
import type { FacilityId } from "../facility/config.ts";
import type { HolderRef } from "./season-ticket.ts";
import type { Operator } from "./state.ts";

/** What was done; the same words in the operator's stream and in what the car parks learn. */
export type RightsAct =
  | { readonly type: "AccountOpened"; readonly account: AccountId; readonly kind: AccountKind; readonly contact: HolderRef; readonly terms: OverflowTerms }
  | { readonly type: "AccountContactSet"; readonly account: AccountId; readonly contact: HolderRef }
  | { readonly type: "AccountTermsSet"; readonly account: AccountId; readonly terms: OverflowTerms }
  /** Its contracts and agreements have ended, its credentials are gone; what has been billed stays. */
  | { readonly type: "AccountClosed"; readonly account: AccountId; readonly reason: string }
  | { readonly type: "ParkerAdded"; readonly account: AccountId; readonly parker: ParkerId; readonly name: HolderRef | null }
  | { readonly type: "CredentialAdded"; readonly account: AccountId; readonly parker: ParkerId; readonly credential: ShownCredential }
  | { readonly type: "CredentialBlocked"; readonly credential: string; readonly blocked: boolean; readonly reason: string }
  /** Its car is inside: it leaves the account at the exit. */
  | { readonly type: "CredentialRemovalAwaited"; readonly credential: string }
  | { readonly type: "CredentialRemoved"; readonly credential: string }
  | { readonly type: "ContractSigned"; readonly facility: FacilityId; readonly account: AccountId; readonly contract: Contract }
  | { readonly type: "ContractEnded"; readonly facility: FacilityId; readonly account: AccountId; readonly contract: ContractId; readonly until: Instant }
  | { readonly type: "AgreementMade"; readonly facility: FacilityId; readonly account: AccountId; readonly agreement: Agreement }
  | { readonly type: "AgreementEnded"; readonly facility: FacilityId; readonly account: AccountId; readonly agreement: string; readonly until: Instant };

export type DirectoryEvent = { readonly type: "DirectoryChanged"; readonly act: RightsAct };

export type AccountKind = "person" | "company";

export type DirectoryCredential = { readonly kind: CredentialKind; blocked: boolean; leaving: boolean };
export type DirectoryParker = { readonly id: ParkerId; readonly name: HolderRef | null; readonly credentials: Map<string, DirectoryCredential> };
export type DirectoryAccount = {
  readonly id: AccountId;
  readonly kind: AccountKind;
  contact: HolderRef;
  terms: OverflowTerms;
  readonly openedAt: Instant;
  closedAt: Instant | null;
  readonly parkers: Map<ParkerId, DirectoryParker>;
  readonly contracts: Map<ContractId, { readonly facility: FacilityId; readonly contract: Contract }>;
  readonly agreements: Map<string, { readonly facility: FacilityId; readonly agreement: Agreement }>;
};

export type Directory = {
  readonly accounts: Map<AccountId, DirectoryAccount>;
  /** Whose a credential is; it belongs to one parker at a time. */
  readonly holders: Map<string, { readonly account: AccountId; readonly parker: ParkerId }>;
};

export const emptyDirectory = (): Directory => ({ accounts: new Map(), holders: new Map() });

/** A car park where a credential's car is inside, and what it says to removing it. */
export type Presence = { readonly facility: FacilityId; readonly removePresentCredential: "refuse" | "afterExit" };

/** `presentIn`: the car parks in which a credential of those meant has an open stay, asked of them just before. */
export type DirectoryCommand =
  | { readonly type: "OpenAccount"; readonly account: AccountId; readonly kind: AccountKind; readonly contact: HolderRef; readonly terms: OverflowTerms }
  | { readonly type: "SetAccountContact"; readonly account: AccountId; readonly contact: HolderRef }
  | { readonly type: "SetAccountTerms"; readonly account: AccountId; readonly terms: OverflowTerms }
  | { readonly type: "CloseAccount"; readonly account: AccountId; readonly presentIn: readonly Presence[]; readonly reason: string }
  | { readonly type: "AddParker"; readonly account: AccountId; readonly parker: ParkerId; readonly name: HolderRef | null; readonly credentials: readonly ShownCredential[] }
  | { readonly type: "AddCredential"; readonly account: AccountId; readonly parker: ParkerId; readonly credential: ShownCredential }
  | { readonly type: "BlockCredential"; readonly credential: string; readonly blocked: boolean; readonly reason: string }
  | { readonly type: "RemoveCredential"; readonly account: AccountId; readonly credential: string; readonly presentIn: readonly Presence[] }
  /** The car of a credential whose removal was awaited has left. */
  | { readonly type: "FinishRemoval"; readonly credential: string }
  | { readonly type: "SignContract"; readonly facility: FacilityId; readonly account: AccountId; readonly contract: Contract }
  | { readonly type: "EndContract"; readonly account: AccountId; readonly contract: ContractId; readonly until: Instant }
  | { readonly type: "MakeAgreement"; readonly facility: FacilityId; readonly account: AccountId; readonly agreement: Agreement }
  | { readonly type: "EndAgreement"; readonly account: AccountId; readonly agreement: string; readonly until: Instant };

const accountOf = (o: Operator, id: AccountId): DirectoryAccount => present(o.directory.accounts.get(id), `account ${id}`);

function credentialOf(o: Operator, ref: string): { readonly parker: DirectoryParker; readonly credential: DirectoryCredential } {
  const holder = present(o.directory.holders.get(ref), "holder of the credential");
  const parker = present(accountOf(o, holder.account).parkers.get(holder.parker), `parker ${holder.parker}`);
  return { parker, credential: present(parker.credentials.get(ref), "credential") };
}

export function evolveDirectory(o: Operator, act: RightsAct, at: Instant): void {
  switch (act.type) {
    case "AccountOpened":
      o.directory.accounts.set(act.account, {
        id: act.account, kind: act.kind, contact: act.contact, terms: act.terms, openedAt: at, closedAt: null,
        parkers: new Map(), contracts: new Map(), agreements: new Map(),
      });
      return;
    case "AccountContactSet": accountOf(o, act.account).contact = act.contact; return;
    case "AccountTermsSet": accountOf(o, act.account).terms = act.terms; return;
    case "AccountClosed": accountOf(o, act.account).closedAt = at; return;
    case "ParkerAdded":
      accountOf(o, act.account).parkers.set(act.parker, { id: act.parker, name: act.name, credentials: new Map() });
      return;
    case "CredentialAdded": {
      const { ref, kind } = act.credential;
      const parker = present(accountOf(o, act.account).parkers.get(act.parker), `parker ${act.parker}`);
      parker.credentials.set(ref, { kind, blocked: false, leaving: false });
      o.directory.holders.set(ref, { account: act.account, parker: act.parker });
      return;
    }
    case "CredentialBlocked": credentialOf(o, act.credential).credential.blocked = act.blocked; return;
    case "CredentialRemovalAwaited": credentialOf(o, act.credential).credential.leaving = true; return;
    case "CredentialRemoved":
      credentialOf(o, act.credential).parker.credentials.delete(act.credential);
      o.directory.holders.delete(act.credential);
      return;
    case "ContractSigned":
      accountOf(o, act.account).contracts.set(act.contract.id, { facility: act.facility, contract: act.contract });
      return;
    case "ContractEnded": {
      const { contracts } = accountOf(o, act.account);
      const { facility, contract } = present(contracts.get(act.contract), `contract ${act.contract}`);
      contracts.set(act.contract, { facility, contract: { ...contract, until: act.until } });
      return;
    }
    case "AgreementMade":
      accountOf(o, act.account).agreements.set(act.agreement.id, { facility: act.facility, agreement: act.agreement });
      return;
    case "AgreementEnded": {
      const { agreements } = accountOf(o, act.account);
      const { facility, agreement } = present(agreements.get(act.agreement), `agreement ${act.agreement}`);
      agreements.set(act.agreement, { facility, agreement: { ...agreement, until: act.until } });
      return;
    }
    default: unreachable(act);
  }
}

export type ReadonlyAccount = DeepReadonly<DirectoryAccount>;
