import { words } from "../../words/words.ts";

export const systemWords = words({
  title: "System", store: "Database", healthy: "takes everything in", unhealthy: "does not take anything in", embedded: "built in", external: "your own", version: "Version", uptime: "Running for", memory: "Memory", streams: "Live screens",
  owners: "Car parks", facility: "Car park", seq: "Events", mode: "Mode", owner: "Owner", "owner.running": "running", "owner.safe": "safe mode", "owner.stopped": "stopped", followers: "Lists and reports", name: "Name", behind: "Behind by", failing: "failing", upToDate: "up to date", state: "State", events: { one: "{count} event", other: "{count} events" },
}, {
  title: "System", store: "Datenbank", healthy: "nimmt alles an", unhealthy: "nimmt nichts an", embedded: "eingebaut", external: "eigene", version: "Version", uptime: "Läuft seit", memory: "Speicher", streams: "Live-Bildschirme",
  owners: "Parkhäuser", facility: "Parkhaus", seq: "Ereignisse", mode: "Betriebsart", owner: "Betrieb", "owner.running": "läuft", "owner.safe": "sicherer Betrieb", "owner.stopped": "angehalten", followers: "Listen und Berichte", name: "Name", behind: "Rückstand", failing: "fehlerhaft", upToDate: "aktuell", state: "Zustand", events: { one: "{count} Ereignis", other: "{count} Ereignisse" },
});
