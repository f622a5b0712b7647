/**
 * Saving changes, each whole or not at all.
 *
 *   creations of sessions and rights --wait while others are saved--> one statement for all that wait --> each its outcome
 *   everything else                                                    one statement each
 *
 * What waits together becomes durable together, before anybody is answered. When one of a group cannot be saved the statement
 * leaves nothing behind, and each is saved alone: nobody is refused for what another sent.
 */
import { setImmediate } from "node:timers";
import type pg from "pg";
import type { Instant } from "../../kernel/instant.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Change } from "../stored.ts";
import { BLOCKED, CONFLICT } from "./saveFunction.ts";

export type SaveRefusal = "conflict" | "referredTo";
export type Saved = Result<Instant, SaveRefusal>;
export type Save = { readonly organisation: string; readonly client: string; readonly change: Change; readonly writes: readonly object[] };

type Waiting = Save & { readonly done: (saved: Saved | Promise<Saved>) => void };

/** A group is some milliseconds of the database's time: more would let the first wait for the last. */
const GROUP_MAX = 48;
/** The second is read and decided while the first is written to disk. */
const GROUPS_MAX = 2;
const DEADLOCK = "40P01";

export class Saving {
  readonly #pool: pg.Pool;
  #waiting: Waiting[] = [];
  #underWay = 0;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async save(save: Save): Promise<Saved> {
    if (!isCreation(save.change)) return await this.#alone(save);
    return await new Promise<Saved>((done) => {
      this.#waiting.push({ ...save, done });
      // The requests that were read together decide together.
      if (this.#waiting.length === 1) setImmediate(() => this.#next());
    });
  }

  #next(): void {
    while (this.#underWay < GROUPS_MAX && this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, GROUP_MAX);
      this.#waiting = this.#waiting.slice(GROUP_MAX);
      this.#underWay += 1;
      void this.#together(group).finally(() => {
        this.#underWay -= 1;
        this.#next();
      });
    }
  }

  async #together(group: readonly Waiting[]): Promise<void> {
    const [first] = group;
    if (group.length === 1 && first) return first.done(this.#alone(first));
    const inventory = [...new Set(group.flatMap(({ change }) => (change.inventory === undefined ? [] : [change.inventory])))];
    const writes = group.flatMap(({ organisation, client, writes: own }) => own.map((write) => ({ ...write, organisation, client })));
    const saved = this.#saved("save-created", "select save_created($1) as at", { inventory, writes });
    const apart = await saved.then((outcome) => !outcome.ok, isOfOne);
    for (const one of group) one.done(apart ? this.#alone(one) : saved);
  }

  async #alone({ organisation, client, change, writes }: Save): Promise<Saved> {
    const { guards, inventory } = change;
    return await this.#saved("save", "select save($1) as at", { organisation, client, guards, inventory, writes });
  }

  async #saved(name: string, text: string, value: object): Promise<Saved> {
    try {
      const { rows } = await this.#pool.query<{ at: Instant }>({ name, text, values: [JSON.stringify(value)] });
      return ok(rows[0]?.at ?? 0);
    } catch (error) {
      const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
      if (code === CONFLICT || code === DEADLOCK) return err("conflict");
      if (code === BLOCKED) return err("referredTo");
      throw error;
    }
  }
}

/** Classes 22 and 23 of SQL: something in the rows, which are one sender's. Anything else would meet each of them again. */
const isOfOne = (error: unknown): boolean => typeof error === "object" && error !== null && "code" in error && /^2[23]/.test(String(error.code));

/** Nothing in it stands on a version of another object. */
const isCreation = ({ writes, guards }: Change): boolean =>
  guards.length === 0 && writes.every(({ kind, expected }) => expected === 0 && (kind === "session" || kind === "assignedRight"));
