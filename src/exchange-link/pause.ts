/** How long to leave an exchange alone that is not there: longer each time, and never long. */
import { type DurationMs, SECOND } from "../kernel/instant.ts";

/** A restart is over in seconds; after an outage of days nobody minds half a minute. */
const PAUSES: readonly DurationMs[] = [1 * SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND];

export type Pause = {
  /** Whether it is time to try. */
  over(): boolean;
  /** It was not there; `atLeast` when it said how long. */
  begin(atLeast?: DurationMs): void;
  end(): void;
};

/** @param elapsed counts while the process runs */
export function pauses(elapsed: () => DurationMs): Pause {
  let until = -Infinity;
  let failures = 0;
  return {
    over: () => elapsed() >= until,
    begin: (atLeast = 0) => {
      until = elapsed() + Math.max(atLeast, PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 0);
      failures += 1;
    },
    end: () => {
      failures = 0;
      until = -Infinity;
    },
  };
}
