/** Makers whose cameras post one JSON document: Axis, Plate Recognizer, Rekor (OpenALPR), Survision, LILIN, 2N, and ours. */
import { z } from "zod";
import { type Result, err, ok } from "../../kernel/result.ts";
import {
  type CameraMessage, type CameraParser, type CameraReading, type NotUnderstood, READINGS_PER_MESSAGE_MAX, confidenceOf, epochMsOf, instantOf, isPlateText,
} from "./reading.ts";

/** Plain text of a camera; what is longer is no plate. */
const plateText = z.string().max(100);

const readings = (list: readonly CameraReading[]): Result<CameraMessage, NotUnderstood> =>
  ok({ type: "readings", readings: list.filter(({ text }) => isPlateText(text)).slice(0, READINGS_PER_MESSAGE_MAX) });
const notUnderstood = (error: z.ZodError): Result<CameraMessage, NotUnderstood> =>
  err({ type: "messageNotUnderstood", where: `/${error.issues[0]?.path.map(String).join("/") ?? ""}` });

const own = z.strictObject({
  plate: plateText, confidence: z.number().min(0).max(1).optional(), country: z.string().max(20).optional(),
  direction: z.enum(["towards", "away"]).optional(), readAt: z.string().max(40),
});
/** `{ "plate": "W-12345X", "confidence": 0.93, "country": "AT", "readAt": "2026-11-23T09:00:00.000Z" }` */
export const gatehouse: CameraParser = ({ value, zone }) => {
  if (typeof value === "object" && value !== null && "alive" in value) return ok({ type: "alive" });
  const read = own.safeParse(value);
  if (!read.success) return notUnderstood(read.error);
  const { plate, confidence, country, direction, readAt } = read.data;
  const at = instantOf(readAt, zone);
  if (at === null) return err({ type: "messageNotUnderstood", where: "/readAt" });
  return readings([{ text: plate, confidence: confidence ?? null, country: country ?? null, direction: direction ?? null, readAt: at }]);
};

const axisCar = z.looseObject({
  plateUTF8: plateText.optional(), plateText: plateText.optional(), plateASCII: plateText.optional(), plateConfidence: z.unknown().optional(),
  plateCountry: z.string().optional(), carState: z.string().optional(), carMoveDirection: z.string().optional(), capture_timestamp: z.unknown().optional(),
});
/** Axis License Plate Verifier and FF Group CAMMRA. The same car comes as `new`, `update`, and `lost` without a new look. */
export const axis: CameraParser = ({ value }) => {
  const read = axisCar.safeParse(value);
  if (!read.success) return notUnderstood(read.error);
  const car = read.data;
  const text = car.plateUTF8 ?? car.plateText ?? car.plateASCII;
  if (text === undefined) return err({ type: "messageNotUnderstood", where: "/plateUTF8" });
  if (car.carState === "lost") return ok({ type: "alive" });
  const direction = car.carMoveDirection === "in" ? "towards" : car.carMoveDirection === "out" ? "away" : null;
  return readings([{ text, confidence: confidenceOf(car.plateConfidence), country: car.plateCountry ?? null, direction, readAt: epochMsOf(car.capture_timestamp) }]);
};

const recognised = z.looseObject({
  data: z.looseObject({
    timestamp: z.string().optional(),
    results: z.array(z.looseObject({ plate: plateText, score: z.unknown().optional(), region: z.looseObject({ code: z.string(), score: z.number() }).optional() })).max(100),
  }),
});
/** The region of a picture is a guess with a score; below this it is left out. */
const REGION_SCORE_MIN = 0.5;
/** Plate Recognizer Stream. */
export const plateRecognizer: CameraParser = ({ value, zone }) => {
  const read = recognised.safeParse(value);
  if (!read.success) return notUnderstood(read.error);
  const at = instantOf(read.data.data.timestamp, zone);
  return readings(read.data.data.results.map(({ plate, score, region }) => ({
    text: plate, confidence: confidenceOf(score), country: region && region.score >= REGION_SCORE_MIN ? region.code : null, direction: null, readAt: at,
  })));
};

const group = z.looseObject({
  data_type: z.literal("alpr_group"), epoch_end: z.unknown().optional(), best_plate_number: plateText, best_confidence: z.unknown().optional(),
});
/** Rekor and OpenALPR agents: one message for each vehicle that went by. Regions are American states, no countries. */
export const openalpr: CameraParser = ({ value }) => {
  if (z.looseObject({ data_type: z.literal("heartbeat") }).safeParse(value).success) return ok({ type: "alive" });
  const read = group.safeParse(value);
  if (!read.success) return notUnderstood(read.error);
  const { best_plate_number: text, best_confidence: confidence, epoch_end: end } = read.data;
  return readings([{ text, confidence: confidenceOf(confidence), country: null, direction: null, readAt: epochMsOf(end) }]);
};

const anpr = z.looseObject({
  anpr: z.looseObject({
    "@date": z.unknown().optional(), decision: z.looseObject({ "@plate": plateText, "@reliability": z.unknown().optional(), "@context": z.string().optional() }),
  }),
});
/** Survision: the context is the country's sign. */
export const survision: CameraParser = ({ value }) => {
  const read = anpr.safeParse(value);
  if (!read.success) return notUnderstood(read.error);
  const { "@date": date, decision } = read.data.anpr;
  return readings([{
    text: decision["@plate"], confidence: confidenceOf(decision["@reliability"]), country: decision["@context"] ?? null, direction: null, readAt: epochMsOf(date),
  }]);
};

const log = z.looseObject({
  INFORMATION: z.array(z.looseObject({ LPR: plateText, THRESHOLD: z.unknown().optional(), COUNTRY: z.string().optional(), MOD_TS: z.string().optional() })).max(1_000),
});
/** LILIN: rows of its log, newest first. */
export const lilin: CameraParser = ({ value, zone }) => {
  const read = log.safeParse(value);
  if (!read.success) return notUnderstood(read.error);
  return readings(read.data.INFORMATION.map(({ LPR, THRESHOLD, COUNTRY, MOD_TS }) => ({
    text: LPR, confidence: confidenceOf(THRESHOLD), country: COUNTRY ?? null, direction: null, readAt: instantOf(MOD_TS, zone),
  })));
};

const accessPoint = z.looseObject({ plateText });
/** 2N: tells neither time nor confidence. */
export const twoN: CameraParser = ({ value }) => {
  const read = accessPoint.safeParse(value);
  if (!read.success) return notUnderstood(read.error);
  return readings([{ text: read.data.plateText, confidence: null, country: null, direction: null, readAt: null }]);
};
