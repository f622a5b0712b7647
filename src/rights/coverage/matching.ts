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

/** A stay that wants a contract, with the one it has. */
export type Wanting = { readonly stay: StayId; readonly parker: ParkerId; readonly current: ContractId | null };

/** Lists are asked about again and again while nothing changes; the answer follows from the list alone. */
const limits = new WeakMap<readonly Contract[], boolean>();
function unlimited(contracts: readonly Contract[]): boolean {
  const known = limits.get(contracts);
  if (known !== undefined) return known;
  const answer = contracts.every(({ parkers }) => parkers === null);
  limits.set(contracts, answer);
  return answer;
}

/** A bipartite matching that grows one stay at a time; who is matched stays matched. */
class Matching {
  readonly #contracts: readonly Contract[];
  readonly #holder: (Wanting | null)[];

  constructor(contracts: readonly Contract[]) {
    this.#contracts = contracts;
    this.#holder = contracts.map(() => null);
  }

  add(wanting: Wanting): boolean {
    return this.#seek(wanting, new Set());
  }

  #seek(wanting: Wanting, tried: Set<number>): boolean {
    for (let i = 0; i < this.#contracts.length; i++) {
      if (tried.has(i) || !admits(this.#contracts[i]!, wanting.parker)) continue;
      tried.add(i);
      const holder = this.#holder[i]!;
      if (holder !== null && !this.#seek(holder, tried)) continue;
      this.#holder[i] = wanting;
      return true;
    }
    return false;
  }
}

/** The stays that are covered; `stays` in entry order. */
export function accept(stays: readonly Wanting[], contracts: readonly Contract[]): readonly Wanting[] {
  if (unlimited(contracts)) return stays.slice(0, contracts.length);
  const matching = new Matching(contracts);
  return stays.filter((stay) => matching.add(stay));
}

/** Whether a stay that comes last would be covered beside those already accepted. */
export function wouldAccept(parker: ParkerId, accepted: readonly Wanting[], contracts: readonly Contract[]): boolean {
  if (unlimited(contracts)) return accepted.length < contracts.length;
  return allMatch([...accepted, { stay: "", parker, current: null }], contracts);
}

function allMatch(stays: readonly Wanting[], contracts: readonly Contract[]): boolean {
  if (stays.length > contracts.length) return false;
  const matching = new Matching(contracts);
  return stays.every((stay) => matching.add(stay));
}

/** One contract for each accepted stay; `contracts` by id. */
export function assign(accepted: readonly Wanting[], contracts: readonly Contract[]): ReadonlyMap<StayId, ContractId> {
  return unlimited(contracts) ? assignUnlimited(accepted, contracts) : assignLimited(accepted, contracts);
}

function assignUnlimited(accepted: readonly Wanting[], contracts: readonly Contract[]): ReadonlyMap<StayId, ContractId> {
  const assigned = new Map<StayId, ContractId>();
  if (accepted.length === 0) return assigned;
  const valid = idsOf(contracts);
  const taken = new Set<ContractId>();
  for (const { stay, current } of accepted) {
    if (current === null || !valid.has(current) || taken.has(current)) continue;
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

const idSets = new WeakMap<readonly Contract[], ReadonlySet<ContractId>>();
function idsOf(contracts: readonly Contract[]): ReadonlySet<ContractId> {
  const known = idSets.get(contracts);
  if (known) return known;
  const ids = new Set(contracts.map(({ id }) => id));
  idSets.set(contracts, ids);
  return ids;
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
