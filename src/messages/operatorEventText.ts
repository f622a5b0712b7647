/** The sentence of an event of the operator's stream, for the log book. No name and no card number is in one. */
import type { RightsAct } from "../carpark/operator/directory.ts";
import type { OperatorEvent } from "../carpark/operator/operator.ts";
import { dateText } from "../kernel/calendar.ts";
import { moneyText } from "./format.ts";
import type { Locale } from "./locale.ts";
import { translator } from "./message.ts";

const en = {
  PeriodClosed: "Period closed: the state of sales and contracts is kept",
  OperatorConfigured: "City configured: {facilities} car parks, season ticket prices",
  SeasonTicketSold: "{ticket} sold for {facility}: {months} months, {from} to {to}, {price}",
  SeasonTicketRenewed: "{ticket} renewed: {months} months, {from} to {to}, {price}",
  SeasonCardReplaced: "{ticket}: card replaced, old card blocked. {reason}",
  SecurityCompanySet: "Security company {company}: {name}",
  SecurityContractSet: "Contract of {company}: {facilities}, {cards} cards",
  GuardCardIssued: "Guard card {number} issued to {company}",
  ServiceCardIssued: "Service card issued for {facilities}",
  MaintenanceContractSet: "Service level of {name} set",
  CardBlocked: "Card blocked. {reason}",
  CardUnblocked: "Card unblocked. {reason}",
  CardRightChanged: "Right {right} sent to the car parks",
  GuardCardChanged: "Guard card of {company} sent to the car parks",
  AccountOpened: "Account {account} opened",
  AccountContactSet: "Contact of account {account} changed",
  AccountTermsSet: "Overflow terms of account {account} set",
  AccountClosed: "Account {account} closed. {reason}",
  ParkerAdded: "Parker {parker} added to account {account}",
  CredentialAdded: "Plate, card or code of parker {parker} added to account {account}",
  CredentialBlocked: "Plate, card or code blocked. {reason}",
  CredentialUnblocked: "Plate, card or code unblocked. {reason}",
  CredentialRemovalAwaited: "Plate, card or code leaves its account when its car has left",
  CredentialRemoved: "Plate, card or code removed from its account",
  ContractSigned: "Contract {contract} of account {account} for {facility}",
  ContractEnded: "Contract {contract} of account {account} for {facility} ends",
  AgreementMade: "Pay-as-you-go agreement {agreement} of account {account} for {facility}",
  AgreementEnded: "Pay-as-you-go agreement {agreement} of account {account} for {facility} ends",
} as const;

const de = {
  PeriodClosed: "Tagesabschluss: Stand von Verkauf und Verträgen festgehalten",
  OperatorConfigured: "Stadt eingerichtet: {facilities} Parkhäuser, Preise der Zeitkarten",
  SeasonTicketSold: "{ticket} für {facility} verkauft: {months} Monate, {from} bis {to}, {price}",
  SeasonTicketRenewed: "{ticket} verlängert: {months} Monate, {from} bis {to}, {price}",
  SeasonCardReplaced: "{ticket}: Karte ersetzt, alte Karte gesperrt. {reason}",
  SecurityCompanySet: "Sicherheitsfirma {company}: {name}",
  SecurityContractSet: "Vertrag mit {company}: {facilities}, {cards} Karten",
  GuardCardIssued: "Wächterkarte {number} an {company} ausgegeben",
  ServiceCardIssued: "Dienstkarte ausgegeben für {facilities}",
  MaintenanceContractSet: "Servicegrad von {name} festgelegt",
  CardBlocked: "Karte gesperrt. {reason}",
  CardUnblocked: "Karte entsperrt. {reason}",
  CardRightChanged: "Berechtigung {right} an die Parkhäuser gemeldet",
  GuardCardChanged: "Wächterkarte von {company} an die Parkhäuser gemeldet",
  AccountOpened: "Konto {account} eröffnet",
  AccountContactSet: "Kontaktdaten von Konto {account} geändert",
  AccountTermsSet: "Überlaufregel von Konto {account} gesetzt",
  AccountClosed: "Konto {account} geschlossen. {reason}",
  ParkerAdded: "Parker {parker} bei Konto {account} angelegt",
  CredentialAdded: "Kennzeichen, Karte oder Code von Parker {parker} bei Konto {account} hinzugefügt",
  CredentialBlocked: "Kennzeichen, Karte oder Code gesperrt. {reason}",
  CredentialUnblocked: "Kennzeichen, Karte oder Code entsperrt. {reason}",
  CredentialRemovalAwaited: "Kennzeichen, Karte oder Code verlässt das Konto nach der Ausfahrt",
  CredentialRemoved: "Kennzeichen, Karte oder Code vom Konto entfernt",
  ContractSigned: "Vertrag {contract} von Konto {account} für {facility}",
  ContractEnded: "Vertrag {contract} von Konto {account} für {facility} endet",
  AgreementMade: "Pay-as-you-Go-Vereinbarung {agreement} von Konto {account} für {facility}",
  AgreementEnded: "Pay-as-you-Go-Vereinbarung {agreement} von Konto {account} für {facility} endet",
} as const;

const t = translator(en, de);

export function operatorEventText(l: Locale, e: OperatorEvent): string {
  switch (e.type) {
    case "PeriodClosed":
      return t(l, e.type);
    case "OperatorConfigured":
      return t(l, e.type, { facilities: e.config.facilities.length });
    case "SeasonTicketSold":
      return t(l, e.type, { ...soldText(l, e), facility: e.facility });
    case "SeasonTicketRenewed":
      return t(l, e.type, soldText(l, e));
    case "SeasonCardReplaced":
      return t(l, e.type, { ticket: e.ticket, reason: e.reason });
    case "SecurityCompanySet":
      return t(l, e.type, { company: e.company, name: e.name });
    case "SecurityContractSet": {
      const facilities = e.contract.duties.map(({ facility }) => facility).join(", ");
      return t(l, e.type, { company: e.company, facilities, cards: e.contract.cards });
    }
    case "GuardCardIssued":
      return t(l, e.type, { number: e.number, company: e.company });
    case "ServiceCardIssued":
      return t(l, e.type, { facilities: e.facilities.join(", ") });
    case "MaintenanceContractSet":
      return t(l, e.type, { name: e.contract.name });
    case "CardBlocked":
    case "CardUnblocked":
      return t(l, e.type, { reason: e.reason });
    case "CardRightChanged":
      return t(l, e.type, { right: e.right.right });
    case "GuardCardChanged":
      return t(l, e.type, { company: e.guard.company });
    case "DirectoryChanged":
      return actText(l, e.act);
  }
}

function actText(l: Locale, act: RightsAct): string {
  switch (act.type) {
    case "AccountOpened": case "AccountContactSet": case "AccountTermsSet": return t(l, act.type, { account: act.account });
    case "AccountClosed": return t(l, act.type, { account: act.account, reason: act.reason });
    case "ParkerAdded": case "CredentialAdded": return t(l, act.type, { account: act.account, parker: act.parker });
    case "CredentialBlocked": return t(l, act.blocked ? "CredentialBlocked" : "CredentialUnblocked", { reason: act.reason });
    case "CredentialRemovalAwaited": case "CredentialRemoved": return t(l, act.type);
    case "ContractSigned": return t(l, act.type, { account: act.account, facility: act.facility, contract: act.contract.id });
    case "ContractEnded": return t(l, act.type, { account: act.account, facility: act.facility, contract: act.contract });
    case "AgreementMade": return t(l, act.type, { account: act.account, facility: act.facility, agreement: act.agreement.id });
    case "AgreementEnded": return t(l, act.type, { account: act.account, facility: act.facility, agreement: act.agreement });
  }
}

type Sale = Extract<OperatorEvent, { readonly type: "SeasonTicketSold" | "SeasonTicketRenewed" }>;

const soldText = (l: Locale, { ticket, period, priceMinor, currency }: Sale) => ({
  ticket, months: period.months, from: dateText(period.firstDay), to: dateText(period.expiryDay),
  price: moneyText(l, priceMinor, currency),
});
