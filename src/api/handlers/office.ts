/** Handlers of the office. */
import type { officeRoutes } from "../contract/routes-office.ts";
import { trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";

type Office = Pick<
  typeof officeRoutes,
  | "payTicket" | "replaceTicket" | "lostTicket" | "chits" | "redeemChit" | "refund" | "payments" | "openShift" | "closeShift" | "shifts"
  | "ticketDocument" | "receiptDocument" | "shiftDocument"
>;

export function officeHandlers(_site: Site): { readonly [N in keyof Office]: RouteHandler<Office[N]> } {
  const no = () => ({ trouble: trouble("notYet") });
  return {
    payTicket: no, replaceTicket: no, lostTicket: no, chits: no, redeemChit: no, refund: no, payments: no, openShift: no, closeShift: no,
    shifts: no, ticketDocument: no, receiptDocument: no, shiftDocument: no,
  };
}
