/** The sentence of a refusal, for problem+json, screens and the command line. */
import type { Refusal } from "../carpark/facility/refusal.ts";
import { findingText } from "../tariff/finding.ts";
import { claimantText } from "./eventText.ts";
import { dateTimeText, moneyText, timeText } from "./format.ts";
import type { Locale } from "./locale.ts";
import { rightsRefusalText } from "./rightsRefusalText.ts";
import type { SiteWords } from "./site.ts";
import { t } from "./t.ts";

export function refusalText(locale: Locale, refusal: Refusal, site: SiteWords): string {
  const money = (amountMinor: number) => moneyText(locale, amountMinor, site.currency);
  switch (refusal.type) {
    case "facilityNotConfigured":
    case "facilityInSafeMode":
    case "reasonMissing":
    case "actorMissing":
      return t(locale, `refusal.${refusal.type}`);
    case "laneUnknown":
    case "laneWrongDirection":
    case "noVehicle":
      return t(locale, `refusal.${refusal.type}`, { lane: site.lane(refusal.lane) });
    case "laneBusy":
      return t(locale, "refusal.laneBusy", { lane: site.lane(refusal.lane), step: stepText(locale, refusal.step) });
    case "laneNotAutomatic":
      return t(locale, "refusal.laneNotAutomatic", { lane: site.lane(refusal.lane), mode: t(locale, `laneMode.${refusal.mode}`) });
    case "stationUnknown":
    case "stationBusy":
    case "stationOutOfService":
      return t(locale, `refusal.${refusal.type}`, { station: site.station(refusal.station) });
    case "nothingToDo": return t(locale, "refusal.nothingToDo", refusal);
    case "tillTooLow": return t(locale, "refusal.tillTooLow", { till: refusal.till, available: money(refusal.availableMinor) });
    case "chitUnknown":
    case "chitRedeemed":
      return t(locale, `refusal.${refusal.type}`, { chit: refusal.chit });
    case "paymentUnknown": return t(locale, "refusal.paymentUnknown", refusal);
    case "refundTooHigh":
      return t(locale, "refusal.refundTooHigh", { payment: refusal.payment, refundable: money(refusal.refundableMinor) });
    case "cashInserted": return t(locale, "refusal.cashInserted", { inserted: money(refusal.insertedMinor) });
    case "cardPending": return t(locale, "refusal.cardPending", refusal);
    case "countImpossible": return t(locale, "refusal.countImpossible", refusal);
    case "denominationRefused": return t(locale, "refusal.denominationRefused", { amount: money(refusal.amountMinor) });
    case "ticketUnknown": return t(locale, "refusal.ticketUnknown", refusal);
    case "ticketState":
      return t(locale, "refusal.ticketState", { ticket: refusal.ticket, state: t(locale, `ticketState.${refusal.state}`) });
    case "ticketClaimed": return t(locale, "refusal.ticketClaimed", refusal);
    case "stayClaimed": return t(locale, "refusal.stayClaimed", { by: claimantText(refusal.by, locale, site) });
    case "amountExpired": return t(locale, "refusal.amountExpired");
    case "paymentKnown": return t(locale, "refusal.paymentKnown");
    case "paidOtherwise": return t(locale, "refusal.paidOtherwise", { at: timeText(locale, refusal.paidAt, site.zone) });
    case "amountTooSmall":
    case "amountTooLarge":
      return t(locale, `refusal.${refusal.type}`, { given: money(refusal.givenMinor), due: money(refusal.dueMinor) });
    case "readStale":
      return t(locale, "refusal.readStale", { age: Math.round(refusal.ageMs / 1_000), max: Math.round(refusal.maxMs / 1_000) });
    case "rightsRefused": return t(locale, "refusal.rightsRefused", { because: rightsRefusalText(locale, refusal.because, site) });
    case "tariffMissing": return t(locale, "refusal.tariffMissing", refusal);
    case "notPriced": return t(locale, "refusal.notPriced", refusal);
    case "tariffNotNext": return t(locale, "refusal.tariffNotNext", refusal);
    case "tariffInPast": return t(locale, "refusal.tariffInPast", { from: dateTimeText(locale, refusal.effectiveFrom, site.zone) });
    case "tariffRefused":
      return t(locale, "refusal.tariffRefused", { count: refusal.findings.length, first: refusal.findings.map(findingText)[0] ?? "" });
    case "stayUnknown": return t(locale, "refusal.stayUnknown", refusal);
    case "groupUnknown": return t(locale, "refusal.groupUnknown", { group: site.group(refusal.group) });
    case "callUnknown": return t(locale, "refusal.callUnknown", refusal);
    case "faultUnknown": return t(locale, "refusal.faultUnknown", refusal);
    case "faultState":
      return t(locale, "refusal.faultState", { fault: refusal.fault, state: t(locale, `faultState.${refusal.state}`) });
    case "secondPersonMissing": return t(locale, "refusal.secondPersonMissing", { above: money(refusal.aboveMinor) });
    case "shiftMissing":
    case "shiftOpen":
      return t(locale, `refusal.${refusal.type}`, { till: refusal.till });
    case "textTooLong": return t(locale, "refusal.textTooLong", refusal);
    case "timeImpossible": return t(locale, "refusal.timeImpossible", refusal);
    case "entryRefused":
    case "exitRefused":
      return t(locale, `refusal.${refusal.type}`, { reason: t(locale, `reason.${refusal.reason}`) });
  }
}

const STEPS = [
  "idle", "approached", "waiting", "offered", "printing", "offering", "retracting", "ticketInMouth", "printerFault", "refused",
  "paymentDue", "returningCard", "opening", "attendant",
] as const;

/** The step travels as text in the refusal; a word we do not know is shown as it is. */
function stepText(locale: Locale, step: string): string {
  const known = STEPS.find((one) => one === step);
  return known ? t(locale, `laneStep.${known}`) : step;
}
