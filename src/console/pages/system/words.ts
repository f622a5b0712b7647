import { words } from "../../words/words.ts";

export const systemWords = words({
  mail: "Simulated mail", simulated: "Simulated", mailText: "No letter leaves this demo. What would have been sent by e-mail is kept here until the demo is stopped.", noMail: "No letters yet. Report a fault to see one.", mailTo: "To {to}", urgent: "urgent", attached: "Attached: {names}",
  title: "System", store: "Database", healthy: "takes everything in", unhealthy: "does not take anything in", embedded: "built in", external: "your own", version: "Version", uptime: "Running for", memory: "Memory", streams: "Live screens",
  owners: "Car parks", facility: "Car park", seq: "Events", mode: "Mode", owner: "Owner", "owner.running": "running", "owner.safe": "safe mode", "owner.stopped": "stopped", followers: "Lists and reports", name: "Name", behind: "Behind by", failing: "failing", upToDate: "up to date", state: "State", events: { one: "{count} event", other: "{count} events" },
}, {
  mail: "Simulierte Post", simulated: "Simuliert", mailText: "Aus dieser Vorführung geht kein Brief hinaus. Was als E-Mail verschickt würde, bleibt hier, bis sie beendet wird.", noMail: "Noch keine Briefe. Eine Störung melden, dann kommt einer.", mailTo: "An {to}", urgent: "dringend", attached: "Angehängt: {names}",
  title: "System", store: "Datenbank", healthy: "nimmt alles an", unhealthy: "nimmt nichts an", embedded: "eingebaut", external: "eigene", version: "Version", uptime: "Läuft seit", memory: "Speicher", streams: "Live-Bildschirme",
  owners: "Parkhäuser", facility: "Parkhaus", seq: "Ereignisse", mode: "Betriebsart", owner: "Betrieb", "owner.running": "läuft", "owner.safe": "sicherer Betrieb", "owner.stopped": "angehalten", followers: "Listen und Berichte", name: "Name", behind: "Rückstand", failing: "fehlerhaft", upToDate: "aktuell", state: "Zustand", events: { one: "{count} Ereignis", other: "{count} Ereignisse" },
});
