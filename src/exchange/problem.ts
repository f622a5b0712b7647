/**
 * Why the exchange does not do what it was asked, as a closed list. The HTTP status of each stands in one
 * place (http/status.ts). Texts name members and ids of objects, never a plate.
 */
export type ProblemCode =
  | "notUnderstood" | "attributeMissing" | "idMismatch" | "badVersion" | "unknownReference" | "cycle" | "impossibleTime"
  | "noSpecification" | "rightNotUsable" | "credentialAsId" | "tooMany" | "unsupported"
  | "verbNotAllowed" | "notConnected" | "notFrictionless"
  | "notFound" | "versionConflict" | "duplicateId" | "idUsedBefore" | "referredTo" | "alreadyPaid" | "amountMismatch" | "amountExpired"
  | "changedAfterPayment" | "preconditionFailed" | "tooFarBack";

export type Problem = { readonly code: ProblemCode; readonly message: string; readonly ids?: readonly string[] };

export const problem = (code: ProblemCode, message: string, ids?: readonly string[]): Problem =>
  (ids === undefined ? { code, message } : { code, message, ids });
