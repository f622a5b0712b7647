/**
 * The office: its ticket reader, its till with shifts, and the acts only staff can do.
 *
 *   OpenShift -> payments, season tickets, chits, refunds, cash to and from the vault ... -> CloseShift
 *                float + cash taken - cash given out = counted - variance
 *
 * Money moves only in an open shift. What overrides a price (waiving, refunding) needs a reason, and above the
 * facility's limit a second person. The table is docs/machines/office.md.
 */
import type { Instant } from "../../kernel/instant.ts";
import type { MinorUnits } from "../../kernel/money.ts";
import type { CardScheme, GroupId } from "../facility/config.ts";
import type { StayId } from "../stay/stay.ts";
import type { TicketNumber } from "../ticket/ticket.ts";

/** What was handed over. Cash: what the driver gave; change is worked out from it. Waived: nothing, with a reason. */
export type OfficeTender =
  | { readonly kind: "cash"; readonly givenMinor: MinorUnits }
  | { readonly kind: "card"; readonly scheme: CardScheme; readonly terminalReference: string }
  | { readonly kind: "waived" };

/** An open shift and what happened in it so far. */
export type Shift = {
  readonly shift: number;
  readonly till: string;
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly floatMinor: MinorUnits;
  /** Cash taken less change given. */
  cashMinor: MinorUnits;
  cardMinor: MinorUnits;
  waivedMinor: MinorUnits;
  /** Cash given back to drivers. */
  refundedMinor: MinorUnits;
  /** Refunds made through the card terminal. */
  cardRefundedMinor: MinorUnits;
  chitsMinor: MinorUnits;
  /** Season tickets sold and renewed here, in cash and by card. */
  seasonCashMinor: MinorUnits;
  seasonCardMinor: MinorUnits;
  /** Cash brought from the vault while the shift was open, and taken to it. */
  addedMinor: MinorUnits;
  droppedMinor: MinorUnits;
  payments: number;
  chits: number;
  refunds: number;
  seasons: number;
};

/** Cash that should be in the till now. */
export const expectedMinorOf = (shift: Readonly<Shift>): MinorUnits =>
  shift.floatMinor + shift.cashMinor + shift.seasonCashMinor + shift.addedMinor
  - shift.droppedMinor - shift.refundedMinor - shift.chitsMinor;

export type OfficeEvent =
  | {
      readonly type: "ShiftOpened"; readonly till: string; readonly shift: number;
      readonly floatMinor: MinorUnits;
    }
  /** The totals as printed; variance = counted - expected. */
  | ({
      readonly type: "ShiftClosed"; readonly expectedMinor: MinorUnits; readonly countedMinor: MinorUnits;
      readonly varianceMinor: MinorUnits; readonly reason: string | null;
    } & Readonly<Shift>)
  | {
      readonly type: "OfficePaymentTaken"; readonly till: string; readonly shift: number; readonly payment: number; readonly ticket: TicketNumber;
      readonly charge: "stay" | "lostTicket"; readonly tender: OfficeTender; readonly dueMinor: MinorUnits;
      /** Taken: the due amount, or 0 when it was waived. */
      readonly chargeMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly changeMinor: MinorUnits;
      readonly leaveBy: Instant; readonly reason: string | null; readonly secondPerson: string | null;
    }
  /** Cash between the till and the vault in the middle of a shift. */
  | {
      readonly type: "TillCashMoved"; readonly till: string; readonly shift: number; readonly to: "vault" | "till";
      readonly amountMinor: MinorUnits; readonly reason: string;
    }
  /**
   * Money of a season ticket that the operator's stream sold, at that sequence of it. `till` null: paid without an
   * office. `shift` null beside a till: the shift was closed between sale and booking.
   */
  | {
      readonly type: "SeasonSaleBooked"; readonly season: string; readonly kind: "sold" | "renewed"; readonly till: string | null;
      readonly shift: number | null; readonly means: "cash" | CardScheme; readonly amountMinor: MinorUnits; readonly taxMinor: MinorUnits;
      /** The card terminal's. */
      readonly reference?: string; readonly soldBy: string | null; readonly operatorSeq: number;
    }
  | {
      readonly type: "ChitRedeemed"; readonly till: string; readonly shift: number; readonly chit: number;
      readonly amountMinor: MinorUnits;
    }
  | {
      readonly type: "PaymentRefunded"; readonly till: string; readonly shift: number; readonly payment: number; readonly ticket: TicketNumber;
      readonly amountMinor: MinorUnits; readonly taxMinor: MinorUnits; readonly cardReference: string | null;
      readonly reason: string; readonly secondPerson: string | null;
    };

export type OfficeCommand =
  | { readonly type: "OpenShift"; readonly till: string; readonly floatMinor: MinorUnits }
  | {
      readonly type: "CloseShift"; readonly till: string; readonly countedMinor: MinorUnits;
      readonly reason?: string;
    }
  | {
      readonly type: "TakeOfficePayment"; readonly till: string; readonly ticket: TicketNumber; readonly tender: OfficeTender;
      readonly reason?: string; readonly secondPerson?: string;
    }
  /** A damaged ticket: the stay keeps its entry time and payments under a new number, the old one is void. */
  | { readonly type: "ReplaceTicket"; readonly ticket: TicketNumber; readonly reason: string }
  /**
   * With `stay`: the vehicle was identified, its own price is charged and its ticket replaced. Without: the
   * facility's lost ticket fee, and a paid ticket that stands for an unknown stay in `group`.
   */
  | {
      readonly type: "IssueLostTicket"; readonly till: string; readonly stay?: StayId; readonly group?: GroupId;
      readonly tender: OfficeTender; readonly reason: string; readonly secondPerson?: string;
    }
  | {
      readonly type: "MoveTillCash"; readonly till: string; readonly to: "vault" | "till"; readonly amountMinor: MinorUnits;
      readonly reason: string;
    }
  | { readonly type: "RedeemChit"; readonly till: string; readonly chit: number }
  /** `cardReference`: refunded through the card terminal; without it from the till. */
  | {
      readonly type: "RefundPayment"; readonly till: string; readonly payment: number; readonly amountMinor: MinorUnits;
      readonly cardReference?: string; readonly reason: string; readonly secondPerson?: string;
    };
