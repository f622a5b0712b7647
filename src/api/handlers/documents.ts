/** Handlers of printed documents. */
import type { officeRoutes } from "../contract/routes-office.ts";
import { trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";

type Documents = Pick<typeof officeRoutes, "ticketDocument" | "receiptDocument" | "shiftDocument">;

export function documentHandlers(_site: Site): { readonly [N in keyof Documents]: RouteHandler<Documents[N]> } {
  const no = () => ({ trouble: trouble("notYet") });
  return { ticketDocument: no, receiptDocument: no, shiftDocument: no };
}
