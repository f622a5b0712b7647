/**
 * What is wrong or doubtful in a rate table or tariff, where, and what to write instead.
 *
 *   refused   the table has no price at all until this is put right
 *   guess     the table can be read in two ways, and one was chosen: it stays a draft until confirmed
 *   warning   the reading is certain, but the author has probably not meant it, or the spelling is tolerated
 */
export type Severity = "refused" | "guess" | "warning";

export type FindingCode =
  | "notATable" | "missing" | "unknownValue" | "notANumber" | "notADuration" | "notATime" | "notAnInstant"
  | "calendarDuration" | "perUnitUnsupported" | "usageWithoutLimit" | "mixedCurrency" | "negativeValue" | "valueTooFine"
  | "lineWithoutTime" | "emptyLine" | "overlappingLines" | "gapBetweenLines" | "unreachableLine" | "openEnd"
  | "onceWithinLongerTier" | "periodInsideTier" | "singleIncrement" | "tierModeGuessed" | "decreasingTotals"
  | "minimumAboveMaximum" | "capWithoutReset" | "endSnapped" | "spellingTolerated" | "threePartDuration" | "duplicateSequence"
  | "currencyAssumed" | "repeatLeavesGap" | "wallClockCumulative" | "freeTable"
  | "unknownTable" | "duplicateTable" | "neverInForce" | "timeWithoutTable" | "calendarMissing" | "limitsNeedTaxIncluded"
  | "notADate" | "badOption" | "tableNotUsed" | "overlappingTables" | "discountAmbiguous";

export type Finding = {
  readonly severity: Severity;
  readonly code: FindingCode;
  /** JSON path of the place, `$.rateLineCollections[0].rateLines[2].value`. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
};

export const isRefused = (
  findings: readonly Finding[],
): boolean => findings.some((f) =>
  f.severity === "refused");
export const isDraft = (
  findings: readonly Finding[],
): boolean => findings.some((f) =>
  f.severity === "guess");

/** `guess $.x: message. Fix: fix` on one line, for terminals and logs. */
export const findingText = (
  f: Finding,
): string =>
  `${f.severity} ${f.code} at ${f.path}: ${f.message} Fix: ${f.fix}`;
