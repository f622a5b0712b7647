import { words } from "../../words/words.ts";

export const timelineWords = words({
  empty: "No car in this period", cars: "Cars and what covers them", legend: "Legend", asTable: "As a table", total: "Owes", car: "Car", from: "From", to: "To", covered: "Covered by", amount: "Amount",
  "cover.booking": "Booking", "cover.contract": "Contract", "cover.kept": "Right ended, goes on free", "cover.seasonTicket": "Season ticket", "cover.external": "Provider’s right", "cover.service": "Service", "cover.reported": "Beyond, reported", "cover.uncovered": "Charged time",
  neutral: "Set neutral: presence in doubt", inside: "still inside", noLength: "No length", unnamed: "Plate erased", noPrice: "No price",
  bar: "{car}, {from} to {to}: {covers}. {amount}", keys: "Arrow keys go from stay to stay.", byRight: "{cover} {right}", chosen: "Stay {stay} of {car}", why: "Why", close: "Close",
}, {
  empty: "Kein Auto in diesem Zeitraum", cars: "Autos und was sie deckt", legend: "Legende", asTable: "Als Tabelle", total: "Schuldet", car: "Auto", from: "Von", to: "Bis", covered: "Gedeckt durch", amount: "Betrag",
  "cover.booking": "Buchung", "cover.contract": "Vertrag", "cover.kept": "Berechtigung zu Ende, steht frei weiter", "cover.seasonTicket": "Zeitkarte", "cover.external": "Recht eines Anbieters", "cover.service": "Dienst", "cover.reported": "Über dem Kontingent, gemeldet", "cover.uncovered": "Verrechnete Zeit",
  neutral: "Neutral gesetzt: Anwesenheit fraglich", inside: "noch da", noLength: "Ohne Dauer", unnamed: "Kennzeichen gelöscht", noPrice: "Kein Preis",
  bar: "{car}, {from} bis {to}: {covers}. {amount}", keys: "Die Pfeiltasten führen von Parkvorgang zu Parkvorgang.", byRight: "{cover} {right}", chosen: "Parkvorgang {stay} von {car}", why: "Warum", close: "Schließen",
});
