/** The sentence of an event, for the log book, live lists and exports. */
import type { Claimant, OutsideClaimant } from "../carpark/claim/claim.ts";
import type { FacilityEvent } from "../carpark/facility/event.ts";
import type { Asset } from "../carpark/fault/fault.ts";
import type { CallOrigin } from "../carpark/intercom/intercom.ts";
import type { OfficeEvent } from "../carpark/office/office.ts";
import type { PayStationEvent } from "../carpark/paystation/event.ts";
import type { Admission, Release } from "../carpark/lane/lane.ts";
import { dateTimeText, moneyText, timeSecondsText, timeText } from "./format.ts";
import type { Locale } from "./locale.ts";
import { rightsEventText } from "./rightsEventText.ts";
import type { SiteWords } from "./site.ts";
import { t } from "./t.ts";
import { wordsText } from "./words.ts";

type Say<E> = (event: E, locale: Locale, site: SiteWords) => string;
/** Events of pay stations and office are worded by the names of their fields (catalogue/payStationEvents.ts). */
type WordedByFields = PayStationEvent | OfficeEvent;
type Sentences = { readonly [T in Exclude<FacilityEvent["type"], WordedByFields["type"]>]: Say<Extract<FacilityEvent, { readonly type: T }>> };

/** One line for people; plates, names and card numbers never appear, for events do not carry them. */
export function eventText(locale: Locale, event: FacilityEvent, site: SiteWords): string {
  const say = (SENTENCES as Partial<Record<FacilityEvent["type"], Say<FacilityEvent>>>)[event.type];
  const text = say ? say(event, locale, site) : wordsText(locale, { key: `event.${event.type}`, params: event }, site);
  return text.trimEnd();
}

const passText = (pass: Admission | Release, l: Locale, s: SiteWords): string => {
  switch (pass.by) {
    case "ticket": return t(l, "eventWord.byTicket", { number: pass.ticket });
    case "card": return t(l, "eventWord.byCard");
    case "right": return t(l, "eventWord.byRight", { kind: t(l, `credentialKind.${pass.credential.kind}`) });
    case "staff": return t(l, "eventWord.byStaff", { actor: s.person(pass.actor), reason: pass.reason });
  }
};

const originText = (origin: CallOrigin, s: SiteWords): string => {
  switch (origin.kind) {
    case "lane": return s.lane(origin.lane);
    case "station": return s.station(origin.station);
  }
};

export const claimantText = (by: Claimant, l: Locale, s: SiteWords): string => {
  switch (by.kind) {
    case "lane": return s.lane(by.id);
    case "payStation": return s.station(by.id);
    case "phone": return t(l, "eventWord.phone");
    case "office": return t(l, "eventWord.office");
    case "app": return t(l, "eventWord.app");
  }
};

const outsideText = ({ kind }: OutsideClaimant, l: Locale): string => t(l, kind === "phone" ? "eventWord.onPhone" : "eventWord.inApp");
const assetText = (asset: Asset, l: Locale): string => `${t(l, `asset.${asset.kind}`)} ${asset.id}`;
const signed = (delta: number): string => (delta > 0 ? `+${delta}` : String(delta));

const SENTENCES: Sentences = {
  FacilityConfigured: (_, l) => t(l, "event.FacilityConfigured"),
  TariffPublished: (e, l, s) => {
    const published = { version: e.tariff.version, from: dateTimeText(l, e.tariff.effectiveFrom, s.zone) };
    return e.reason === undefined ? t(l, "event.TariffPublished", published) : t(l, "event.TariffPublishedBecause", { ...published, reason: e.reason });
  },
  FacilityModeSet: (e, l) => t(l, "event.FacilityModeSet", { mode: t(l, `facilityMode.${e.mode}`), reason: e.reason }),
  OwnerStarted: (e, l) => t(l, "event.OwnerStarted", e),
  PeriodClosed: (_, l) => t(l, "event.PeriodClosed"),
  NoteWritten: (e, l) => t(l, "event.NoteWritten", e),
  CardRightSet: (_, l) => t(l, "event.CardRightSet"),
  RightsLearnt: (e, l) => (e.problem === null ? t(l, "event.RightsLearnt", e) : t(l, "event.RightsLearntNot", { act: e.act, problem: e.problem })),
  Rights: (e, l, s) => t(l, "event.Rights", { what: rightsEventText(l, e.rights, s).replace(/\.$/, "") }),
  LaneSaleOrdered: (e, l, s) => t(l, "event.LaneSaleOrdered", { lane: s.lane(e.lane), stay: e.stay, amount: moneyText(l, e.amountMinor, s.currency) }),
  LaneSaleAsked: (e, l, s) => t(l, "event.LaneSaleAsked", { lane: s.lane(e.lane) }),
  LaneSaleEnded: (e, l, s) => t(l, "event.LaneSaleEnded", { lane: s.lane(e.lane), stay: e.stay, result: t(l, `saleResult.${e.result}`) }),
  StayPaymentTaken: (e, l, s) => t(l, "event.StayPaymentTaken", {
    stay: e.stay, amount: moneyText(l, e.amountMinor, s.currency), means: t(l, `stayPaymentMeans.${e.means}`, { provider: e.means === "provider" ? e.provider : "" }),
  }),
  StayClaimed: (e, l, s) => t(l, "event.StayClaimed", {
    stay: e.stay, amount: moneyText(l, e.claim.quote.amountMinor, s.currency), by: outsideText(e.claim.by, l), until: timeText(l, e.claim.until, s.zone),
  }),
  StayUnclaimed: (e, l) => t(l, "event.StayUnclaimed", { stay: e.stay, by: outsideText(e.claimant, l) }),
  AccountMailRecorded: (e, l) => t(l, e.delivered ? "event.AccountMailRecorded" : "event.AccountMailNotSent", { cause: t(l, `mailCause.${e.cause}`), account: e.account, subject: e.subject, detail: e.detail }),
  StatementMailAsked: (e, l) => t(l, "event.StatementMailAsked", { number: e.number, account: e.account }),
  GuardCardSet: (e, l) => t(l, "event.GuardCardSet", e.guard),

  VehicleApproached: (e, l, s) => t(l, "event.VehicleApproached", { lane: s.lane(e.lane), movement: e.movement }),
  StayPlateCorrected: (e, l) => t(l, "event.StayPlateCorrected", { stay: e.stay }),
  PlateAttached: (e, l, s) => t(l, "event.PlateAttached", { lane: s.lane(e.lane), movement: e.movement }),
  MovementEnded: (e, l, s) => t(l, "event.MovementEnded",
    { lane: s.lane(e.lane), movement: e.movement, how: t(l, `movementEnd.${e.how}`) }),
  EntryRefused: (e, l, s) => t(l, "event.EntryRefused", { lane: s.lane(e.lane), reason: t(l, `reason.${e.reason}`) }),
  EntryAdmitted: (e, l, s) => t(l, "event.EntryAdmitted",
    { lane: s.lane(e.lane), movement: e.movement, by: passText(e.pass, l, s) }),
  CardReturned: (e, l, s) => t(l, "event.CardReturned", { lane: s.lane(e.lane) }),
  TicketNotPrinted: (e, l, s) => t(l, "event.TicketNotPrinted", { lane: s.lane(e.lane), cause: e.cause }),
  TicketStuck: (e, l, s) => t(l, "event.TicketStuck", { lane: s.lane(e.lane), number: e.number }),
  ExitRefused: (e, l, s) => t(l, "event.ExitRefused", { lane: s.lane(e.lane), reason: t(l, `reason.${e.reason}`) }),
  ExitReleased: (e, l, s) => t(l, "event.ExitReleased",
    { lane: s.lane(e.lane), movement: e.movement, by: passText(e.pass, l, s) }),
  PaymentAsked: (e, l, s) => t(l, "event.PaymentAsked", { lane: s.lane(e.lane), amount: moneyText(l, e.dueMinor, s.currency) }),
  IrregularPassage: (e, l, s) => t(l, "event.IrregularPassage",
    { lane: s.lane(e.lane), cause: t(l, `irregular.${e.cause}`) }),
  LaneModeSet: (e, l, s) => t(l, "event.LaneModeSet",
    { lane: s.lane(e.lane), mode: t(l, `laneMode.${e.mode}`), reason: e.reason }),
  BarrierFailed: (e, l, s) => t(l, "event.BarrierFailed",
    { lane: s.lane(e.lane), symptom: t(l, `symptom.${e.symptom}`) }),

  TicketOrdered: (e, l, s) => t(l, "event.TicketOrdered", { lane: s.lane(e.lane), number: e.number }),
  TicketPrinted: (e, l, s) => t(l, "event.TicketPrinted", { lane: s.lane(e.lane), number: e.number }),
  TicketRecalled: (e, l, s) => t(l, "event.TicketRecalled", { lane: s.lane(e.lane), number: e.number }),
  TicketRevived: (e, l) => t(l, "event.TicketRevived", { number: e.number }),
  TicketTaken: (e, l, s) => t(l, "event.TicketTaken", { lane: s.lane(e.lane), number: e.number }),
  TicketVoided: (e, l) => t(l, "event.TicketVoided", { number: e.number, reason: t(l, `voidReason.${e.reason}`) }),
  TicketClaimed: (e, l, s) => t(l, "event.TicketClaimed", { number: e.number, by: claimantText(e.claim.by, l, s) }),
  TicketUnclaimed: (e, l) => t(l, "event.TicketUnclaimed", e),
  TicketPaid: (e, l, s) => t(l, "event.TicketPaid", {
    number: e.number, amount: moneyText(l, e.amountMinor, s.currency), leaveBy: timeText(l, e.leaveBy, s.zone),
  }),
  GraceExtended: (e, l, s) => t(l, "event.GraceExtended",
    { number: e.number, leaveBy: timeText(l, e.leaveBy, s.zone), reason: e.reason }),
  TicketReplaced: (e, l) => t(l, "event.TicketReplaced", e),
  LostTicketIssued: (e, l) => t(l, "event.LostTicketIssued", e),
  TicketUsed: (e, l) => t(l, "event.TicketUsed", e),

  StayOpened: (e, l, s) => t(l, "event.StayOpened", {
    basis: e.credential.kind === "ticket" ? t(l, "eventWord.byTicket", { number: e.credential.ticket }) : t(l, `basis.${e.basis}`),
    group: s.group(e.group),
    flags: e.flags.map((flag) => `, ${t(l, `stayFlag.${flag}`)}`).join(""),
  }),
  StayClosed: (e, l) => {
    const how = t(l, `stayEnd.${e.how}`);
    return e.ticket ? t(l, "event.StayClosedWithTicket", { how, number: e.ticket }) : t(l, "event.StayClosed", { how });
  },
  StayNeutralSet: (e, l) => t(l, "event.StayNeutralSet", e),
  StayGroupChanged: (e, l, s) => t(l, "event.StayGroupChanged", { stay: e.stay, group: s.group(e.group) }),
  AnomalousExit: (e, l, s) => t(l, "event.AnomalousExit", { lane: s.lane(e.lane) }),
  OccupancyAdjusted: (e, l, s) => t(l, "event.OccupancyAdjusted", {
    group: s.group(e.group), delta: signed(e.delta), cause: t(l, `adjustCause.${e.cause}`), reason: e.reason,
  }),

  VehicleWaiting: (e, l, s) => t(l, "event.VehicleWaiting", { lane: s.lane(e.lane), movement: e.movement }),
  SpaceOffered: (e, l, s) => t(l, "event.SpaceOffered",
    { lane: s.lane(e.lane), movement: e.movement, until: timeSecondsText(l, e.until, s.zone) }),
  OfferLapsed: (e, l, s) => t(l, "event.OfferLapsed", { lane: s.lane(e.lane), movement: e.movement }),

  CallRang: (e, l, s) => t(l, "event.CallRang", { origin: originText(e.origin, s), reason: t(l, `reason.${e.reason}`) }),
  CallForwarded: (e, l) => t(l, "event.CallForwarded", e),
  CallAnswered: (e, l) => t(l, "event.CallAnswered", e),
  CallEnded: (e, l) => t(l, "event.CallEnded", { call: e.call, outcome: t(l, `callOutcome.${e.outcome}`) }),

  FaultReported: (e, l) => t(l, "event.FaultReported", {
    fault: e.fault, asset: assetText(e.asset, l), details: e.details, organisation: t(l, `organisation.${e.organisation}`),
  }),
  FaultRepeated: (e, l) => t(l, "event.FaultRepeated", e),
  FaultNotified: (e, l) => t(l, "event.FaultNotified", {
    fault: e.fault, channel: e.channel,
    outcome: e.delivered ? t(l, "eventWord.delivered") : t(l, "eventWord.notDelivered", e),
  }),
  FaultAcknowledged: (e, l, s) => t(l, "event.FaultAcknowledged", { fault: e.fault, acknowledgedBy: s.person(e.acknowledgedBy) }),
  FaultEscalated: (e, l) => t(l, "event.FaultEscalated", e),
  FaultFixed: (e, l) => t(l, "event.FaultFixed", e),
  FaultReopened: (e, l) => t(l, "event.FaultReopened", e),

  GuardArrived: (e, l) => t(l, "event.GuardArrived", e),
  GuardLeft: (e, l) => t(l, "event.GuardLeft", e),
  GuardDepartureMissing: (e, l) => t(l, "event.GuardDepartureMissing", e),
  GuardCardRefused: (e, l) => t(l, "event.GuardCardRefused", { reason: t(l, `guardRefusal.${e.reason}`) }),
};
