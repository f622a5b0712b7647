/**
 * What real partners send that the standard does not say, and what we do with it. Each is accepted, put
 * right, and told back as a lint warning, so that a partner sees it while connecting. What cannot be put
 * right without guessing is refused instead.
 */
export const DEVIATIONS = {
  T1: "paths are at the root; /v1/parking and /v4/parking are the pilot's prefix",
  T2: "updates are PUT; PATCH is taken as PUT",
  T3: "right specifications live at /rights/specs",
  T4: "unknown filter or expand value, mapped or ignored",
  T5: "text is a list of {language, string}",
  T6: "an element of type parkingPlace is called place",
  T7: "a place's point is a list of Points in indicativePlacePointLocation",
  T8: "occupancy is carried in hierarchyElementReference",
  T9: "the parent is named in parentId",
  T10: "a place was named by another of its references",
  T11: "an instant is RFC 3339 in UTC, as 2026-01-15T13:10:02Z",
  T12: "a duration is ISO 8601, as PT3M; P15M are fifteen months",
  T13: "the table of a rate eligibility is named in rateTable",
  T15: "sequence numbers are unique and begin at 1",
  T16: "an organisation is a reference, and is taken from the token",
  T17: "validity needs validityTimeSpecification, a recurring period is a list",
  T18: "a session's credentials are in identifiedCredentials",
  T19: "a segment names the right it uses",
  T20: "an amount looks like minor units; amounts are decimal major units",
  T22: "the filter is called credential_id",
  T25: "an instant in a filter is epoch seconds",
  T27: "an update names the object in its path",
  T28: "a reference has a version",
  T29: "a reference is sent, not the object itself",
  T30: "contacts have a contactType, address lines a list of text, countries lower case",
  T31: "a member is misspelt",
  T32: "a required member is empty and was filled in",
  T33: "a member is null; leave it out",
  T34: "a member is unknown and was left out",
  readOnly: "a member is set by the server and was ignored",
  startsAhead: "a session records what happened; it starts in the future",
  dangling: "a reference names an object that is not here",
  lookAlike: "a plate mixes O and 0, or I and 1",
  tiers: "a table's tiers were read in one of two ways",
  priceDiffers: "the amount is not what the operator's table says; it stays as posted",
  specChosen: "several right specifications fit the place",
  overCount: "more places are occupied than there are",
} as const;
export type Deviation = keyof typeof DEVIATIONS;

/** Warnings of one request; bounded, because a body of thousands of entries repeats the same one. */
export type Lint = { add(id: Deviation, at: string, detail?: string): void; readonly warnings: readonly Warning[] };
export type Warning = { readonly id: Deviation; readonly at: string; readonly detail: string };

/** A response header must stay below 8 kB. */
const WARNINGS_MAX = 30;

export function lintOf(): Lint {
  const warnings: Warning[] = [];
  return {
    warnings,
    add: (id, at, detail = DEVIATIONS[id]) => {
      if (warnings.length < WARNINGS_MAX && !warnings.some((one) => one.id === id && one.at === at)) warnings.push({ id, at, detail });
    },
  };
}

/** One header line: `T5 /name; T11 /actualStart`. Member names of strangers are kept out of it beyond plain words. */
export const lintHeader = (warnings: readonly Warning[]): string =>
  warnings.map(({ id, at }) => `${id} ${at.replace(/[^A-Za-z0-9/_-]/g, "?").slice(0, 80)}`).join("; ");
