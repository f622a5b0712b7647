/**
 * Runs a scenario against a desk: each step is a command, what comes back is compared with what is expected.
 *
 *   Scenario --setup, steps--> Desk (decider, journal, vault) --events, state--> got ?= expected
 */
import { present } from "../../kernel/assert.ts";
import type { Instant } from "../../kernel/instant.ts";
import { majorText } from "../../kernel/money.ts";
import type { Result } from "../../kernel/result.ts";
import { chargesOf } from "../desk/billing.ts";
import type { RightsCommand } from "../desk/command.ts";
import { countOf } from "../desk/counting.ts";
import type { RecordedRights, ShownCredential } from "../desk/event.ts";
import type { CredentialKind, Rights } from "../desk/state.ts";
import type { Scenario, Step } from "./read.ts";
import type { Act } from "./schema.ts";
import { credentialsOf, setupCommands } from "./setup.ts";

/** A refusal of the domain, or of the store behind it. */
export type DeskRefusal = { readonly type: string };
export type Desk = {
  execute(command: RightsCommand, at: Instant): Promise<Result<readonly RecordedRights[], DeskRefusal>>;
  readonly state: Rights;
  /** The reference of what is shown; a new one for what nobody knows. */
  reference(kind: CredentialKind, text: string): ShownCredential;
  /** Whether the text can still be found anywhere, after what is due has been erased. */
  find(kind: CredentialKind, text: string, at: Instant): Promise<boolean>;
  close(): Promise<void>;
};
export type OpenDesk = () => Promise<Desk>;

export type Failure = { readonly step: number; readonly line: number; readonly at: string; readonly expected: string; readonly got: string };
export type Got = Readonly<Record<string, unknown>>;

export async function runScenario(scenario: Scenario, open: OpenDesk): Promise<readonly Failure[]> {
  const desk = await open();
  try {
    return await new ScenarioRun(scenario, desk).all();
  } finally {
    await desk.close();
  }
}

/** A scenario at its desk; whoever wants to look between the steps takes them one by one. */
export class ScenarioRun {
  readonly #scenario: Scenario;
  readonly #desk: Desk;
  /** The plate a credential's charges are shown under. */
  readonly #plates = new Map<string, string>();

  constructor(scenario: Scenario, desk: Desk) {
    this.#scenario = scenario;
    this.#desk = desk;
  }

  /** Null: the desk is where the scenario begins. */
  async begin(): Promise<Failure | null> {
    const { steps, zone } = this.#scenario;
    const start = present(steps[0], "first step");
    for (const command of setupCommands(this.#scenario, (kind, text) => this.#shown(kind, text))) {
      const done = await this.#desk.execute(command, start.at);
      if (done.ok) continue;
      const [at, expected] = [zone.localText(start.at), `${command.type} accepted`];
      return { step: 0, line: 1, at, expected, got: JSON.stringify(done.error) };
    }
    for (const account of Object.values(this.#scenario.file.accounts ?? {})) {
      for (const parker of Object.values(account.parkers ?? {})) this.#name(parker);
    }
    return null;
  }

  async all(): Promise<readonly Failure[]> {
    const { steps, zone } = this.#scenario;
    const notBegun = await this.begin();
    if (notBegun) return [notBegun];
    const failures: Failure[] = [];
    for (const step of steps) {
      const got = await this.take(step);
      if (!differs(step, got)) continue;
      failures.push({
        step: step.number, line: step.line, at: zone.localText(step.at),
        expected: step.expect === null ? `${step.name} accepted` : plain(step.expect), got: plain(got),
      });
    }
    return failures;
  }

  #shown(kind: CredentialKind, text: string): ShownCredential {
    const shown = this.#desk.reference(kind, text);
    if (kind === "plate") this.#plates.set(shown.ref, text);
    return shown;
  }

  /** Backup credentials are shown under their parker's first plate. */
  #name(parker: Parameters<typeof credentialsOf>[0]): void {
    const plate = parker.plate?.[0];
    for (const { ref, kind } of credentialsOf(parker, (k, text) => this.#shown(k, text))) {
      if (kind !== "plate" && plate !== undefined) this.#plates.set(ref, plate);
    }
  }

  #credential({ plate, card, qr }: Act<"enter">): ShownCredential {
    if (plate !== undefined) return this.#shown("plate", plate);
    return card !== undefined ? this.#shown("card", card) : this.#shown("qr", present(qr, "credential"));
  }

  async take(step: Step): Promise<Got> {
    const { at } = step;
    const reason = "scenario";
    switch (step.name) {
      case "enter": return this.#act({ type: "Enter", credential: this.#credential(step.act) }, at);
      case "exit": return this.#act({ type: "Exit", credential: this.#credential(step.act) }, at);
      case "pay": return this.#act({ type: "Pay", credential: this.#credential(step.act) }, at);
      case "staffAdmit": return this.#act({ type: "StaffAdmit", credential: this.#credential(step.act), reason }, at);
      case "staffRelease": return this.#act({ type: "StaffRelease", credential: this.#credential(step.act), reason }, at);
      case "neutral": {
        const { act } = step;
        const scope = "all" in act ? { type: "facility" as const }
          : "account" in act ? { type: "account" as const, account: act.account }
          : { type: "stay" as const, credential: this.#shown("plate", act.plate).ref };
        return this.#act({ type: "SetNeutral", scope, reason }, at);
      }
      case "closeStay": return this.#act({
        type: "CloseStay", credential: this.#shown("plate", step.act.plate).ref, reason,
        enteredAt: this.#time(step.act.enteredAt), exitedAt: this.#time(step.act.exitedAt),
      }, at);
      case "removeCredential":
        return this.#act({ type: "RemoveCredential", account: step.act.account, credential: this.#credential(step.act).ref }, at);
      case "addParker": {
        this.#name(step.act);
        return this.#addParker(step.act.account, step.act.id, credentialsOf(step.act, (kind, text) => this.#shown(kind, text)), at);
      }
      case "setPayAsYouGo": return this.#act({ type: "SwitchPayAsYouGo", account: step.act.account, enabled: step.act.enabled }, at);
      case "book": return this.#act({
        type: "MakeBooking", account: step.act.account, parker: step.act.parker,
        from: present(this.#time(step.act.from), "from"), to: present(this.#time(step.act.to), "to"),
      }, at);
      case "statement": return this.#statement(step.act.account, step.act.month, at);
      case "charges": return this.#charges(step.act.account, at);
      case "count": {
        await this.#desk.execute({ type: "Advance" }, at);
        const { state } = this.#desk;
        return Object.fromEntries([...state.groups.keys()].map((group) => {
          const { stays, adjustments } = countOf(state, group);
          return [group, stays + adjustments];
        }));
      }
      case "lookUp": return { found: await this.#desk.find("plate", step.act.plate, at) };
    }
  }

  #time(text: string | undefined): Instant | null {
    if (text === undefined) return null;
    const at = this.#scenario.zone.parseLocal(text);
    return present(at.ok ? at.value : null, text);
  }

  async #act(command: RightsCommand, at: Instant): Promise<Got> {
    const done = await this.#desk.execute(command, at);
    if (!done.ok) return refusedOf(command, done.error);
    return outcomeOf(command, done.value, (minor) => this.#major(minor));
  }

  /** A parker who is known already gets the credentials beside those it has. */
  async #addParker(account: string, parker: string, credentials: readonly ShownCredential[], at: Instant): Promise<Got> {
    if (!this.#desk.state.accounts.get(account)?.parkers.has(parker)) {
      return this.#act({ type: "AddParker", account, parker, credentials }, at);
    }
    for (const credential of credentials) {
      const got = await this.#act({ type: "AddCredential", account, parker, credential }, at);
      if ("refuse" in got) return got;
    }
    return { accepted: "AddCredential" };
  }

  async #statement(account: string, month: string, at: Instant): Promise<Got> {
    const done = await this.#desk.execute({ type: "IssueStatement", account, month }, at);
    if (!done.ok) return { refuse: done.error.type };
    const statement = present(this.#desk.state.accounts.get(account)?.statements.get(month), "issued statement");
    return { total: this.#major(statement.totalMinor), corrections: statement.lines.filter(({ type }) => type === "correction").length };
  }

  async #charges(accountId: string, at: Instant): Promise<Got> {
    await this.#desk.execute({ type: "Advance" }, at);
    const { state } = this.#desk;
    const charges = chargesOf(state, present(state.accounts.get(accountId), accountId), at);
    if (!charges.ok) return { refuse: charges.error.type };
    const stays: Record<string, number> = {};
    for (const { credential, amountMinor } of charges.value.items) {
      const plate = this.#plates.get(credential) ?? credential;
      stays[plate] = (stays[plate] ?? 0) + amountMinor;
    }
    return {
      total: this.#major(charges.value.totalMinor),
      stays: Object.fromEntries(Object.entries(stays).map(([plate, minor]) => [plate, this.#major(minor)])),
    };
  }

  #major(amountMinor: number): number {
    return Number(majorText(amountMinor, this.#scenario.currency));
  }
}

/** Where nothing is due, nothing is paid; every other refusal is told. */
function refusedOf(command: RightsCommand, { type }: DeskRefusal): Got {
  if (command.type === "Pay" && (type === "nothingDue" || type === "payerIsAccount")) return { paid: 0 };
  return { refuse: type };
}

function outcomeOf(command: RightsCommand, events: readonly RecordedRights[], major: (minor: number) => number): Got {
  for (const event of events) {
    switch (event.type) {
      case "StayOpened": return { admit: event.basis, group: event.group };
      case "EntryRefused":
        return { refuse: event.refusal.type, ...(event.refusal.type === "notAuthorised" ? { reason: event.refusal.reason } : {}) };
      case "StayClosed":
        if (event.cause === "exit") return { release: true };
        continue;
      case "ExitWithoutEntry": return { release: true, record: "exitWithoutEntry" };
      case "PaymentDemanded": return { due: major(event.dueMinor) };
      case "AttendantCalled": return { attendant: true };
      case "StayPaid": return { paid: major(event.amountMinor) };
      case "CredentialRemovalAwaited": return { accepted: "afterExit" };
      case "CredentialRemoved":
        if (command.type === "RemoveCredential") return { accepted: "now" };
        continue;
      default: continue;
    }
  }
  return { accepted: command.type };
}

const BARRIER_STEPS: readonly string[] = ["enter", "exit", "pay"];
/** May be asked for or left out; everything else that came back must be expected. */
const OPTIONAL: readonly string[] = ["group", "reason"];

export function differs(step: Step, got: Got): boolean {
  const { expect } = step;
  if (expect === null) return "refuse" in got && !BARRIER_STEPS.includes(step.name);
  if (step.name === "enter" || step.name === "exit") {
    const extra = Object.keys(got).some((key) => !OPTIONAL.includes(key) && !Object.hasOwn(expect, key));
    if (extra) return true;
  }
  return Object.entries(expect).some(([key, value]) => !same(value, got[key]));
}

function same(expected: unknown, got: unknown): boolean {
  if (typeof expected === "object" && expected !== null) {
    const of: Got = typeof got === "object" && got !== null ? (got as Got) : {};
    return Object.entries(expected).every(([key, value]) => same(value, of[key] ?? (typeof value === "number" ? 0 : undefined)));
  }
  return expected === got || (typeof got === "string" && String(expected) === got);
}

/** `{admit: contract, group: contract}`. */
export const plain = (value: Got): string => JSON.stringify(value).replace(/"/g, "").replace(/,/g, ", ").replace(/:/g, ": ");
