/** Pay on departure, with what goes wrong: the operator away, a changed amount, two payers, a late payment. */
import type { ActorId } from "../sandbox/contract.ts";
import { CURRENCY, dueOf, paymentOf } from "./app/due.ts";
import { type Exchange, Refused, deskOf } from "./exchange.ts";
import { type Session, dataOf, sessionOf, textAt } from "./read.ts";
import { type Step, NotSo, demand, plate } from "./step.ts";

const FLOW = "uc5";
const OPERATOR: ActorId = "op1";
/** Two hours are over, the third has begun. */
const AGO_MIN = 130;
/** So long before the hour is full, the amount is good; then it is not. */
const LEFT_MS = 2_000;
const WAIT_MS = 2_500;
const TOLD_POLLS_MAX = 40;
const POLL_MS = 250;

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

export function departure(exchange: Exchange): readonly Step[] {
  const place = exchange.world.places.find(({ operator, departures }) => departures && operator === OPERATOR)?.id ?? "";
  const [car, late] = [plate(), plate()];
  const seen: Partial<Record<ActorId, Session>> = {};
  const ask = async (provider: ActorId, of: string): Promise<Session> => {
    const query = { place, credential_id: of, start_before: "now", end_after: "now", expand: "all" };
    const [first] = dataOf((await exchange.call(provider, "GET", "/sessions", { query, flow: FLOW })).json);
    const session = sessionOf(first, CURRENCY);
    if (session === null || dueOf(session) === null) throw new NotSo("nothing due");
    seen[provider] = session;
    return session;
  };
  const pay = async (provider: ActorId): Promise<void> => {
    const session = seen[provider];
    if (!session) throw new NotSo("not asked");
    await exchange.call(provider, "PUT", `/sessions/${session.id}`, { body: paymentOf(exchange, provider, session, true), flow: FLOW });
  };
  const away = async (): Promise<void> => {
    await deskOf(OPERATOR, { type: "setReachable", reachable: false });
    try {
      await refusedWith(504, async () => { await ask("sp1", car); });
    } finally {
      await deskOf(OPERATOR, { type: "setReachable", reachable: true });
    }
  };
  const changed = async (): Promise<void> => {
    const ticket = (await deskOf(OPERATOR)).cars.find((one) => one.plate === car)?.ticket ?? "";
    await deskOf(OPERATOR, { type: "validate", ticket });
  };
  const told = async (): Promise<void> => {
    let state = "";
    for (let n = 0; n < TOLD_POLLS_MAX && state !== "told"; n++) {
      if (n > 0) await pause(POLL_MS);
      if ((await deskOf(OPERATOR)).cars.some((one) => one.plate === car && !one.paid)) continue;
      const { json } = await exchange.call("sp1", "GET", `/sessions/${seen.sp1?.id ?? ""}`, { query: { expand: "all" }, flow: FLOW });
      state = textAt(json, "x-operatorState");
    }
    demand(state === "told", state);
  };
  return [
    { word: "step.ticket", run: async () => { await deskOf(OPERATOR, { type: "park", plate: car, minutesAgo: AGO_MIN }); } },
    { word: "step.away", run: away },
    { word: "step.due", run: async () => { await ask("sp1", car); } },
    { word: "step.validated", run: changed },
    { word: "step.second", run: async () => demand((dueOf(await ask("sp2", car)) ?? 0) < (dueOf(seen.sp1!) ?? 0), "the same amount") },
    { word: "step.old", run: () => refusedWith(409, () => pay("sp1")) },
    { word: "step.dueAgain", run: async () => { await ask("sp1", car); } },
    { word: "step.pay", run: () => pay("sp1") },
    { word: "step.paidOnce", run: () => refusedWith(409, () => pay("sp2")) },
    { word: "step.told", run: told },
    { word: "step.late", run: async () => {
      await deskOf(OPERATOR, { type: "park", plate: late, minutesAgo: 60 - LEFT_MS / 60_000 });
      await ask("sp1", late);
      await pause(WAIT_MS);
      await refusedWith(409, () => pay("sp1"));
    } },
    { word: "step.payAgain", run: async () => { await ask("sp1", late); await pay("sp1"); } },
  ];
}

/** The refusal that the step is about. */
async function refusedWith(status: number, doing: () => Promise<void>): Promise<void> {
  try {
    await doing();
  } catch (failure) {
    if (failure instanceof Refused && failure.status === status) return;
    throw failure;
  }
  throw new NotSo(`not refused with ${status}`);
}
