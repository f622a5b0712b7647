/** What can be wrong at the edge with accounts and My parking, in English and German. */
import { translator } from "../../messages/message.ts";
import type { Locale } from "../contract/words.ts";
import { type EdgeProblem, trouble, type Trouble } from "../http/problem.ts";

const en = {
  accountUnknown: "There is no account {account}.", accountUnknownNext: "Look for it by name or plate.",
  parkerUnknown: "There is no parker {parker} on this account.", parkerUnknownNext: "Add the parker first.",
  stayUnknown: "There is no stay {stay} in this car park.", stayUnknownNext: "Look at the stays again.",
  statementUnknown: "There is no statement {number} in this car park.", statementUnknownNext: "Look at the list of statements.",
  bookingUnknown: "There is no booking {booking}.", bookingUnknownNext: "Look at the bookings again.",
  plateNotUnderstood: "That is no number plate: letters and digits, 16 at most.", plateNotUnderstoodNext: "Type it as it stands on the car.",
  credentialNotUnderstood: "That is no number of a card or code: 2 to 40 letters and digits.", credentialNotUnderstoodNext: "Type it as it is printed.",
  emailMissing: "The account has no e-mail address, which is the name of the login.", emailMissingNext: "Enter the address with the contact, then invite again.",
  emailTaken: "This e-mail address is the login of another account.", emailTakenNext: "Use another address.",
  inviteInvalid: "This code is not valid: it was used, replaced or is too old.", inviteInvalidNext: "Ask for a new invitation.",
  loginRefused: "E-mail address or password is wrong.", loginRefusedNext: "Try again, or ask for a new invitation.",
  tooManyAttempts: "Too many attempts. Try again in {minutes} minutes.", tooManyAttemptsNext: "Wait a little.",
  accountInUse: "The data is still needed: {why}.", accountInUseNext: "Try again when that is over, or call the office.",
  carsInside: "a car is inside", contractsRunning: "a contract or agreement is running", chargesOpen: "charges are not yet on a statement",
  periodImpossible: "The period ends before it begins or is longer than {days} days.", periodImpossibleNext: "Choose a shorter period.",
} as const;

const de = {
  accountUnknown: "Es gibt kein Konto {account}.", accountUnknownNext: "Nach Name oder Kennzeichen suchen.",
  parkerUnknown: "Auf diesem Konto gibt es keinen Parker {parker}.", parkerUnknownNext: "Den Parker zuerst hinzufügen.",
  stayUnknown: "In diesem Parkhaus gibt es keinen Parkvorgang {stay}.", stayUnknownNext: "Die Parkvorgänge neu ansehen.",
  statementUnknown: "In diesem Parkhaus gibt es keine Abrechnung {number}.", statementUnknownNext: "Die Liste der Abrechnungen ansehen.",
  bookingUnknown: "Es gibt keine Buchung {booking}.", bookingUnknownNext: "Die Buchungen neu ansehen.",
  plateNotUnderstood: "Das ist kein Kennzeichen: Buchstaben und Ziffern, höchstens 16.", plateNotUnderstoodNext: "So eingeben, wie es am Auto steht.",
  credentialNotUnderstood: "Das ist keine Karten- oder Codenummer: 2 bis 40 Buchstaben und Ziffern.", credentialNotUnderstoodNext: "So eingeben, wie es aufgedruckt ist.",
  emailMissing: "Das Konto hat keine E-Mail-Adresse; sie ist der Name des Zugangs.", emailMissingNext: "Die Adresse beim Kontakt eintragen und erneut einladen.",
  emailTaken: "Diese E-Mail-Adresse gehört zum Zugang eines anderen Kontos.", emailTakenNext: "Eine andere Adresse verwenden.",
  inviteInvalid: "Dieser Code gilt nicht: Er wurde benutzt, ersetzt oder ist zu alt.", inviteInvalidNext: "Um eine neue Einladung bitten.",
  loginRefused: "E-Mail-Adresse oder Passwort ist falsch.", loginRefusedNext: "Erneut versuchen oder um eine neue Einladung bitten.",
  tooManyAttempts: "Zu viele Versuche. In {minutes} Minuten erneut versuchen.", tooManyAttemptsNext: "Kurz warten.",
  accountInUse: "Die Daten werden noch gebraucht: {why}.", accountInUseNext: "Danach erneut versuchen oder das Büro anrufen.",
  carsInside: "ein Auto steht in der Garage", contractsRunning: "ein Vertrag oder eine Vereinbarung läuft", chargesOpen: "Beträge stehen noch auf keiner Abrechnung",
  periodImpossible: "Der Zeitraum endet vor seinem Beginn oder ist länger als {days} Tage.", periodImpossibleNext: "Einen kürzeren Zeitraum wählen.",
} as const;

export const t = translator(en, de);

type Plain = "plateNotUnderstood" | "credentialNotUnderstood" | "emailMissing" | "emailTaken" | "inviteInvalid" | "loginRefused";

export const plainTrouble = (code: Plain, locale: Locale): Trouble => trouble(code, t(locale, code), { next: t(locale, `${code}Next`) });

export const unknownTrouble = (
  what: { readonly account: string } | { readonly parker: string } | { readonly stay: string } | { readonly statement: string } | { readonly booking: string },
  locale: Locale,
): Trouble => {
  if ("account" in what) return trouble("notFound", t(locale, "accountUnknown", what), { next: t(locale, "accountUnknownNext") });
  if ("parker" in what) return trouble("notFound", t(locale, "parkerUnknown", what), { next: t(locale, "parkerUnknownNext") });
  if ("stay" in what) return trouble("notFound", t(locale, "stayUnknown", what), { next: t(locale, "stayUnknownNext") });
  if ("booking" in what) return trouble("notFound", t(locale, "bookingUnknown", what), { next: t(locale, "bookingUnknownNext") });
  return trouble("notFound", t(locale, "statementUnknown", { number: what.statement }), { next: t(locale, "statementUnknownNext") });
};

export const periodTrouble = (locale: Locale, days: number): Trouble =>
  trouble("queryNotUnderstood", t(locale, "periodImpossible", { days }), { next: t(locale, "periodImpossibleNext") });

/** Compiles only while every code above is a problem of the edge. */
export type AccountProblems = Extract<EdgeProblem, Plain | "accountInUse">;
