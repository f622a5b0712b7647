import { words } from "../../words/words.ts";

export const exchangeWords = words({
  exchange: "Exchange", "state.reachable": "reachable", "state.notReachable": "not reachable", "state.notAsked": "not asked yet", since: "since {time}",
  address: "Address", waiting: "Waiting", refused: "Not taken", sessions: { one: "{count} session", other: "{count} sessions" }, occupancy: "Free spaces sent", notYet: "not yet", why: "Reason",
  facility: "Car park", place: "Place", published: "Listing", "inventory.published": "published", "inventory.waiting": "waiting", "inventory.refused": "refused", note: "Note",
  unpriced: "Prices are not listed; the standard has no words for:",
}, {
  exchange: "Plattform", "state.reachable": "erreichbar", "state.notReachable": "nicht erreichbar", "state.notAsked": "noch nicht gefragt", since: "seit {time}",
  address: "Adresse", waiting: "Warten noch", refused: "Nicht angenommen", sessions: { one: "{count} Parkvorgang", other: "{count} Parkvorgänge" }, occupancy: "Freie Plätze gemeldet", notYet: "noch nicht", why: "Grund",
  facility: "Parkhaus", place: "Ort", published: "Eintrag", "inventory.published": "veröffentlicht", "inventory.waiting": "wartet", "inventory.refused": "abgelehnt", note: "Hinweis",
  unpriced: "Preise sind nicht eingetragen; der Standard kennt dafür keine Worte:",
});
