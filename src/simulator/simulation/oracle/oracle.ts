/** What every oracle sees: each decision with its events, each effect at the moment it goes out. */
import type { FacilityCommand } from "../../../carpark/facility/command.ts";
import type { FacilityCore } from "../../../carpark/facility/decide.ts";
import type { Recorded } from "../../../carpark/facility/event.ts";
import type { Refusal } from "../../../carpark/facility/refusal.ts";
import type { ReadonlyFacility } from "../../../carpark/facility/state.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { Effect } from "../owner.ts";

/** `id` is the invariant's, as in the documentation. */
export type Violation = { readonly id: string; readonly at: Instant; readonly what: string };

export type Report = (id: string, what: string) => void;

export type Step = {
  /** True time, and the owner's. */
  readonly now: Instant;
  readonly ownerNow: Instant;
  readonly core: FacilityCore;
  readonly command: FacilityCommand;
  readonly actor: string | null;
  readonly events: readonly Recorded[];
  readonly refusal: Refusal | null;
};

export type Oracle = {
  afterStep?(step: Step): void;
  /** `durable`: state folded from the journal alone, at the moment the effect goes out. */
  onEffect?(effect: Effect, durable: ReadonlyFacility, now: Instant): void;
  /** The owner started again; what was not durable never happened. */
  onRestart?(durable: ReadonlyFacility, now: Instant): void;
};
