/**
 * The devices of a pillar: ticket printer with its mouth (entry), ticket slot with its bin (exit), card slot.
 * Each carries an order out once, by its id, and says what became of it.
 */
import type { LaneOrder, Order } from "../../carpark/facility/outputs.ts";
import { ticketDateText, ticketTimeText } from "../../carpark/ticket/ticket-number.ts";
import type { TicketNumber, TicketRead } from "../../carpark/ticket/ticket.ts";
import { unreachable } from "../../kernel/assert.ts";
import { SECOND } from "../../kernel/instant.ts";
import { orderTerminal } from "./terminal.ts";
import { type PaperTicket, type World, type WorldLane, firstTime, happen, headOf, laneOf, nudge, say, vehicleOf, zoneOfWorld } from "./world.ts";

/** The transport gives a ticket back when nobody has said for this long what to do with it. */
export const SLOT_WAIT_MS = 90 * SECOND;
/** The bin of an exit pillar; full is a fault. */
export const BIN_CAPACITY = 2_000;

export function orderPillar(world: World, order: LaneOrder & Pick<Order, "id">): void {
  if (!world.lanes.has(order.lane) || !firstTime(world, order.id)) return;
  const lane = laneOf(world, order.lane);
  switch (order.type) {
    case "printTicket": startPrinting(world, lane, order); return;
    case "retractTicket": {
      const at = world.now + 800 + world.rng.devices.int(700);
      world.schedule.put(at, { what: "retract", lane: order.lane, number: order.number });
      return;
    }
    case "captureTicket": capture(world, lane, order.number); return;
    case "ejectTicket": ejectTicket(world, lane); return;
    case "returnCard": ejectCard(world, lane); return;
    case "laneSale": case "laneSaleStatus": orderTerminal(world, order); return;
    default: unreachable(order);
  }
}

function startPrinting(world: World, lane: WorldLane, order: Extract<LaneOrder, { type: "printTicket" }> & Pick<Order, "id">): void {
  const { printer } = lane;
  const cause = lane.mouth.has !== "nothing" ? "mouthTaken" : printer.jammed ? "jammed" : printer.paper <= 0 ? "paperOut" : null;
  if (cause) {
    say(world, `${order.lane}/printer`, { type: "ReportTicketNotPrinted", lane: order.lane, number: order.number, cause });
    return;
  }
  const zone = zoneOfWorld(world);
  const ticket: PaperTicket = {
    number: order.number, date: ticketDateText(order.issuedAt, zone), time: ticketTimeText(order.issuedAt, zone),
    paid: null, damaged: false,
  };
  printer.paper--;
  lane.mouth = { has: "printing", ticket, order: order.id };
  const late = printer.slow ? 6_000 + world.rng.devices.int(10_000) : 0;
  world.schedule.put(world.now + 900 + world.rng.devices.int(1_600) + late, { what: "printed", lane: order.lane, order: order.id });
}

export function onPrinted(world: World, lane: WorldLane, order: string): void {
  if (lane.mouth.has !== "printing" || lane.mouth.order !== order) return;
  const { ticket } = lane.mouth;
  const id = lane.config.id;
  if (lane.printer.jammed) {
    lane.mouth = { has: "nothing" };
    say(world, `${id}/printer`, { type: "ReportTicketNotPrinted", lane: id, number: ticket.number as TicketNumber, cause: "jammed" });
    return;
  }
  lane.mouth = { has: "ticket", ticket };
  happen(world, "ticketPrinted", null, id);
  say(world, `${id}/printer`, { type: "ReportTicketPrinted", lane: id, number: ticket.number as TicketNumber });
  const head = headOf(world, lane);
  if (head) nudge(world, head);
}

export function onRetract(world: World, lane: WorldLane, number: string): void {
  const lies = lane.mouth.has !== "nothing" && lane.mouth.ticket.number === number;
  const id = lane.config.id;
  if (!lies) return;
  const retracted = !lane.printer.wontRetract;
  if (retracted) {
    lane.mouth = { has: "nothing" };
    lane.printer.retracted++;
    happen(world, "ticketRetracted", null, id);
  }
  say(world, `${id}/printer`, { type: "ReportTicketRetracted", lane: id, number: number as TicketNumber, retracted });
}

function capture(world: World, lane: WorldLane, number: string): void {
  if (lane.slot?.state !== "in" || lane.slot.ticket.number !== number) return;
  lane.slot = null;
  lane.captured++;
  happen(world, "ticketCaptured", null, lane.config.id);
  if (lane.captured === BIN_CAPACITY) {
    say(world, `${lane.config.id}/slot`, {
      type: "ReportFault", asset: { kind: "pillar", id: lane.config.id }, details: "Ticket bin is full", operational: true,
    });
  }
}

export function ejectTicket(world: World, lane: WorldLane): void {
  if (lane.slot?.state !== "in") return;
  lane.slot = { ...lane.slot, state: "out", since: world.now };
  happen(world, "ticketEjected", null, lane.config.id);
  nudgeHead(world, lane);
}

function ejectCard(world: World, lane: WorldLane): void {
  if (lane.cardSlot?.state !== "in") return;
  lane.cardSlot = { ...lane.cardSlot, state: "out", since: world.now };
  nudgeHead(world, lane);
}

function nudgeHead(world: World, lane: WorldLane): void {
  const first = lane.queue[0];
  if (first !== undefined) nudge(world, vehicleOf(world, first));
}

/** Nobody said what to do with what lies in a slot: it comes back out, unless its driver is being let through. */
export function onSlotWait(world: World, lane: WorldLane, since: number): void {
  if (lane.cardSlot?.since === since) ejectCard(world, lane);
  if (lane.slot?.since !== since || lane.slot.state !== "in") return;
  if (lane.arm.goal === 90) world.schedule.put(world.now + SLOT_WAIT_MS, { what: "slotWait", lane: lane.config.id, since });
  else ejectTicket(world, lane);
}

/** What a bar code reader makes of a sheet of paper. */
export function readOf(world: World, ticket: PaperTicket): TicketRead {
  if (!ticket.damaged) return { readable: true, number: ticket.number, date: ticket.date, time: ticket.time };
  if (world.rng.devices.chance(0.7)) return { readable: false };
  return { readable: true, number: ticket.number, date: ticket.date, time: ticket.time.replace(/^../, "99") };
}
