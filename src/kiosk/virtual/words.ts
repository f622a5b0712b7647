/** Words of the virtual car park; what machines say comes from the shared catalogues. */
import type { ActionName, HappeningName } from "../../simulator/world/view.ts";
import type { ActionRefusal } from "../../simulator/world/action.ts";
import { type Catalogue, type TranslationOf, type WordsFor, translator } from "../../messages/message.ts";
import type { Locale } from "../../messages/locale.ts";
import type { StageName } from "./guide.ts";

type Needed = WordsFor<"act", ActionName> & WordsFor<"happened", HappeningName> & WordsFor<"stage", StageName>
  & WordsFor<"cannot", ActionRefusal["type"]> & Catalogue;

const en = {
  "page.title": "Virtual car park", "page.facility": "Car park", "page.console": "Attendant console", "page.noDemo": "This installation has no simulated devices. Start the demo with `gatehouse demo`.",
  "links.title": "What drivers see", "links.sign": "Sign at the entrance", "links.receipt": "Receipt on the phone",
  "clock.time": "Clock", "clock.ahead": "virtual, {time} ahead", "clock.pause": "Pause", "clock.run": "Run", "clock.speed": "Speed", "clock.times": "{speed}×",
  "traffic.label": "Traffic", "traffic.none": "none", "traffic.some": "{level}×",
  "scene.label": "Drawing of the car park {facility}. Arrow keys move between cars.",
  "scene.bays": "Bays", "scene.inside": { one: "{count} car inside", other: "{count} cars inside" },
  "scene.street": "Street", "scene.newCar": "New car at {lane}", "scene.more": "+{n}",
  "scene.car": "Car {plate}", "scene.yourCar": "Your car {plate}", "scene.laneOffline": "No connection",
  "scene.arm": "Barrier {state}", "scene.up": "open", "scene.down": "closed",
  "car.none": "No car chosen", "car.noneHint": "Bring a car, or click one of yours in the drawing.",
  "car.next": "What can be done now", "car.trouble": "Or make trouble", "car.wait": "Please wait a moment",
  "car.auto": "This car drives itself.", "car.ticket": "Ticket {number}", "car.paid": "paid", "car.card": "Card",
  "car.damaged": "damaged", "car.gone": "Your car has left. Bring another one.",
  "new.plain": "New car", "new.season": "New car with season card", "new.service": "New car with guard card", "new.foreign": "New car with a foreign card",
  "guide.title": "First steps", "guide.called": "The attendant is being called", "guide.answer": "Answer the call in the attendant console", "guide.faster": "Faster: {speed}×", "guide.of": "Step {n} of {total}", "guide.done": "Done. You drove in, paid and left.",
  "guide.again": "Once more", "guide.hide": "Hide", "guide.show": "First steps", "guide.keys": "Keys: N new car, 1 to 9 do it, P pause",
  "log.title": "What just happened", "log.empty": "Nothing yet.", "log.car": "{plate}: {what}",
  "machine.title": "Pay station {name}", "machine.coins": "Coins", "machine.notes": "Notes", "machine.card": "Card",
  "machine.slot": "Ticket slot", "machine.tray": "Return tray", "machine.trayEmpty": "empty", "machine.hoppers": "Coins for change",
  "machine.cashBox": "Cash box", "machine.receipt": "Receipt", "machine.chit": "Slip", "machine.cancel": "Cancel", "machine.more": "More time", "machine.continue": "Continue", "machine.help": "Help",
  "machine.ticketIn": "ticket inside", "machine.ticketOut": "ticket sticks out", "machine.slotEmpty": "empty",
  "machine.toPay": "To pay", "machine.inserted": "Inserted", "machine.remaining": "Still to pay", "machine.give": "Insert {amount}",
  "machine.waiting": { one: "{count} driver waits", other: "{count} drivers wait" }, "machine.kiosk": "Open its touch screen",
  "machine.shortChange": "Change may be short.", "machine.falseCoin": "False coin", "machine.tornNote": "Torn note",

  "act.showPaymentCard": "Show a payment card", "act.showDeclinedCard": "Show a card the bank declines", "act.showCode": "Show the code on the phone",
  "act.coverPlate": "Cover the plate", "act.wipePlate": "Wipe the plate clean",
  "new.code": "New car with a code on the phone", "new.plate": "Its plate", "new.withPlate": "New car with this plate",
  "new.plateHint": "Drawn by chance when left empty",
  "car.covered": "plate covered", "new.simulated": "Cars, cameras and card terminals are simulated; they speak through the ports that real devices use.",
  "happened.shownPaymentCard": "showed a payment card at {where}", "happened.shownCode": "showed a code at {where}",
  "happened.cardDeclined": "was declined by the terminal at {where}", "happened.plateRead": "was read by the camera at {where}",
  "act.arrive": "Bring a car", "act.pressButton": "Press the button", "act.takeTicket": "Take the ticket",
  "act.presentCard": "Insert the card", "act.takeCard": "Take the card", "act.driveForward": "Drive on",
  "act.backOut": "Back out", "act.tailgate": "Tailgate the car ahead", "act.loseTicket": "Lose the ticket",
  "act.damageTicket": "Damage the ticket", "act.insertTicket": "Insert the ticket", "act.walkToStation": "Walk to the pay station",
  "act.walkBack": "Walk back to the car", "act.insertCoin": "Insert {amount}", "act.insertNote": "Insert {amount} note",
  "act.insertInvalid": "Insert a false coin", "act.chooseCard": "Pay by card", "act.cancel": "Press Cancel",
  "act.pressReceipt": "Press Receipt", "act.extendPayment": "Press More time", "act.acceptRetention": "Press Continue", "act.takeFromTray": "Take everything out", "act.callHelp": "Call for help",
  "act.driveToExit": "Drive to the exit", "act.leave": "Drive away",
  "act.walkToStationNamed": "Walk to {name}", "act.driveToExitNamed": "Drive to {name}", "act.insertTornNote": "Insert a torn note",
  "act.driveIn": "Drive in", "act.driveOut": "Drive out", "act.chooseScheme": "Pay by {scheme}",

  "stage.arrive": "Bring a car", "stage.press": "Press the button", "stage.identify": "The camera reads the plate. If it cannot, show a payment card", "stage.payHere": "Show a payment card, or wait for the camera", "stage.take": "Take the ticket", "stage.driveIn": "Drive in",
  "stage.walk": "Walk to the pay station", "stage.insert": "Insert the ticket", "stage.pay": "Insert coins",
  "stage.collect": "Take change and ticket", "stage.exit": "Drive to the exit", "stage.insertOut": "Insert the ticket",
  "stage.leave": "Drive out", "stage.done": "Done",

  "happened.arrived": "arrived at {where}", "happened.pressedButton": "pressed the button", "happened.ticketPrinted": "ticket printed at {where}",
  "happened.tookTicket": "took the ticket", "happened.ticketRetracted": "ticket withdrawn at {where}", "happened.insertedCard": "inserted a card",
  "happened.tookCard": "took the card", "happened.droveIn": "drove in", "happened.backedOut": "backed out", "happened.tailgated": "followed through the open barrier",
  "happened.parked": "parked", "happened.walksToStation": "walks to {where}", "happened.insertedTicket": "inserted the ticket",
  "happened.ticketRead": "ticket read at {where}", "happened.ticketEjected": "ticket given back at {where}", "happened.ticketCaptured": "ticket kept at {where}",
  "happened.insertedCoin": "inserted a coin", "happened.insertedNote": "inserted a note", "happened.coinReturned": "coin or note given back at {where}",
  "happened.changeFell": "change fell into the tray at {where}", "happened.paidByCard": "paid by card", "happened.tookChange": "took change and ticket",
  "happened.tookReceipt": "took the receipt", "happened.lostTicket": "lost the ticket", "happened.damagedTicket": "damaged the ticket",
  "happened.calledHelp": "called for help", "happened.droveToExit": "drives to {where}", "happened.droveOut": "drove out", "happened.gaveUp": "drove away",
  "happened.armOpened": "{where}: barrier opened", "happened.armClosed": "{where}: barrier closed", "happened.armRefusedToClose": "{where}: barrier stays open, something is under the arm",

  "cannot.facilityUnknown": "There is no such car park.", "cannot.laneUnknown": "There is no such lane.", "cannot.stationUnknown": "There is no such pay station.",
  "cannot.vehicleUnknown": "This car is not here any more.", "cannot.laneQueueFull": "The queue is full. Try another lane.",
  "cannot.notHere": "Not possible from here.", "cannot.nothingThere": "There is nothing to take.", "cannot.handsEmpty": "The driver does not have it.",
  "cannot.slotTaken": "The slot is taken.", "cannot.armClosed": "The barrier is closed.", "cannot.wayBlocked": "The way is blocked.", "cannot.moving": "One moment, the car is moving.",
} as const satisfies Needed;

const de = {
  "page.title": "Virtuelles Parkhaus", "page.facility": "Parkhaus", "page.console": "Leitstelle", "page.noDemo": "Diese Anlage hat keine simulierten Geräte. Die Demo startet mit `gatehouse demo`.",
  "links.title": "Was Fahrer sehen", "links.sign": "Anzeige an der Einfahrt", "links.receipt": "Quittung auf dem Handy",
  "clock.time": "Uhr", "clock.ahead": "virtuell, {time} voraus", "clock.pause": "Anhalten", "clock.run": "Weiter", "clock.speed": "Tempo", "clock.times": "{speed}×",
  "traffic.label": "Verkehr", "traffic.none": "keiner", "traffic.some": "{level}×",
  "scene.label": "Zeichnung von Parkhaus {facility}. Pfeiltasten wechseln zwischen Autos.",
  "scene.bays": "Stellplätze", "scene.inside": { one: "{count} Auto drin", other: "{count} Autos drin" },
  "scene.street": "Straße", "scene.newCar": "Neues Auto an {lane}", "scene.more": "+{n}",
  "scene.car": "Auto {plate}", "scene.yourCar": "Eigenes Auto {plate}", "scene.laneOffline": "Keine Verbindung",
  "scene.arm": "Schranke {state}", "scene.up": "offen", "scene.down": "geschlossen",
  "car.none": "Kein Auto gewählt", "car.noneHint": "Ein Auto holen oder eines der eigenen in der Zeichnung anklicken.",
  "car.next": "Was jetzt geht", "car.trouble": "Oder Ärger machen", "car.wait": "Einen Moment bitte",
  "car.auto": "Dieses Auto fährt von selbst.", "car.ticket": "Ticket {number}", "car.paid": "bezahlt", "car.card": "Karte",
  "car.damaged": "beschädigt", "car.gone": "Das Auto ist weg. Ein neues holen?",
  "new.plain": "Neues Auto", "new.season": "Neues Auto mit Zeitkarte", "new.service": "Neues Auto mit Wachkarte", "new.foreign": "Neues Auto mit fremder Karte",
  "guide.title": "Erste Schritte", "guide.called": "Die Aufsicht wird gerufen", "guide.answer": "Den Ruf in der Leitstelle annehmen", "guide.faster": "Schneller: {speed}×", "guide.of": "Schritt {n} von {total}", "guide.done": "Geschafft. Eingefahren, bezahlt, ausgefahren.",
  "guide.again": "Noch einmal", "guide.hide": "Ausblenden", "guide.show": "Erste Schritte", "guide.keys": "Tasten: N neues Auto, 1 bis 9 ausführen, P Pause",
  "log.title": "Gerade passiert", "log.empty": "Noch nichts.", "log.car": "{plate}: {what}",
  "machine.title": "Kassenautomat {name}", "machine.coins": "Münzen", "machine.notes": "Scheine", "machine.card": "Karte",
  "machine.slot": "Ticketschlitz", "machine.tray": "Rückgabeschale", "machine.trayEmpty": "leer", "machine.hoppers": "Münzen für Wechselgeld",
  "machine.cashBox": "Geldkassette", "machine.receipt": "Quittung", "machine.chit": "Beleg", "machine.cancel": "Abbruch", "machine.more": "Mehr Zeit", "machine.continue": "Weiter", "machine.help": "Hilfe",
  "machine.ticketIn": "Ticket im Automaten", "machine.ticketOut": "Ticket schaut heraus", "machine.slotEmpty": "leer",
  "machine.toPay": "Zu zahlen", "machine.inserted": "Eingeworfen", "machine.remaining": "Noch zu zahlen", "machine.give": "{amount} einwerfen",
  "machine.waiting": { one: "{count} Fahrer wartet", other: "{count} Fahrer warten" }, "machine.kiosk": "Touchscreen öffnen",
  "machine.shortChange": "Wechselgeld könnte fehlen.", "machine.falseCoin": "Falsche Münze", "machine.tornNote": "Zerrissener Schein",

  "act.showPaymentCard": "Zahlungskarte zeigen", "act.showDeclinedCard": "Gesperrte Zahlungskarte zeigen", "act.showCode": "Code auf dem Telefon zeigen",
  "act.coverPlate": "Kennzeichen verdecken", "act.wipePlate": "Kennzeichen freiwischen",
  "new.code": "Neues Auto mit Code auf dem Telefon", "new.plate": "Kennzeichen", "new.withPlate": "Neues Auto mit diesem Kennzeichen",
  "new.plateHint": "Leer: ein zufälliges",
  "car.covered": "Kennzeichen verdeckt", "new.simulated": "Autos, Kameras und Kartenterminals sind simuliert; sie benutzen dieselben Schnittstellen wie echte Geräte.",
  "happened.shownPaymentCard": "hat an {where} eine Zahlungskarte gezeigt", "happened.shownCode": "hat an {where} einen Code gezeigt",
  "happened.cardDeclined": "wurde vom Terminal an {where} abgelehnt", "happened.plateRead": "wurde von der Kamera an {where} gelesen",
  "act.arrive": "Auto holen", "act.pressButton": "Taste drücken", "act.takeTicket": "Ticket nehmen",
  "act.presentCard": "Karte einstecken", "act.takeCard": "Karte nehmen", "act.driveForward": "Weiterfahren",
  "act.backOut": "Zurücksetzen", "act.tailgate": "Dicht hinterherfahren", "act.loseTicket": "Ticket verlieren",
  "act.damageTicket": "Ticket beschädigen", "act.insertTicket": "Ticket einschieben", "act.walkToStation": "Zum Kassenautomaten gehen",
  "act.walkBack": "Zurück zum Auto", "act.insertCoin": "{amount} einwerfen", "act.insertNote": "Schein {amount} eingeben",
  "act.insertInvalid": "Falsche Münze einwerfen", "act.chooseCard": "Mit Karte zahlen", "act.cancel": "Abbruch drücken",
  "act.pressReceipt": "Quittung drücken", "act.extendPayment": "Mehr Zeit drücken", "act.acceptRetention": "Weiter drücken", "act.takeFromTray": "Alles herausnehmen", "act.callHelp": "Hilfe rufen",
  "act.driveToExit": "Zur Ausfahrt fahren", "act.leave": "Wegfahren",
  "act.walkToStationNamed": "Zu {name} gehen", "act.driveToExitNamed": "Zu {name} fahren", "act.insertTornNote": "Zerrissenen Schein eingeben",
  "act.driveIn": "Einfahren", "act.driveOut": "Ausfahren", "act.chooseScheme": "Mit {scheme} zahlen",

  "stage.arrive": "Auto holen", "stage.press": "Taste drücken", "stage.identify": "Die Kamera liest das Kennzeichen. Sonst eine Zahlungskarte zeigen", "stage.payHere": "Zahlungskarte zeigen oder auf die Kamera warten", "stage.take": "Ticket nehmen", "stage.driveIn": "Einfahren",
  "stage.walk": "Zum Kassenautomaten gehen", "stage.insert": "Ticket einschieben", "stage.pay": "Münzen einwerfen",
  "stage.collect": "Rückgeld und Ticket nehmen", "stage.exit": "Zur Ausfahrt fahren", "stage.insertOut": "Ticket einschieben",
  "stage.leave": "Ausfahren", "stage.done": "Fertig",

  "happened.arrived": "an {where} angekommen", "happened.pressedButton": "hat die Taste gedrückt", "happened.ticketPrinted": "Ticket gedruckt an {where}",
  "happened.tookTicket": "hat das Ticket genommen", "happened.ticketRetracted": "Ticket eingezogen an {where}", "happened.insertedCard": "hat eine Karte eingesteckt",
  "happened.tookCard": "hat die Karte genommen", "happened.droveIn": "ist eingefahren", "happened.backedOut": "hat zurückgesetzt", "happened.tailgated": "ist durch die offene Schranke gefolgt",
  "happened.parked": "hat geparkt", "happened.walksToStation": "geht zu {where}", "happened.insertedTicket": "hat das Ticket eingeschoben",
  "happened.ticketRead": "Ticket gelesen an {where}", "happened.ticketEjected": "Ticket zurückgegeben an {where}", "happened.ticketCaptured": "Ticket einbehalten an {where}",
  "happened.insertedCoin": "hat eine Münze eingeworfen", "happened.insertedNote": "hat einen Schein eingegeben", "happened.coinReturned": "Münze oder Schein zurückgegeben an {where}",
  "happened.changeFell": "Rückgeld fiel in die Schale an {where}", "happened.paidByCard": "hat mit Karte bezahlt", "happened.tookChange": "hat Rückgeld und Ticket genommen",
  "happened.tookReceipt": "hat die Quittung genommen", "happened.lostTicket": "hat das Ticket verloren", "happened.damagedTicket": "hat das Ticket beschädigt",
  "happened.calledHelp": "hat Hilfe gerufen", "happened.droveToExit": "fährt zu {where}", "happened.droveOut": "ist ausgefahren", "happened.gaveUp": "ist weggefahren",
  "happened.armOpened": "{where}: Schranke offen", "happened.armClosed": "{where}: Schranke geschlossen", "happened.armRefusedToClose": "{where}: Schranke bleibt offen, darunter steht etwas",

  "cannot.facilityUnknown": "Dieses Parkhaus gibt es nicht.", "cannot.laneUnknown": "Diese Spur gibt es nicht.", "cannot.stationUnknown": "Diesen Kassenautomaten gibt es nicht.",
  "cannot.vehicleUnknown": "Dieses Auto ist nicht mehr da.", "cannot.laneQueueFull": "Die Schlange ist voll. Bitte eine andere Spur nehmen.",
  "cannot.notHere": "Von hier aus geht das nicht.", "cannot.nothingThere": "Da liegt nichts.", "cannot.handsEmpty": "Das hat der Fahrer nicht.",
  "cannot.slotTaken": "Der Schlitz ist belegt.", "cannot.armClosed": "Die Schranke ist zu.", "cannot.wayBlocked": "Der Weg ist versperrt.", "cannot.moving": "Moment, das Auto fährt noch.",
} as const satisfies TranslationOf<typeof en>;

export const say = translator(en, de);

/** Why the physical world does not allow it; a reason we have no words for is shown as it is. */
export function cannotText(locale: Locale, refusal: string): string {
  const key = `cannot.${refusal}`;
  return isCannotKey(key) ? say(locale, key) : refusal;
}

type CannotKey = Extract<keyof typeof en, `cannot.${string}`>;
const isCannotKey = (key: string): key is CannotKey => Object.hasOwn(en, key);
