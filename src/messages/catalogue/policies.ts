/**
 * The questions of seed 001 and what a car park may answer to each, in both languages. The German question keeps
 * the seed's words; `heading` is where in the seed it stands.
 */
import type { POLICY_VALUES, PolicyKey } from "../../rights/policy.ts";

type Both = { readonly en: string; readonly de: string };
type Question<Values extends string> = { readonly heading: string; readonly question: Both; readonly values: Readonly<Record<Values, Both>> };
type Chosen = typeof POLICY_VALUES;
/** A key or a value without words does not compile. */
type PolicyWords = {
  readonly [K in PolicyKey]: Question<K extends keyof Chosen ? Chosen[K][number] : K extends "shortTermOffered" | "unknownParkers" ? "true" | "false" : never>;
};

const SETTLING = "Abrechnung von Pay as you Go und Dauerparkern";
const UNSEEN = "Kurzparkberechnung bei unbekannter Ausfahrt / Einfahrt";
const STORING = "Speichern unbekannter eingefahrener Benutzer";
const yesNo = { true: { en: "Yes", de: "Ja" }, false: { en: "No", de: "Nein" } } as const;

export const POLICY_WORDS: PolicyWords = {
  doubleEntry: {
    heading: "Optional: doppelte Einfahrt mit LPR",
    question: {
      en: "Somebody who came in by number plate is still present. May the same plate enter again?",
      de: "Ein Benutzer ist mit LPR eingefahren und noch anwesend. Darf er wieder mit LPR einfahren?",
    },
    values: {
      refuse: { en: "No, a double entry is refused", de: "Nein, die doppelte Einfahrt wird abgewiesen" },
      allowPlateReentry: { en: "Yes, with the same plate; the old stay is closed", de: "Ja, mit demselben Kennzeichen; der alte Parkvorgang wird geschlossen" },
    },
  },
  unknownExit: {
    heading: UNSEEN,
    question: {
      en: "Nobody saw the car leave. How much of the stay is charged?",
      de: "Niemand hat die Ausfahrt gesehen. Wie viel wird dem Kunden für die Stehzeit verrechnet?",
    },
    values: {
      inFavour: { en: "Nothing: it counts as ended at its entry", de: "Nichts: Der Parkvorgang gilt als mit der Einfahrt beendet" },
      untilNoticed: { en: "The time until it was noticed", de: "Die Zeit, bis es bemerkt wurde" },
    },
  },
  exitWithoutEntryCharge: {
    heading: UNSEEN,
    question: { en: "Nobody saw the car enter. What does its exit cost?", de: "Niemand hat die Einfahrt gesehen. Was kostet die Ausfahrt?" },
    values: {
      none: { en: "Nothing", de: "Nichts" }, minimum: { en: "The first step of the tariff", de: "Den ersten Tarifschritt" },
      lostTicket: { en: "As much as a lost ticket", de: "So viel wie ein verlorenes Ticket" },
    },
  },
  overflow: {
    heading: SETTLING,
    question: {
      en: "An account has N contracts. What happens to the N+1st car?",
      de: "Ein Kunde hat N Dauerparkverträge. Was geschieht mit dem N+1. Auto?",
    },
    values: {
      payAsYouGo: { en: "It is charged as pay-as-you-go", de: "Es wird als Pay as you Go verrechnet" },
      refuse: { en: "It may not enter", de: "Es darf nicht einfahren" },
      report: { en: "It parks uncharged and is reported", de: "Es steht ohne Entgelt und wird gemeldet" },
    },
  },
  overflowLimit: {
    heading: `${SETTLING}, DW B)`,
    question: {
      en: "Company A gives a party. How many of its cars may be beyond its contingent at once?",
      de: "Firma A macht eine Feier. Wie viele ihrer Autos dürfen zugleich über dem Kontingent stehen?",
    },
    values: {},
  },
  exitRule: {
    heading: "Ausfahren",
    question: {
      en: "May somebody leave who is known but has no right at the moment, or is not recorded as present?",
      de: "Darf ein Benutzer ausfahren, wenn er bekannt ist, aber zurzeit keine Berechtigung hat?",
    },
    values: {
      known: { en: "Also when not present, but known", de: "Auch wenn nicht anwesend, aber bekannt" },
      authorised: { en: "Also when not present, but authorised", de: "Auch wenn nicht anwesend, aber berechtigt" },
      present: { en: "Only when present", de: "Nur wenn anwesend" },
    },
  },
  expiredRight: {
    heading: "Ausfahren",
    question: {
      en: "A contract ends while the car is inside. Is the time after it charged?",
      de: "Der Dauerparkvertrag läuft ab, während das Auto in der Garage steht. Muss die Zeit danach bezahlt werden?",
    },
    values: { charge: { en: "Yes, from then on", de: "Ja, ab dann" }, free: { en: "No, it stays free until it leaves", de: "Nein, bis zur Ausfahrt bleibt es frei" } },
  },
  windowEnd: {
    heading: "Definitionen",
    question: {
      en: "A contract is valid at night only, and the car stays into the day. Is the day charged?",
      de: "Der Dauerparkvertrag ist nur nachts gültig, und das Auto bleibt bis in den Tag. Muss die Zeit danach bezahlt werden?",
    },
    values: { charge: { en: "Yes, from then on", de: "Ja, ab dann" }, free: { en: "No, it stays free until it leaves", de: "Nein, bis zur Ausfahrt bleibt es frei" } },
  },
  removePresentCredential: {
    heading: "Löschen von Berechtigungen für Dauerparker",
    question: {
      en: "While the car is inside, its plate is deleted from the account. May it be?",
      de: "Das Auto steht in der Garage, und sein Kennzeichen soll vom Account gelöscht werden. Ist das erlaubt?",
    },
    values: {
      refuse: { en: "No, not while it is inside any car park", de: "Nein, nicht solange es in einer Garage steht" },
      afterExit: { en: "Yes, it leaves the account at the exit", de: "Ja, mit der Ausfahrt verlässt es den Account" },
    },
  },
  neutralCountsAs: {
    heading: "Neutral setzen und Zählung",
    question: {
      en: "How are cars set neutral counted: present or not present?",
      de: "Wie werden neutral gesetzte Autos gezählt, als anwesend oder als nicht anwesend?",
    },
    values: { absent: { en: "As not present", de: "Als nicht anwesend" }, present: { en: "As present", de: "Als anwesend" } },
  },
  neutralProof: {
    heading: "Neutral setzen und Pay as you Go Berechnung",
    question: {
      en: "Car C enters after A and B were set neutral, and they turn out to have been inside. Must anybody pay for it?",
      de: "Auto C fährt nach dem Neutralsetzen ein, und A und B waren doch da. Muss der Benutzer etwas bezahlen?",
    },
    values: {
      waive: { en: "No, nobody's charge grows by it", de: "Nein, niemand zahlt deshalb mehr" },
      charge: { en: "Yes, as if they had been present throughout", de: "Ja, als wären sie durchgehend anwesend gewesen" },
    },
  },
  bookingEarlyTolerance: {
    heading: "Verfrühte Einfahrt",
    question: {
      en: "Somebody enters before the booking begins. How much earlier is free?",
      de: "Ein Benutzer fährt vor der Buchung ein. Wie viel früher ist frei?",
    },
    values: {},
  },
  bookingLateTolerance: {
    heading: "Überziehen",
    question: {
      en: "Somebody stays longer than the booking allows. How much longer is free?",
      de: "Ein Benutzer steht länger, als seine Buchung erlaubt. Wie viel länger ist frei?",
    },
    values: {},
  },
  exitGrace: {
    heading: "Ausfahren",
    question: { en: "How long after paying may one still leave?", de: "Wie lange darf man nach dem Zahlen noch ausfahren?" },
    values: {},
  },
  shortTermOffered: {
    heading: "Neutral setzen und Zählung",
    question: { en: "Is the car park open to short-term parkers?", de: "Ist die Garage für Kurzparker zugänglich?" },
    values: yesNo,
  },
  unknownParkers: {
    heading: STORING,
    question: { en: "May parkers enter whom nobody knows?", de: "Dürfen Benutzer einfahren, die nicht bekannt sind?" },
    values: yesNo,
  },
  cardWithoutRight: {
    heading: "Ausfahren",
    question: {
      en: "Somebody shows a card or code that gives no right now. May the car enter?",
      de: "Jemand zeigt eine Karte oder einen Code ohne Berechtigung zu dieser Zeit. Darf das Auto einfahren?",
    },
    values: { shortTerm: { en: "Yes, as short-term parker", de: "Ja, als Kurzparker" }, refuse: { en: "No", de: "Nein" } },
  },
  erasePlateAfter: {
    heading: STORING,
    question: {
      en: "May we store every plate that enters? How long after the exit is it erased?",
      de: "Dürfen wir jedes Kennzeichen, das einfährt, speichern? Wie lange nach der Ausfahrt wird es gelöscht?",
    },
    values: {},
  },
};
