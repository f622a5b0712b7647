/** The operator's stream and its owner, and how car parks learn what their lanes need from it. */
import { assert } from "../../kernel/assert.ts";
import { digestOf } from "../../kernel/canonical.ts";
import { type Tagged, decodeTagged } from "../../kernel/tagged.ts";
import type { EssentialRows, Journal } from "../../journal/journal.ts";
import type { Recorded } from "../facility/event.ts";
import { facilityCommandOf } from "../operator/card-right.ts";
import { type OperatorCommand, type OperatorEvent, decideOperator, evolveOperator } from "../operator/operator.ts";
import type { OperatorRefusal } from "../operator/refusal.ts";
import { OPERATOR_STATE_VERSION, type Operator, emptyOperator } from "../operator/state.ts";
import { type FacilityOwner, collect, facilityOfStream } from "./facility-owner.ts";
import { finishedRemovals } from "./presence.ts";
import { directoryRows } from "./rights-rows.ts";
import { type Durable, type OwnerPorts, StreamOwner, type StreamKind, eventOf } from "./owner.ts";

export type OperatorRecorded = Recorded<OperatorEvent>;
export type OperatorOwner = StreamOwner<Operator, OperatorCommand, OperatorRecorded, OperatorRefusal, null>;
export type OperatorDurable = Durable<OperatorRecorded, null>;

export const OPERATOR_STREAM = "operator/city";

export function operatorKind(collectRows: (events: readonly OperatorRecorded[]) => EssentialRows): StreamKind<Operator, OperatorCommand, OperatorRecorded, OperatorRefusal, null> {
  return {
    kind: "operator",
    create: () => emptyOperator(),
    restore,
    fold: evolveOperator,
    decide: decideOperator,
    outputOf: () => null,
    rowsOf: (_stream, events) => collect([directoryRows(events), collectRows(events)]),
    startCommand: () => null,
    safeModeCommand: () => null,
  };
}

export const startOperator = (
  collectRows: (events: readonly OperatorRecorded[]) => EssentialRows, ports: OwnerPorts<OperatorRecorded, null>,
): Promise<OperatorOwner> => StreamOwner.start(OPERATOR_STREAM, operatorKind(collectRows), ports);

function restore(_stream: string, payload: unknown): Operator | null {
  const closed = payload as { readonly stateVersion: number; readonly digest: string; readonly state: Tagged };
  if (closed.stateVersion !== OPERATOR_STATE_VERSION) return null;
  const state = decodeTagged(closed.state) as Operator;
  assert(digestOf(state) === closed.digest, "a closed period reads back as it was written");
  return state;
}

/**
 * Tells a car park what it has not learnt yet of the operator's stream, in order. Repeating is harmless: a
 * car park ignores what it knows. Called at start and after every durable event of the operator.
 */
export async function teach(journal: Journal, facility: FacilityOwner): Promise<void> {
  const id = facilityOfStream(facility.stream);
  for await (const batch of journal.read(OPERATOR_STREAM, facility.core.state.operatorSeq + 1)) {
    for (const stored of batch) {
      const command = facilityCommandOf(eventOf<OperatorRecorded>(stored), stored.seq, id);
      if (command === null || stored.seq <= facility.core.state.operatorSeq) continue;
      const answer = await facility.execute(command);
      if (!answer.ok && answer.error.type !== "nothingToDo") return;
      assert(facility.core.state.operatorSeq >= stored.seq || !answer.ok, "what was taught is known");
    }
  }
}

/** Removals that waited for a car to leave are finished when it is inside nowhere. Repeating is harmless. */
export async function finishRemovals(operator: OperatorOwner, facilities: readonly FacilityOwner[]): Promise<void> {
  for (const credential of finishedRemovals(operator.core, facilities.map(({ core }) => core.state))) {
    await operator.execute({ type: "FinishRemoval", credential });
  }
}
