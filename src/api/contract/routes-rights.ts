/** Accounts, contracts, bookings, policies, statements and the reports of who may park. */
import { MANAGERS, OPERATORS } from "./access.ts";
import * as accounts from "./accounts.ts";
import { facilityParams } from "./acts.ts";
import * as policies from "./policies.ts";
import * as stays from "./right-stays.ts";
import type { RouteShape } from "./route.ts";
import * as statements from "./statements.ts";
import { nothing, recorded } from "./words.ts";

const sheets = ["text/csv"] as const;
const downloads = ["text/csv", "application/pdf"] as const;

const accountRoutes = {
  accounts: { method: "GET", path: "/accounts", access: OPERATORS, summary: "Accounts", query: accounts.accountsQuery, answer: accounts.accounts },
  searchAccounts: {
    method: "POST", path: "/accounts/search", access: OPERATORS, summary: "Accounts by name, address, e-mail or plate",
    body: accounts.searchAccountsBody, answer: accounts.accountHits,
  },
  openAccount: { method: "POST", path: "/accounts", access: MANAGERS, summary: "Open an account", body: accounts.openAccountBody, answer: accounts.accountAnswer },
  account: {
    method: "GET", path: "/accounts/:account", access: OPERATORS, summary: "One account: parkers, credentials, contracts, agreements",
    params: accounts.accountParams, answer: accounts.accountDetails,
  },
  setAccountTerms: {
    method: "POST", path: "/accounts/:account/terms", access: MANAGERS, summary: "What happens beyond the contingent",
    params: accounts.accountParams, body: accounts.accountTermsBody, answer: recorded,
  },
  setAccountContact: {
    method: "POST", path: "/accounts/:account/contact", access: OPERATORS, summary: "Name, address, e-mail and language",
    params: accounts.accountParams, body: accounts.accountContactBody, answer: nothing,
  },
  inviteHolder: {
    method: "POST", path: "/accounts/:account/login", access: MANAGERS, summary: "A one-time code for My parking",
    params: accounts.accountParams, body: accounts.inviteBody, answer: accounts.inviteAnswer,
  },
  revokeHolder: {
    method: "POST", path: "/accounts/:account/login/revoke", access: MANAGERS, summary: "No login to My parking any more",
    params: accounts.accountParams, answer: nothing,
  },
  addParker: {
    method: "POST", path: "/accounts/:account/parkers", access: OPERATORS, summary: "Add a parker with its credentials",
    params: accounts.accountParams, body: accounts.addParkerBody, answer: accounts.parkerAnswer,
  },
  addCredential: {
    method: "POST", path: "/accounts/:account/parkers/:parker/credentials", access: OPERATORS, summary: "A further plate, card, code or payment card",
    params: accounts.parkerParams, body: accounts.addCredentialBody, answer: accounts.parkerAnswer,
  },
  removeCredential: {
    method: "POST", path: "/accounts/:account/parkers/:parker/credentials/:credential/remove", access: OPERATORS,
    summary: "Remove a credential; one whose car is inside any car park waits or is refused, by policy",
    params: accounts.credentialParams, body: accounts.removeCredentialBody, answer: accounts.removalAnswer,
  },
  blockCredential: {
    method: "POST", path: "/accounts/:account/parkers/:parker/credentials/:credential/block", access: OPERATORS, summary: "Block or unblock a credential",
    params: accounts.credentialParams, body: accounts.blockCredentialBody, answer: recorded,
  },
  signContract: {
    method: "POST", path: "/accounts/:account/contracts", access: MANAGERS, summary: "Sign a contract for one space",
    params: accounts.accountParams, body: accounts.signContractBody, answer: accounts.contractAnswer,
  },
  endContract: {
    method: "POST", path: "/accounts/:account/contracts/:contract/end", access: MANAGERS, summary: "End a contract, now or later",
    params: accounts.contractParams, body: accounts.endBody, answer: recorded,
  },
  makeAgreement: {
    method: "POST", path: "/accounts/:account/agreements", access: MANAGERS, summary: "Agree on pay-as-you-go",
    params: accounts.accountParams, body: accounts.makeAgreementBody, answer: accounts.agreementAnswer,
  },
  endAgreement: {
    method: "POST", path: "/accounts/:account/agreements/:agreement/end", access: MANAGERS, summary: "End pay-as-you-go",
    params: accounts.agreementParams, body: accounts.endBody, answer: recorded,
  },
  bookings: {
    method: "GET", path: "/facilities/:facility/accounts/:account/bookings", access: OPERATORS, summary: "Bookings of an account",
    params: accounts.facilityAccountParams, answer: accounts.bookings,
  },
  makeBooking: {
    method: "POST", path: "/facilities/:facility/accounts/:account/bookings", access: OPERATORS, summary: "Book a space for a parker",
    params: accounts.facilityAccountParams, body: accounts.makeBookingBody, answer: accounts.bookingAnswer,
  },
  extendBooking: {
    method: "POST", path: "/facilities/:facility/accounts/:account/bookings/:booking/extend", access: OPERATORS, summary: "Extend a booking without a gap",
    params: accounts.bookingParams, body: accounts.extendBookingBody, answer: accounts.bookingAnswer,
  },
  cancelBooking: {
    method: "POST", path: "/facilities/:facility/accounts/:account/bookings/:booking/cancel", access: OPERATORS, summary: "Cancel a booking before it starts",
    params: accounts.bookingParams, answer: recorded,
  },
} as const satisfies Record<string, RouteShape>;

const stayRoutes = {
  accountStays: {
    method: "GET", path: "/facilities/:facility/accounts/:account/stays", access: OPERATORS, summary: "Stays of an account: segments, charges and why",
    params: accounts.facilityAccountParams, query: stays.rightStaysQuery, answer: stays.rightStays,
  },
  accountTimeline: {
    method: "GET", path: "/facilities/:facility/accounts/:account/timeline", access: OPERATORS, summary: "The picture of an account and a period",
    params: accounts.facilityAccountParams, query: stays.timelineQuery, answer: stays.timeline,
  },
  decisions: {
    method: "GET", path: "/facilities/:facility/decisions", access: OPERATORS, summary: "Decisions about who may park, with why",
    params: facilityParams, query: stays.decisionsQuery, answer: stays.decisions,
  },
  setRightsNeutral: {
    method: "POST", path: "/facilities/:facility/rights/neutral", access: OPERATORS, summary: "Presence in doubt: of a stay, an account or all",
    params: facilityParams, body: stays.neutralBody, answer: recorded,
  },
  previewNeutral: {
    method: "POST", path: "/facilities/:facility/rights/neutral/preview", access: OPERATORS, summary: "Who would owe what",
    params: facilityParams, body: stays.neutralPreviewBody, answer: stays.preview,
  },
  closeRightStay: {
    method: "POST", path: "/facilities/:facility/rights/stays/:stay/close", access: OPERATORS, summary: "Close a stay whose exit nobody saw, or give its time",
    params: stays.rightStayParams, body: stays.closeRightStayBody, answer: recorded,
  },
  previewClose: {
    method: "POST", path: "/facilities/:facility/rights/stays/:stay/close/preview", access: OPERATORS, summary: "Who would owe what",
    params: stays.rightStayParams, body: stays.closePreviewBody, answer: stays.preview,
  },
  admitRightByHand: {
    method: "POST", path: "/facilities/:facility/rights/admit", access: OPERATORS, summary: "Let in by hand, with its credential",
    params: facilityParams, body: stays.rightAdmitBody, answer: recorded,
  },
  releaseRightByHand: {
    method: "POST", path: "/facilities/:facility/rights/stays/:stay/release", access: OPERATORS, summary: "Let out by hand",
    params: stays.rightStayParams, body: stays.rightReleaseBody, answer: recorded,
  },
  holds: {
    method: "GET", path: "/facilities/:facility/rights/holds", access: OPERATORS, summary: "Plates kept past their deadline, until when and why",
    params: facilityParams, answer: stays.holds,
  },
  holdPlate: {
    method: "POST", path: "/facilities/:facility/rights/stays/:stay/hold", access: OPERATORS, summary: "Keep the plate of an unpaid or disputed stay",
    params: stays.rightStayParams, body: stays.holdBody, answer: recorded,
  },
  releaseHold: {
    method: "POST", path: "/facilities/:facility/rights/stays/:stay/hold/release", access: OPERATORS, summary: "A plate need not be kept any longer",
    params: stays.rightStayParams, body: stays.releaseHoldBody, answer: recorded,
  },
  policies: {
    method: "GET", path: "/facilities/:facility/policies", access: OPERATORS, summary: "Policies and the questions they answer",
    params: facilityParams, answer: policies.policies,
  },
  setPolicies: {
    method: "POST", path: "/facilities/:facility/policies", access: MANAGERS, summary: "Change policies from now on",
    params: facilityParams, body: policies.setPolicyBody, answer: recorded,
  },
} as const satisfies Record<string, RouteShape>;

const reportRoutes = {
  statements: { method: "GET", path: "/statements", access: OPERATORS, summary: "Monthly statements", query: statements.statementsQuery, answer: statements.statements },
  statement: {
    method: "GET", path: "/facilities/:facility/statements/:number", access: OPERATORS, summary: "One statement", params: statements.statementParams,
    query: statements.statementQuery, answer: statements.statement, media: downloads,
  },
  mailStatement: {
    method: "POST", path: "/facilities/:facility/statements/:number/mail", access: OPERATORS, summary: "Send the e-mail of a statement again",
    params: statements.statementParams, answer: recorded,
  },
  runStatements: {
    method: "POST", path: "/facilities/:facility/statements/run", access: MANAGERS, summary: "State a month, of one account or all",
    params: facilityParams, body: statements.runStatementsBody, answer: statements.runStatementsAnswer,
  },
  supersedingReport: {
    method: "GET", path: "/reports/rights/superseding", access: OPERATORS, summary: "Accounts whose cars entered again without an exit",
    query: stays.rightsSheetQuery, answer: stays.supersedingReport, media: sheets,
  },
  irregularReport: {
    method: "GET", path: "/reports/rights/irregular", access: OPERATORS, summary: "Stays opened or closed by hand, exits without entry",
    query: stays.rightsReportQuery, answer: stays.irregularReport,
  },
  machineDifferences: {
    method: "GET", path: "/reports/rights/machine-differences", access: OPERATORS, summary: "Paid at the machine and worth something else",
    query: stays.rightsReportQuery, answer: stays.machineDifferences,
  },
  oversoldReport: {
    method: "GET", path: "/reports/rights/oversold", access: OPERATORS, summary: "Groups with more contracts than spaces",
    query: stays.rightsSheetQuery, answer: stays.oversoldReport, media: sheets,
  },
} as const satisfies Record<string, RouteShape>;

export const rightsRoutes = { ...accountRoutes, ...stayRoutes, ...reportRoutes } as const satisfies Record<string, RouteShape>;
