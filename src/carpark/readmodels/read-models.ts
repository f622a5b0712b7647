/**
 * The read models of the car parks: what reports, lists and the log book are read from. Each follows the
 * journal by itself, so a mistake in one stops neither the others nor a barrier, and each can be thrown away
 * and rebuilt. Positions belong to the journal's followers, which store them in the same transaction.
 */
import { chitTable } from "./chits.ts";
import { facilityTable } from "./facilities.ts";
import { faultTable } from "./faults.ts";
import { contractTable, dutyTable, visitTable } from "./guards.ts";
import { logTable } from "./log-book.ts";
import { paymentTable } from "./payments.ts";
import { seasonSaleTable, seasonTable } from "./seasons.ts";
import { decisionTable, rightStayTable, statementTable } from "./rights.ts";
import { shiftTable } from "./shifts.ts";
import { occupancyTable, stayTable } from "./stays.ts";
import { type AnyTable, type Database, type JournalEvent, entryOf, tableOf } from "./table.ts";
import { ticketHistoryTable, ticketTable } from "./tickets.ts";

export type ReadModel = {
  readonly name: string;
  /** Raised whenever tables or folds change: the model is rebuilt then. */
  readonly version: number;
  /** Run once on an empty place, in order. */
  readonly create: readonly string[];
  /** Undoes `create`. */
  readonly drop: readonly string[];
  /** Events of one or more streams, each stream in order; all of it in the transaction `db`. */
  apply(events: readonly JournalEvent[], db: Database): Promise<void>;
};

function readModel(name: string, version: number, tables: readonly AnyTable[]): ReadModel {
  return {
    name, version,
    create: tables.map(({ create }) => create),
    drop: tables.map((table) => `drop table if exists ${table.name}`),
    async apply(events, db) {
      const entries = events.map(entryOf);
      for (const table of tables) await table.apply(entries, db);
    },
  };
}

export const readModels: readonly ReadModel[] = [
  readModel("facilities", 1, [tableOf(facilityTable)]),
  // The occupancy of a closing stay is found by the stay's group, so the stays are written first.
  readModel("stays", 1, [tableOf(stayTable), tableOf(occupancyTable)]),
  readModel("tickets", 1, [tableOf(ticketTable), tableOf(ticketHistoryTable)]),
  readModel("payments", 3, [tableOf(paymentTable), tableOf(chitTable), tableOf(shiftTable)]),
  readModel("log-book", 3, [tableOf(logTable)]),
  readModel("faults", 2, [tableOf(faultTable)]),
  readModel("guards", 1, [tableOf(visitTable), tableOf(dutyTable), tableOf(contractTable)]),
  readModel("rights", 1, [tableOf(rightStayTable), tableOf(decisionTable), tableOf(statementTable)]),
  readModel("seasons", 1, [tableOf(seasonTable), tableOf(seasonSaleTable)]),
];
