import { words } from "../../words/words.ts";

export const seasonWords = words({
  title: "Season tickets", sell: "Sell a season ticket", search: "Find by holder", searchHint: "Name, address or telephone", find: "Find", clear: "Show all", list: "Season tickets", hits: "Found", none: "No season tickets",
  carPark: "Car park", months: "Months", monthsN: "{count} months, {price}", monthsShort: "{count} months", from: "Valid from", until: "Valid until", price: "Price", state: "State", issued: "Sold", soldBy: "Sold by", valid: "Only valid ones", onlyValid: "Valid", all: "All",
  "state.future": "Not yet valid", "state.valid": "Valid", "state.expired": "Expired", "state.blocked": "Blocked",
  holder: "Holder", kind: "Kind", person: "Person", company: "Company", name: "Name", address: "Address", phone: "Telephone", phoneHint: "Digits, spaces and + ( ) / -", erased: "Holder data erased", show: "Show {season}", details: "Season ticket {season}",
  startsOn: "First day", sellTitle: "Sell a season ticket", sellDone: "Sold", sellExplain: "One card for one vehicle at a time, Monday to Friday, in one car park.",
  renew: "Renew", renewTitle: "Renew {season}", renewHint: "Empty: the day after the present one ends", renewDone: "Renewed", replace: "New card", replaceTitle: "New card for {season}", replaceExplain: "The old card is blocked at once.", replaceDone: "New card issued, old one blocked",
  block: "Block", blockTitle: "Block {season}", blockExplain: "The card opens no barrier any more.", blockDone: "Blocked", reason: "Reason", "reason.lost": "Card lost", "reason.damaged": "Card damaged", cardBlocked: "Card blocked", renews: "Renews", choose: "Choose a season ticket to see its holder and what can be done.",
}, {
  title: "Zeitkarten", sell: "Zeitkarte verkaufen", search: "Nach Inhaber suchen", searchHint: "Name, Anschrift oder Telefon", find: "Suchen", clear: "Alle zeigen", list: "Zeitkarten", hits: "Gefunden", none: "Keine Zeitkarten",
  carPark: "Parkhaus", months: "Monate", monthsN: "{count} Monate, {price}", monthsShort: "{count} Monate", from: "Gültig ab", until: "Gültig bis", price: "Preis", state: "Zustand", issued: "Verkauft", soldBy: "Verkauft von", valid: "Nur gültige", onlyValid: "Gültige", all: "Alle",
  "state.future": "Noch nicht gültig", "state.valid": "Gültig", "state.expired": "Abgelaufen", "state.blocked": "Gesperrt",
  holder: "Inhaber", kind: "Art", person: "Person", company: "Firma", name: "Name", address: "Anschrift", phone: "Telefon", phoneHint: "Ziffern, Leerzeichen und + ( ) / -", erased: "Inhaberdaten gelöscht", show: "{season} zeigen", details: "Zeitkarte {season}",
  startsOn: "Erster Tag", sellTitle: "Zeitkarte verkaufen", sellDone: "Verkauft", sellExplain: "Eine Karte für ein Fahrzeug zur Zeit, Montag bis Freitag, in einem Parkhaus.",
  renew: "Verlängern", renewTitle: "{season} verlängern", renewHint: "Leer: am Tag nach dem Ende der jetzigen", renewDone: "Verlängert", replace: "Neue Karte", replaceTitle: "Neue Karte für {season}", replaceExplain: "Die alte Karte wird sofort gesperrt.", replaceDone: "Neue Karte ausgegeben, alte gesperrt",
  block: "Sperren", blockTitle: "{season} sperren", blockExplain: "Die Karte öffnet keine Schranke mehr.", blockDone: "Gesperrt", reason: "Grund", "reason.lost": "Karte verloren", "reason.damaged": "Karte beschädigt", cardBlocked: "Karte gesperrt", renews: "Verlängert", choose: "Eine Zeitkarte wählen, um Inhaber und Möglichkeiten zu sehen.",
});
