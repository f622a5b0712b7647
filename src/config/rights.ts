/** What the city's file says of the rights of a car park: its contract spaces and its answers to the questions of seed 001. */
import { z } from "zod";
import { HOUR, MINUTE } from "../kernel/instant.ts";
import { POLICY_VALUES, type Policy } from "../rights/policy.ts";

const worded = <K extends keyof typeof POLICY_VALUES>(key: K) => z.enum(POLICY_VALUES[key]).optional();
const minutes = z.int().min(0).max(10_080).optional();

export const rightsPolicy = z.strictObject({
  doubleEntry: worded("doubleEntry"),
  unknownExit: worded("unknownExit"),
  exitWithoutEntryCharge: worded("exitWithoutEntryCharge"),
  overflow: worded("overflow"),
  overflowLimit: z.int().min(0).max(100_000).optional(),
  exitRule: worded("exitRule"),
  expiredRight: worded("expiredRight"),
  windowEnd: worded("windowEnd"),
  removePresentCredential: worded("removePresentCredential"),
  neutralCountsAs: worded("neutralCountsAs"),
  neutralProof: worded("neutralProof"),
  bookingEarlyToleranceMinutes: minutes,
  bookingLateToleranceMinutes: minutes,
  shortTermOffered: z.boolean().optional(),
  unknownParkers: z.boolean().optional(),
  cardWithoutRight: worded("cardWithoutRight"),
  erasePlateAfterHours: z.number().min(0).max(24).optional(),
});
export type RightsPolicyFile = z.infer<typeof rightsPolicy>;

/** Of one car park: `contractSpaces` are for contracts alone; left out, contracts use the spaces of tickets. */
export const facilityRights = z.strictObject({
  contractSpaces: z.int().min(1).max(100_000).optional(),
  policy: rightsPolicy.optional(),
});

/** Only what the file says; the first value of each key is the default. */
export function rightsPolicyOf(file: RightsPolicyFile | undefined): Partial<Policy> {
  if (!file) return {};
  const { bookingEarlyToleranceMinutes: early, bookingLateToleranceMinutes: late, erasePlateAfterHours: erase, ...worded_ } = file;
  const said = {
    ...worded_,
    bookingEarlyTolerance: early === undefined ? undefined : early * MINUTE,
    bookingLateTolerance: late === undefined ? undefined : late * MINUTE,
    erasePlateAfter: erase === undefined ? undefined : Math.round(erase * HOUR),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
