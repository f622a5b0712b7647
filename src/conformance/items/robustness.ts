/** Items 132 to 135: what a restart, a second process, a wrong clock and ten years do. */
import { MINUTE, instant, sessionBody } from "../bodies.ts";
import { equal, status } from "../checks.ts";
import { type Item, item, notHere } from "../item.ts";
import { textAt } from "../json.ts";
import { type Trial, whole } from "../trial.ts";

async function clockSkew(trial: Trial): Promise<void> {
  const { street } = await trial.world();
  for (const skew of [-5 * MINUTE, 5 * MINUTE]) {
    const id = trial.names.id("skewed");
    const from = Math.floor(trial.now() / 1_000) * 1_000 + skew;
    const body = sessionBody(id, street, trial.names.plate(), from, from + 30 * MINUTE);
    status(await trial.as("sp1").send("POST", "/sessions", { body, headers: { date: new Date(from).toUTCString() } }), 201);
    equal(textAt((await whole(trial.as("sp1"), "/sessions", id)).json, "actualStart"), instant(from), "actualStart");
  }
}

export const ROBUSTNESS_ITEMS: readonly Item[] = [
  notHere(132, "D", "A server killed in a burst of posts loses no acknowledged write and doubles no right",
    "killing the server is its owner's to do", "test/crash/exchange.test.ts"),
  notHere(133, "D", "Two processes on one database behave as one",
    "from outside nobody sees how many processes answer", "test/exchange/processes.test.ts, test/crash/exchange.test.ts, test/exchange/delivery.test.ts"),
  item(134, "D", "A client's clock five minutes off is accepted", ["op1", "sp1"], clockSkew),
  notHere(135, "D", "Ten years of data do not slow lists and look-ups in proportion",
    "filling a server with ten years of data is its owner's to do", "bench/exchange.ts"),
];
