/**
 * Dahua: ITSAPI `TollgateInfo` (JSON) with its keep-alive, and one event of the event manager's stream as a bridge
 * passes it on (`Code=TrafficJunction;action=Pulse;index=0;data={...}`).
 */
import { z } from "zod";
import { type Result, err, ok } from "../../kernel/result.ts";
import { type CameraMessage, type CameraParser, type CameraReading, type NotUnderstood, confidenceOf, instantOf, isPlateText } from "./reading.ts";

const keepAlive = z.looseObject({ Active: z.literal("keepAlive") });
const tollgate = z.looseObject({
  Picture: z.looseObject({
    Plate: z.looseObject({ PlateNumber: z.string(), IsExist: z.boolean().optional(), Confidence: z.unknown().optional(), Region: z.string().optional() }),
    SnapInfo: z.looseObject({ AccurateTime: z.string().optional(), SnapTime: z.string().optional() }).optional(),
  }),
});
const trafficEvent = z.looseObject({
  TrafficCar: z.looseObject({ PlateNumber: z.string() }), UTC: z.number().optional(), UTCMS: z.number().min(0).max(999).optional(),
});

export const dahua: CameraParser = ({ text, value, zone }) => {
  if (value === undefined) return streamEvent(text);
  if (keepAlive.safeParse(value).success) return ok({ type: "alive" });
  const read = tollgate.safeParse(value);
  if (!read.success) return err({ type: "messageNotUnderstood", where: "/Picture" });
  const { Plate, SnapInfo } = read.data.Picture;
  if (Plate.IsExist === false) return ok({ type: "readings", readings: [] });
  return reading({
    text: Plate.PlateNumber, confidence: confidenceOf(Plate.Confidence), country: Plate.Region ?? null, direction: null,
    readAt: instantOf(SnapInfo?.AccurateTime ?? SnapInfo?.SnapTime, zone),
  });
};

const reading = (one: CameraReading): Result<CameraMessage, NotUnderstood> =>
  ok({ type: "readings", readings: isPlateText(one.text) ? [one] : [] });

function streamEvent(text: string): Result<CameraMessage, NotUnderstood> {
  const content = text.trim();
  if (content === "Heartbeat") return ok({ type: "alive" });
  const found = /^Code=(\w+);[^{}]*;data=(\{[\s\S]*\})$/.exec(content);
  if (!found) return err({ type: "messageNotUnderstood", where: "data" });
  if (found[1] !== "TrafficJunction" && found[1] !== "TrafficSnapShot") return ok({ type: "alive" });
  const read = trafficEvent.safeParse(jsonOf(found[2] ?? ""));
  if (!read.success) return err({ type: "messageNotUnderstood", where: "data" });
  const { TrafficCar, UTC, UTCMS } = read.data;
  return reading({
    text: TrafficCar.PlateNumber, confidence: null, country: null, direction: null,
    readAt: UTC === undefined ? null : Math.trunc(UTC) * 1_000 + (UTCMS ?? 0),
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
