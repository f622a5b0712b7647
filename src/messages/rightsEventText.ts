/** The sentence of an event of a car park's rights: the decision's own reason where it has one. No plate or name is in one. */
import type { RightsEvent } from "../rights/desk/event.ts";
import { whyText } from "../rights/why.ts";
import { dateTimeText } from "./format.ts";
import type { Locale } from "./locale.ts";
import { translator } from "./message.ts";
import type { SiteWords } from "./site.ts";

const en = {
  RightsConfigured: "set up",
  PolicySet: "policy set, in force from {from}",
  TariffSet: "tariff set, in force from {from}",
  OpeningSet: "opening changed. {reason}",
  AccountOpened: "account {account} learnt",
  AccountTermsSet: "overflow terms of {account} set",
  ContractSigned: "contract {contract} of {account} learnt",
  ContractOversold: "contract {contract} of {account} learnt; group {group} now has {contracts} contracts for {spaces} spaces",
  ContractEnded: "contract {contract} of {account} ends {until}",
  AgreementMade: "pay-as-you-go agreement {agreement} of {account} learnt",
  AgreementsEnded: "pay-as-you-go of {account} ends {until}",
  RightElsewhereNoted: "right of {account} at another car park learnt",
  BookingMade: "booking {booking} of {account}: {from} to {to}",
  BookingCancelled: "booking {booking} of {account} cancelled",
  ParkerAdded: "parker {parker} of {account} learnt",
  CredentialAdded: "credential of {parker}, {account}, learnt",
  CredentialBlocked: "credential blocked. {reason}",
  CredentialUnblocked: "credential unblocked. {reason}",
  CredentialRemovalAwaited: "a credential leaves its account at the exit",
  CredentialRemoved: "a credential left its account",
  CredentialHeld: "the plate of stay {stay} is kept until {until}: unpaid or disputed. {reason}",
  CredentialHoldReleased: "the plate of stay {stay} need not be kept any longer. {reason}",
  CardRightLearnt: "card right learnt",
  ExternalRightLearnt: "right {right} sold by {provider}: it pays from {from} to {until}",
  ExternalRightRevoked: "right {right} sold by {provider} ended: it pays no longer",
  ExitTimeGiven: "stay {stay} ended {at}. {reason}",
  NeutralSet: { one: "{count} stay set neutral. {reason}", other: "{count} stays set neutral. {reason}" },
  CoverageAdvanced: "coverage of {account} brought up to date",
  PastTouched: "a fact about {account} reaches back to {since}, further than what is kept; amounts are worked out from the journal",
  PastSettled: { one: "amounts of {account} worked out from the journal: {count} stay changed", other: "amounts of {account} worked out from the journal: {count} stays changed" },
  StatementIssued: "statement {number} of {account} for {month} issued",
  OccupancyAdjusted: "count of {group} corrected by {delta}. {reason}",
} as const;

const de = {
  RightsConfigured: "eingerichtet",
  PolicySet: "Regeln gesetzt, gültig ab {from}",
  TariffSet: "Tarif gesetzt, gültig ab {from}",
  OpeningSet: "Öffnung geändert. {reason}",
  AccountOpened: "Konto {account} übernommen",
  AccountTermsSet: "Überlaufregel von {account} gesetzt",
  ContractSigned: "Vertrag {contract} von {account} übernommen",
  ContractOversold: "Vertrag {contract} von {account} übernommen; Gruppe {group} hat nun {contracts} Verträge für {spaces} Plätze",
  ContractEnded: "Vertrag {contract} von {account} endet {until}",
  AgreementMade: "Pay-as-you-Go-Vereinbarung {agreement} von {account} übernommen",
  AgreementsEnded: "Pay as you Go von {account} endet {until}",
  RightElsewhereNoted: "Berechtigung von {account} in einem anderen Parkhaus übernommen",
  BookingMade: "Buchung {booking} von {account}: {from} bis {to}",
  BookingCancelled: "Buchung {booking} von {account} storniert",
  ParkerAdded: "Parker {parker} von {account} übernommen",
  CredentialAdded: "Medium von {parker}, {account}, übernommen",
  CredentialBlocked: "Medium gesperrt. {reason}",
  CredentialUnblocked: "Medium entsperrt. {reason}",
  CredentialRemovalAwaited: "ein Medium verlässt mit der Ausfahrt sein Konto",
  CredentialRemoved: "ein Medium hat sein Konto verlassen",
  CredentialHeld: "das Kennzeichen von Parkvorgang {stay} bleibt bis {until} gespeichert: unbezahlt oder strittig. {reason}",
  CredentialHoldReleased: "das Kennzeichen von Parkvorgang {stay} wird nicht mehr gebraucht. {reason}",
  CardRightLearnt: "Kartenberechtigung übernommen",
  ExternalRightLearnt: "Berechtigung {right}, verkauft von {provider}: der Anbieter zahlt von {from} bis {until}",
  ExternalRightRevoked: "Berechtigung {right}, verkauft von {provider}, beendet: der Anbieter zahlt nicht mehr",
  ExitTimeGiven: "Parkvorgang {stay} endete {at}. {reason}",
  NeutralSet: { one: "{count} Parkvorgang neutral gesetzt. {reason}", other: "{count} Parkvorgänge neutral gesetzt. {reason}" },
  CoverageAdvanced: "Deckung von {account} fortgeschrieben",
  PastTouched: "etwas über {account} reicht bis {since} zurück, weiter als hier gespeichert; die Beträge werden aus dem Journal berechnet",
  PastSettled: { one: "Beträge von {account} aus dem Journal berechnet: {count} Parkvorgang geändert", other: "Beträge von {account} aus dem Journal berechnet: {count} Parkvorgänge geändert" },
  StatementIssued: "Abrechnung {number} von {account} für {month} ausgestellt",
  OccupancyAdjusted: "Zähler {group} um {delta} korrigiert. {reason}",
} as const;

const t = translator(en, de);

export function rightsEventText(l: Locale, e: RightsEvent, site: SiteWords): string {
  const at = (instant: number): string => dateTimeText(l, instant, site.zone);
  if ("why" in e) return whyText(e.why, l);
  switch (e.type) {
    case "RightsConfigured": case "CredentialRemovalAwaited": case "CredentialRemoved": case "CardRightLearnt": return t(l, e.type);
    case "PolicySet": case "TariffSet": return t(l, e.type, { from: at(e.from) });
    case "OpeningSet": return t(l, e.type, { reason: e.reason });
    case "AccountOpened": case "AccountTermsSet": case "RightElsewhereNoted": case "CoverageAdvanced": return t(l, e.type, { account: e.account });
    case "ContractSigned": {
      const contract = { contract: e.contract.id, account: e.account };
      return e.oversold ? t(l, "ContractOversold", { ...contract, ...e.oversold }) : t(l, "ContractSigned", contract);
    }
    case "ContractEnded": return t(l, e.type, { ...e, until: at(e.until) });
    case "AgreementMade": return t(l, e.type, { agreement: e.agreement.id, account: e.account });
    case "AgreementsEnded": return t(l, e.type, { account: e.account, until: at(e.until) });
    case "BookingMade": return t(l, e.type, { account: e.account, booking: e.booking.id, from: at(e.booking.from), to: at(e.booking.to) });
    case "BookingCancelled": return t(l, e.type, e);
    case "ParkerAdded": case "CredentialAdded": return t(l, e.type, { account: e.account, parker: e.parker });
    case "CredentialBlocked": return t(l, e.blocked ? "CredentialBlocked" : "CredentialUnblocked", e);
    case "CredentialHeld": return t(l, e.type, { stay: e.hold.stay, until: at(e.hold.until), reason: e.reason });
    case "CredentialHoldReleased": return t(l, e.type, { stay: e.stay, reason: e.reason });
    case "ExternalRightLearnt": case "ExternalRightRevoked":
      return t(l, e.type, { provider: e.right.provider, right: e.right.right, from: at(e.right.from), until: at(e.right.until) });
    case "ExitTimeGiven": return t(l, e.type, { stay: e.stay, at: at(e.exitedAt), reason: e.reason });
    case "NeutralSet": return t(l, e.type, { count: e.stays.length, reason: e.reason });
    case "PastTouched": return t(l, e.type, { account: e.account, since: e.since < 0 ? "–" : at(e.since) });
    case "PastSettled": return t(l, e.type, { account: e.account, count: e.items.length });
    case "StatementIssued": return t(l, e.type, e.statement);
    case "OccupancyAdjusted": return t(l, e.type, e);
  }
}
