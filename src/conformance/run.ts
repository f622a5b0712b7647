/**
 * Runs the checklist against one server, item after item, and gives one outcome for each number.
 *
 *   fixture -> trial (callers, names, world, receiver) -> item.check -> passed | failed | unseen
 *
 * Items see only HTTP. What one item leaves behind does not disturb the next: every name is fresh.
 */
import { Unmet } from "./checks.ts";
import { CHECKLIST } from "./checklist.ts";
import type { Fixture } from "./fixture.ts";
import type { Trace, Transport } from "./http.ts";
import { type CheckedItem, type Item, Unseen } from "./item.ts";
import { namesOf } from "./names.ts";
import { type Receiver, openReceiver } from "./receiver.ts";
import { type Trial, trialOf } from "./trial.ts";
import { Watch } from "./watch.ts";

export type Outcome = { readonly item: Item } & (
  | { readonly result: "passed"; readonly ms: number }
  | { readonly result: "failed"; readonly ms: number; readonly reason: string; readonly trace: Trace | null }
  | { readonly result: "unseen"; readonly reason: string }
  | { readonly result: "notHere" | "later"; readonly reason: string }
);

export type RunOptions = {
  readonly url: string;
  readonly fixture: Fixture;
  /** Text no other run has; part of every id. */
  readonly run: string;
  /** Only these numbers. */
  readonly only?: ReadonlySet<number>;
  readonly onOutcome?: (outcome: Outcome) => void;
};

export type Summary = { readonly passed: number; readonly failed: number; readonly outcomes: readonly Outcome[]; readonly requests: number };

export async function runChecklist({ url, fixture, run, only, onOutcome }: RunOptions): Promise<Summary> {
  const base = url.replace(/\/+$/, "");
  const watch = new Watch();
  let last: Trace | null = null;
  const transport: Transport = { base, tokenUrl: fixture.tokenUrl ?? `${base}/auth`, watch, keep: (trace) => { last = trace; } };
  const opened: Receiver[] = [];
  const { host, port, publicUrl } = fixture.receiver;
  const trial = trialOf({
    fixture, names: namesOf(run), transport,
    openReceiver: async () => {
      const receiver = await openReceiver(host, port, publicUrl);
      opened.push(receiver);
      return receiver;
    },
  });
  const outcomes: Outcome[] = [];
  try {
    for (const item of inOrder(CHECKLIST.filter(({ no }) => only?.has(no) ?? true))) {
      last = null;
      const outcome = item.type === "checked" ? await checkOne(item, trial, () => last) : { item, result: item.type, reason: reasonOf(item) };
      outcomes.push(outcome);
      onOutcome?.(outcome);
    }
  } finally {
    for (const receiver of opened) await receiver.close();
  }
  const count = (result: Outcome["result"]) => outcomes.filter((one) => one.result === result).length;
  return { passed: count("passed"), failed: count("failed"), outcomes: outcomes.toSorted((a, b) => a.item.no - b.item.no), requests: watch.seen };
}

function inOrder(items: readonly Item[]): readonly Item[] {
  const isLast = (item: Item) => item.type === "checked" && item.last === true;
  return [...items.filter((item) => !isLast(item)), ...items.filter(isLast)];
}

function reasonOf(item: Exclude<Item, CheckedItem>): string {
  return item.type === "later" ? item.reason : `${item.reason}; shown by ${item.shownBy}`;
}

async function checkOne(item: CheckedItem, trial: Trial, lastTrace: () => Trace | null): Promise<Outcome> {
  const began = performance.now();
  const missing = item.needs.filter((role) => trial.fixture.clients[role] === undefined);
  if (missing.length > 0) return { item, result: "unseen", reason: `the fixture has no client ${missing.join(", ")}` };
  try {
    await item.check(trial);
    return { item, result: "passed", ms: performance.now() - began };
  } catch (error) {
    if (error instanceof Unseen) return { item, result: "unseen", reason: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { item, result: "failed", ms: performance.now() - began, reason, trace: error instanceof Unmet && error.trace ? error.trace : lastTrace() };
  }
}
