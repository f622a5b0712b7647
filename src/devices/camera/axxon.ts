/** Axxon `CAR_PLATE`: everything is in attributes; times are local. */
import { err, ok } from "../../kernel/result.ts";
import { type CameraParser, confidenceOf, instantOf, isPlateText } from "./reading.ts";
import { readXml } from "./xml.ts";

export const axxon: CameraParser = ({ text, zone }) => {
  const read = readXml(text);
  if (!read.ok) return err({ type: "messageNotUnderstood", where: read.error });
  const { name, attributes } = read.value;
  if (name !== "CAR_PLATE") return err({ type: "messageNotUnderstood", where: "/" });
  const plate = attributes.get("plate") ?? "";
  if (!isPlateText(plate)) return ok({ type: "readings", readings: [] });
  const direction = attributes.get("direction");
  return ok({ type: "readings", readings: [{
    text: plate, confidence: confidenceOf(attributes.get("confidence")), country: null,
    direction: direction === "in" ? "towards" : direction === "out" ? "away" : null, readAt: instantOf(attributes.get("time"), zone),
  }] });
};
