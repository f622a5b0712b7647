/** The sentence of a refusal of the operator's stream: what does not apply, and what next. */
import type { Refusal } from "../carpark/facility/refusal.ts";
import type { OperatorRefusal } from "../carpark/operator/refusal.ts";
import { moneyText } from "./format.ts";
import type { Locale } from "./locale.ts";
import { translator } from "./message.ts";

/** Refusals only the operator's stream has; those both have are worded as the facility's. */
export type OnlyOperatorRefusal = Exclude<OperatorRefusal, { readonly type: Refusal["type"] }>;

const en = {
  operatorNotConfigured: "The city is not configured yet.",
  facilityUnknown: "There is no car park {facility}.",
  zoneUnknown: "The time zone {zone} of {facility} is not known.",
  facilityStillSold: "{facility} still has season tickets; it cannot leave the configuration.",
  companyUnknown: "There is no security company {company}.",
  contractMissing: "{company} has no contract yet. Set its contract first.",
  contractImpossible: "This contract cannot be: {why}.",
  cardsExhausted: "{company} has all {cards} cards of its contract. Block one or raise the number.",
  seasonTicketUnknown: "There is no season ticket {ticket}.",
  seasonTicketBlocked: "Season ticket {ticket} is blocked. Unblock it first.",
  notADate: "{text} is not a date.",
  startInPast: "It cannot start in the past; the earliest day is {earliest}.",
  startTooFar: "It cannot start so late; the latest day is {latest}.",
  priceChanged: "The price is {price} now. Show it to the buyer and try again.",
  tillMissing: "Cash needs a till. Sell it at the office of a car park.",
  cardInUse: "This card is in use already.",
  cardUnknown: "This card is not of this city.",
  cardReplaced: "This card was replaced; it belongs to {ticket} no more.",
  accountUnknown: "There is no account {account}.",
  accountExists: "There is an account {account} already. Choose another id.",
  accountClosed: "Account {account} is closed.",
  parkerUnknown: "There is no parker {parker} on this account.",
  parkerExists: "There is a parker {parker} on this account already.",
  credentialUnknown: "Nobody on this account has this plate, card or code.",
  credentialTaken: "This plate, card or code belongs to somebody already.",
  credentialPresent: "Its car is inside {facilities}. Try again when it has left.",
  contractExists: "There is a contract {contract} on this account already.",
  contractUnknown: "There is no contract {contract} on this account.",
  rightImpossible: "This cannot be: {why}.",
  tooMany: "There can be at most {max} {what}.",
} as const satisfies Readonly<Record<OnlyOperatorRefusal["type"], string>>;

const de = {
  operatorNotConfigured: "Die Stadt ist noch nicht eingerichtet.",
  facilityUnknown: "Es gibt kein Parkhaus {facility}.",
  zoneUnknown: "Die Zeitzone {zone} von {facility} ist unbekannt.",
  facilityStillSold: "{facility} hat noch Zeitkarten und kann nicht aus der Konfiguration entfernt werden.",
  companyUnknown: "Es gibt keine Sicherheitsfirma {company}.",
  contractMissing: "{company} hat noch keinen Vertrag. Zuerst den Vertrag anlegen.",
  contractImpossible: "Dieser Vertrag ist nicht möglich: {why}.",
  cardsExhausted: "{company} hat alle {cards} Karten des Vertrags. Eine sperren oder die Anzahl erhöhen.",
  seasonTicketUnknown: "Es gibt keine Zeitkarte {ticket}.",
  seasonTicketBlocked: "Die Zeitkarte {ticket} ist gesperrt. Zuerst entsperren.",
  notADate: "{text} ist kein Datum.",
  startInPast: "Der Beginn liegt in der Vergangenheit; frühester Tag ist {earliest}.",
  startTooFar: "Der Beginn liegt zu spät; spätester Tag ist {latest}.",
  priceChanged: "Der Preis ist jetzt {price}. Bitte zeigen und erneut versuchen.",
  tillMissing: "Bargeld braucht eine Kasse. Bitte im Büro eines Parkhauses verkaufen.",
  cardInUse: "Diese Karte wird schon verwendet.",
  cardUnknown: "Diese Karte ist nicht aus dieser Stadt.",
  cardReplaced: "Diese Karte wurde ersetzt; sie gehört nicht mehr zu {ticket}.",
  accountUnknown: "Es gibt kein Konto {account}.",
  accountExists: "Das Konto {account} gibt es schon. Bitte eine andere Kennung wählen.",
  accountClosed: "Das Konto {account} ist geschlossen.",
  parkerUnknown: "Auf diesem Konto gibt es keinen Parker {parker}.",
  parkerExists: "Den Parker {parker} gibt es auf diesem Konto schon.",
  credentialUnknown: "Niemand auf diesem Konto hat dieses Kennzeichen, diese Karte oder diesen Code.",
  credentialTaken: "Dieses Kennzeichen, diese Karte oder dieser Code gehört schon jemandem.",
  credentialPresent: "Das Auto steht noch in {facilities}. Nach der Ausfahrt erneut versuchen.",
  contractExists: "Den Vertrag {contract} gibt es auf diesem Konto schon.",
  contractUnknown: "Es gibt auf diesem Konto keinen Vertrag {contract}.",
  rightImpossible: "Das ist nicht möglich: {why}.",
  tooMany: "Höchstens {max} sind möglich ({what}).",
} as const satisfies Readonly<Record<keyof typeof en, string>>;

const t = translator(en, de);

export function operatorRefusalText(locale: Locale, refusal: OnlyOperatorRefusal): string {
  switch (refusal.type) {
    case "operatorNotConfigured": case "tillMissing": case "cardInUse": case "cardUnknown": return t(locale, refusal.type);
    case "facilityUnknown": return t(locale, "facilityUnknown", refusal);
    case "zoneUnknown": return t(locale, "zoneUnknown", refusal);
    case "facilityStillSold": return t(locale, "facilityStillSold", refusal);
    case "companyUnknown": return t(locale, "companyUnknown", refusal);
    case "contractMissing": return t(locale, "contractMissing", refusal);
    case "contractImpossible": return t(locale, "contractImpossible", refusal);
    case "cardsExhausted": return t(locale, "cardsExhausted", refusal);
    case "seasonTicketUnknown": return t(locale, "seasonTicketUnknown", refusal);
    case "seasonTicketBlocked": return t(locale, "seasonTicketBlocked", refusal);
    case "notADate": return t(locale, "notADate", refusal);
    case "startInPast": return t(locale, "startInPast", refusal);
    case "startTooFar": return t(locale, "startTooFar", refusal);
    case "priceChanged": return t(locale, "priceChanged", { price: moneyText(locale, refusal.priceMinor, refusal.currency) });
    case "cardReplaced": return t(locale, "cardReplaced", refusal);
    case "accountUnknown": case "accountExists": case "accountClosed": return t(locale, refusal.type, refusal);
    case "parkerUnknown": case "parkerExists": return t(locale, refusal.type, refusal);
    case "credentialUnknown": case "credentialTaken": return t(locale, refusal.type);
    case "credentialPresent": return t(locale, "credentialPresent", { facilities: refusal.facilities.join(", ") });
    case "contractExists": case "contractUnknown": return t(locale, refusal.type, refusal);
    case "rightImpossible": return t(locale, "rightImpossible", refusal);
    case "tooMany": return t(locale, "tooMany", refusal);
  }
}
