/** A command to the rights of a car park, from staff, account holders or providers; and who may come in after it. */
import type { HolderRightsCommand, StaffRightsCommand } from "../facility/command.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { serveWaiting } from "../waiting/serve.ts";
import { decideAt } from "./desk.ts";

export function askRights(d: Deciding, command: StaffRightsCommand | HolderRightsCommand): Refusal | null {
  const { refusal } = decideAt(d, command);
  if (refusal) return { type: "rightsRefused", because: refusal };
  serveWaiting(d);
  return null;
}
