/** What to do about a refusal of the directory or of a car park's rights. Only where there is something to do. */
import type { OperatorRefusal } from "../carpark/operator/refusal.ts";
import type { RightsRefusal } from "../rights/desk/refusal.ts";
import type { Locale } from "./locale.ts";

type Refused = RightsRefusal["type"] | OperatorRefusal["type"];

const NEXT: Partial<Readonly<Record<Refused, readonly [en: string, de: string]>>> = {
  accountUnknown: ["Look for the account by name or plate.", "Das Konto nach Name oder Kennzeichen suchen."],
  accountClosed: ["Open a new account.", "Ein neues Konto eröffnen."],
  parkerUnknown: ["Add the parker to the account first.", "Den Parker zuerst zum Konto hinzufügen."],
  credentialTaken: ["Look whose it is; remove it there first.", "Nachsehen, wem es gehört, und es dort zuerst entfernen."],
  credentialPresent: ["Remove it when the car has left, or let the policy remove it at the exit.", "Nach der Ausfahrt entfernen, oder die Regel „mit der Ausfahrt“ wählen."],
  credentialUnknown: ["Look at the account's parkers again.", "Die Parker des Kontos neu ansehen."],
  contractImpossible: ["Change what is named and sign again.", "Das Genannte ändern und erneut abschließen."],
  rightImpossible: ["Change what is named and try again.", "Das Genannte ändern und erneut versuchen."],
  bookingImpossible: ["Choose another time.", "Eine andere Zeit wählen."],
  bookingUnknown: ["Look at the bookings again.", "Die Buchungen neu ansehen."],
  timeImpossible: ["Give a time between entry and now.", "Eine Zeit zwischen Einfahrt und jetzt angeben."],
  exitSeen: ["Correct nothing: the exit was recorded.", "Nichts zu korrigieren: Die Ausfahrt wurde erfasst."],
  noStay: ["Let the car in by hand if it is inside.", "Das Auto von Hand einlassen, wenn es in der Garage steht."],
  monthNotOver: ["Run the statements after the month has ended.", "Die Abrechnung nach Monatsende erstellen."],
  notPriced: ["Look at the tariff: it has no price for some of this time.", "Den Tarif ansehen: Er hat für einen Teil der Zeit keinen Preis."],
  policyImpossible: ["Choose one of the values offered.", "Einen der angebotenen Werte wählen."],
  nothingToDo: ["It is so already.", "Es ist schon so."],
  reasonMissing: ["Say why.", "Einen Grund angeben."],
};

export function nextOf(refusal: { readonly type: string }, locale: Locale): string | undefined {
  const words = (NEXT as Readonly<Record<string, readonly [string, string] | undefined>>)[refusal.type];
  return words?.[locale === "de" ? 1 : 0];
}
