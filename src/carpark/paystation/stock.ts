/** What staff do at the open machine: fill, empty, exchange, replace. Counted and booked are both recorded. */
import type { MinorUnits } from "../../kernel/money.ts";
import type { Deciding } from "../facility/deciding.ts";
import type { Refusal } from "../facility/refusal.ts";
import { abandonPayout } from "./payout.ts";
import type { StationStaffCommand } from "./command.ts";
import type { Tender } from "./paystation.ts";
import { stationOf } from "./station.ts";
import { COUNT_MAX } from "./timing.ts";

export function decideStationStaff(d: Deciding, command: StationStaffCommand): Refusal | null {
  if (d.actor === null) return { type: "actorMissing" };
  if ("reason" in command && command.reason.trim() === "") return { type: "reasonMissing" };
  const { station: id } = command;
  const station = stationOf(d, id);
  switch (command.type) {
    case "SetStationMode":
      if (station.mode === command.mode) return { type: "nothingToDo", what: "stationMode" };
      d.emit({ type: "StationModeSet", station: id, mode: command.mode, reason: command.reason });
      return null;
    case "FillHopper": {
      const { denominationMinor, count } = command;
      if (!station.hoppers.has(denominationMinor)) return { type: "denominationRefused", amountMinor: denominationMinor };
      if (!isCount(count) || count === 0) return { type: "countImpossible", count };
      d.emit({ type: "HopperFilled", station: id, denominationMinor, count });
      return null;
    }
    case "EmptyHopper": {
      const { denominationMinor, counted } = command;
      const hopper = station.hoppers.get(denominationMinor);
      if (!hopper) return { type: "denominationRefused", amountMinor: denominationMinor };
      if (!isCount(counted)) return { type: "countImpossible", count: counted };
      if (station.payout) return { type: "stationBusy", station: id };
      d.emit({ type: "HopperEmptied", station: id, denominationMinor, booked: hopper.level, counted });
      return null;
    }
    case "ExchangeCashBox": {
      const wrong = command.counted.find((tender) => !isCount(tender.count) || tender.denominationMinor <= 0);
      if (wrong) return { type: "countImpossible", count: wrong.count };
      d.emit({ type: "CashBoxExchanged", station: id, booked: tendersOf(station.cashBox), counted: command.counted });
      return null;
    }
    case "ResetCashCounters":
      if (station.payout) return { type: "stationBusy", station: id };
      d.emit({ type: "CashCountersReset", station: id, reason: command.reason });
      return null;
    case "AbandonPayout":
      return abandonPayout(d, id, command.reason);
  }
}

const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 0 && count <= COUNT_MAX;

export const tendersOf = (stock: ReadonlyMap<MinorUnits, number>): Tender[] =>
  [...stock].filter(([, count]) => count > 0).map(([denominationMinor, count]) => ({ denominationMinor, count }))
    .sort((a, b) => a.denominationMinor - b.denominationMinor);
