/**
 * Keeps what the exchange knows of our car parks true: inventory when it changes, occupancy soon after it changes.
 *
 *   turn: for each car park   inventory not as published? -> place, tables, specifications   then occupancy, if due
 *
 * Nothing is queued: a turn looks at the car park as it is now, so after days without the exchange the newest is sent.
 * A car park whose inventory is refused keeps its problem and is tried again when it changes, or after a while.
 */
import { type DurationMs, type Instant, MINUTE } from "../kernel/instant.ts";
import { type ExchangeClient, failureText, type LinkFailure } from "./client.ts";
import { isAbsence } from "./health.ts";
import { type Described, type Inventory, inventoryOf, type NotPublished } from "./inventory.ts";
import { type Counted, isDue, sendOccupancy, type Told } from "./occupancy.ts";
import { type Pause, pauses } from "./pause.ts";
import { bringInLine } from "./publish.ts";

/** A linked car park as it is now. */
export type LinkedFacility = Described & { readonly facility: string; readonly counted: Counted };

export type PublishedFacility = {
  readonly facility: string;
  readonly place: string;
  readonly inventory: "waiting" | "published" | "refused";
  /** Of the object that was refused; names no plate. */
  readonly problem: string | null;
  /** Its place and spaces are published, its prices are not. */
  readonly notPublished: NotPublished | null;
  readonly occupancySentAt: Instant | null;
};

export type PublisherOptions = {
  readonly client: ExchangeClient;
  /** The linked car parks, as they are when asked. */
  readonly facilities: () => readonly LinkedFacility[];
  readonly now: () => Instant;
  readonly elapsed: () => DurationMs;
  readonly warn: (text: string) => void;
};

export type Publisher = {
  /** Does what is due; one turn at a time. */
  turn(): Promise<void>;
  status(): readonly PublishedFacility[];
  /** Whether the place of a car park is at the exchange, so that sessions can name it. */
  isPublished(facility: string): boolean;
};

/** What was refused may be put right on the other side. */
const RETRY_REFUSED_MS: DurationMs = 10 * MINUTE;

type Known = {
  /** What the inventory was made from; null: look again. */
  key: string | null;
  inventory: PublishedFacility["inventory"];
  problem: string | null;
  notPublished: NotPublished | null;
  refusedAt: DurationMs;
  placed: boolean;
  told: Told | null;
};

export function openPublisher(options: PublisherOptions): Publisher {
  const known = new Map<string, Known>();
  const pause = pauses(options.elapsed);
  const of = (facility: string): Known => {
    const one = known.get(facility) ?? { key: null, inventory: "waiting", problem: null, notPublished: null, refusedAt: 0, placed: false, told: null };
    known.set(facility, one);
    return one;
  };
  return {
    async turn() {
      if (!pause.over()) return;
      for (const facility of options.facilities()) {
        const absent = await publish(options, facility, of(facility.facility)) ?? await tell(options, facility, of(facility.facility));
        if (absent) return rest(pause, absent);
        pause.end();
      }
    },
    status: () => options.facilities().map(({ facility, place }) => {
      const { inventory, problem, notPublished, told } = of(facility);
      return { facility, place, inventory, problem, notPublished, occupancySentAt: told?.at ?? null };
    }),
    isPublished: (facility) => of(facility).placed,
  };
}

function rest(pause: Pause, failure: LinkFailure): void {
  pause.begin(failure.type === "unreachable" ? failure.retryAfterMs : undefined);
}

/** Null, or why nothing more is tried now. */
async function publish({ client, now, elapsed, warn }: PublisherOptions, facility: LinkedFacility, known: Known): Promise<LinkFailure | null> {
  const key = keyOf(facility, now());
  const again = known.inventory === "refused" && elapsed() - known.refusedAt >= RETRY_REFUSED_MS;
  if (known.key === key && !again) return null;
  const inventory = inventoryOf(facility, now());
  const failed = await bringAll(client, inventory, known);
  if (failed && isAbsence(failed.failure)) return failed.failure;
  if (failed) {
    const problem = `${failed.id}: ${failureText(failed.failure)}`;
    if (problem !== known.problem) warn(`${facility.facility} at the exchange: ${problem}`);
    Object.assign(known, { inventory: "refused", problem, refusedAt: elapsed(), key } satisfies Partial<Known>);
    return null;
  }
  const untold = JSON.stringify(inventory.notPublished);
  if (inventory.notPublished && untold !== JSON.stringify(known.notPublished)) warn(`${facility.facility} at the exchange: its prices are not published: ${untold}`);
  Object.assign(known, { inventory: "published", problem: null, notPublished: inventory.notPublished, key } satisfies Partial<Known>);
  return null;
}

async function bringAll(client: ExchangeClient, { objects }: Inventory, known: Known): Promise<{ readonly id: string; readonly failure: LinkFailure } | null> {
  for (const object of objects) {
    const brought = await bringInLine(client, object);
    if (!brought.ok) return { id: object.id, failure: brought.error };
    if (object.resource === "/places") known.placed = true;
  }
  return null;
}

/** Tariff versions never change once published: their numbers say what is in force. */
function keyOf({ config, tariffs, coordinates, place }: LinkedFacility, now: Instant): string {
  const inForce = tariffs.filter(({ effectiveFrom }) => effectiveFrom <= now).at(-1)?.version ?? 0;
  const { name, address, zone, groups, media } = config;
  return JSON.stringify([place, inForce, coordinates, name, address, zone, groups, media ?? null]);
}

async function tell({ client, now }: PublisherOptions, { place, counted }: LinkedFacility, known: Known): Promise<LinkFailure | null> {
  const at = now();
  if (!known.placed || !isDue(counted, known.told, at)) return null;
  const sent = await sendOccupancy(client, place, counted, at);
  if (sent.ok) {
    known.told = { counted, at };
    return null;
  }
  // The place is gone from there: an exchange that was restored from a backup. It is published anew.
  if (sent.error.type === "refused" && sent.error.status === 404) Object.assign(known, { placed: false, key: null } satisfies Partial<Known>);
  return isAbsence(sent.error) ? sent.error : null;
}
