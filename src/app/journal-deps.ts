/** What the journal's commands need of the rest: how streams become state, the read models, our other tables. */
import { openLoginStore } from "../api/logins/login-store.ts";
import { facilityOfStream } from "../carpark/application/facility-owner.ts";
import { eventOf } from "../carpark/application/owner.ts";
import { evolve } from "../carpark/facility/decide.ts";
import type { Recorded } from "../carpark/facility/event.ts";
import { decodeState, digestState } from "../carpark/facility/snapshot.ts";
import { emptyFacility, FACILITY_STATE_VERSION, type Facility } from "../carpark/facility/state.ts";
import { evolveOperator, type OperatorEvent } from "../carpark/operator/operator.ts";
import { emptyOperator, OPERATOR_STATE_VERSION, type Operator } from "../carpark/operator/state.ts";
import { readModels } from "../carpark/readmodels/read-models.ts";
import { openPool } from "../journal/connections.ts";
import type { JournalCommandDeps } from "../journal/command.ts";
import type { Fold } from "../journal/verify.ts";
import { digestOf } from "../kernel/canonical.ts";
import { type Tagged, decodeTagged } from "../kernel/tagged.ts";
import { startPostgres } from "../postgres/postgres.ts";
import { followersOf } from "./reads.ts";

const facilityFold: Fold<Facility> = {
  kind: "facility",
  initial: (stream) => emptyFacility(facilityOfStream(stream)),
  evolve(state, stored) {
    evolve(state, eventOf<Recorded>(stored));
    return state;
  },
  fromClosed(stored) {
    // Written by the facility's own decider; its digest is compared.
    const closed = stored.payload as { readonly stateVersion: number; readonly state: unknown };
    if (closed.stateVersion !== FACILITY_STATE_VERSION) return null;
    const state = decodeState(closed.state);
    evolve(state, eventOf<Recorded>(stored));
    return state;
  },
  digest: digestState,
};

const operatorFold: Fold<Operator> = {
  kind: "operator",
  initial: () => emptyOperator(),
  evolve(state, stored) {
    evolveOperator(state, eventOf<Recorded<OperatorEvent>>(stored));
    return state;
  },
  fromClosed(stored) {
    const closed = stored.payload as { readonly stateVersion: number; readonly state: Tagged };
    if (closed.stateVersion !== OPERATOR_STATE_VERSION) return null;
    const state = decodeTagged(closed.state) as Operator;
    evolveOperator(state, eventOf<Recorded<OperatorEvent>>(stored));
    return state;
  },
  digest: digestOf,
};

export const journalDeps = (databaseUrl: string | undefined): JournalCommandDeps => ({
  connect: ({ dataDir, databaseUrl: url }) => startPostgres({ dataDir, databaseUrl: url }),
  // Each fold is called with its own states only: the journal looks it up by the stream's kind.
  folds: [facilityFold, operatorFold] as unknown as readonly Fold<unknown>[],
  followers: followersOf(readModels),
  tables: ["staff.account"],
  async prepareTables(connectionString) {
    const pool = openPool(connectionString, 1);
    await openLoginStore(pool);
    await pool.end();
  },
  print: (line) => void process.stdout.write(`${line}\n`),
  fail: (code) => { process.exitCode = code; },
  databaseUrl,
});
