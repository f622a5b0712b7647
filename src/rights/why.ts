/**
 * Why: the rule, the facts and the policy value behind a decision or an amount, as data, and the sentence made
 * of them in English and German.
 */
export type Locale = "en" | "de";

/** `RULES_VERSION` rises when a rule changes what it decides; results carry the version that made them. */
export const RULES_VERSION = 1;

export type Rule = keyof typeof SENTENCES;
export type Why = {
  readonly rule: Rule;
  readonly rules: number;
  readonly policy?: { readonly key: string; readonly value: string };
  readonly facts: Readonly<Record<string, string | number>>;
};

export const because = (rule: Rule, facts: Why["facts"] = {}, policy?: Why["policy"]): Why =>
  ({ rule, rules: RULES_VERSION, facts, ...(policy ? { policy } : {}) });

type Sentence = { readonly en: string; readonly de: string };

/** Gaps in braces are facts; `{policy}` is the policy's value. */
const SENTENCES = {
  booked: { en: "Booking {booking} covers this parker now.", de: "Buchung {booking} gilt jetzt für diesen Parker." },
  contractFree: {
    en: "Contract {contract} has a free space: {covered} of {contracts} are in use.",
    de: "Vertrag {contract} hat einen freien Platz: {covered} von {contracts} sind belegt.",
  },
  overflowPays: {
    en: "All {contracts} contracts are in use; the account pays for this car by pay-as-you-go.",
    de: "Alle {contracts} Verträge sind belegt; dieses Auto zahlt das Konto als Pay as you Go.",
  },
  overflowReported: {
    en: "All {contracts} contracts are in use; the car is admitted uncharged and reported.",
    de: "Alle {contracts} Verträge sind belegt; das Auto fährt ohne Entgelt ein und wird gemeldet.",
  },
  payAsYouGo: { en: "Pay-as-you-go agreement {agreement} covers this parker.", de: "Die Vereinbarung {agreement} (Pay as you Go) gilt für diesen Parker." },
  seasonTicket: { en: "Season ticket {right} is valid now.", de: "Die Dauerkarte {right} gilt jetzt." },
  external: { en: "Right {right} of provider {provider} is valid now; the provider pays.", de: "Die Berechtigung {right} des Anbieters {provider} gilt jetzt; der Anbieter zahlt." },
  service: { en: "Service card {right}: free.", de: "Dienstkarte {right}: frei." },
  shortTerm: { en: "Short-term parking: paid at the machine.", de: "Kurzparken: Zahlung am Automaten." },
  admittedByStaff: { en: "Let in by staff: {reason}.", de: "Vom Personal eingelassen: {reason}." },
  facilityClosed: { en: "The car park is closed.", de: "Die Garage ist geschlossen." },
  credentialBlocked: { en: "This credential is blocked.", de: "Dieses Medium ist gesperrt." },
  credentialLeaving: {
    en: "This credential leaves the account at the exit and cannot enter again.",
    de: "Dieses Medium verlässt mit der Ausfahrt das Konto und kann nicht mehr einfahren.",
  },
  coverBooking: { en: "Covered by booking {right}.", de: "Gedeckt durch Buchung {right}." },
  coverSeason: { en: "Covered by season ticket {right}.", de: "Gedeckt durch Dauerkarte {right}." },
  coverContract: {
    en: "Covered by contract {right}: its spaces go to the cars that have stood longest.",
    de: "Gedeckt durch Vertrag {right}: Die Plätze gehören den Autos, die am längsten stehen.",
  },
  coverExternal: { en: "Paid by provider {provider}, right {right}.", de: "Der Anbieter {provider} zahlt, Berechtigung {right}." },
  coverService: { en: "Free by service card {right}.", de: "Frei durch Dienstkarte {right}." },
  keptExpired: {
    en: "Right {right} ended during the stay; it stays free until the exit ({policy}).",
    de: "Die Berechtigung {right} endete während des Aufenthalts; er bleibt bis zur Ausfahrt frei ({policy}).",
  },
  keptWindow: {
    en: "The window of right {right} closed during the stay; it stays free until the exit ({policy}).",
    de: "Das Zeitfenster der Berechtigung {right} endete während des Aufenthalts; er bleibt bis zur Ausfahrt frei ({policy}).",
  },
  coverReported: { en: "Beyond the contingent: not charged, but reported.", de: "Über dem Kontingent: ohne Entgelt, aber gemeldet." },
  coverNone: { en: "No right covers this time; the tariff runs.", de: "Keine Berechtigung deckt diese Zeit; der Tarif läuft." },
  alreadyPresent: { en: "Already inside since {since} (double entry: {policy}).", de: "Seit {since} anwesend (doppelte Einfahrt: {policy})." },
  noRight: { en: "No right here and now ({reason}), and no short-term parking for it.", de: "Hier und jetzt keine Berechtigung ({reason}) und kein Kurzparken dafür." },
  overflowRefused: {
    en: "Beyond the contingent of {contracts} contracts; overflow is {policy}.",
    de: "Über dem Kontingent von {contracts} Verträgen; Überlauf: {policy}.",
  },
  overflowNoAgreement: {
    en: "Beyond the contingent of {contracts} contracts, and no pay-as-you-go agreement covers this parker.",
    de: "Über dem Kontingent von {contracts} Verträgen, und keine Pay-as-you-Go-Vereinbarung gilt für diesen Parker.",
  },
  overflowLimit: {
    en: "{uncovered} cars of the account are already beyond its contingent; {policy} may be.",
    de: "{uncovered} Autos des Kontos sind schon über dem Kontingent; erlaubt sind {policy}.",
  },
  groupFull: { en: "Group {group} is full: {taken} of {spaces}.", de: "Gruppe {group} ist voll: {taken} von {spaces}." },
  nothingDue: { en: "All of the stay is covered or paid.", de: "Der ganze Aufenthalt ist gedeckt oder bezahlt." },
  withinGrace: { en: "Paid {minutes} minutes ago, within the exit grace.", de: "Vor {minutes} Minuten bezahlt, innerhalb der Karenzzeit." },
  onAccount: { en: "The account that brought the car in pays by statement.", de: "Das Konto, mit dem das Auto einfuhr, zahlt auf Monatsrechnung." },
  onProvider: { en: "Provider {provider} pays for this stay.", de: "Der Anbieter {provider} zahlt diesen Aufenthalt." },
  backedOut: { en: "The car did not come in; nothing is charged.", de: "Das Auto fuhr nicht ein; es wird nichts verrechnet." },
  due: {
    en: "{amount} for {minutes} uncovered minutes on one tariff clock, {paid} of it paid.",
    de: "{amount} für {minutes} ungedeckte Minuten auf einer Tarifuhr, davon {paid} bezahlt.",
  },
  notPriced: { en: "The tariff has no price for this stay ({reason}).", de: "Der Tarif hat keinen Preis für diesen Aufenthalt ({reason})." },
  releasedByStaff: { en: "Let out by staff: {reason}.", de: "Vom Personal ausgelassen: {reason}." },
  closedByStaff: { en: "Exit not seen; closed by staff: {reason}.", de: "Ausfahrt nicht gesehen; vom Personal geschlossen: {reason}." },
  superseded: { en: "The same parker entered again; the exit was not seen (counts {policy}).", de: "Derselbe Parker fuhr erneut ein; die Ausfahrt wurde nicht gesehen (Wertung: {policy})." },
  neutralSet: {
    en: "Set neutral by staff, presence in doubt: {reason}.", de: "Vom Personal neutral gesetzt, Anwesenheit fraglich: {reason}.",
  },
  exitTimeGiven: { en: "The time of the exit was given later by staff: {reason}.", de: "Die Zeit der Ausfahrt wurde später vom Personal angegeben: {reason}." },
  correctedLate: {
    en: "Worked out again from the journal: on {told} it became known what happened on {since}.",
    de: "Neu berechnet aus dem Journal: Am {told} wurde bekannt, was am {since} geschah.",
  },
  promoted: {
    en: "{right} covers it from here on; charging stopped, what had accrued stays.",
    de: "Ab hier gilt {right}; es wird nichts mehr verrechnet, bisher Angefallenes bleibt.",
  },
  uncovered: { en: "No contract or booking covers it from here on.", de: "Ab hier gilt weder ein Vertrag noch eine Buchung." },
  notPresent: { en: "Not recorded inside; released by exit rule {policy}.", de: "Nicht als anwesend erfasst; Ausfahrt nach Regel {policy}." },
  notPresentRefused: { en: "Not recorded inside; exit rule {policy} calls the attendant.", de: "Nicht als anwesend erfasst; Regel {policy} ruft das Personal." },
  unknownCredential: { en: "Nobody knows this credential and no stay began with it.", de: "Dieses Medium ist unbekannt, und kein Aufenthalt begann damit." },
} as const satisfies Readonly<Record<string, Sentence>>;

export function whyText(why: Why, locale: Locale): string {
  const sentence: Sentence = SENTENCES[why.rule];
  return sentence[locale].replace(/\{(\w+)\}/g, (gap, name: string) =>
    String((name === "policy" ? why.policy?.value : why.facts[name]) ?? gap));
}

export const RULES = Object.keys(SENTENCES) as readonly Rule[];
