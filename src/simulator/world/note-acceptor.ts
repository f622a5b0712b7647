/**
 * The note acceptor: it draws a note in, holds it in escrow, and stacks or returns it as it is told.
 *
 *   purse --> escrow --stack--> note box          offered every OFFER_MS until the owner knows the note
 *                    --return-> tray              held only while the owner's level names it
 */
import type { StationOutput } from "../../carpark/paystation/outputs.ts";
import { SECOND } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import { add } from "./piles.ts";
import { nudgeUser } from "./station-queue.ts";
import { type NotesHeld, type World, type WorldStation, say } from "./world.ts";

/** docs/machines/pay-station.md */
const OFFER_MS = 2 * SECOND;

/** A note is drawn in and held, or comes back at once. */
export function feedNote(world: World, station: WorldStation, value: MinorUnits, good: boolean): boolean {
  const accepted = good && station.output?.cashEnabled === true && station.output.notes.includes(value);
  if (!accepted) {
    add(station.tray, value, 1);
    if (station.output?.cashEnabled) {
      say(world, `${station.id}/notes`, { type: "ReportTenderReturned", station: station.id, tender: "note" });
    }
    return false;
  }
  const note = ++station.notesRead;
  station.escrow.push({ note, denominationMinor: value });
  offer(world, station, { note, denominationMinor: value });
  return true;
}

function offer(world: World, station: WorldStation, { note, denominationMinor }: NotesHeld): void {
  say(world, `${station.id}/notes`, { type: "OfferNote", station: station.id, note, denominationMinor });
  world.schedule.put(world.now + OFFER_MS, { what: "offer", station: station.id, note });
}

const isUnknown = (station: WorldStation, note: number): boolean => note > (station.output?.notesKnown ?? 0);

export function onOffer(world: World, station: WorldStation, note: number): void {
  const held = station.escrow.find((one) => one.note === note);
  if (held && isUnknown(station, note)) offer(world, station, held);
}

/** For an owner that has just started. */
export function offerAgain(world: World, station: WorldStation): void {
  for (const { note, denominationMinor } of station.escrow.filter((one) => isUnknown(station, one.note))) {
    say(world, `${station.id}/notes`, { type: "OfferNote", station: station.id, note, denominationMinor });
  }
}

/** Of the notes the owner knows the acceptor holds those it is told to; the others go back, whatever became of the order. */
export function applyEscrow(world: World, station: WorldStation, output: StationOutput): void {
  if (station.escrow.length === 0) return;
  if (output.escrow === "return") {
    returnEscrow(world, station);
    say(world, `${station.id}/notes`, { type: "ReportEscrowReturned", station: station.id });
    return;
  }
  const refused = station.escrow.filter(({ note }) => note <= output.notesKnown && !output.heldNotes.includes(note));
  for (const { note } of refused) returnNote(world, station, note);
}

export function returnNote(world: World, station: WorldStation, note: number): void {
  const held = station.escrow.find((n) => n.note === note);
  if (!held) return;
  station.escrow = station.escrow.filter((n) => n !== held);
  add(station.tray, held.denominationMinor, 1);
  say(world, `${station.id}/notes`, { type: "ReportTenderReturned", station: station.id, tender: "note" });
  nudgeUser(world, station);
}

export function returnEscrow(world: World, station: WorldStation): void {
  for (const { denominationMinor } of station.escrow) add(station.tray, denominationMinor, 1);
  station.escrow = [];
  nudgeUser(world, station);
}

export function stackEscrow(world: World, station: WorldStation): void {
  for (const { denominationMinor } of station.escrow) {
    add(station.noteBox, denominationMinor, 1);
    add(station.stacked, denominationMinor, 1);
  }
  station.escrow = [];
  sayNotes(world, station);
}

export function sayNotes(world: World, station: WorldStation): void {
  const counts = [...station.stacked].map(([denominationMinor, stacked]) => ({ denominationMinor, stacked }));
  say(world, `${station.id}/notes`, { type: "CountNotes", station: station.id, counts });
}
