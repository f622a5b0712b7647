/** The shape of the operator's deciders; as `facility/deciding.ts`, for the operator's own stream. */
import type { Instant } from "../../kernel/instant.ts";
import type { OperatorEvent } from "./operator.ts";
import type { ReadonlyOperator } from "./state.ts";

export type OperatorDeciding = {
  readonly state: ReadonlyOperator;
  readonly now: Instant;
  /** The member of staff who acts, or null: a holder in My parking, or the product itself. */
  readonly actor: string | null;
  emit(event: OperatorEvent): void;
};
