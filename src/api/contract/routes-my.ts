/** My parking: routes of account holders, each about the login's own account and no other. */
import { bookingAnswer, extendBookingBody, parkerAnswer, removalAnswer } from "./accounts.ts";
import * as my from "./my.ts";
import type { RouteShape } from "./route.ts";
import { statement, statementParams, statementQuery } from "./statements.ts";
import { nothing, recorded } from "./words.ts";

export const myRoutes = {
  myWelcome: { method: "GET", path: "/my/welcome", access: "public", summary: "What the login page of My parking may know", answer: my.myWelcome },
  myLogin: { method: "POST", path: "/my/login", access: "public", summary: "Log in as account holder", body: my.myLoginBody, answer: my.myMe },
  myActivate: { method: "POST", path: "/my/activate", access: "public", summary: "Choose a password with the invitation's code", body: my.myActivateBody, answer: my.myMe },
  myLogout: { method: "POST", path: "/my/logout", access: "holder", summary: "Log out", answer: nothing },
  myMe: { method: "GET", path: "/my/me", access: "holder", summary: "Who is logged in", answer: my.myMe },
  myPassword: { method: "POST", path: "/my/password", access: "holder", summary: "Another password", body: my.myPasswordBody, answer: nothing },
  myOverview: { method: "GET", path: "/my/overview", access: "holder", summary: "Who is inside, charges so far, plates, contracts, bookings", answer: my.myOverview },
  myStays: { method: "GET", path: "/my/stays", access: "holder", summary: "Stays with segments, charges and why", query: my.myStaysQuery, answer: my.myStays },
  myStatements: { method: "GET", path: "/my/statements", access: "holder", summary: "Own statements", answer: my.myStatements },
  myStatement: {
    method: "GET", path: "/my/statements/:facility/:number", access: "holder", summary: "One of them", params: statementParams,
    query: statementQuery, answer: statement, media: ["text/csv", "application/pdf"],
  },
  myBook: { method: "POST", path: "/my/bookings", access: "holder", summary: "Book a space", body: my.myBookBody, answer: bookingAnswer },
  myExtendBooking: {
    method: "POST", path: "/my/bookings/:facility/:booking/extend", access: "holder", summary: "Extend a booking", params: my.myBookingParams,
    body: extendBookingBody, answer: bookingAnswer,
  },
  myCancelBooking: {
    method: "POST", path: "/my/bookings/:facility/:booking/cancel", access: "holder", summary: "Cancel a booking before it starts",
    params: my.myBookingParams, answer: recorded,
  },
  myAddPlate: {
    method: "POST", path: "/my/parkers/:parker/plates", access: "holder", summary: "Add a plate", params: my.myParkerParams, body: my.myPlateBody, answer: parkerAnswer,
  },
  myRemovePlate: {
    method: "POST", path: "/my/parkers/:parker/plates/:credential/remove", access: "holder", summary: "Remove a plate", params: my.myPlateParams, answer: removalAnswer,
  },
  myExport: { method: "GET", path: "/my/export", access: "holder", summary: "Everything kept about oneself", answer: my.myExport },
  myDelete: { method: "POST", path: "/my/delete", access: "holder", summary: "Erase own data; what must be kept is named", body: my.myDeleteBody, answer: my.myDeleteAnswer },
} as const satisfies Record<string, RouteShape>;
