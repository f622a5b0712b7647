/** Policies as the lab flips them: the values one can choose for each key, written as a scenario writes them. */
import { DEFAULT_POLICY, POLICY_VALUES, type PolicyKey } from "../../../rights/policy.ts";

export type PolicyValue = string | number | boolean | null;
export type Flips = { readonly [K in PolicyKey]?: PolicyValue };

export const POLICY_KEYS = Object.keys(DEFAULT_POLICY) as readonly PolicyKey[];

/** Durations worth trying; any other can be typed into the scenario. */
const DURATIONS: Readonly<Record<string, readonly string[]>> = {
  bookingEarlyTolerance: ["PT0S", "PT15M", "PT30M", "PT1H"], bookingLateTolerance: ["PT0S", "PT15M", "PT30M", "PT1H"],
  exitGrace: ["PT5M", "PT15M", "PT30M"], erasePlateAfter: ["PT1H", "PT12H", "PT24H"],
};
const LIMITS: readonly PolicyValue[] = [null, 0, 1, 2, 5];

export function valuesOf(key: PolicyKey): readonly PolicyValue[] {
  if (key in POLICY_VALUES) return POLICY_VALUES[key as keyof typeof POLICY_VALUES];
  if (key === "overflowLimit") return LIMITS;
  return DURATIONS[key] ?? [true, false];
}

/** The same duration is written in more than one way. */
export function sameValue(a: PolicyValue | undefined, b: PolicyValue | undefined): boolean {
  if (typeof a !== "string" || typeof b !== "string") return a === b;
  const [x, y] = [secondsOf(a), secondsOf(b)];
  return x === null || y === null ? a === b : x === y;
}

export function secondsOf(text: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
