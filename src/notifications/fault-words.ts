/** The words of a message about a fault, in the language of the city. */
import { translator } from "../messages/message.ts";

const en = {
  reported: "Fault {fault} reported", reopened: "Fault {fault} reopened", escalated: "Fault {fault} not acknowledged",
  facility: "Car park", asset: "What", details: "Details", reportedAt: "Reported", openSince: "Open since",
  acknowledge: "Acknowledge it here", operational: "Cars are affected: please acknowledge and repair at once.",
  escalation: "{organisation} has not acknowledged this fault in time.",
} as const;

const de = {
  reported: "Störung {fault} gemeldet", reopened: "Störung {fault} wieder aufgetreten",
  escalated: "Störung {fault} nicht bestätigt",
  facility: "Parkhaus", asset: "Was", details: "Einzelheiten", reportedAt: "Gemeldet", openSince: "Offen seit",
  acknowledge: "Hier bestätigen", operational: "Der Betrieb ist gestört: bitte gleich bestätigen und beheben.",
  escalation: "{organisation} hat diese Störung nicht rechtzeitig bestätigt.",
} as const;

export const t = translator(en, de);
