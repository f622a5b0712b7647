/** Handlers of faults, security companies and the office's card reader. */
import type { FacilityId } from "../../carpark/facility/config.ts";
import type { OperatorCommand } from "../../carpark/operator/operator.ts";
import type { CredentialRef } from "../../carpark/stay/stay.ts";
import { MINUTE } from "../../kernel/instant.ts";
import { randomRef } from "../http/random.ts";
import type { GuardCompanyView } from "../contract/guards.ts";
import type { Routes } from "../contract/routes.ts";
import type { RouteHandler } from "../http/reply.ts";
import { trouble } from "../http/problem.ts";
import type { Site } from "../site.ts";
import { type Asking, carry, carryOperator, eventOf, recordedOf } from "./carry.ts";

type Records = Pick<
  Routes,
  | "reportFault" | "acknowledgeFault" | "fixFault" | "reopenFault"
  | "guardCompanies" | "setGuardCompany" | "setGuardContract" | "issueGuardCard" | "blockGuardCard" | "presentOfficeCard"
>;

export const facilityIdOf = (id: string) => id as FacilityId;
export const cardOf = (id: string) => id as CredentialRef;

export function recordHandlers(site: Site): { readonly [N in keyof Records]: RouteHandler<Records[N]> } {
  const operator = async (command: OperatorCommand, asking: Asking) => {
    const done = await carryOperator(site, command, asking);
    return "trouble" in done ? done : { answer: { seq: done.carried.seq, at: done.carried.at } };
  };
  return {
    reportFault: async (asked) => {
      const { asset, details, operational } = asked.body;
      const done = await carry(site, asked.params.facility, { type: "ReportFault", asset, details, operational }, asked);
      if ("trouble" in done) return done;
      const event = done.carried.events.find((e) => e.type === "FaultReported" || e.type === "FaultRepeated");
      const fault = event && "fault" in event ? event.fault : (site.facilities.get(asked.params.facility)?.core.state.next.fault ?? 1) - 1;
      return { answer: { seq: done.carried.seq, at: done.carried.at, fault } };
    },
    acknowledgeFault: (asked) =>
      recordedOf(site, asked.params.facility, { type: "AcknowledgeFault", fault: asked.params.fault, acknowledgedBy: asked.actor ?? "" }, asked),
    fixFault: (asked) => recordedOf(site, asked.params.facility, { type: "FixFault", fault: asked.params.fault, note: asked.body.note }, asked),
    reopenFault: (asked) => recordedOf(site, asked.params.facility, { type: "ReopenFault", fault: asked.params.fault, reason: asked.body.reason }, asked),

    guardCompanies: ({ who }) => {
      const own = who?.account.company ?? null;
      const rows = [...site.operator.state.companies.values()].filter(({ id }) => own === null || id === own);
      return {
        answer: {
          rows: rows.map((company): GuardCompanyView => ({
            company: company.id, name: company.name,
            contract: company.contract && {
              cards: company.contract.cards,
              duties: company.contract.duties.map((duty) => ({
                facility: duty.facility, visitsPerDay: duty.visitsPerDay, minMinutes: duty.minVisitMs / MINUTE, maxMinutes: duty.maxVisitMs / MINUTE,
              })),
            },
            cards: company.cards.map(({ card, number, blocked }) => ({ card, number, blocked })),
          })),
        },
      };
    },
    setGuardCompany: (asked) => operator({ type: "SetSecurityCompany", company: asked.body.company, name: asked.body.name }, asked),
    setGuardContract: (asked) => operator({
      type: "SetSecurityContract", company: asked.params.company,
      contract: {
        cards: asked.body.cards,
        duties: asked.body.duties.map((duty) => ({
          facility: facilityIdOf(duty.facility), visitsPerDay: duty.visitsPerDay, minVisitMs: duty.minMinutes * MINUTE, maxVisitMs: duty.maxMinutes * MINUTE,
        })),
      },
    }, asked),
    issueGuardCard: async (asked) => {
      const card = cardOf(randomRef("card"));
      const done = await carryOperator(site, { type: "IssueGuardCard", company: asked.params.company, card }, asked);
      if ("trouble" in done) return done;
      const { number } = eventOf(done.carried.events, "GuardCardIssued");
      return { answer: { seq: done.carried.seq, at: done.carried.at, card, number } };
    },
    blockGuardCard: (asked) => {
      const company = site.operator.state.companies.get(asked.params.company);
      if (!company?.cards.some(({ card }) => card === asked.params.card)) return { trouble: trouble("notFound", "This company has no such card.") };
      return operator({ type: "BlockCard", card: cardOf(asked.params.card), reason: asked.body.reason }, asked);
    },
    presentOfficeCard: async (asked) => {
      const card = asked.body.card === null ? null : cardOf(asked.body.card);
      const done = await carry(site, asked.params.facility, { type: "PresentGuardCard", card }, asked);
      if ("trouble" in done) return done;
      const { events, seq, at } = done.carried;
      const refused = events.find((e) => e.type === "GuardCardRefused");
      if (refused) return { answer: { seq, at, outcome: "refused" as const, reason: refused.reason } };
      const left = events.some((e) => e.type === "GuardLeft");
      return { answer: { seq, at, outcome: left ? "left" as const : "arrived" as const, reason: null } };
    },
  };
}
