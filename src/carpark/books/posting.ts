/**
 * Double entry: the postings of one event, debit positive, credit negative, adding up to 0 (property E17).
 *
 *   hopper:<station>:<coin>  cashBox:<station>:<value>  till:<till>  vault   where cash is
 *   card  cardOpen                                                          what the card company owes, or may owe
 *   provider:<provider>                                                     what its app collected for us
 *   deposit:<station>  payout:<station>  retained  refundsOwed              what we owe drivers
 *   revenue  refunds  vat                                                   what was earned, given back, and owed as tax
 *   variance:<station or till>  cardLoss                                    differences, each by its own name
 *
 * Derived from the event alone, so the books can be rebuilt from the journal at any time.
 */
import type { MinorUnits } from "../../kernel/money.ts";
import type { FacilityEvent } from "../facility/event.ts";
import type { OfficeEvent } from "../office/office.ts";
import type { PayStationEvent } from "../paystation/event.ts";
import { type Tender, valueOf } from "../paystation/paystation.ts";

export type Account =
  | `hopper:${string}:${number}` | `cashBox:${string}:${number}` | `till:${string}` | "vault"
  | "card" | "cardOpen" | `provider:${string}`
  | `deposit:${string}` | `payout:${string}` | "retained" | "refundsOwed"
  | "revenue" | "refunds" | "vat"
  | `variance:${string}` | "cardLoss";

/** Minor units; positive debits the account. */
export type Posting = { readonly account: Account; readonly amountMinor: MinorUnits };

export function postingsOf(event: FacilityEvent): readonly Posting[] {
  return draft(event).filter((posting) => posting.amountMinor !== 0);
}

const debit = (account: Account, amountMinor: MinorUnits): Posting => ({ account, amountMinor });
const credit = (account: Account, amountMinor: MinorUnits): Posting => ({ account, amountMinor: -amountMinor });

const earned = (chargeMinor: MinorUnits, taxMinor: MinorUnits): Posting[] =>
  [credit("revenue", chargeMinor - taxMinor), credit("vat", taxMinor)];

function draft(e: FacilityEvent): Posting[] {
  switch (e.type) {
    case "CoinsInserted":
      return [
        ...e.coins.flatMap((coin) => [
          debit(`hopper:${e.station}:${coin.denominationMinor}`, coin.denominationMinor * coin.toHopper),
          debit(`cashBox:${e.station}:${coin.denominationMinor}`, coin.denominationMinor * coin.toCashBox),
        ]),
        credit(`deposit:${e.station}`, e.amountMinor),
      ];
    case "NotesStacked":
      return [...inCashBox(e.station, e.notes, debit), credit(`deposit:${e.station}`, e.amountMinor)];
    case "CashSettled":
      return [
        debit(`deposit:${e.station}`, e.insertedMinor), ...earned(e.chargeMinor, e.taxMinor),
        credit(`payout:${e.station}`, e.changeMinor), credit("retained", e.retainedMinor),
      ];
    case "CashRefunded":
      return [
        debit(`deposit:${e.station}`, e.insertedMinor), credit(`payout:${e.station}`, e.refundedMinor), credit("retained", e.retainedMinor),
      ];
    case "PayoutCounted":
      return [
        debit(`payout:${e.station}`, e.amountMinor - e.excessMinor), debit(`variance:${e.station}`, e.excessMinor),
        ...e.coins.map((coin) => credit(`hopper:${e.station}:${coin.denominationMinor}`, coin.denominationMinor * coin.count)),
      ];
    case "CashVarianceFound": {
      const amountMinor = e.denominationMinor * e.count;
      return [debit(`hopper:${e.station}:${e.denominationMinor}`, amountMinor), credit(`variance:${e.station}`, amountMinor)];
    }
    case "PayoutRetained":
      return [debit(`payout:${e.station}`, e.amountMinor), credit("retained", e.amountMinor)];
    case "CardSaleApproved":
      return [debit("card", e.amountMinor), ...approvedAgainst(e)];
    case "CardSaleTrusted":
      return [debit("cardOpen", e.amountMinor), ...earned(e.amountMinor, e.taxMinor)];
    case "CardSaleDeclined":
      return e.trusted ? [debit("cardLoss", e.amountMinor), credit("cardOpen", e.amountMinor)] : [];
    case "CardRefunded":
      return [debit("refundsOwed", e.amountMinor), credit("card", e.amountMinor)];
    case "HopperFilled": {
      const amountMinor = e.denominationMinor * e.count;
      return [debit(`hopper:${e.station}:${e.denominationMinor}`, amountMinor), credit("vault", amountMinor)];
    }
    case "HopperEmptied": {
      const { denominationMinor: coin, booked, counted } = e;
      return [
        debit("vault", coin * counted), debit(`variance:${e.station}`, coin * (booked - counted)),
        credit(`hopper:${e.station}:${coin}`, coin * booked),
      ];
    }
    case "CashBoxExchanged": {
      const [booked, counted] = [valueOf(e.booked), valueOf(e.counted)];
      return [debit("vault", counted), debit(`variance:${e.station}`, booked - counted), ...inCashBox(e.station, e.booked, credit)];
    }
    case "ShiftOpened":
      return [debit(`till:${e.till}`, e.floatMinor), credit("vault", e.floatMinor)];
    case "OfficePaymentTaken":
      return e.chargeMinor === 0
        ? []
        : [debit(e.tender.kind === "card" ? "card" : `till:${e.till}`, e.chargeMinor), ...earned(e.chargeMinor, e.taxMinor)];
    case "StayPaymentTaken":
      return [debit(e.means === "provider" ? `provider:${e.provider}` : "card", e.amountMinor), ...earned(e.amountMinor, e.taxMinor)];
    case "TillCashMoved": {
      const amountMinor = e.to === "till" ? e.amountMinor : -e.amountMinor;
      return [debit(`till:${e.till}`, amountMinor), credit("vault", amountMinor)];
    }
    case "SeasonSaleBooked":
      return [debit(takenFor(e), e.amountMinor), ...earned(e.amountMinor, e.taxMinor)];
    case "ChitRedeemed":
      return [debit("retained", e.amountMinor), credit(`till:${e.till}`, e.amountMinor)];
    case "PaymentRefunded":
      return [
        debit("refunds", e.amountMinor - e.taxMinor), debit("vat", e.taxMinor),
        credit(e.cardReference === null ? `till:${e.till}` : "card", e.amountMinor),
      ];
    case "ShiftClosed":
      return [
        debit("vault", e.countedMinor), debit(`variance:${e.till}`, -e.varianceMinor), credit(`till:${e.till}`, e.expectedMinor),
      ];
    case "StationNoticeShown": case "ChargeShown": case "PaymentReminded": case "PaymentExtended": case "ValidationPrinted":
    case "ReceiptOrdered": case "StationCleared": case "TenderRemarked": case "NoteHeld": case "NoteRefused":
    case "RetentionAsked": case "StackingOrdered": case "EscrowReturned": case "PayoutOrdered": case "PayoutAsked":
    case "PayoutFinished": case "ChitIssued": case "CardSaleOrdered": case "CardAbortOrdered": case "CardUnknown":
    case "CardStatusAsked": case "CardRefundOrdered": case "CardRefundFailed": case "StationModeSet": case "CashCountersReset":
      return [];
    default:
      // Does not compile while an event of pay stations or the office has no line above.
      e satisfies Exclude<FacilityEvent, PayStationEvent | OfficeEvent>;
      return [];
  }
}

function approvedAgainst(e: Extract<PayStationEvent, { type: "CardSaleApproved" }>): Posting[] {
  switch (e.use) {
    case "settles":
    case "late":
      return earned(e.amountMinor, e.taxMinor);
    case "trusted":
      return [credit("cardOpen", e.amountMinor)];
    case "surplus":
      return [credit("refundsOwed", e.amountMinor)];
  }
}

/** Cash of a sale whose shift was closed meanwhile was counted with it, and is that till's difference. */
function takenFor({ means, till, shift }: Extract<OfficeEvent, { type: "SeasonSaleBooked" }>): Account {
  if (means !== "cash" || till === null) return "card";
  return shift === null ? `variance:${till}` : `till:${till}`;
}

const inCashBox = (station: string, tenders: readonly Tender[], side: typeof debit): Posting[] =>
  tenders.map(({ denominationMinor, count }) => side(`cashBox:${station}:${denominationMinor}`, denominationMinor * count));
