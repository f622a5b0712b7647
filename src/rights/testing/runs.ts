/** How many random cases, and from which seed; both can be set from outside to find and repeat a failure. */
type Environment = Readonly<Record<string, string | undefined>>;

export const runsOf = (environment: Environment, usual: number): number => Number(environment["GATEHOUSE_PROPERTY_RUNS"] ?? usual);

export function settingsOf(environment: Environment, numRuns: number): { readonly numRuns: number; readonly seed?: number } {
  const seed = environment["GATEHOUSE_PROPERTY_SEED"];
  return { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
