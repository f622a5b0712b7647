/** What a scenario file may say; anything else in it is a mistake with a place. */
import { z } from "zod";
import { OVERFLOW, POLICY_VALUES } from "../policy.ts";

const text = z.union([z.string(), z.number()]).transform(String);
const local = z.string();
const amount = z.number().nonnegative();
const count = z.number().int().nonnegative();
const limit = z.union([count, z.null(), z.literal("none").transform(() => null)]);
const time = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/, "a time of day, 18:00");
const duration = z.string().regex(/^P(?!$)(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+S)?)?$/, "an ISO 8601 duration, PT15M");

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const tariff = z.strictObject({
  perStartedHour: amount.optional(), currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 currency, EUR").optional(),
  maxPerDay: z.strictObject({ amount, resetTime: time.optional() }).optional(),
});
const oneOf = <K extends keyof typeof POLICY_VALUES>(key: K) => z.enum(POLICY_VALUES[key]).optional();
export const policyFile = z.strictObject({
  doubleEntry: oneOf("doubleEntry"), unknownExit: oneOf("unknownExit"), exitWithoutEntryCharge: oneOf("exitWithoutEntryCharge"),
  overflow: oneOf("overflow"), overflowLimit: limit.optional(), exitRule: oneOf("exitRule"), expiredRight: oneOf("expiredRight"),
  windowEnd: oneOf("windowEnd"), removePresentCredential: oneOf("removePresentCredential"), neutralCountsAs: oneOf("neutralCountsAs"),
  neutralProof: oneOf("neutralProof"), bookingEarlyTolerance: duration.optional(), bookingLateTolerance: duration.optional(),
  exitGrace: duration.optional(), shortTermOffered: z.boolean().optional(), unknownParkers: z.boolean().optional(),
  cardWithoutRight: oneOf("cardWithoutRight"), erasePlateAfter: duration.optional(),
});
const contract = z.strictObject({
  id: text.optional(), from: local.optional(), until: local.optional(), parkers: z.array(text).optional(),
  window: z.strictObject({ days: z.array(z.enum(DAYS)).min(1), from: time, to: time }).optional(),
  overflow: z.enum(OVERFLOW).optional(), overflowLimit: limit.optional(),
});
const texts = z.union([text.transform((one) => [one]), z.array(text)]);
const parker = z.strictObject({ plate: texts.optional(), card: texts.optional(), qr: texts.optional() });
const account = z.strictObject({
  payAsYouGo: z.union([z.boolean(), z.strictObject({
    from: local.optional(), until: local.optional(), parkers: z.array(text).optional(), tariff: tariff.optional(),
  })]).optional(),
  contracts: z.union([count.max(10_000), z.array(contract)]).optional(),
  overflow: z.enum(OVERFLOW).optional(), overflowLimit: limit.optional(),
  parkers: z.record(z.string(), parker).optional(),
});

const shown = z.strictObject({ plate: text.optional(), card: text.optional(), qr: text.optional() })
  .refine((one) => Object.values(one).filter((value) => value !== undefined).length === 1, "one of plate, card, qr");
const removal = z.strictObject({ account: text, plate: text.optional(), card: text.optional(), qr: text.optional() })
  .refine(({ plate, card, qr }) => [plate, card, qr].filter((value) => value !== undefined).length === 1, "one of plate, card, qr");
const yes = z.literal(true);

/** One step: its act, and what may be expected of it. */
export const STEPS = {
  enter: { act: shown, expect: z.union([
    z.strictObject({ admit: text, group: text.optional() }), z.strictObject({ refuse: text, reason: text.optional() }),
  ]) },
  exit: { act: shown, expect: z.union([
    z.strictObject({ release: yes, record: z.literal("exitWithoutEntry").optional() }),
    z.strictObject({ due: amount }), z.strictObject({ attendant: yes }),
  ]) },
  pay: { act: shown, expect: z.strictObject({ paid: amount }) },
  neutral: { act: z.union([
    z.strictObject({ all: yes }), z.strictObject({ account: text }), z.strictObject({ plate: text }),
  ]), expect: z.never() },
  closeStay: { act: z.strictObject({ plate: text, enteredAt: local.optional(), exitedAt: local.optional() }), expect: z.never() },
  removeCredential: { act: removal, expect: z.union([
    z.strictObject({ accepted: z.enum(["now", "afterExit"]) }), z.strictObject({ refuse: text }),
  ]) },
  addParker: { act: z.strictObject({ account: text, id: text, ...parker.shape }), expect: z.never() },
  setPayAsYouGo: { act: z.strictObject({ account: text, enabled: z.boolean() }), expect: z.never() },
  staffAdmit: { act: shown, expect: z.never() },
  staffRelease: { act: shown, expect: z.never() },
  book: { act: z.strictObject({ account: text, parker: text, from: local, to: local }), expect: z.never() },
  charges: { act: z.strictObject({ account: text }), expect: z.strictObject({
    total: z.number().optional(), stays: z.record(z.string(), z.number()).optional(),
  }) },
  statement: { act: z.strictObject({ account: text, month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month, 2026-03") }),
    expect: z.strictObject({ total: z.number().optional(), corrections: count.optional() }) },
  count: { act: z.strictObject({}).or(z.null()), expect: z.record(z.string(), z.number().int()) },
  lookUp: { act: z.strictObject({ plate: text }), expect: z.strictObject({ found: z.boolean() }) },
} as const;
export type StepName = keyof typeof STEPS;
export type Act<K extends StepName> = z.infer<(typeof STEPS)[K]["act"]>;

export const scenarioFile = z.strictObject({
  title: z.string(),
  seed: z.string().optional(),
  facility: z.strictObject({
    timeZone: z.string().optional(), tariff: tariff.optional(),
    capacity: z.strictObject({ shortTerm: count.optional(), contract: count.optional(), all: count.optional() }).optional(),
  }).nullish(),
  policy: policyFile.nullish(),
  accounts: z.record(z.string(), account).nullish(),
  steps: z.array(z.record(z.string(), z.unknown())).min(1),
});
export type ScenarioFile = z.infer<typeof scenarioFile>;
export type AccountFile = z.infer<typeof account>;
export type TariffFile = z.infer<typeof tariff>;
export type PolicyFile = z.infer<typeof policyFile>;
