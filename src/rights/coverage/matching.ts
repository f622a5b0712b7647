/**
 * Which stays the valid contracts can cover, and which contract covers which.
 *
 *   stays in entry order --augmenting paths--> accepted --keep current, then lowest id--> assigned
 *
 * A stay is accepted if all accepted before it can still be matched too. Without parker limits that is simply
 * the n earliest.
 */
import { assert, present } from "../../kernel/assert.ts";
import { type Contract, type ContractId, type ParkerId, type StayId, admits } from "../timeline/facts.ts";
import type { Live } from "./scene.ts";

/** A stay that wants a contract, with the one it has. */
export type Wanting = { readonly stay: StayId; readonly parker: ParkerId; readonly current: ContractId | null };

/**
 * Which contracts are for whom, of one list. Lists are asked about again and again while nothing changes; the
 * answer follows from the list alone.
 */
export class Fitting {
  readonly contracts: readonly Contract[];
  /** All are for every parker. */
  readonly unlimited: boolean;
  readonly #indexes: ReadonlyMap<ContractId, number>;
  readonly #forAll: readonly number[];
  readonly #own = new Map<ParkerId, number[]>();
  readonly #fitting = new Map<ParkerId, readonly number[]>();

  constructor(contracts: readonly Contract[]) {
    this.contracts = contracts;
    this.#indexes = new Map(contracts.map(({ id }, i) => [id, i]));
    const forAll: number[] = [];
    contracts.forEach(({ parkers }, i) => {
      if (parkers === null) forAll.push(i);
      for (const parker of parkers ?? []) this.#own.set(parker, [...(this.#own.get(parker) ?? []), i]);
    });
    this.#forAll = forAll;
    this.unlimited = forAll.length === contracts.length;
  }

  indexOf(id: ContractId): number | undefined {
    return this.#indexes.get(id);
  }

  /** Indexes of the contracts that admit a parker, lowest id first. */
  of(parker: ParkerId): readonly number[] {
    const own = this.#own.get(parker);
    if (!own) return this.#forAll;
    const known = this.#fitting.get(parker);
    if (known) return known;
    const both = [...new Set([...this.#forAll, ...own])].sort((a, b) => a - b);
    this.#fitting.set(parker, both);
    return both;
  }
}

const fittings = new WeakMap<readonly Contract[], Fitting>();
export function fittingOf(contracts: readonly Contract[]): Fitting {
  const known = fittings.get(contracts);
  if (known) return known;
  const made = new Fitting(contracts);
  fittings.set(contracts, made);
  return made;
}

/** A bipartite matching that grows one stay at a time; who is matched stays matched, perhaps to another contract. */
export class Matching {
  readonly #fitting: Fitting;
  readonly #holder: (ParkerId | null)[];

  /** `holders`: who has which contract already, by index; they fit. */
  constructor(fitting: Fitting, holders: readonly (ParkerId | null)[] = []) {
    this.#fitting = fitting;
    this.#holder = fitting.contracts.map((_, i) => holders[i] ?? null);
  }

  add(parker: ParkerId, tried = new Set<number>()): boolean {
    return this.#seek(parker, tried);
  }

  #seek(parker: ParkerId, tried: Set<number>): boolean {
    for (const i of this.#fitting.of(parker)) {
      if (tried.has(i)) continue;
      tried.add(i);
      const holder = this.#holder[i]!;
      if (holder !== null && !this.#seek(holder, tried)) continue;
      this.#holder[i] = parker;
      return true;
    }
    return false;
  }
}

/** The stays that are covered; `stays` in entry order. */
export function accept(stays: readonly Wanting[], contracts: readonly Contract[]): readonly Wanting[] {
  const fitting = fittingOf(contracts);
  if (fitting.unlimited) return stays.slice(0, contracts.length);
  const matching = new Matching(fitting);
  return stays.filter(({ parker }) => matching.add(parker));
}

/** The contract of a stay that comes last, beside those covered now; null: none is left for it. */
export function contractFor(parker: ParkerId, live: Iterable<Live>, contracts: readonly Contract[]): ContractId | null {
  if (contracts.length === 0) return null;
  const fitting = fittingOf(contracts);
  const covered: Wanting[] = [];
  const holders: (ParkerId | null)[] = contracts.map(() => null);
  for (const { cover, presence } of live) {
    if (cover.type !== "contract") continue;
    holders[present(fitting.indexOf(cover.contract), "valid contract")] = presence.parker;
    if (!fitting.unlimited) covered.push({ stay: presence.stay, parker: presence.parker, current: cover.contract });
  }
  const direct = fitting.of(parker).find((index) => holders[index] === null);
  if (direct !== undefined) return contracts[direct]!.id;
  if (fitting.unlimited || !new Matching(fitting, holders).add(parker)) return null;
  // Another car would have to move to another contract.
  return assign([...covered, { stay: "", parker, current: null }], contracts).get("") ?? null;
}

function allMatch(stays: readonly Wanting[], contracts: readonly Contract[]): boolean {
  if (stays.length > contracts.length) return false;
  const matching = new Matching(new Fitting(contracts));
  return stays.every(({ parker }) => matching.add(parker));
}

/** One contract for each accepted stay; `contracts` by id. */
export function assign(accepted: readonly Wanting[], contracts: readonly Contract[]): ReadonlyMap<StayId, ContractId> {
  return fittingOf(contracts).unlimited ? assignUnlimited(accepted, contracts) : assignLimited(accepted, contracts);
}

function assignUnlimited(accepted: readonly Wanting[], contracts: readonly Contract[]): ReadonlyMap<StayId, ContractId> {
  const assigned = new Map<StayId, ContractId>();
  if (accepted.length === 0) return assigned;
  const fitting = fittingOf(contracts);
  const taken = new Set<ContractId>();
  for (const { stay, current } of accepted) {
    if (current === null || fitting.indexOf(current) === undefined || taken.has(current)) continue;
    assigned.set(stay, current);
    taken.add(current);
  }
  let lowest = 0;
  for (const { stay } of accepted) {
    if (assigned.has(stay)) continue;
    while (taken.has(present(contracts[lowest], "free contract").id)) lowest += 1;
    const { id } = present(contracts[lowest], "free contract");
    assigned.set(stay, id);
    taken.add(id);
  }
  return assigned;
}

function assignLimited(accepted: readonly Wanting[], contracts: readonly Contract[]): ReadonlyMap<StayId, ContractId> {
  const assigned = new Map<StayId, ContractId>();
  const free = new Map(contracts.map((contract) => [contract.id, contract]));
  const matchable = (): boolean => allMatch(accepted.filter(({ stay }) => !assigned.has(stay)), [...free.values()]);
  const take = (wanting: Wanting, contract: Contract): void => {
    assigned.set(wanting.stay, contract.id);
    free.delete(contract.id);
  };
  const keeps = (wanting: Wanting): Contract | undefined => {
    const contract = wanting.current === null ? undefined : free.get(wanting.current);
    return contract && admits(contract, wanting.parker) ? contract : undefined;
  };

  for (const wanting of accepted) {
    const current = keeps(wanting);
    if (current) take(wanting, current);
  }
  if (!matchable()) {
    assigned.clear();
    for (const contract of contracts) free.set(contract.id, contract);
    for (const wanting of accepted) {
      const current = keeps(wanting);
      if (current) takeIfMatchable(wanting, current);
    }
  }
  for (const wanting of accepted) {
    if (assigned.has(wanting.stay)) continue;
    const found = contracts.some((contract) =>
      free.has(contract.id) && admits(contract, wanting.parker) && takeIfMatchable(wanting, contract));
    assert(found, `no contract for accepted stay ${wanting.stay}`);
  }
  return assigned;

  function takeIfMatchable(wanting: Wanting, contract: Contract): boolean {
    take(wanting, contract);
    if (matchable()) return true;
    assigned.delete(wanting.stay);
    free.set(contract.id, contract);
    return false;
  }
}
