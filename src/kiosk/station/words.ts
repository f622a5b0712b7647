/** Words of the pay station's touch screen beside what the machine itself says (messages: screen, notice, remark). */
import { type Catalogue, type TranslationOf, translator } from "../../messages/message.ts";

const en = {
  "page.title": "Pay station", "page.unknown": "There is no such pay station.", "page.choose": "Choose a pay station",
  "language.choose": "Language",
  "charge.toPay": "To pay", "charge.inserted": "Inserted", "charge.remaining": "Still to pay", "charge.lines": "How the amount is made up",
  "charge.entered": "Entered {time}", "charge.line": "{from} to {to}", "charge.units": { one: "{count} hour", other: "{count} hours" },
  "charge.shortChange": "Change is short for {list}. What cannot be paid out is printed on a slip for the office.",
  "charge.change": "Change", "charge.retained": "On a slip for the office", "charge.means": "Please pay with coins, notes or card",
  "charge.coinsOnly": "Please pay the rest in cash",
  "countdown.left": "Ticket and money come back in {time}", "countdown.more": "More time",
  "call.ringing": "The attendant is being called. Please wait here.", "call.answered": "You are through to the attendant. Please speak.",
  "button.cancel": "Cancel", "button.receipt": "Receipt", "button.continue": "Continue", "button.help": "Help",
  "fault.other": "Working machines: {names}", "fault.none": "No other machine is in service. Please press Help at the exit.",
  "fault.intercom": "Press the intercom button on the machine to talk to the attendant.",
  "lost.ticket": "Ticket lost or damaged? Please go to the office.",
  "plate.title": "Pay by number plate", "plate.label": "Your plate", "plate.find": "Find", "plate.none": "No vehicle with this plate is inside, or nothing is to pay here.",
  "plate.choose": "When did you drive in?", "plate.entered": "{plate}, entered {time}", "plate.slow": "Please wait a moment before trying again.",
  "simulated.title": "Simulated devices", "simulated.nobody": "Nobody stands here. Bring a driver from the virtual car park.",
  "simulated.open": "Open the virtual car park", "simulated.driver": "Driver of {plate}", "simulated.ticket": "Insert ticket",
  "simulated.takeAll": "Take everything out", "simulated.falseCoin": "False coin", "simulated.card": "Card: {scheme}",
  "simulated.give": "Insert {amount}", "simulated.slot": "Ticket slot", "simulated.tray": "Tray", "simulated.empty": "empty",
  "simulated.receipt": "receipt", "simulated.chit": "slip", "simulated.ticketOut": "ticket",
} as const satisfies Catalogue;

const de = {
  "page.title": "Kassenautomat", "page.unknown": "Diesen Kassenautomaten gibt es nicht.", "page.choose": "Kassenautomat wählen",
  "language.choose": "Sprache",
  "charge.toPay": "Zu zahlen", "charge.inserted": "Eingeworfen", "charge.remaining": "Noch zu zahlen", "charge.lines": "So setzt sich der Betrag zusammen",
  "charge.entered": "Eingefahren {time}", "charge.line": "{from} bis {to}", "charge.units": { one: "{count} Stunde", other: "{count} Stunden" },
  "charge.shortChange": "Für {list} reicht das Wechselgeld nicht. Für den Rest gibt es einen Beleg fürs Büro.",
  "charge.change": "Rückgeld", "charge.retained": "Auf Beleg fürs Büro", "charge.means": "Bitte mit Münzen, Scheinen oder Karte zahlen",
  "charge.coinsOnly": "Bitte den Rest bar zahlen",
  "countdown.left": "Ticket und Geld kommen zurück in {time}", "countdown.more": "Mehr Zeit",
  "call.ringing": "Die Aufsicht wird gerufen. Bitte hier warten.", "call.answered": "Die Aufsicht ist verbunden. Bitte sprechen.",
  "button.cancel": "Abbruch", "button.receipt": "Quittung", "button.continue": "Weiter", "button.help": "Hilfe",
  "fault.other": "Diese Automaten arbeiten: {names}", "fault.none": "Kein anderer Automat ist in Betrieb. Bitte an der Ausfahrt Hilfe drücken.",
  "fault.intercom": "Die Sprechtaste am Automaten verbindet mit der Aufsicht.",
  "lost.ticket": "Ticket verloren oder beschädigt? Bitte ins Büro kommen.",
  "plate.title": "Mit Kennzeichen zahlen", "plate.label": "Ihr Kennzeichen", "plate.find": "Suchen", "plate.none": "Kein Fahrzeug mit diesem Kennzeichen ist da, oder hier ist nichts zu zahlen.",
  "plate.choose": "Wann sind Sie eingefahren?", "plate.entered": "{plate}, eingefahren {time}", "plate.slow": "Bitte kurz warten und dann noch einmal versuchen.",
  "simulated.title": "Simulierte Geräte", "simulated.nobody": "Hier steht niemand. Fahrer kommen aus dem virtuellen Parkhaus.",
  "simulated.open": "Virtuelles Parkhaus öffnen", "simulated.driver": "Fahrer von {plate}", "simulated.ticket": "Ticket einschieben",
  "simulated.takeAll": "Alles herausnehmen", "simulated.falseCoin": "Falsche Münze", "simulated.card": "Karte: {scheme}",
  "simulated.give": "{amount} einwerfen", "simulated.slot": "Ticketschlitz", "simulated.tray": "Schale", "simulated.empty": "leer",
  "simulated.receipt": "Quittung", "simulated.chit": "Beleg", "simulated.ticketOut": "Ticket",
} as const satisfies TranslationOf<typeof en>;

export const say = translator(en, de);
