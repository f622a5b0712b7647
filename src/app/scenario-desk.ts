/**
 * The desk scenarios run at: the real decider behind the real owner of a stream, over a journal and a vault in
 * memory. Nothing is shared between two desks.
 */
import type { Instant } from "../kernel/instant.ts";
import { err, ok } from "../kernel/result.ts";
import { StreamOwner, type StreamKind } from "../carpark/application/owner.ts";
import { memoryJournal, memoryStore } from "../journal/memory.ts";
import { memoryVault } from "../journal/vault.ts";
import type { RightsCommand } from "../rights/desk/command.ts";
import { decideRights } from "../rights/desk/decide.ts";
import type { RecordedRights } from "../rights/desk/event.ts";
import { evolveRights } from "../rights/desk/evolve.ts";
import type { RightsRefusal } from "../rights/desk/refusal.ts";
import { type Rights, emptyRights } from "../rights/desk/state.ts";
import { vaultRows } from "../rights/desk/vault-rows.ts";
import type { Desk } from "../rights/scenario/run.ts";

const STREAM = "rights/scenario";

export const rightsKind = (
  textOf: (ref: string) => string | undefined,
): StreamKind<Rights, RightsCommand, RecordedRights, RightsRefusal, null> => ({
  kind: "rights",
  create: () => emptyRights(),
  restore: () => null,
  fold: evolveRights,
  decide: decideRights,
  outputOf: () => null,
  rowsOf: (_stream, events, state) => {
    const notices = events.flatMap((event) => (event.type === "CoverageAdvanced" ? event.changes.map((change) => ({ ...change, account: event.account }))
      : event.type === "StayOpened" && event.account !== null ? [{ stay: event.stay, notice: event.notice, account: event.account }] : []));
    return {
      vault: vaultRows(events, state, textOf),
      outbox: notices.filter(({ notice }) => notice !== null)
        .map(({ account, stay, notice }) => ({ topic: "accountNotice", key: account, payload: { account, stay, notice } })),
    };
  },
  startCommand: () => null,
  safeModeCommand: () => null,
});

export async function openScenarioDesk(): Promise<Desk> {
  const store = memoryStore();
  const journal = memoryJournal(store);
  const vault = memoryVault(store);
  const refs = new Map<string, string>();
  const shownTexts = new Map<string, string>();
  const problems: string[] = [];
  let now: Instant = 0;
  let refsMade = 0;
  const owner = await StreamOwner.start(STREAM, rightsKind((ref) => shownTexts.get(ref)), {
    journal, now: () => now, onDurable: () => {}, report: ({ message }) => problems.push(message),
  });
  const sweep = async (at: Instant): Promise<void> => {
    const erased = new Set(await vault.sweep({ wall: at, mono: at }));
    for (const [text, ref] of refs) if (erased.has(ref)) forget(text, ref);
  };
  const forget = (text: string, ref: string): void => {
    refs.delete(text);
    shownTexts.delete(ref);
  };
  /** What was only shown at a lane and not admitted is not remembered. */
  const forgetShown = (command: RightsCommand): void => {
    if (command.type !== "Enter" && command.type !== "Exit" && command.type !== "Pay") return;
    for (const [text, ref] of refs) if (ref === command.credential.ref && !store.vault.has(ref)) forget(text, ref);
  };
  return {
    get state() { return owner.core; },
    execute: async (command, at) => {
      now = at;
      await sweep(at);
      const answer = await owner.execute(command, { at });
      forgetShown(command);
      if (answer.ok) return ok(answer.value.events);
      return err(problems.length > 0 ? { ...answer.error, type: `${answer.error.type} ${problems.join(" ")}` } : answer.error);
    },
    reference: (kind, text) => {
      const key = `${kind} ${text}`;
      const ref = refs.get(key) ?? `c${(refsMade += 1)}`;
      refs.set(key, ref);
      shownTexts.set(ref, key);
      return { ref, kind };
    },
    find: async (kind, text, at) => {
      await sweep(at);
      for await (const batch of vault.entries()) if (batch.some((entry) => entry.text === `${kind} ${text}`)) return true;
      return refs.has(`${kind} ${text}`);
    },
    close: () => journal.close(),
  };
}
