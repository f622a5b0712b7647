/**
 * What must hold of a facility's state after every step, by the ids of the invariants. Checked by the simulator, by
 * property tests and by `journal verify`; each line says what is wrong, none means all is well.
 */
import type { GroupId } from "./config.ts";
import { occupancy, reserved, staysIn } from "../counting/counting.ts";
import { openStay } from "../../rights/desk/state.ts";
import type { StayId } from "../stay/stay.ts";
import type { ReadonlyFacility } from "./state.ts";
import { LIVE_STATES } from "./state.ts";

export function violations(state: ReadonlyFacility): string[] {
  return [...presence(state), ...rights(state), ...tickets(state), ...lanes(state)];
}

function presence(state: ReadonlyFacility): string[] {
  const wrong: string[] = [];
  const grouped = new Map<string, GroupId>();
  for (const [group, stays] of state.staysByGroup) {
    for (const stay of stays) {
      if (grouped.has(stay)) wrong.push(`A8: ${stay} is in two groups`);
      grouped.set(stay, group);
    }
  }
  for (const stay of state.stays.values()) {
    if (grouped.get(stay.id) !== stay.group) wrong.push(`A8: ${stay.id} is not in its group ${stay.group}`);
    if (stay.enteredAt > state.now) wrong.push(`A7: ${stay.id} entered in the future`);
    if (stay.credential.kind === "card" && state.staysByCard.get(stay.credential.card) !== stay.id) {
      wrong.push(`C1: the card of ${stay.id} stands for another stay`);
    }
  }
  if (grouped.size !== state.stays.size) wrong.push(`A1: ${grouped.size} stays in groups, ${state.stays.size} open`);
  for (const [card, stay] of state.staysByCard) {
    const open = state.stays.get(stay);
    if (open?.credential.kind !== "card" || open.credential.card !== card) wrong.push(`C1: ${stay} is not of its card`);
  }
  for (const group of state.config?.groups ?? []) {
    const adjustments = occupancy(state, group.id) - staysIn(state, group.id);
    if (staysIn(state, group.id) < 0 || reserved(state, group.id) < 0) wrong.push(`A2: ${group.id} counts below nothing`);
    if (!Number.isInteger(adjustments)) wrong.push(`A1: ${group.id} is adjusted by ${adjustments}`);
  }
  return wrong;
}

/** The stays of the rights and the cars that are counted are one picture. */
function rights(state: ReadonlyFacility): string[] {
  const wrong: string[] = [];
  const coming = new Map<string, number>();
  for (const { movement } of state.lanes.values()) {
    const phase = movement?.phase;
    if (phase && "pass" in phase && phase.pass.by === "right" && "group" in phase.pass) coming.set(phase.pass.stay, (coming.get(phase.pass.stay) ?? 0) + 1);
  }
  const parkers = new Set<string>();
  for (const [id, account] of state.rights.accountOfOpen) {
    const place = openStay(state.rights, id);
    const counted = state.stays.get(state.staysByRight.get(id) ?? NOBODY);
    const ways = (counted ? 1 : 0) + (coming.get(id) ?? 0);
    if (!place) wrong.push(`A7: the open stay ${id} of the rights is nowhere`);
    if (ways !== 1) wrong.push(`A7: ${id} of the rights is ${ways} times inside or at a lane`);
    if (place && counted && counted.group !== place.stay.group) wrong.push(`A8: ${counted.id} counts in ${counted.group}, its right in ${place.stay.group}`);
    if (place && counted && (place.stay.neutralAt !== null) !== counted.flags.includes("neutral")) wrong.push(`A11: ${counted.id} and ${id} are not of one mind about neutral`);
    const key = account === null ? null : `${account} ${place?.stay.parker}`;
    if (key !== null && parkers.has(key)) wrong.push(`C1: parker ${key} is inside twice`);
    if (key !== null) parkers.add(key);
  }
  for (const [id, stay] of state.staysByRight) {
    if (!state.rights.accountOfOpen.has(id)) wrong.push(`A7: ${stay} is counted, its stay ${id} of the rights is closed`);
    const credential = state.stays.get(stay)?.credential;
    if (credential?.kind !== "right" || credential.stay !== id) wrong.push(`C1: ${stay} is not of the right ${id}`);
  }
  return wrong;
}

const NOBODY = "" as StayId;

function tickets(state: ReadonlyFacility): string[] {
  const wrong: string[] = [];
  const { issued, live, paid, used, void: voided } = state.ticketTotals;
  if (issued !== live + paid + used + voided) wrong.push(`tickets: issued ${issued} is not live ${live} + paid ${paid} + used ${used} + void ${voided}`);
  if (issued !== state.next.ticket - 1) wrong.push(`C4: issued ${issued}, next number ${state.next.ticket}`);
  let liveHere = 0;
  let paidHere = 0;
  for (const ticket of state.tickets.values()) {
    if (LIVE_STATES.includes(ticket.state)) liveHere++;
    if (ticket.state === "paid") paidHere++;
    const stay = ticket.stay === null ? undefined : state.stays.get(ticket.stay);
    const open = ticket.state === "live" || ticket.state === "paid";
    if (open && ticket.stay !== null && stay?.credential.kind === "ticket" && stay.credential.ticket !== ticket.number) {
      wrong.push(`C4: ${ticket.number} and ${stay.credential.ticket} stand for ${stay.id}`);
    }
    if (ticket.state === "live" && ticket.stay === null && ticket.machine.kind === "lane") wrong.push(`C4: live ticket ${ticket.number} has no stay`);
    if ((ticket.state === "paid") !== (ticket.leaveBy !== null && open)) wrong.push(`E20: ${ticket.number} is ${ticket.state}, leaves by ${ticket.leaveBy}`);
    if (ticket.paidMinor < 0) wrong.push(`E18: ${ticket.number} paid ${ticket.paidMinor}`);
  }
  if (liveHere !== live || paidHere !== paid) wrong.push(`tickets: ${liveHere} live and ${paidHere} paid kept, totals say ${live} and ${paid}`);
  return wrong;
}

function lanes(state: ReadonlyFacility): string[] {
  const wrong: string[] = [];
  for (const place of state.waiting) {
    const movement = state.lanes.get(place.lane)?.movement;
    if (movement?.id !== place.movement || movement.phase.step !== "waiting") wrong.push(`A10: ${place.lane} waits without a waiting car`);
  }
  const waiting = new Set(state.waiting.map((place) => place.movement));
  if (waiting.size !== state.waiting.length) wrong.push("A10: a car waits twice");
  for (const lane of state.lanes.values()) {
    const phase = lane.movement?.phase;
    if (phase?.step === "waiting" && !waiting.has(lane.movement?.id ?? 0)) wrong.push(`A10: the car at ${lane.id} waits outside the order`);
    if (phase && "ticket" in phase) {
      const ticket = state.tickets.get(phase.ticket);
      if (!ticket || !["ordered", "printed"].includes(ticket.state)) wrong.push(`A6: ${lane.id} offers ${phase.ticket}, which is ${ticket?.state}`);
    }
  }
  return wrong;
}
