/**
 * Seeded random numbers (xoshiro128**), one named stream for each use, so that a new draw in one
 * place does not shift the others. Never for secrets.
 */
export type Rng = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** An independent stream, the same for the same name. */
  stream(name: string): Rng;
};

export function rngOf(seed: number | string): Rng {
  const text = String(seed);
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  const split = (): number => {
    h = (h + 0x9e3779b9) | 0;
    let z = h;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let a = split(), b = split(), c = split(), d = split() | 1;
  const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
  const next32 = (): number => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a; d ^= b; b ^= c; a ^= d; c ^= t;
    d = rotl(d, 11);
    return result;
  };
  const rng: Rng = {
    next: () => next32() / 4294967296,
    int: (below) => Math.floor((next32() / 4294967296) * below),
    chance: (probability) => next32() / 4294967296 < probability,
    pick: (from) => from[Math.floor((next32() / 4294967296) * from.length)]!,
    stream: (name) => rngOf(`${text}/${name}`),
  };
  return rng;
}
