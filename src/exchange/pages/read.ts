/** What the pages send, read member by member; anything else in it is refused. */
import { type JsonObject, isObject } from "../json.ts";
import type { LookUp, NewClient, SessionSearch, SignIn } from "./contract.ts";
import { refusedWith } from "./reasons.ts";

const TEXT_CHARS_MAX = 255;
/** The end of the year 9999. */
const INSTANT_MAX = 253_402_300_799_000;

export const readSignIn = (body: unknown): SignIn => {
  const sent = membersOf(body, ["client", "secret"]);
  return { client: textIn(sent, "client"), secret: textIn(sent, "secret") };
};

export const readLookUp = (body: unknown): LookUp => {
  const sent = membersOf(body, ["place", "plate"]);
  return { place: textIn(sent, "place"), plate: textIn(sent, "plate") };
};

export const readNewClient = (body: unknown): NewClient => {
  const sent = membersOf(body, ["id", "organisation"]);
  return { id: textIn(sent, "id"), organisation: textIn(sent, "organisation") };
};

export function readSearch(body: unknown): SessionSearch {
  const sent = membersOf(body, ["plate", "place", "provider", "from", "to", "similar"]);
  const { similar = false } = sent;
  if (typeof similar !== "boolean") throw refusedWith("notUnderstood");
  const text = (member: "plate" | "place" | "provider"): Partial<SessionSearch> => (sent[member] === undefined ? {} : { [member]: textIn(sent, member) });
  const instant = (member: "from" | "to"): Partial<SessionSearch> => (sent[member] === undefined ? {} : { [member]: instantIn(sent, member) });
  return { ...text("plate"), ...text("place"), ...text("provider"), ...instant("from"), ...instant("to"), similar };
}

function membersOf(body: unknown, known: readonly string[]): JsonObject {
  if (!isObject(body as JsonObject) || Object.keys(body as JsonObject).some((member) => !known.includes(member))) throw refusedWith("notUnderstood");
  return body as JsonObject;
}

function textIn(sent: JsonObject, member: string): string {
  const value = sent[member];
  if (typeof value !== "string" || value.trim() === "" || value.length > TEXT_CHARS_MAX) throw refusedWith("notUnderstood");
  return value.trim();
}

function instantIn(sent: JsonObject, member: string): number {
  const value = sent[member];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > INSTANT_MAX) throw refusedWith("notUnderstood");
  return value;
}
