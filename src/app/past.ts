/**
 * Yesterday and today so far of a new demo city, so that its charts and books are not empty: simulated traffic, and
 * what people did beside it (demo-day.ts), through the real decider, in virtual time without waiting, then written to the journal in large appends.
 *
 *   world --commands--> decide --events--> world        (one thread, nothing durable yet)
 *                          \--> kept --append--> journal (before anybody owns the streams)
 *
 * The world goes on from where this ends: the cars that are inside then are inside in the demo.
 */
import { collect, facilityKind, streamOfFacility } from "../carpark/application/facility-owner.ts";
import { type PlateDecision, plateDesk } from "../carpark/application/plate-desk.ts";
import type { FacilityCommand } from "../carpark/facility/command.ts";
import { createFacility, decide, type FacilityCore, nextDeadline } from "../carpark/facility/decide.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import { desiredOutputs, ordersOf } from "../carpark/facility/outputs.ts";
import type { City } from "../config/city.ts";
import type { EssentialRows, Journal, VaultChanges } from "../journal/journal.ts";
import { mergedVault } from "../carpark/application/owner.ts";
import type { CredentialRef } from "../carpark/stay/stay.ts";
import { countryOf } from "../rights/plate/country.ts";
import { readPlate } from "../rights/plate/plate.ts";
import { present } from "../kernel/assert.ts";
import { dateText } from "../kernel/calendar.ts";
import { DAY, type Instant } from "../kernel/instant.ts";
import { zoneOf } from "../kernel/zone.ts";
import type { City as SimulatedCity } from "../simulator/city.ts";
import { OPERATOR_STREAM } from "../carpark/application/operator-owner.ts";
import { facilityCommandOf } from "../carpark/operator/card-right.ts";
import { randomRef } from "../api/http/random.ts";
import { operatorConfigOf } from "./city-setup.ts";
import { type DirectoryPast, demoDirectory } from "./demo-accounts.ts";
import { type DemoCompany, demoActs, seasonSales } from "./demo-day.ts";
import { FLOAT_COINS, handOutParkers } from "./demo-start.ts";
import { ledgerRows } from "./ledger.ts";
import { tariffNamed } from "./tariffs.ts";

/** Events of one append: a few hundred kilobytes. */
const APPEND_EVENTS = 1_000;

type Kept = { readonly event: Recorded; readonly rows: EssentialRows };
type Played = { readonly core: FacilityCore; readonly kept: Kept[] };
export type Past = { readonly facilities: ReadonlyMap<string, Played>; readonly directory: DirectoryPast };

/** Midnight before yesterday's first car, on the clock of the city. */
export function pastFrom(now: Instant, zoneName: string): Instant {
  const zone = zoneOf(zoneName);
  return zone.ok ? zone.value.startOfDay(zone.value.startOfDay(now) - DAY / 2) : now - DAY;
}

/** Drives the world from where it is to `until`; returns what happened. */
export function playPast(city: City, configFile: string, world: SimulatedCity, from: Instant, until: Instant): Past {
  const companies = city.securityCompanies.map((company): DemoCompany =>
    ({ company, cards: Array.from({ length: company.cards }, () => randomRef("card") as CredentialRef) }));
  const directory = demoDirectory(operatorConfigOf(city), from, randomRef, { companies, sales: seasonSales(city, from, dayOf(city, from), randomRef) });
  const acts = [...demoActs(city, companies, from, until)];
  const played = new Map<string, Played>();
  let now = from;
  for (const { config, tariff: name } of city.facilities) {
    const core = createFacility(config.id);
    const kept: Kept[] = [];
    played.set(config.id, { core, kept });
    const agent = world.agentOf(config.id);
    const desk = plateDesk(() => randomRef("plate") as CredentialRef);
    const give = (command: FacilityCommand, actor: string | null = null, vault: VaultChanges = {}): void => {
      const { events } = decide(core, command, { now, actor });
      const first = kept.length + 1;
      for (const event of events) kept.push({ event, rows: KIND.rowsOf(streamOfFacility(config.id), [event], core) });
      if (events.length > 0) kept.push(...kept.splice(-1).map(({ event, rows }) => ({ event, rows: withVault(rows, vault) })));
      agent.apply(desiredOutputs(core.state, core.inputs, now));
      for (const [i, event] of events.entries()) for (const order of ordersOf(config.id, first + i, event)) agent.order(order);
      for (const event of events) carry(desk.observe(core.state, event));
    };
    const carry = (decision: PlateDecision | null): void => {
      if (decision?.carry) give(decision.carry.command, null, decision.carry.vault);
    };
    const tariff = tariffNamed(name, config.zone, configFile);
    if (!tariff.ok) continue;
    give({ type: "ConfigureFacility", config }, "configuration");
    give({ type: "PublishTariff", tariff: { version: 1, effectiveFrom: 0, tariff: tariff.value } }, "configuration");
    for (const station of config.payStations) {
      for (const denominationMinor of station.coins) {
        give({ type: "FillHopper", station: station.id, denominationMinor, count: FLOAT_COINS }, "demo");
        world.fillHopper(config.id, station.id, denominationMinor, FLOAT_COINS);
      }
    }
    directory.kept.forEach(({ event }, i) => {
      const command = facilityCommandOf(event, i + 1, config.id);
      if (command && event.at <= from) give(command);
      else if (command) acts.push({ at: event.at, facility: config.id, actor: null, command: () => command });
    });
    for (const { rows } of directory.kept) for (const { ref, text } of rows.vault?.put ?? []) desk.know(ref, text);
    handOutParkers(world, core.state);
    agent.onInput((command) => give(command));
    agent.onReading((lane, reading) => {
      const plate = readPlate(reading.text, countryOf(reading.country));
      if (plate.ok) carry(desk.read(core.state, { lane, plate: plate.value, confidence: reading.confidence, readAt: reading.readAt ?? now }, now));
    });
    agent.readAll();
    givers.set(core, give);
  }
  acts.sort((a, b) => a.at - b.at);
  const cores = [...played.values()].map(({ core }) => core);
  while (now < until) {
    const due = Math.min(...cores.map((core) => nextDeadline(core) ?? Infinity));
    now = Math.max(now, Math.min(world.nextAt(), due, acts[0]?.at ?? Infinity, until));
    world.step(now);
    for (let act = acts[0]; act && act.at <= now; act = acts[0]) {
      acts.shift();
      const core = played.get(act.facility)?.core;
      const command = core && act.command(core.state);
      if (command) givers.get(core)?.(command, act.actor);
    }
    if (due <= now) for (const core of cores) if ((nextDeadline(core) ?? Infinity) <= now) givers.get(core)?.({ type: "Tick" });
  }
  return { facilities: played, directory };
}

function dayOf(city: City, at: Instant): string {
  const zone = zoneOf(city.zone);
  return dateText(present(zone.ok ? zone.value : null, "the city's zone").dayNumberAt(at));
}

const KIND = facilityKind([ledgerRows]);
const withVault = (rows: EssentialRows, vault: VaultChanges): EssentialRows => ({ ...rows, vault: mergedVault(rows.vault, vault) });
const OPERATOR_KIND = "operator";
const givers = new WeakMap<FacilityCore, (command: FacilityCommand, actor?: string | null) => void>();

/** Only into streams that are new. */
export async function writePast(journal: Journal, { facilities, directory }: Past): Promise<number> {
  const counts = await Promise.all([
    write(journal, OPERATOR_STREAM, OPERATOR_KIND, directory.kept),
    ...[...facilities].map(([id, { kept }]) => write(journal, streamOfFacility(id as Parameters<typeof streamOfFacility>[0]), KIND.kind, kept)),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

type Written = { readonly event: { readonly type: string; readonly at: Instant }; readonly rows: EssentialRows };

async function write(journal: Journal, stream: string, kind: string, kept: readonly Written[]): Promise<number> {
  const head = await journal.own(stream, kind);
  if (head.seq > 0) return 0;
  for (let from = 0; from < kept.length; from += APPEND_EVENTS) {
    const part = kept.slice(from, from + APPEND_EVENTS);
    const events = part.map(({ event: { type, at, ...payload } }) => ({ type, at, payload }));
    const done = await journal.append({ stream, expectedSeq: from, epoch: head.epoch, events, rows: collect(part.map(({ rows }) => rows)) });
    if (!done.ok) throw new Error(`the demo's past of ${stream} was not written: ${done.error.type}`);
  }
  return kept.length;
}
