/** Hikvision ISAPI `EventNotificationAlert`, as posted by cameras and by recorders that add a prefix. */
import { err, ok } from "../../kernel/result.ts";
import { type CameraParser, confidenceOf, instantOf, isPlateText } from "./reading.ts";
import { elementAt, readXml, textAt } from "./xml.ts";

export const hikvision: CameraParser = ({ text, zone }) => {
  const read = readXml(text);
  if (!read.ok) return err({ type: "messageNotUnderstood", where: read.error });
  const alert = read.value;
  if (alert.name !== "EventNotificationAlert") return err({ type: "messageNotUnderstood", where: "/" });
  const anpr = elementAt(alert, "ANPR");
  if (textAt(alert, "eventType") !== "ANPR" || !anpr) return ok({ type: "alive" });
  const plate = textAt(anpr, "licensePlate") ?? "";
  if (!isPlateText(plate)) return ok({ type: "readings", readings: [] });
  const direction = textAt(anpr, "direction");
  return ok({ type: "readings", readings: [{
    text: plate, confidence: confidenceOf(textAt(anpr, "confidenceLevel")),
    // Its country is a number of the maker's own list, which it does not publish.
    country: null, direction: direction === "forward" ? "towards" : direction === "reverse" ? "away" : null,
    readAt: instantOf(textAt(alert, "dateTime"), zone),
  }] });
};
