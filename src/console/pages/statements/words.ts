import { words } from "../../words/words.ts";

export const statementWords = words({
  title: "Statements", list: "Statements", none: "No statements", number: "Number", month: "Month", carPark: "Car park", account: "Account", issued: "Issued", total: "Total", lines: "Lines", mail: "E-mail", download: "Download", erased: "erased",
  "mail.none": "Not sent", "mail.waiting": "Waiting", "mail.sent": "Sent", "mail.failed": "Failed", pdfOf: "PDF of {number}", csvOf: "CSV of {number}",
  run: "State a month", runTitle: "State a month", runExplain: "Every account with stays that ended in the month, or with a contract. What is already stated stays as it is; asking twice gives the same.", runDone: "Month stated", issuedN: { one: "{count} statement issued", other: "{count} statements issued" }, alreadyN: { one: "{count} was already issued", other: "{count} were already issued" }, without: "Without a statement: {account} ({because})", all: "All months",
}, {
  title: "Abrechnungen", list: "Abrechnungen", none: "Keine Abrechnungen", number: "Nummer", month: "Monat", carPark: "Parkhaus", account: "Konto", issued: "Gestellt", total: "Summe", lines: "Zeilen", mail: "E-Mail", download: "Herunterladen", erased: "gelöscht",
  "mail.none": "Nicht gesendet", "mail.waiting": "Wartet", "mail.sent": "Gesendet", "mail.failed": "Fehlgeschlagen", pdfOf: "PDF von {number}", csvOf: "CSV von {number}",
  run: "Monat abrechnen", runTitle: "Einen Monat abrechnen", runExplain: "Jedes Konto, dessen Parkvorgänge in dem Monat endeten oder das einen Vertrag hat. Bereits Gestelltes bleibt, wie es ist; zweimal gefragt ergibt dasselbe.", runDone: "Monat abgerechnet", issuedN: { one: "{count} Abrechnung gestellt", other: "{count} Abrechnungen gestellt" }, alreadyN: { one: "{count} war schon gestellt", other: "{count} waren schon gestellt" }, without: "Ohne Abrechnung: {account} ({because})", all: "Alle Monate",
});
