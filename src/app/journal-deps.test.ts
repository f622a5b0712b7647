/** `journal verify` reads a closed period as a start does: with the event that closed it. */
import { expect, it } from "vitest";
import { startFacility } from "../carpark/application/facility-owner.ts";
import { startOperator } from "../carpark/application/operator-owner.ts";
import type { FacilityId } from "../carpark/facility/config.ts";
import { memoryJournal } from "../journal/memory.ts";
import type { StoredEvent } from "../journal/journal.ts";
import { SEED_SEASON_PRICES } from "../rights/season.ts";
import { journalDeps } from "./journal-deps.ts";
import { siteConfig } from "../../test/carpark/site.ts";
import { testTariff } from "../../test/carpark/tariff.ts";

it("the state from a closed period is the state from the beginning, of car parks and of the operator (F7)", async () => {
  const journal = memoryJournal();
  let now = 1_000;
  const ports = { journal, now: () => now, onDurable: () => {}, report: ({ message }: { message: string }) => { throw new Error(message); } };
  const operator = await startOperator(() => ({}), ports);
  await operator.execute({ type: "ConfigureOperator", config: { facilities: [], seasonPrices: SEED_SEASON_PRICES } });
  const north = await startFacility("north" as FacilityId, [], ports);
  await north.execute({ type: "ConfigureFacility", config: siteConfig() });
  await north.execute({ type: "PublishTariff", tariff: testTariff });
  now = 2_000;
  await operator.execute({ type: "ClosePeriod" });
  await north.execute({ type: "ClosePeriod" });
  for (const { stream } of [operator, north]) {
    const events: readonly StoredEvent[] = journal.eventsOf(stream);
    const fold = journalDeps(undefined).folds.find(({ kind }) => stream.startsWith(kind))!;
    const whole = events.reduce<unknown>((state, event) => fold.evolve(state, event), fold.initial(stream));
    const closed = fold.fromClosed?.(events.at(-1)!);
    expect([stream, closed && fold.digest(closed)]).toEqual([stream, fold.digest(whole)]);
  }
});
