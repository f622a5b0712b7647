/** Parkers and their credentials. A credential belongs to one parker at a time; one that is inside is not simply removed. */
import type { CredentialCommand } from "./command.ts";
import { type RightsDeciding, policyAt } from "./deciding.ts";
import type { ShownCredential } from "./event.ts";
import type { RightsRefusal } from "./refusal.ts";
import { openStay } from "./state.ts";

export function decideCredential(d: RightsDeciding, command: CredentialCommand): RightsRefusal | null {
  switch (command.type) {
    case "AddParker": {
      const account = d.state.accounts.get(command.account);
      if (!account) return { type: "accountUnknown", account: command.account };
      if (account.parkers.has(command.parker)) return { type: "parkerExists", parker: command.parker };
      if (command.credentials.some((credential) => isTaken(d, credential))) return { type: "credentialTaken" };
      d.emit({ type: "ParkerAdded", account: account.id, parker: command.parker });
      for (const credential of command.credentials) {
        d.emit({ type: "CredentialAdded", account: account.id, parker: command.parker, credential });
      }
      return null;
    }
    case "AddCredential": {
      const account = d.state.accounts.get(command.account);
      if (!account) return { type: "accountUnknown", account: command.account };
      if (!account.parkers.has(command.parker)) return { type: "parkerUnknown", parker: command.parker };
      if (isTaken(d, command.credential)) return { type: "credentialTaken" };
      d.emit({ type: "CredentialAdded", account: account.id, parker: command.parker, credential: command.credential });
      return null;
    }
    case "BlockCredential": {
      const credential = d.state.credentials.get(command.credential);
      if (!credential) return { type: "credentialUnknown" };
      if (credential.blocked === command.blocked) return { type: "nothingToDo", what: command.blocked ? "blocked" : "unblocked" };
      d.emit({ type: "CredentialBlocked", credential: command.credential, blocked: command.blocked, reason: command.reason });
      return null;
    }
    case "RemoveCredential":
      return remove(d, command);
  }
}

const isTaken = (d: RightsDeciding, { ref }: ShownCredential): boolean => d.state.credentials.has(ref);

type Removal = Extract<CredentialCommand, { readonly type: "RemoveCredential" }>;

function remove(d: RightsDeciding, { account, credential: ref }: Removal): RightsRefusal | null {
  const credential = d.state.credentials.get(ref);
  if (!credential || credential.account !== account) return { type: "credentialUnknown" };
  const id = d.state.openByCredential.get(ref);
  const inside = id === undefined ? null : openStay(d.state, id);
  if (!inside) {
    d.emit({ type: "CredentialRemoved", credential: ref });
    return null;
  }
  if (policyAt(d.state, d.now).removePresentCredential === "refuse") return { type: "credentialPresent", stay: inside.stay.id };
  if (credential.leaving) return { type: "nothingToDo", what: "removalAwaited" };
  d.emit({ type: "CredentialRemovalAwaited", credential: ref, stay: inside.stay.id });
  return null;
}
