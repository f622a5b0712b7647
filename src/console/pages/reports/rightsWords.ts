import { words } from "../../words/words.ts";

export const rightsReportWords = words({
  carPark: "Car park", time: "Time", none: "Nothing in this period", oversold: "Oversold groups", oversoldNone: "No group has more contracts than spaces.", oversoldOne: "{carPark}, group {group}: {contracts} contracts for {spaces} spaces.",
  superseding: "Entered again without an exit", supersedingNote: "A plate that often enters while it is still present may be in more than one hand.", account: "Account", superseded: "Entered again", ofStays: "Of stays", lastAt: "Last",
  irregular: "By hand, and exits without entry", car: "Car", by: "By", why: "Why",
  differences: "Paid at the machine, worth something else", differencesNote: "What was learnt later is never collected again and never refunded by itself.", closedAt: "Closed", paid: "Paid", worth: "Worth", difference: "Difference",
}, {
  carPark: "Parkhaus", time: "Zeit", none: "Nichts in dieser Zeit", oversold: "Überverkaufte Gruppen", oversoldNone: "Keine Gruppe hat mehr Verträge als Plätze.", oversoldOne: "{carPark}, Gruppe {group}: {contracts} Verträge für {spaces} Plätze.",
  superseding: "Erneut eingefahren ohne Ausfahrt", supersedingNote: "Ein Kennzeichen, das oft einfährt, während es noch anwesend ist, ist womöglich in mehreren Händen.", account: "Konto", superseded: "Erneut eingefahren", ofStays: "Von Parkvorgängen", lastAt: "Zuletzt",
  irregular: "Von Hand, und Ausfahrten ohne Einfahrt", car: "Auto", by: "Von", why: "Warum",
  differences: "Am Automaten bezahlt, anders zu bewerten", differencesNote: "Was man später erfährt, wird nie nachgefordert und nie von selbst erstattet.", closedAt: "Geschlossen", paid: "Bezahlt", worth: "Wert", difference: "Unterschied",
});
