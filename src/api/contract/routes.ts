/**
 * Every route of the site API in one table, keyed by what it does. Paths stand behind `/api/v1`.
 * Nothing is served that is not here, and a route without a role list is `public` in so many words.
 */
import type { RouteShape } from "./route.ts";
import { actRoutes } from "./routes-acts.ts";
import { myRoutes } from "./routes-my.ts";
import { officeRoutes } from "./routes-office.ts";
import { rightsRoutes } from "./routes-rights.ts";
import { recordRoutes } from "./routes-records.ts";
import { ruleLabRoutes } from "./rule-lab.ts";
import { tariffRoutes } from "./tariffs.ts";
import { viewRoutes } from "./routes-views.ts";

export const routes = { ...viewRoutes, ...actRoutes, ...officeRoutes, ...recordRoutes, ...tariffRoutes, ...rightsRoutes, ...myRoutes, ...ruleLabRoutes } as const satisfies Record<string, RouteShape>;
export type Routes = typeof routes;
export type RouteName = keyof Routes;
