/** An open shift of a till, with what should be in it now. */
import { expectedMinorOf, type Shift } from "../../carpark/office/office.ts";
import type { DeepReadonly } from "../../kernel/readonly.ts";
import type { Person } from "./person.ts";
import type { ShiftView } from "../contract/live.ts";

export const shiftView = (shift: DeepReadonly<Shift>, person: Person): ShiftView => ({
  shift: String(shift.shift), till: shift.till, openedBy: person(shift.openedBy), openedAt: shift.openedAt, floatMinor: shift.floatMinor,
  expectedMinor: expectedMinorOf(shift), cashMinor: shift.cashMinor, cardMinor: shift.cardMinor, refundedMinor: shift.refundedMinor,
  chitsMinor: shift.chitsMinor, seasonCashMinor: shift.seasonCashMinor, seasonCardMinor: shift.seasonCardMinor,
  addedMinor: shift.addedMinor, droppedMinor: shift.droppedMinor, payments: shift.payments, seasons: shift.seasons,
});
