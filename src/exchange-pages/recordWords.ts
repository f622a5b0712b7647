/** Words of the session viewer, and of partners, clients and deliveries. */
import { type Catalogue, type TranslationOf, translator } from "../messages/message.ts";

const en = {
  "search.title": "Search sessions", "search.plate": "Number plate", "search.place": "Place", "search.provider": "Provider", "search.any": "any", "search.time": "Time",
  "search.day": "last 24 hours", "search.week": "last 7 days", "search.all": "any time", "search.chosen": "from … to …", "search.from": "From", "search.to": "To",
  "search.similar": "Similar plates too (O and 0, I and 1, one character)", "search.find": "Search", "search.local": "In the time of this device.",
  "list.title": "Sessions found", "list.count": { one: "{count} session", other: "{count} sessions" }, "list.more": "These are the newest {count}. There are more: narrow the search.", "list.none": "No session fits.",
  "list.plate": "Plate", "list.place": "Place", "list.provider": "Provider", "list.operator": "Operator", "list.from": "From", "list.to": "Until", "list.money": "Amount", "list.received": "Received",
  "list.running": "running", "list.overdue": "overdue", "list.similar": "similar", "list.erased": "erased", "list.paid": "{amount} paid", "list.due": "{amount} due", "list.price": "not the table's price", "list.open": "Open {plate}",
  "record.title": "Session", "record.back": "Back to the list", "record.pdf": "PDF", "record.facts": "At a glance", "record.versions": "Versions", "record.version": "Version", "record.sender": "Sent by",
  "record.after": "{time} after the beginning", "record.before": "before the beginning", "record.amounts": "Amounts", "record.amount": "Amount", "record.paidAt": "Paid at", "record.transaction": "Transaction", "record.notPaid": "due",
  "record.rights": "Rights that follow from it", "record.right": "Right", "record.issuer": "Issued by", "record.none": "none", "record.deleted": "Deleted by {name}.", "record.deletedAt": "Deleted",
  "record.price": "The posted amount is not what the operator's table says.", "record.zone": "Times are local times of {zone}.", "record.overdue": "Not checked out, and its right is over.", "record.id": "Id",
  "office.organisations": "Organisations", "office.organisation": "Organisation", "office.role": "Role", "office.with": "Works with", "office.sells": "sells for {name}", "office.soldBy": "sold by {name}",
  "office.checks": "checks for {name}", "office.checkedBy": "checked by {name}", "office.at": "{who} (place {place})", "office.clients": "Clients", "office.client": "Client", "office.rate": "Requests per second", "office.state": "State",
  "office.active": "active", "office.revoked": "revoked", "office.rotate": "New secret", "office.revoke": "Revoke", "office.sure": "Really? It ends at once what the old secret opened.", "office.sureRevoke": "Really? This client is never let in again.",
  "office.yes": "Yes", "office.no": "No", "office.new": "New client", "office.id": "Id of the client", "office.create": "Create client", "office.secret": "Secret of {client}",
  "office.once": "It is shown once. Keep it now.", "office.copy": "Copy", "office.copied": "Copied", "office.kept": "I have kept it", "office.idHint": "3 to 100 letters, digits, dots, hyphens", "office.own": "you",
  "office.actions": "What to do", "office.rotateOf": "New secret for {client}", "office.revokeOf": "Revoke {client}", "office.revokedNow": "{client} is revoked.",
  "post.waiting": { one: "{count} delivery is waiting", other: "{count} deliveries are waiting" }, "post.subscriptions": "Subscriptions", "post.endpoint": "Address", "post.topics": "Topics", "post.delivered": "Delivered", "post.last": "Last",
  "post.never": "never", "post.dead": "Dead letters", "post.deadText": "Every attempt failed. Sent again, they begin anew.", "post.noDead": "No dead letters.", "post.topic": "Topic", "post.object": "About", "post.attempts": "Attempts",
  "post.reason": "Why it failed", "post.at": "Happened", "post.again": "Send again", "post.againOf": "Send {topic} of {object} again", "post.all": "Send all again", "post.sent": { one: "{count} is sent again.", other: "{count} are sent again." }, "post.noSubscriptions": "No subscriptions.",
} as const satisfies Catalogue;

const de = {
  "search.title": "Parkvorgänge suchen", "search.plate": "Kennzeichen", "search.place": "Parkplatz", "search.provider": "Anbieter", "search.any": "alle", "search.time": "Zeit",
  "search.day": "letzte 24 Stunden", "search.week": "letzte 7 Tage", "search.all": "jederzeit", "search.chosen": "von … bis …", "search.from": "Von", "search.to": "Bis",
  "search.similar": "Auch ähnliche Kennzeichen (O und 0, I und 1, ein Zeichen)", "search.find": "Suchen", "search.local": "In der Zeit dieses Geräts.",
  "list.title": "Gefundene Parkvorgänge", "list.count": { one: "{count} Parkvorgang", other: "{count} Parkvorgänge" }, "list.more": "Das sind die neuesten {count}. Es gibt mehr: bitte enger suchen.", "list.none": "Kein Parkvorgang passt.",
  "list.plate": "Kennzeichen", "list.place": "Parkplatz", "list.provider": "Anbieter", "list.operator": "Betreiber", "list.from": "Von", "list.to": "Bis", "list.money": "Betrag", "list.received": "Eingegangen",
  "list.running": "läuft", "list.overdue": "überfällig", "list.similar": "ähnlich", "list.erased": "gelöscht", "list.paid": "{amount} bezahlt", "list.due": "{amount} offen", "list.price": "nicht der Preis der Tabelle", "list.open": "{plate} öffnen",
  "record.title": "Parkvorgang", "record.back": "Zurück zur Liste", "record.pdf": "PDF", "record.facts": "Auf einen Blick", "record.versions": "Fassungen", "record.version": "Fassung", "record.sender": "Gesendet von",
  "record.after": "{time} nach Beginn", "record.before": "vor Beginn", "record.amounts": "Beträge", "record.amount": "Betrag", "record.paidAt": "Bezahlt am", "record.transaction": "Transaktion", "record.notPaid": "offen",
  "record.rights": "Berechtigungen daraus", "record.right": "Berechtigung", "record.issuer": "Ausgestellt von", "record.none": "keiner", "record.deleted": "Gelöscht von {name}.", "record.deletedAt": "Gelöscht",
  "record.price": "Der gemeldete Betrag weicht von der Tabelle des Betreibers ab.", "record.zone": "Zeiten sind Ortszeiten ({zone}).", "record.overdue": "Nicht beendet, die Berechtigung ist abgelaufen.", "record.id": "Id",
  "office.organisations": "Organisationen", "office.organisation": "Organisation", "office.role": "Rolle", "office.with": "Arbeitet mit", "office.sells": "verkauft für {name}", "office.soldBy": "verkauft durch {name}",
  "office.checks": "kontrolliert für {name}", "office.checkedBy": "kontrolliert durch {name}", "office.at": "{who} (Parkplatz {place})", "office.clients": "Clients", "office.client": "Client", "office.rate": "Anfragen je Sekunde", "office.state": "Zustand",
  "office.active": "aktiv", "office.revoked": "gesperrt", "office.rotate": "Neues Geheimnis", "office.revoke": "Sperren", "office.sure": "Wirklich? Was das alte Geheimnis geöffnet hat, endet sofort.", "office.sureRevoke": "Wirklich? Dieser Client kommt nie wieder hinein.",
  "office.yes": "Ja", "office.no": "Nein", "office.new": "Neuer Client", "office.id": "Id des Clients", "office.create": "Client anlegen", "office.secret": "Geheimnis von {client}",
  "office.once": "Es wird nur einmal gezeigt. Bitte jetzt aufbewahren.", "office.copy": "Kopieren", "office.copied": "Kopiert", "office.kept": "Aufbewahrt", "office.idHint": "3 bis 100 Buchstaben, Ziffern, Punkte, Bindestriche", "office.own": "Sie",
  "office.actions": "Aktionen", "office.rotateOf": "Neues Geheimnis für {client}", "office.revokeOf": "{client} sperren", "office.revokedNow": "{client} ist gesperrt.",
  "post.waiting": { one: "{count} Zustellung wartet", other: "{count} Zustellungen warten" }, "post.subscriptions": "Abonnements", "post.endpoint": "Adresse", "post.topics": "Themen", "post.delivered": "Zugestellt", "post.last": "Zuletzt",
  "post.never": "nie", "post.dead": "Gescheiterte Zustellungen", "post.deadText": "Alle Versuche sind gescheitert. Noch einmal gesendet, beginnen sie von vorn.", "post.noDead": "Nichts ist gescheitert.", "post.topic": "Thema", "post.object": "Über", "post.attempts": "Versuche",
  "post.reason": "Warum gescheitert", "post.at": "Ereignis", "post.again": "Noch einmal senden", "post.againOf": "{topic} zu {object} noch einmal senden", "post.all": "Alle noch einmal senden", "post.sent": { one: "{count} wird noch einmal gesendet.", other: "{count} werden noch einmal gesendet." }, "post.noSubscriptions": "Keine Abonnements.",
} as const satisfies TranslationOf<typeof en>;

export const tell = translator(en, de);
