/** Logins, live views, status, and the demo's own routes. */
import { z } from "zod";
import { ADMINISTRATORS, WATCHERS, OPERATORS } from "./access.ts";
import { facilityParams, stationParams } from "./acts.ts";
import * as demo from "./demo.ts";
import { chooseStayBody, plateBody, plateChoices } from "./devices.ts";
import * as live from "./live.ts";
import * as login from "./login.ts";
import type { RouteShape } from "./route.ts";
import * as status from "./status.ts";
import { facilityId, locale, nothing, recorded } from "./words.ts";

const eventsQuery = z.strictObject({ facility: z.union([facilityId, z.array(facilityId).max(20)]).optional(), locale: locale.optional() });

export const viewRoutes = {
  welcome: { method: "GET", path: "/welcome", access: "public", summary: "What the login page shows", answer: login.welcome },
  login: { method: "POST", path: "/login", access: "public", summary: "Log in; sets the cookie", body: login.loginBody, answer: login.me },
  logout: { method: "POST", path: "/logout", access: "public", summary: "Log out; clears the cookie", answer: nothing },
  me: { method: "GET", path: "/me", access: "anyone", summary: "Who is logged in", answer: login.me },
  staff: { method: "GET", path: "/staff", access: ADMINISTRATORS, summary: "Staff accounts", answer: login.staffAccounts },
  createStaff: {
    method: "POST", path: "/staff", access: ADMINISTRATORS, summary: "Create an account", body: login.createStaffBody, answer: login.staffAccount,
  },
  changeStaff: {
    method: "PATCH", path: "/staff/:staff", access: ADMINISTRATORS, summary: "Change roles, password or activity of an account",
    params: login.staffParams, body: login.changeStaffBody, answer: login.staffAccount,
  },
  overview: { method: "GET", path: "/facilities", access: WATCHERS, summary: "All car parks", answer: live.overview },
  facilityLive: {
    method: "GET", path: "/facilities/:facility/live", access: WATCHERS, summary: "One car park, live", params: facilityParams, answer: live.facilityView,
  },
  facilityConfig: {
    method: "GET", path: "/facilities/:facility/config", access: WATCHERS, summary: "Its configuration and tariffs",
    params: facilityParams, answer: live.facilityConfigView,
  },
  events: {
    method: "GET", path: "/events", access: WATCHERS, summary: "Live updates as server-sent events, resumed by Last-Event-ID",
    query: eventsQuery, answer: z.unknown(), media: ["text/event-stream"],
  },
  status: { method: "GET", path: "/status", access: WATCHERS, summary: "Health of store, owners and followers", answer: status.status },
  health: { method: "GET", path: "/health", access: "public", summary: "Ready to work", answer: status.health },
  demoClock: { method: "GET", path: "/demo/clock", access: "public", summary: "The virtual clock", answer: demo.demoClock, demo: true },
  setDemoClock: {
    method: "POST", path: "/demo/clock", access: "public", summary: "Pause it or change its speed", body: demo.demoClockBody, answer: demo.demoClock, demo: true,
  },
  setDemoTraffic: {
    method: "POST", path: "/demo/traffic", access: "public", summary: "How much simulated traffic there is", body: demo.demoTrafficBody,
    answer: demo.demoClock, demo: true,
  },
  demoMails: { method: "GET", path: "/demo/mails", access: OPERATORS, summary: "The simulated mailbox: letters that would have been sent", answer: demo.demoMails, demo: true },
  demoWorld: {
    method: "GET", path: "/demo/facilities/:facility/world", access: "public", summary: "The simulated world as a stream of `world` events",
    params: facilityParams, answer: z.unknown(), media: ["text/event-stream"], demo: true,
  },
  demoPlateChoices: {
    method: "POST", path: "/demo/facilities/:facility/stations/:station/plates", access: "public", summary: "The same for the demo's pay station page",
    params: stationParams, body: plateBody, answer: plateChoices, demo: true,
  },
  demoChooseStay: {
    method: "POST", path: "/demo/facilities/:facility/stations/:station/stay", access: "public", summary: "Pay for one of these stays",
    params: stationParams, body: chooseStayBody, answer: recorded, demo: true,
  },
  demoAction: {
    method: "POST", path: "/demo/facilities/:facility/actions", access: "public", summary: "Something a driver does in the simulated world",
    params: facilityParams, body: demo.demoActionBody, answer: demo.demoActionAnswer, demo: true,
  },
  /** What a pillar or a kiosk shows; it stands in public view, so nobody logs in for it. */
  publicLive: {
    method: "GET", path: "/public/facilities/:facility/live", access: "public", summary: "Displays, stations and free spaces as anybody at the car park sees them",
    params: facilityParams, answer: live.publicView,
  },
  publicEvents: {
    method: "GET", path: "/public/facilities/:facility/events", access: "public", summary: "The same as a stream of `public` events",
    params: facilityParams, answer: z.unknown(), media: ["text/event-stream"],
  },
  publicOverview: { method: "GET", path: "/public/facilities", access: "public", summary: "Names and free spaces of all car parks", answer: live.publicOverview },
} as const satisfies Record<string, RouteShape>;
