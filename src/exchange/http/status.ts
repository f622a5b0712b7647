/** HTTP statuses of the exchange, in this one file, and the body every answer without an object carries. */
import type { Problem, ProblemCode } from "../problem.ts";

export const PROBLEM_STATUS: Readonly<Record<ProblemCode, 400 | 403 | 404 | 409 | 412>> = {
  notUnderstood: 400,
  attributeMissing: 400,
  idMismatch: 400,
  badVersion: 400,
  unknownReference: 400,
  impossibleTime: 400,
  noSpecification: 400,
  rightNotUsable: 400,
  credentialAsId: 400,
  tooMany: 400,
  unsupported: 400,
  tooFarBack: 400,
  verbNotAllowed: 403,
  notConnected: 403,
  notFrictionless: 403,
  notFound: 404,
  cycle: 409,
  versionConflict: 409,
  duplicateId: 409,
  idUsedBefore: 409,
  referredTo: 409,
  alreadyPaid: 409,
  amountMismatch: 409,
  amountExpired: 409,
  changedAfterPayment: 409,
  preconditionFailed: 412,
};

export type ResponseStatus = { readonly status: "ok" | "error"; readonly code: number; readonly message?: string; readonly ids?: readonly string[] };

export const refusal = (code: number, message: string, ids?: readonly string[]): ResponseStatus =>
  ({ status: "error", code, message, ...(ids && ids.length > 0 ? { ids } : {}) });

export const refusalOf = ({ code, message, ids }: Problem): ResponseStatus => refusal(PROBLEM_STATUS[code], message, ids);

/** Carries a refusal out of a place that can only throw. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly body: ResponseStatus;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.body = refusal(code, message);
    this.headers = headers;
  }
}
