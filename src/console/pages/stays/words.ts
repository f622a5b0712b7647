import { words } from "../../words/words.ts";

export const stayWords = words({
  title: "Stays and counts", check: "To check", inside: "Inside", ended: "Ended today", counts: "Counts", noneCheck: "No stay needs a look", none: "No stays",
  entered: "Entered", left: "Left", for: "For", credential: "Ticket or card", card: "Card", nothing: "None", basis: "Kind", group: "Group", flags: "Look because", lane: "Lane", end: "How",
  close: "Close", neutral: "Neutral", release: "Let out", actsOn: "Acts on stay {stay}", reason: "Reason",
  closeTitle: "Close stay {stay}", closeExplain: "The vehicle is not here any more. The stay ends and the count goes down.", exitedAt: "Left at, if known", closed: "Stay closed",
  neutralTitle: "Set stay {stay} to neutral", neutralExplain: "Nobody knows whether the vehicle is inside. Its next movement, in or out, decides.", neutralDone: "Stay is neutral",
  releaseTitle: "Let out by hand: {stay}", releaseExplain: "The vehicle leaves or left with the barrier worked by hand.", at: "When, if not now", released: "Recorded as let out",
  admit: "Let in by hand", admitExplain: "A vehicle entered with the barrier worked by hand, now or while the system was down.", admitted: "Recorded as inside",
  overdue: "here too long",
  plates: "Plates kept", platesNote: "Plates that are not erased yet although their car has left, because a stay is unpaid or disputed. Each has somebody who answers for it and a day on which it goes.", platesNone: "No plate is kept", plate: "Plate", because: "Because", owner: "Answers for it", until: "Until", account: "Account",
}, {
  title: "Parkvorgänge und Zähler", check: "Zu prüfen", inside: "Im Parkhaus", ended: "Heute beendet", counts: "Zähler", noneCheck: "Kein Parkvorgang ist zu prüfen", none: "Keine Parkvorgänge",
  entered: "Einfahrt", left: "Ausfahrt", for: "Dauer", credential: "Ticket oder Karte", card: "Karte", nothing: "Keins", basis: "Art", group: "Gruppe", flags: "Zu prüfen, weil", lane: "Spur", end: "Wie",
  close: "Schließen", neutral: "Neutral", release: "Hinauslassen", actsOn: "Aktionen für {stay}", reason: "Grund",
  closeTitle: "Parkvorgang {stay} schließen", closeExplain: "Das Fahrzeug ist nicht mehr da. Der Parkvorgang endet, der Zähler geht zurück.", exitedAt: "Ausfahrt um, falls bekannt", closed: "Parkvorgang geschlossen",
  neutralTitle: "Parkvorgang {stay} neutral setzen", neutralExplain: "Ob das Fahrzeug da ist, ist unklar. Die nächste Bewegung, hinein oder hinaus, entscheidet.", neutralDone: "Parkvorgang ist neutral",
  releaseTitle: "Von Hand hinauslassen: {stay}", releaseExplain: "Das Fahrzeug fährt oder fuhr aus, während die Schranke von Hand bedient wurde.", at: "Wann, falls nicht jetzt", released: "Ausfahrt festgehalten",
  admit: "Von Hand einlassen", admitExplain: "Ein Fahrzeug fuhr ein, während die Schranke von Hand bedient wurde, jetzt oder bei Ausfall des Systems.", admitted: "Einfahrt festgehalten",
  overdue: "zu lange hier",
  plates: "Aufbewahrte Kennzeichen", platesNote: "Kennzeichen, die nach der Ausfahrt noch nicht gelöscht sind, weil ein Parkvorgang unbezahlt oder strittig ist. Für jedes ist jemand verantwortlich, und jedes hat ein Ende.", platesNone: "Kein Kennzeichen wird aufbewahrt", plate: "Kennzeichen", because: "Weil", owner: "Verantwortlich", until: "Bis", account: "Konto",
});
