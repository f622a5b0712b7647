/** Camera families by the name the configuration uses, and the one door to their parsers. */
import { type Result, err } from "../../kernel/result.ts";
import { axxon } from "./axxon.ts";
import { dahua } from "./dahua.ts";
import { hikvision } from "./hikvision.ts";
import { axis, gatehouse, lilin, openalpr, plateRecognizer, survision, twoN } from "./json-families.ts";
import { messagePart } from "./multipart.ts";
import type { CameraMessage, CameraParser, NotUnderstood, RawMessage } from "./reading.ts";

export const CAMERA_FAMILIES = [
  "gatehouse", "hikvision", "dahua", "axis", "plateRecognizer", "openalpr", "survision", "lilin", "axxon", "twoN",
] as const;
export type CameraFamily = (typeof CAMERA_FAMILIES)[number];

const PARSERS: Readonly<Record<CameraFamily, CameraParser>> =
  { gatehouse, hikvision, dahua, axis, plateRecognizer, openalpr, survision, lilin, axxon, twoN };

/** `readJson`: the edge's own strict reader; undefined when the text is no JSON. */
export function cameraMessage(
  family: CameraFamily, media: string, body: string, zone: RawMessage["zone"], readJson: (text: string) => unknown,
): Result<CameraMessage, NotUnderstood> {
  const part = media.toLowerCase().startsWith("multipart/") ? messagePart(media, body) : { media: media.toLowerCase(), text: body };
  if (part === null) return err({ type: "messageNotUnderstood", where: "multipart" });
  const isJson = part.media.includes("json");
  const value = isJson ? readJson(part.text) : undefined;
  if (isJson && value === undefined) return err({ type: "messageNotUnderstood", where: "json" });
  return PARSERS[family]({ media: part.media, text: part.text.replace(/^\uFEFF/, "").trim(), value, zone });
}
