/** Why a command to the rights of a car park does not apply: what, and where it helps, what next. */
import type { RightsRefusal } from "../rights/desk/refusal.ts";
import { dateTimeText, moneyText } from "./format.ts";
import type { Locale } from "./locale.ts";
import { translator } from "./message.ts";
import type { SiteWords } from "./site.ts";

const en = {
  rightsNotConfigured: "the rights of this car park are not set up yet",
  zoneUnknown: "the time zone {zone} is not known",
  groupsImpossible: "the counting group {group} cannot be",
  policyImpossible: "this value of {key} is not possible",
  tariffRefused: "the tariff cannot be read: {first}",
  accountUnknown: "there is no account {account}",
  accountExists: "there is an account {account} already",
  parkerUnknown: "there is no parker {parker} on this account",
  parkerExists: "there is a parker {parker} already",
  credentialUnknown: "nobody knows this plate or card",
  credentialTaken: "this plate or card belongs to a parker already",
  credentialPresent: "its car is inside (stay {stay}); wait until it has left",
  contractExists: "there is a contract {contract} already",
  contractUnknown: "there is no contract {contract}",
  contractImpossible: "this contract cannot be ({why})",
  agreementImpossible: "this agreement cannot be ({why})",
  bookingImpossible: "this booking cannot be ({why})",
  bookingUnknown: "there is no booking {booking}",
  rightImpossible: "this right cannot be ({why})",
  holdImpossible: "the plate cannot be kept: {why}",
  rightUnknown: "there is no right {right}",
  noStay: "no open stay belongs to it",
  exitSeen: "the exit of stay {stay} was seen; its time stands",
  timeImpossible: "that time is not possible ({why})",
  payerIsAccount: "the account pays for this stay by statement",
  payerIsProvider: "the service provider pays for this stay",
  datedBack: "it cannot apply from {from}: that has passed",
  notPriced: "the price cannot be worked out ({because})",
  nothingDue: "nothing is due; {paid} has been paid",
  nothingToDo: "there is nothing to do ({what})",
  groupUnknown: "there is no counting group {group}",
  notAMonth: "{text} is no month; write it like 2026-03",
  monthNotOver: "that month is over on {until}; wait until then",
  reasonMissing: "a reason is needed",
} as const satisfies Readonly<Record<RightsRefusal["type"], string>>;

const de = {
  rightsNotConfigured: "die Berechtigungen dieses Parkhauses sind noch nicht eingerichtet",
  zoneUnknown: "die Zeitzone {zone} ist unbekannt",
  groupsImpossible: "die Zählgruppe {group} ist nicht möglich",
  policyImpossible: "dieser Wert von {key} ist nicht möglich",
  tariffRefused: "der Tarif ist nicht lesbar: {first}",
  accountUnknown: "es gibt kein Konto {account}",
  accountExists: "das Konto {account} gibt es schon",
  parkerUnknown: "auf diesem Konto gibt es keinen Parker {parker}",
  parkerExists: "den Parker {parker} gibt es schon",
  credentialUnknown: "dieses Kennzeichen oder diese Karte ist unbekannt",
  credentialTaken: "dieses Kennzeichen oder diese Karte gehört schon zu einem Parker",
  credentialPresent: "das Auto steht in der Garage (Parkvorgang {stay}); erst die Ausfahrt abwarten",
  contractExists: "den Vertrag {contract} gibt es schon",
  contractUnknown: "es gibt keinen Vertrag {contract}",
  contractImpossible: "dieser Vertrag ist nicht möglich ({why})",
  agreementImpossible: "diese Vereinbarung ist nicht möglich ({why})",
  bookingImpossible: "diese Buchung ist nicht möglich ({why})",
  bookingUnknown: "es gibt keine Buchung {booking}",
  rightImpossible: "diese Berechtigung ist nicht möglich ({why})",
  holdImpossible: "das Kennzeichen kann nicht aufbewahrt werden: {why}",
  rightUnknown: "es gibt keine Berechtigung {right}",
  noStay: "dazu gibt es keinen offenen Parkvorgang",
  exitSeen: "die Ausfahrt von {stay} wurde gesehen; ihre Zeit gilt",
  timeImpossible: "diese Zeit ist nicht möglich ({why})",
  payerIsAccount: "das Konto bezahlt diesen Parkvorgang auf Rechnung",
  payerIsProvider: "der Anbieter bezahlt diesen Parkvorgang",
  datedBack: "ab {from} kann es nicht gelten: das ist vorbei",
  notPriced: "der Preis lässt sich nicht berechnen ({because})",
  nothingDue: "nichts ist offen; bezahlt sind {paid}",
  nothingToDo: "es gibt nichts zu tun ({what})",
  groupUnknown: "es gibt keine Zählgruppe {group}",
  notAMonth: "{text} ist kein Monat; bitte wie 2026-03 schreiben",
  monthNotOver: "dieser Monat endet am {until}; bis dahin warten",
  reasonMissing: "eine Begründung fehlt",
} as const satisfies Readonly<Record<keyof typeof en, string>>;

const t = translator(en, de);

const HOLD_WHY = {
  past: { en: "this time has passed", de: "diese Zeit ist vorbei" },
  tooLong: { en: "90 days in all are the most", de: "insgesamt sind höchstens 90 Tage erlaubt" },
  erased: { en: "it has been erased already", de: "es ist schon gelöscht" },
} as const;

/** Begins small: it stands after a colon. */
export function rightsRefusalText(l: Locale, refusal: RightsRefusal, site: SiteWords): string {
  switch (refusal.type) {
    case "rightsNotConfigured": case "credentialUnknown": case "credentialTaken": case "noStay": case "reasonMissing":
      return t(l, refusal.type);
    case "payerIsAccount": case "payerIsProvider": return t(l, refusal.type);
    case "tariffRefused": return t(l, refusal.type, { first: refusal.findings[0] ?? "" });
    case "datedBack": return t(l, refusal.type, { from: dateTimeText(l, refusal.from, site.zone) });
    case "monthNotOver": return t(l, refusal.type, { until: dateTimeText(l, refusal.until, site.zone) });
    case "nothingDue": return t(l, refusal.type, { paid: moneyText(l, refusal.paidMinor, site.currency) });
    case "groupUnknown": case "groupsImpossible": return t(l, refusal.type, { group: site.group(refusal.group) });
    case "zoneUnknown": return t(l, refusal.type, refusal);
    case "policyImpossible": return t(l, refusal.type, refusal);
    case "accountUnknown": case "accountExists": return t(l, refusal.type, refusal);
    case "parkerUnknown": case "parkerExists": return t(l, refusal.type, refusal);
    case "credentialPresent": case "exitSeen": return t(l, refusal.type, refusal);
    case "contractExists": case "contractUnknown": return t(l, refusal.type, refusal);
    case "contractImpossible": case "agreementImpossible": case "bookingImpossible": case "rightImpossible": case "timeImpossible":
      return t(l, refusal.type, { why: refusal.why });
    case "holdImpossible": return t(l, refusal.type, { why: HOLD_WHY[refusal.why][l] });
    case "bookingUnknown": return t(l, refusal.type, refusal);
    case "rightUnknown": return t(l, refusal.type, refusal);
    case "notPriced": return t(l, refusal.type, { because: refusal.because });
    case "nothingToDo": return t(l, refusal.type, refusal);
    case "notAMonth": return t(l, refusal.type, refusal);
  }
}
