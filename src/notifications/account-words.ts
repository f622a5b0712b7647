/** The words of e-mails to accounts, in the account's language. */
import { translator } from "../messages/message.ts";

const en = {
  "overflow.subject": "{facility}: {plate} is beyond your contingent",
  "overflow.text": "The car {plate} was admitted at {at} although all of your contracts were in use.",
  "uncovered.subject": "{facility}: {plate} is no longer covered",
  "uncovered.text": "Since {at} no contract or booking covers the car {plate} any more.",
  "promoted.subject": "{facility}: {plate} is covered again",
  "promoted.text": "Since {at} the car {plate} is covered. Its charging stopped at that moment; what had been charged until then remains.",
  chargedAccount: "From now on it is charged to your account and will be on your next statement.",
  chargedReport: "It is not charged; it is reported to the operator as beyond your contingent.",
  chargedMachine: "From now on its time is to be paid at the pay station or exit.",
  "statement.subject": "{facility}: parking statement {number}, {month}",
  "statement.text": "Attached is your parking statement {number} for {month}. Total: {total}.",
  "invitation.subject": "Your access to My parking, {city}",
  "invitation.text": "You can now see your cars, charges and statements in My parking. Choose a password here:",
  invitationEnds: "The link works once and until {until}.",
  carPark: "Car park", account: "Account", anonymous: "with an erased plate",
  footer: "This message was sent automatically.",
} as const;

const de = {
  "overflow.subject": "{facility}: {plate} ist über Ihrem Kontingent",
  "overflow.text": "Das Auto {plate} wurde am {at} eingelassen, obwohl alle Ihre Verträge belegt waren.",
  "uncovered.subject": "{facility}: {plate} ist nicht mehr gedeckt",
  "uncovered.text": "Seit {at} gilt für das Auto {plate} kein Vertrag und keine Buchung mehr.",
  "promoted.subject": "{facility}: {plate} ist wieder gedeckt",
  "promoted.text": "Seit {at} ist das Auto {plate} gedeckt. Seither wird nichts mehr verrechnet; was bis dahin angefallen ist, bleibt.",
  chargedAccount: "Ab jetzt wird es Ihrem Konto verrechnet und steht auf der nächsten Abrechnung.",
  chargedReport: "Es wird nichts verrechnet; der Betreiber erfährt, dass es über Ihrem Kontingent ist.",
  chargedMachine: "Ab jetzt ist die Zeit am Kassenautomaten oder bei der Ausfahrt zu bezahlen.",
  "statement.subject": "{facility}: Abrechnung {number}, {month}",
  "statement.text": "Im Anhang finden Sie Ihre Abrechnung {number} für {month}. Summe: {total}.",
  "invitation.subject": "Ihr Zugang zu Mein Parken, {city}",
  "invitation.text": "In Mein Parken sehen Sie ab jetzt Ihre Autos, Beträge und Abrechnungen. Wählen Sie hier ein Passwort:",
  invitationEnds: "Der Link funktioniert einmal und bis {until}.",
  carPark: "Parkhaus", account: "Konto", anonymous: "mit gelöschtem Kennzeichen",
  footer: "Diese Nachricht wurde automatisch versendet.",
} as const;

export const t = translator(en, de);
