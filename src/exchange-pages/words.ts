/** Words of the exchange's pages. */
import type { Locale } from "../messages/locale.ts";
import type { PageReason, PageRole } from "../exchange/pages/contract.ts";
import { type Catalogue, type TranslationOf, type WordsFor, translator } from "../messages/message.ts";
import { Refused } from "./requests.ts";

const en = {
  "page.title": "Parking exchange", "page.nav": "Pages", "page.availability": "Availability", "page.sessions": "Sessions", "page.handheld": "Check a plate",
  "page.partners": "Partners and clients", "page.deliveries": "Deliveries", "page.loading": "Loading …", "page.docs": "API documentation", "page.skip": "Skip to content",
  "login.title": "Sign in", "login.offered": "This is a demo. Sign in with one press as:", "login.text": "With a client of your organisation. Your administrator gives you its secret.", "login.client": "Client", "login.secret": "Secret",
  "login.in": "Sign in", "login.out": "Sign out", "login.as": "{name}, {role}", "login.ended": "Your login has ended. Sign in again.",
  "role.operator": "Operator", "role.serviceProvider": "Service provider", "role.enforcement": "Enforcement", "role.administrator": "Administrator",
  "failed.0": "No connection to the exchange.", "failed.429": "Too many requests. Wait a moment.", "failed.503": "The exchange is busy. Try again.",
  "failed.other": "That did not work ({status}).",
  "reason.signInRefused": "Client and secret do not match.", "reason.notSignedIn": "Your login has ended. Sign in again.", "reason.otherSite": "This request did not come from our own page.",
  "reason.notForRole": "Not for your role.", "reason.notUnderstood": "Something in the form is not right.", "reason.noPlace": "This place is not there any more.",
  "reason.noContract": "You have no contract for this place.", "reason.noRecord": "There is no such record for you.", "reason.clientExists": "A client of this name exists.",
  "reason.noOrganisation": "There is no such organisation.", "reason.noClient": "There is no such client, or it is revoked.",
  "reason.ownClient": "You are signed in with this client. Use another one for that.", "reason.noDeadLetter": "It has been sent again already.",
  "find.text": "Name or code", "find.free": "Free spaces only", "find.near": "Near", "find.anywhere": "Anywhere", "find.here": "My location", "find.noLocation": "Your device does not tell where you are.",
  "find.around": "Around {name}", "find.aroundPoint": "Around my location", "find.radius": "Within", "find.km": "{km} km", "find.map": "Map of the places. The list has the same.",
  "find.whole": "Whole map", "find.list": "Places", "find.none": "No place fits.", "find.more": "There are more places. Narrow the search.", "find.count": { one: "{count} place", other: "{count} places" },
  "place.free": { one: "{count} space free", other: "{count} spaces free" }, "place.full": "Full", "place.unknown": "Free spaces not known", "place.of": "of {spaces}",
  "place.age": "counted {age} ago", "place.stale": "old count, {age} ago", "place.metres": "{metres} m away", "place.km": "{km} km away", "place.code": "Code {id}", "place.here": "Places around here",
  "place.prices": "Prices for a stay that begins now", "place.noOffers": "Nothing can be bought here.", "place.cluster": { one: "{count} place", other: "{count} places" },
  "price.each": "{amount} per {part} begun, up to {to} ({total})", "price.eachFrom": "from {from} on: {amount} more per {part} begun, up to {to} ({total})",
  "price.upTo": "up to {to}: {total}", "price.none": "longer than {from}: not offered", "price.unknown": "The price list is not public, or says no price.", "price.free": "free of charge", "price.hour": "hour",
  "type.oneTimeUseParking": "Single stay", "type.permitParking": "Permit", "type.other": "Other right",
} as const satisfies Catalogue & WordsFor<"role", PageRole> & WordsFor<"reason", PageReason>;

const de = {
  "page.title": "Parkplattform", "page.nav": "Seiten", "page.availability": "Freie Plätze", "page.sessions": "Parkvorgänge", "page.handheld": "Kennzeichen prüfen",
  "page.partners": "Partner und Clients", "page.deliveries": "Zustellungen", "page.loading": "Wird geladen …", "page.docs": "API-Dokumentation", "page.skip": "Zum Inhalt",
  "login.title": "Anmelden", "login.offered": "Das ist eine Demo. Mit einem Klick anmelden als:", "login.text": "Mit einem Client Ihrer Organisation. Das Geheimnis bekommen Sie von Ihrer Verwaltung.", "login.client": "Client", "login.secret": "Geheimnis",
  "login.in": "Anmelden", "login.out": "Abmelden", "login.as": "{name}, {role}", "login.ended": "Ihre Anmeldung ist abgelaufen. Bitte neu anmelden.",
  "role.operator": "Betreiber", "role.serviceProvider": "Anbieter", "role.enforcement": "Kontrolle", "role.administrator": "Verwaltung",
  "failed.0": "Keine Verbindung zur Plattform.", "failed.429": "Zu viele Anfragen. Bitte kurz warten.", "failed.503": "Die Plattform ist ausgelastet. Bitte noch einmal.",
  "failed.other": "Das ging nicht ({status}).",
  "reason.signInRefused": "Client und Geheimnis passen nicht zusammen.", "reason.notSignedIn": "Ihre Anmeldung ist abgelaufen. Bitte neu anmelden.", "reason.otherSite": "Diese Anfrage kam nicht von unserer eigenen Seite.",
  "reason.notForRole": "Nicht für Ihre Rolle.", "reason.notUnderstood": "Etwas im Formular stimmt nicht.", "reason.noPlace": "Diesen Parkplatz gibt es nicht mehr.",
  "reason.noContract": "Für diesen Parkplatz haben Sie keinen Auftrag.", "reason.noRecord": "Diesen Datensatz gibt es für Sie nicht.", "reason.clientExists": "Einen Client mit diesem Namen gibt es schon.",
  "reason.noOrganisation": "Diese Organisation gibt es nicht.", "reason.noClient": "Diesen Client gibt es nicht, oder er ist gesperrt.",
  "reason.ownClient": "Mit diesem Client sind Sie angemeldet. Nehmen Sie dafür einen anderen.", "reason.noDeadLetter": "Das wurde schon noch einmal gesendet.",
  "find.text": "Name oder Code", "find.free": "Nur mit freien Plätzen", "find.near": "Umgebung", "find.anywhere": "Überall", "find.here": "Mein Standort", "find.noLocation": "Ihr Gerät gibt den Standort nicht an.",
  "find.around": "Um {name}", "find.aroundPoint": "Um meinen Standort", "find.radius": "Im Umkreis von", "find.km": "{km} km", "find.map": "Karte der Parkplätze. Die Liste zeigt dasselbe.",
  "find.whole": "Ganze Karte", "find.list": "Parkplätze", "find.none": "Kein Parkplatz passt.", "find.more": "Es gibt mehr Parkplätze. Bitte enger suchen.", "find.count": { one: "{count} Parkplatz", other: "{count} Parkplätze" },
  "place.free": { one: "{count} Platz frei", other: "{count} Plätze frei" }, "place.full": "Besetzt", "place.unknown": "Freie Plätze unbekannt", "place.of": "von {spaces}",
  "place.age": "gezählt vor {age}", "place.stale": "alte Zählung, vor {age}", "place.metres": "{metres} m entfernt", "place.km": "{km} km entfernt", "place.code": "Code {id}", "place.here": "Parkplätze in der Nähe",
  "place.prices": "Preise für einen Parkvorgang ab jetzt", "place.noOffers": "Hier gibt es nichts zu kaufen.", "place.cluster": { one: "{count} Parkplatz", other: "{count} Parkplätze" },
  "price.each": "{amount} je angefangene {part}, bis {to} ({total})", "price.eachFrom": "ab {from}: {amount} mehr je angefangene {part}, bis {to} ({total})",
  "price.upTo": "bis {to}: {total}", "price.none": "länger als {from}: nicht erhältlich", "price.unknown": "Die Preisliste ist nicht öffentlich oder nennt keinen Preis.", "price.free": "kostenlos", "price.hour": "Stunde",
  "type.oneTimeUseParking": "Einzelner Parkvorgang", "type.permitParking": "Dauerberechtigung", "type.other": "Andere Berechtigung",
} as const satisfies TranslationOf<typeof en>;

export const say = translator(en, de);

/** Why something did not work. */
export function failureText(locale: Locale, failure: unknown): string {
  if (!(failure instanceof Refused)) return failure instanceof Error ? failure.message : String(failure);
  if (failure.reason !== null) return say(locale, `reason.${failure.reason}`);
  if (failure.status === 0) return say(locale, "failed.0");
  if (failure.status === 429) return say(locale, "failed.429");
  return failure.status === 503 ? say(locale, "failed.503") : say(locale, "failed.other", { status: failure.status });
}
