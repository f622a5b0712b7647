/** Handlers of reports. */
import type { recordRoutes } from "../contract/routes-records.ts";
import { trouble } from "../http/problem.ts";
import type { RouteHandler } from "../http/reply.ts";
import type { Site } from "../site.ts";

type Reports = Pick<typeof recordRoutes, "faultReport" | "guardReport" | "occupancyReport" | "revenueReport" | "seasonReport">;

export function reportHandlers(_site: Site): { readonly [N in keyof Reports]: RouteHandler<Reports[N]> } {
  const no = () => ({ trouble: trouble("notYet") });
  return { faultReport: no, guardReport: no, occupancyReport: no, revenueReport: no, seasonReport: no };
}
