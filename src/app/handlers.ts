/** Every route's handler; a route without one does not compile. */
import { accountHandlers } from "../api/handlers/accounts.ts";
import { actHandlers } from "../api/handlers/acts.ts";
import { contractHandlers } from "../api/handlers/contracts.ts";
import { documentHandlers } from "../api/handlers/documents.ts";
import { holdHandlers } from "../api/handlers/holds.ts";
import { inputHandlers } from "../api/handlers/inputs.ts";
import { listHandlers } from "../api/handlers/lists.ts";
import { loginHandlers } from "../api/handlers/logins.ts";
import { myActHandlers } from "../api/handlers/my-acts.ts";
import { myLoginHandlers } from "../api/handlers/my-login.ts";
import { myHandlers } from "../api/handlers/my.ts";
import { officeHandlers } from "../api/handlers/office.ts";
import { parkerHandlers } from "../api/handlers/parkers.ts";
import { policyHandlers } from "../api/handlers/policies.ts";
import { recordHandlers } from "../api/handlers/records.ts";
import { reportHandlers } from "../api/handlers/reports.ts";
import { ruleLabHandlers } from "../api/handlers/rule-lab.ts";
import { rightReportHandlers } from "../api/handlers/right-reports.ts";
import { rightStayHandlers } from "../api/handlers/right-stays.ts";
import { seasonHandlers } from "../api/handlers/seasons.ts";
import { statementHandlers } from "../api/handlers/statements.ts";
import { stationHandlers } from "../api/handlers/stations.ts";
import { streamHandlers } from "../api/handlers/streams.ts";
import { tariffHandlers } from "../api/handlers/tariffs.ts";
import { viewHandlers } from "../api/handlers/views.ts";
import type { Handlers } from "../api/http/register.ts";
import type { Feed } from "../api/live/feed.ts";
import type { Site } from "../api/site.ts";

export const handlersOf = (site: Site, feed: Feed): Handlers => ({
  ...loginHandlers(site), ...viewHandlers(site), ...streamHandlers(site, feed), ...actHandlers(site), ...stationHandlers(site),
  ...inputHandlers(site), ...listHandlers(site), ...recordHandlers(site), ...seasonHandlers(site), ...officeHandlers(site), ...documentHandlers(site), ...reportHandlers(site), ...tariffHandlers(site),
  ...accountHandlers(site), ...parkerHandlers(site), ...contractHandlers(site), ...rightStayHandlers(site), ...holdHandlers(site), ...policyHandlers(site), ...statementHandlers(site),
  ...rightReportHandlers(site), ...myLoginHandlers(site), ...myHandlers(site), ...myActHandlers(site), ...ruleLabHandlers(site),
});
