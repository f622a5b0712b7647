import { describe, expect, it } from "vitest";
import { HOUR } from "../kernel/instant.ts";
import { type Rights, emptyRights } from "../rights/desk/state.ts";
import { decideRights } from "../rights/desk/decide.ts";
import { contract, setup } from "../rights/testing/desks.ts";
import { dueFor, monthEnded } from "./month-ends.ts";

/** Monday, 2 March 2026. */
const START = Date.UTC(2026, 2, 2, 6);
/** The end of March in Vienna, which is on summer time by then. */
const APRIL = Date.UTC(2026, 2, 31, 22);

function desk(): Rights {
  const state = emptyRights();
  const tell = (command: Parameters<typeof decideRights>[1], now = START) => decideRights(state, command, { now, actor: null });
  for (const command of setup({})) tell(command);
  tell({ type: "SignContract", account: "firm", contract: contract("paid", { monthlyFeeMinor: 100 }) });
  return state;
}

describe("the end of a month", () => {
  it("is an hour after midnight of the first, on the car park's clock", () => {
    const state = desk();
    expect([monthEnded(state, APRIL + HOUR - 1), monthEnded(state, APRIL + HOUR)]).toEqual(["2026-02", "2026-03"]);
    expect(monthEnded(state, Date.UTC(2027, 0, 10))).toBe("2026-12");
    expect(monthEnded(emptyRights(), APRIL)).toBeNull();
  });

  it("states accounts that have something to be stated, and each once", () => {
    const state = desk();
    expect(dueFor(state, "2026-03", APRIL - 1)).toEqual([]);
    expect(dueFor(state, "2026-03", APRIL + HOUR)).toEqual(["firm"]);
    decideRights(state, { type: "IssueStatement", account: "firm", month: "2026-03" }, { now: APRIL + HOUR, actor: null });
    expect(dueFor(state, "2026-03", APRIL + 2 * HOUR)).toEqual([]);
  });
});
