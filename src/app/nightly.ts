/**
 * Once a night, facility time, the full state of a stream is written into it, so that a start reads one
 * night's events and not a year's. Missed while the process was down, it is written at the next look.
 */
import type { FacilityOwner } from "../carpark/application/facility-owner.ts";
import type { OperatorOwner } from "../carpark/application/operator-owner.ts";
import type { Journal } from "../journal/journal.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../kernel/instant.ts";
import { zoneOf } from "../kernel/zone.ts";
import type { Clock } from "./clock.ts";

/** Often enough for a demo clock at 600 times. */
const LOOK_MS = 5_000;

/** The last time the wall clock of the zone showed `hh:mm`, at or before `now`. */
export function lastNight(now: Instant, zoneName: string, at: string): Instant {
  const zone = zoneOf(zoneName);
  if (!zone.ok) return 0;
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  const start = zone.value.startOfDay(now);
  const tonight = start + hour * HOUR + minute * MINUTE;
  return tonight <= now ? tonight : zone.value.startOfDay(start - DAY / 2) + hour * HOUR + minute * MINUTE;
}

/** The car parks in their own zones, the operator's stream in the city's. */
export function closePeriodsNightly(
  owners: readonly FacilityOwner[], operator: OperatorOwner, journal: Journal, clock: Clock, city: { readonly nightlyAt: string; readonly zone: string },
): NodeJS.Timeout {
  const { nightlyAt } = city;
  const closedAt = new Map<string, Instant>();
  const look = async (owner: FacilityOwner | OperatorOwner, zone: string | undefined): Promise<void> => {
    if (zone === undefined || owner.stopped !== null) return;
    const due = lastNight(clock.now(), zone, nightlyAt);
    if ((closedAt.get(owner.stream) ?? (await closedBefore(journal, owner.stream))) >= due) return;
    const done = await owner.execute({ type: "ClosePeriod" });
    if (done.ok) closedAt.set(owner.stream, clock.now());
  };
  let looking = false;
  return setInterval(() => {
    if (looking) return;
    looking = true;
    const all = [...owners.map((owner) => look(owner, owner.core.state.config?.zone)), look(operator, city.zone)];
    void Promise.all(all).catch(() => undefined).finally(() => { looking = false; });
  }, LOOK_MS);
}

/** When the stream's last period was closed; its beginning when none was, so that a new stream is not closed at once. */
async function closedBefore(journal: Journal, stream: string): Promise<Instant> {
  const head = await journal.head(stream);
  const from = head && head.closedSeq > 0 ? head.closedSeq : 1;
  for await (const [first] of journal.read(stream, from, 1)) return first?.at ?? 0;
  return 0;
}
