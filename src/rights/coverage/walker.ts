/**
 * Coverage as it goes on: cars leave, cars come, and a freed contract goes to the longest-standing car that wants it.
 *
 *   leaving -> contract freed -> the earliest that wants it is promoted
 *   coming  -> takes a free contract, lowest id first, or waits
 *
 * That is all that happens at nearly every instant, and it costs as much as what changes. Where more may change
 * (contracts, bookings, policy, rights of a credential, a contract that would have to move to another car) the
 * whole instant is looked at anew by `step`, which says the same, slower.
 */
import type { Instant } from "../../kernel/instant.ts";
import { present } from "../../kernel/assert.ts";
import { bookedAt } from "../timeline/booked.ts";
import type { Contract, ContractId, StayId } from "../timeline/facts.ts";
import type { Presence } from "../timeline/presence.ts";
import { validSpanAt } from "../timeline/window.ts";
import { type Fitting, Matching, fittingOf } from "./matching.ts";
import { type Ended, type Live, type Scene, type Sweep, coverWithout } from "./scene.ts";
import { step } from "./step.ts";

export class Walker {
  readonly #scene: Scene;
  readonly #ended: Ended;
  /** In entry order. */
  #live: Map<StayId, Live>;
  #valid: readonly ContractId[];
  /** What follows from `#live` and the valid contracts; made when it is first needed. */
  #contingent: Contingent | null = null;

  constructor({ live, valid }: Sweep, scene: Scene, ended: Ended) {
    this.#scene = scene;
    this.#ended = ended;
    this.#live = new Map(live);
    this.#valid = valid;
  }

  get live(): ReadonlyMap<StayId, Live> {
    return this.#live;
  }

  /** `anew`: something beside cars may change at this instant. `coming` in entry order, after all that are live. */
  at(at: Instant, leaving: readonly StayId[], coming: readonly Presence[], anew: boolean): void {
    const { contracts, ids } = validSpanAt(this.#scene.contracts, at, this.#scene.zone);
    const here = coming.filter(({ to }) => to > at);
    if (ids !== this.#valid || anew || here.some((one) => this.#isSpecial(one, at)) || !this.#goOn(contracts, at, leaving, here)) {
      this.#lookAnew(at, leaving, here);
    }
  }

  sweep(at: Instant): Sweep {
    return { at, live: this.#live, valid: this.#valid };
  }

  #isSpecial({ granted, parker }: Presence, at: Instant): boolean {
    return granted.length > 0 || bookedAt(this.#scene.booked, parker, at) !== undefined;
  }

  #lookAnew(at: Instant, leaving: readonly StayId[], coming: readonly Presence[]): void {
    const active: Presence[] = [];
    for (const [stay, { presence }] of this.#live) if (!leaving.includes(stay)) active.push(presence);
    const after = step(this.sweep(at), this.#scene, [...active, ...coming], at, this.#ended);
    this.#live = new Map(after.live);
    this.#valid = after.valid;
    this.#contingent = null;
  }

  /** False: nothing was done, because a contract would have to move from one car to another. */
  #goOn(contracts: readonly Contract[], at: Instant, leaving: readonly StayId[], coming: readonly Presence[]): boolean {
    const contingent = this.#contingent ??= new Contingent(fittingOf(contracts), this.#live);
    const freed = leaving.some((stay) => this.#live.get(stay)?.cover.type === "contract");
    if (!contingent.isSimple(freed, coming)) return false;
    for (const stay of leaving) {
      const was = this.#live.get(stay);
      if (!was) continue;
      this.#live.delete(stay);
      contingent.leave(was);
      if (was.since < at) this.#ended(stay, { from: was.since, to: at, cover: was.cover });
    }
    for (const presence of coming) {
      const live: Live = { presence, cover: coverWithout(presence, null, this.#scene, contracts, at), since: at, kept: null };
      this.#live.set(presence.stay, live);
      contingent.come(live);
    }
    for (const { stay, contract } of contingent.promote()) {
      const was = present(this.#live.get(stay), `live stay ${stay}`);
      if (was.since < at) this.#ended(stay, { from: was.since, to: at, cover: was.cover });
      this.#live.set(stay, { ...was, cover: { type: "contract", contract }, since: at });
    }
    return true;
  }
}

/** Which contracts are in use, and which cars wait for one, in entry order. */
class Contingent {
  readonly #fitting: Fitting;
  /** By index of the contract. */
  readonly #holders: (string | null)[];
  readonly #waiting = new Map<StayId, Presence>();
  #used = 0;
  /** No contract below this index is free. */
  #lowest = 0;

  constructor(fitting: Fitting, live: ReadonlyMap<StayId, Live>) {
    this.#fitting = fitting;
    this.#holders = fitting.contracts.map(() => null);
    for (const one of live.values()) {
      if (one.cover.type === "contract") this.#take(present(fitting.indexOf(one.cover.contract), "valid contract"), one.presence.parker);
      else if (one.cover.type !== "booking" && one.cover.type !== "seasonTicket") this.#waiting.set(one.presence.stay, one.presence);
    }
  }

  /** Whether what follows is only taking free contracts; else the whole contingent must be looked at. */
  isSimple(freed: boolean, coming: readonly Presence[]): boolean {
    if (this.#fitting.unlimited) return true;
    if (freed && this.#waiting.size > 0) return false;
    if (coming.length === 0) return true;
    if (coming.length > 1 || freed) return false;
    const { parker } = coming[0]!;
    if (this.#freeFor(parker) !== undefined) return true;
    return !new Matching(this.#fitting, this.#holders).add(parker);
  }

  leave({ presence, cover }: Live): void {
    this.#waiting.delete(presence.stay);
    if (cover.type !== "contract") return;
    const index = present(this.#fitting.indexOf(cover.contract), "valid contract");
    this.#holders[index] = null;
    this.#used -= 1;
    this.#lowest = Math.min(this.#lowest, index);
  }

  come({ presence }: Live): void {
    this.#waiting.set(presence.stay, presence);
  }

  /** The earliest that wait take what is free. */
  promote(): readonly { readonly stay: StayId; readonly contract: ContractId }[] {
    const promoted: { stay: StayId; contract: ContractId }[] = [];
    for (const { stay, parker } of this.#waiting.values()) {
      if (this.#used === this.#fitting.contracts.length) break;
      const index = this.#freeFor(parker);
      if (index === undefined) continue;
      this.#take(index, parker);
      this.#waiting.delete(stay);
      promoted.push({ stay, contract: this.#fitting.contracts[index]!.id });
    }
    return promoted;
  }

  #take(index: number, parker: string): void {
    this.#holders[index] = parker;
    this.#used += 1;
  }

  /** The free contract of the lowest id that admits the parker. */
  #freeFor(parker: string): number | undefined {
    if (!this.#fitting.unlimited) return this.#fitting.of(parker).find((index) => this.#holders[index] === null);
    while (this.#lowest < this.#holders.length && this.#holders[this.#lowest] !== null) this.#lowest += 1;
    return this.#lowest < this.#holders.length ? this.#lowest : undefined;
  }
}
