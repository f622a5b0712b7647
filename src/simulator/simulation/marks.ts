/**
 * Coverage marks: interesting situations a run has really been in, with how often. A run that reached too
 * little has tested little and fails, however green it was.
 */
export type Marks = { readonly counts: Map<string, number>; sometimes(name: string, condition?: boolean): void };

export function createMarks(): Marks {
  const counts = new Map<string, number>();
  return {
    counts,
    sometimes(name, condition = true) {
      if (condition) counts.set(name, (counts.get(name) ?? 0) + 1);
    },
  };
}

export function mergeMarks(into: Map<string, number>, from: ReadonlyMap<string, number>): void {
  for (const [name, count] of from) into.set(name, (into.get(name) ?? 0) + count);
}

/** What every run must reach, from the given number of facility-days on. */
export const REQUIRED: readonly { readonly mark: string; readonly fromDays: number }[] = [
  ...["ticket entry", "ticket exit", "cash payment", "arm closed"].map((mark) => ({ mark, fromDays: 1 })),
  ...["crash", "duplicate dropped", "card payment", "change paid", "backed out", "full", "season entry", "contract entry", "attendant opened"]
    .map((mark) => ({ mark, fromDays: 10 })),
  ...[
    "full and crash", "waiting car prompted", "prompt lapsed", "ticket retracted", "printer fault", "forced passage",
    "irregular stay", "grace over", "ticket unreadable", "card refused", "message delayed", "link down", "device reboot",
    "period closed", "start from closed period", "refund", "retained money", "power cut", "arm stuck", "silent loop",
    "contract full and overflow", "overflow refused", "promoted", "stay changed its group", "history dropped", "clock stepped back", "crash while opening",
    "camera silent", "plate unreadable", "terminal down", "paid at the lane",
  ].map((mark) => ({ mark, fromDays: 60 })),
  ...[
    "crash while collecting", "crash with work in flight", "card outcome unknown", "passage unknown", "fire", "payout asked",
    "void ticket proves entry", "ticket in mouth",
  ].map((mark) => ({ mark, fromDays: 500 })),
];

export function missingMarks(counts: ReadonlyMap<string, number>, facilityDays: number): string[] {
  return REQUIRED.filter((r) => facilityDays >= r.fromDays && !counts.get(r.mark)).map((r) => r.mark);
}
