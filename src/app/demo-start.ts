/**
 * What the demo city begins with. A new one: coins in the hoppers. One with a journal: the simulated devices
 * are new, so their counters start from zero, the cars that are inside stand in their bays, and hoppers hold
 * what the books say.
 */
import type { FacilityOwner } from "../carpark/application/facility-owner.ts";
import type { FacilityId } from "../carpark/facility/config.ts";
import type { ReadonlyFacility } from "../carpark/facility/state.ts";
import type { CredentialRef } from "../carpark/stay/stay.ts";
import type { CardRight } from "../rights/card.ts";
import { facilityZone } from "../carpark/facility/clock.ts";
import { ticketDateText, ticketTimeText } from "../carpark/ticket/ticket-number.ts";
import type { City as SimulatedCity } from "../simulator/city.ts";
import { paidText } from "../simulator/world/station.ts";
import type { ShownCredential } from "../rights/desk/event.ts";
import type { Cameras } from "./plates/cameras.ts";
import type { RunningSite } from "./site.ts";

/** Coins of each value put into an empty hopper, as the round does every morning. */
export const FLOAT_COINS = 60;
const ACTOR = "demo";
const REASON = "The simulated devices were started anew.";

export async function demoStartOf(running: RunningSite, world: SimulatedCity, isNew: boolean): Promise<void> {
  for (const { core: { state } } of running.owners) for (const ref of state.rights.openByCredential.keys()) homesOf(world).set(ref, state.id);
  await Promise.all(running.owners.map(async (owner) => {
    for (const [card, right] of owner.core.state.cards) handOut(world, owner.core.state.id, card, right);
    handOutParkers(world, owner.core.state);
    if (!isNew) await takeUp(owner, world, running.cameras);
  }));
  // Whoever buys a season ticket at the office drives with it from now on.
  running.site.onChange((id, _first, events) => {
    if (events.some((event) => event.type === "RightsLearnt")) {
      const owner = running.owners.find(({ core }) => core.state.id === id);
      if (owner) handOutParkers(world, owner.core.state);
    }
    for (const event of events) if (event.type === "CardRightSet") handOut(world, id as FacilityId, event.card, event.right);
  });
}

/** In which car park each parker's card drives: nobody is in two at once. */
const homesIn = new WeakMap<SimulatedCity, Map<string, FacilityId>>();

function homesOf(world: SimulatedCity): Map<string, FacilityId> {
  const homes = homesIn.get(world) ?? new Map<string, FacilityId>();
  homesIn.set(world, homes);
  return homes;
}

/** Account holders drive with their cards where their account has a contract or pays as it goes; of several, where they are inside, else the first. */
export function handOutParkers(world: SimulatedCity, { id, rights }: ReadonlyFacility): void {
  const homes = homesOf(world);
  for (const [ref, { kind, account }] of rights.credentials) {
    const known = rights.accounts.get(account);
    if (kind === "qr") world.issueCode(id, ref as CredentialRef);
    if (kind !== "card" || !known || known.contracts.length + known.agreements.length === 0) continue;
    if (!homes.has(ref)) homes.set(ref, id);
    if (homes.get(ref) === id) world.issueCard(id, ref as CredentialRef, "parker");
  }
}

/** A card of another car park is a stranger's card here: nobody drives with it by chance, but one may try. */
const handOut = (world: SimulatedCity, facility: FacilityId, card: CredentialRef, right: CardRight): void =>
  world.issueCard(facility, card, right.facilities.includes(facility) ? right.kind : "foreign");

function parkedAgain(world: SimulatedCity, facility: FacilityId, shown: ShownCredential, cameras: Cameras): boolean {
  const ref = shown.ref as CredentialRef;
  switch (shown.kind) {
    case "card": return world.parkWithCard(facility, ref);
    case "paymentCard": return world.parkWithPayCard(facility, ref);
    case "qr": return false;
    case "plate": {
      const plate = cameras.deskOf(facility)?.register.plateOf(ref);
      return plate !== undefined && world.parkWithPlate(facility, plate.text);
    }
  }
}

async function takeUp(owner: FacilityOwner, world: SimulatedCity, cameras: Cameras): Promise<void> {
  const { state } = owner.core;
  for (const station of state.stations.values()) {
    await owner.execute({ type: "ResetCashCounters", station: station.id, reason: REASON }, { actor: ACTOR });
    for (const [denominationMinor, { level }] of station.hoppers) world.fillHopper(state.id, station.id, denominationMinor, level);
  }
  const zone = facilityZone(state);
  for (const stay of [...state.stays.values()]) {
    const ticket = stay.credential.kind === "ticket" ? state.tickets.get(stay.credential.ticket) : undefined;
    const shown = stay.credential.kind === "right" ? stay.credential.credential : null;
    const parked = shown ? parkedAgain(world, state.id, shown, cameras) : ticket !== undefined && world.park(state.id, {
      number: ticket.number, date: ticketDateText(ticket.issuedAt, zone), time: ticketTimeText(ticket.issuedAt, zone),
      paid: ticket.paidAt === null ? null : paidText(ticket.paidAt, zone), damaged: false,
    });
    if (!parked) await owner.execute({ type: "CloseStay", stay: stay.id, reason: REASON }, { actor: ACTOR });
  }
}
