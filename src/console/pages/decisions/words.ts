import { words } from "../../words/words.ts";

export const decisionWords = words({
  title: "Who may park", note: "Every decision of the lanes about accounts, newest first, with its reason.", list: "Decisions", none: "No decisions yet", at: "Time", what: "What", who: "Who", why: "Why", policy: "Policy {key}: {value}", rules: "Rule {rule}, version {rules}", by: "by {by}", day: "Day", accountOf: "Account",
  "what.StayOpened": "Let in", "what.EntryRefused": "Not let in", "what.StayClosed": "Let out", "what.PaymentDemanded": "Asked to pay", "what.StayPaid": "Paid", "what.AttendantCalled": "Attendant called", "what.ExitWithoutEntry": "Left without an entry", "what.NeutralSet": "Set neutral", "what.ExitTimeGiven": "Exit time given",
  admit: "Let in by hand", admitExplain: "After an emergency call or in a power cut. The stay begins now without checks; rights apply from now on, and it is listed as irregular.", admitted: "Let in", kind: "Credential", text: "Plate or number", reason: "Reason", plate: "Plate", card: "Card", qr: "QR code", paymentCard: "Payment card",
}, {
  title: "Wer parken darf", note: "Jede Entscheidung der Fahrspuren über Konten, neueste zuerst, mit Grund.", list: "Entscheidungen", none: "Noch keine Entscheidungen", at: "Zeit", what: "Was", who: "Wer", why: "Warum", policy: "Regel {key}: {value}", rules: "Grundsatz {rule}, Version {rules}", by: "von {by}", day: "Tag", accountOf: "Konto",
  "what.StayOpened": "Eingelassen", "what.EntryRefused": "Nicht eingelassen", "what.StayClosed": "Ausgelassen", "what.PaymentDemanded": "Zahlung verlangt", "what.StayPaid": "Bezahlt", "what.AttendantCalled": "Personal gerufen", "what.ExitWithoutEntry": "Ausgefahren ohne Einfahrt", "what.NeutralSet": "Neutral gesetzt", "what.ExitTimeGiven": "Ausfahrtszeit angegeben",
  admit: "Von Hand einlassen", admitExplain: "Nach einem Notruf oder bei Stromausfall. Der Parkvorgang beginnt jetzt ohne Prüfung; Berechtigungen gelten ab jetzt, und er wird als Ausnahme geführt.", admitted: "Eingelassen", kind: "Medium", text: "Kennzeichen oder Nummer", reason: "Grund", plate: "Kennzeichen", card: "Karte", qr: "QR-Code", paymentCard: "Zahlungskarte",
});
