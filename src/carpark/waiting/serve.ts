/** Serving the waiting order, after every change that can free a space. */
import { present } from "../../kernel/assert.ts";
import { SECOND } from "../../kernel/instant.ts";
import { freeSpaces } from "../counting/counting.ts";
import type { Recorded } from "../facility/event.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Facility, WaitingPlace } from "../facility/state.ts";
import { retryWaiting } from "../lane/right-entry.ts";
import type { WaitingEvent } from "./waiting.ts";

/** A prompt keeps a space for this long; then it passes to the next waiting car. */
export const PROMPT_MS = 20 * SECOND;

/** Prompts as many waiting cars as there are spaces, first come first. */
export function serveWaiting(d: Deciding): void {
  const group = d.state.config?.ticketGroup;
  if (!group || d.state.mode !== "open") return;
  for (const place of [...d.state.waiting]) {
    const lane = present(d.state.lanes.get(place.lane), `lane ${place.lane}`);
    if (lane.movement?.phase.step !== "waiting" || lane.mode !== "automatic") continue;
    if (place.right) {
      retryWaiting(d, place.lane, lane.movement, place.right.credential);
      continue;
    }
    if (freeSpaces(d.state, group, d.now) <= 0) continue;
    d.emit({ type: "SpaceOffered", lane: place.lane, movement: place.movement, group, until: d.now + PROMPT_MS });
  }
}

export function evolveWaiting(f: Facility, e: Recorded<WaitingEvent>): void {
  const movement = present(f.lanes.get(e.lane)?.movement, `movement at lane ${e.lane}`);
  const others = f.waiting.filter((place) => place.movement !== e.movement);
  switch (e.type) {
    case "VehicleWaiting":
      movement.phase = { step: "waiting" };
      f.waiting = placed(f.waiting, { lane: e.lane, movement: e.movement, ...(e.right === undefined ? {} : { right: e.right }) });
      return;
    case "SpaceOffered":
      movement.phase = { step: "offered", group: e.group, until: e.until };
      f.waiting = others;
      return;
    case "OfferLapsed":
      movement.phase = { step: "waiting" };
      f.waiting = [...others, { lane: e.lane, movement: e.movement }];
      return;
  }
}

/** Where it stood if it waited already, else at the tail. */
const placed = (waiting: readonly WaitingPlace[], place: WaitingPlace): WaitingPlace[] =>
  (waiting.some(({ movement }) => movement === place.movement)
    ? waiting.map((one) => (one.movement === place.movement ? place : one)) : [...waiting, place]);
