/** A command to the rights of a car park, from staff, account holders or providers; and who may come in after it. */
import type { HolderRightsCommand, StaffRightsCommand } from "../facility/command.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { serveAsked } from "../lane/right-exit.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { decideAt } from "./desk.ts";

export function askRights(d: Deciding, command: StaffRightsCommand | HolderRightsCommand): Refusal | null {
  const { refusal } = decideAt(d, command);
  if (refusal) return { type: "rightsRefused", because: refusal };
  serveWaiting(d);
  // A car that was asked to pay at the exit may have a right by now.
  const stay = command.type === "LearnExternalRight" ? d.state.rights.openByCredential.get(command.right.credential) : undefined;
  if (stay !== undefined) serveAsked(d, stay);
  return null;
}
