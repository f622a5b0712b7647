/** A subscription: which events, about which places, to which address. Pure; its address is judged in delivery/endpoint.ts. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Role } from "../client/caller.ts";
import type { Json, JsonObject } from "../json.ts";
import { isObject, listOr, objectsOf } from "../json.ts";
import { KIND, KINDS } from "../kind.ts";
import { type Problem, problem } from "../problem.ts";

export const SYSTEM_EVENTS = "SystemEvents";
export const TOPICS: readonly string[] = [
  ...KINDS.flatMap((kind) => ["Created", "Updated", "Deleted"].map((verb) => `${KIND[kind].topic}${verb}`)), SYSTEM_EVENTS,
];

/** `eventData`: POST of the standard's EventData. `pilotPut`: the pilot's PUT to `/sessions/new` and the like. */
export const STYLES = ["eventData", "pilotPut"] as const;
export type Style = (typeof STYLES)[number];

export type Subscription = {
  readonly id: string;
  readonly organisation: string;
  readonly client: string;
  readonly role: Role;
  readonly endpoint: string;
  readonly topics: readonly string[];
  /** Empty: of all places. */
  readonly places: readonly string[];
  /** Events of what lies in these places too. */
  readonly children: boolean;
  readonly style: Style;
  readonly createdAt: Instant;
  readonly endedAt: Instant | null;
  readonly delivered: number;
  readonly lastDeliveredAt: Instant | null;
};

export type Wanted = Pick<Subscription, "endpoint" | "topics" | "places" | "children" | "style">;

const PLACES_MAX = 1_000;
const ENDPOINT_CHARS_MAX = 2_000;
/** Extension: the standard has one style only. */
const STYLE = "x-deliveryStyle";
/** Extension in a PUT: from now on both secrets sign, the old one for a day. */
export const ROTATE = "x-rotateSecret";

/** What a POST or PUT asks for; members that are absent stay as they are. */
export function wantedIn(sent: JsonObject, current: Wanted | undefined): Result<Wanted, Problem> {
  const endpoint = sent["endpoint"] ?? current?.endpoint;
  if (typeof endpoint !== "string" || endpoint.length > ENDPOINT_CHARS_MAX) return err(problem("attributeMissing", "endpoint: an https address"));
  const topics = sent["topics"] === undefined ? current?.topics : listOr(sent["topics"]);
  if (topics === undefined || topics.length === 0) return err(problem("attributeMissing", `topics: one or more of ${TOPICS.join(", ")}`));
  const unknown = topics.find((one) => !TOPICS.includes(String(one)));
  if (unknown !== undefined) return err(problem("notUnderstood", `topics: ${TOPICS.join(", ")}`));
  const places = placesIn(sent["hierarchyElements"], current?.places ?? []);
  if (!places.ok) return places;
  const children = sent["includeChildrenEvents"] ?? current?.children ?? false;
  if (typeof children !== "boolean") return err(problem("notUnderstood", "includeChildrenEvents: true or false"));
  const style = STYLES.find((one) => one === (sent[STYLE] ?? current?.style ?? "eventData"));
  if (style === undefined) return err(problem("notUnderstood", `${STYLE}: ${STYLES.join(" or ")}`));
  return ok({ endpoint, topics: [...new Set(topics.map(String))], places: places.value, children, style });
}

function placesIn(sent: Json | undefined, before: readonly string[]): Result<readonly string[], Problem> {
  if (sent === undefined) return ok(before);
  if (sent === null) return ok([]);
  const ids = objectsOf(sent).map(({ id }) => id).filter((id): id is string => typeof id === "string");
  if (!Array.isArray(sent) || ids.length !== sent.length || !sent.every(isObject)) return err(problem("notUnderstood", "hierarchyElements: references with an id"));
  return ids.length > PLACES_MAX ? err(problem("tooMany", `hierarchyElements: at most ${PLACES_MAX}`)) : ok([...new Set(ids)]);
}

export const shownSubscription = (one: Subscription): JsonObject => ({
  id: one.id, endpoint: one.endpoint, topics: one.topics, includeChildrenEvents: one.children, [STYLE]: one.style,
  ...(one.places.length > 0 ? { hierarchyElements: one.places.map((id) => ({ id, className: "Place" })) } : {}),
  "x-delivered": one.delivered,
  ...(one.lastDeliveredAt === null ? {} : { "x-lastDeliveredAt": new Date(one.lastDeliveredAt).toISOString() }),
});
