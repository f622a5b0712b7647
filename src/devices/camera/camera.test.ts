/** Every camera family's sample message, as makers and their users published them, becomes one shape of reading. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneOf } from "../../kernel/zone.ts";
import { CAMERA_FAMILIES, type CameraFamily, cameraMessage } from "./families.ts";
import { confidenceOf, instantOf } from "./reading.ts";
import { readXml } from "./xml.ts";

const found = zoneOf("Australia/Sydney");
if (!found.ok) throw new Error("zone");
const zone = found.value;
const payload = (name: string): string => readFileSync(`test/devices/payloads/${name}`, "utf8");
const json = (text: string): unknown => {
  try { return JSON.parse(text); } catch { return undefined; }
};
const told = (family: CameraFamily, media: string, body: string) => cameraMessage(family, media, body, zone, json);

describe("sample messages", () => {
  type Row = readonly [CameraFamily, string, string, string, number | null, string | null, "towards" | "away" | null, string | null];
  const rows: readonly Row[] = [
    ["hikvision", "application/xml", "hikvision-isapi-anpr-full.xml", "B1234XYZ", 0.98, null, "towards", "2024-05-07T10:48:03.847Z"],
    ["hikvision", "application/xml", "hikvision-isapi-anpr-deepinview-v5.8.xml", "WX1234A", 0.92, null, "away", "2026-07-05T19:44:40.000Z"],
    ["hikvision", "text/xml", "hikvision-isapi-anpr-old-std-cgi.xml", "EL123AB", 0.85, null, "towards", "2020-03-10T08:12:00.000Z"],
    ["hikvision", "text/xml", "hikvision-nvr-prefixed-namespace.xml", "WA99999", 0.9, null, "towards", null],
    ["dahua", "application/json", "dahua-itsapi-tollgateinfo.json", "TEST-123", 0.85, "BRA", null, "2026-01-14T05:02:58.157Z"],
    ["dahua", "multipart/x-mixed-replace; boundary=myboundary", "dahua-eventManager-stream.txt", "51F-123.45", null, null, null, "2023-11-14T22:13:20.000Z"],
    ["axis", "application/json", "axis-ff-cammra-lpv.json", "1AB1234", 0.8688, "CZE", "towards", "2024-06-14T14:04:36.372Z"],
    ["plateRecognizer", "application/json", "platerecognizer-stream-webhook.json", "9jub11", 0.839, null, null, "2021-09-29T05:56:13.606Z"],
    ["openalpr", "application/json", "openalpr-rekor-alpr_group.json", "A13709", 0.92075203, null, null, "2015-11-24T00:50:10.046Z"],
    ["survision", "application/json", "survision-anpr.json", "AA123AA", 0.8, "F", null, "2023-01-01T00:00:00.000Z"],
    ["lilin", "application/json", "lilin-lpr-log.json", "30U9874", 0.795461475849152, "TUR", null, "2018-04-10T03:03:57.000Z"],
    ["axxon", "application/xml", "axxon-car_plate.xml", "x000xx000", 0.99, null, "towards", "2020-07-21T08:37:44.695Z"],
    ["twoN", "application/json", "2n-lpr-licenseplate.json", "ABC123456", null, null, null, null],
  ];
  it.each(rows)("%s %s %s", (family, media, file, text, confidence, country, direction, readAt) => {
    const message = told(family, media, payload(file));
    const reading = { text, confidence, country, direction, readAt: readAt === null ? null : Date.parse(readAt) };
    expect(message).toEqual({ ok: true, value: { type: "readings", readings: [reading] } });
  });

  it.each([
    ["dahua", "application/json", payload("dahua-itsapi-keepalive.json")], ["openalpr", "application/json", payload("openalpr-heartbeat.json")],
    ["gatehouse", "application/json", "{\"alive\":true}"], ["axis", "application/json", "{\"plateUTF8\":\"AA7690EO\",\"carState\":\"lost\"}"],
    ["hikvision", "application/xml", "<EventNotificationAlert><eventType>videoloss</eventType></EventNotificationAlert>"],
    ["dahua", "text/plain", "Heartbeat"],
  ] as const)("%s: a sign of life", (family, media, body) => {
    expect(told(family, media, body)).toEqual({ ok: true, value: { type: "alive" } });
  });

  it("a multipart message with its pictures, names and media of an unknown firmware", () => {
    const body = [
      "--boundary", "Content-Disposition: form-data; name=\"licensePlatePicture.jpg\"; filename=\"licensePlatePicture.jpg\"", "Content-Type: image/pjpeg",
      "Content-Length: 4", "", "\u00ff\u00d8\u0000\u0001", "--boundary",
      "Content-Disposition: form-data; name=\"anpr.xml\"; filename=\"anpr.xml\"", "Content-Type: text/xml; charset=\"UTF-8\"", "",
      payload("hikvision-isapi-anpr-full.xml"), "--boundary--", "",
    ].join("\r\n");
    const message = told("hikvision", "multipart/form-data; boundary=boundary", body);
    expect(message.ok && message.value.type === "readings" && message.value.readings[0]?.text).toBe("B1234XYZ");
  });

  it("a camera that read nothing", () => {
    const body = payload("hikvision-isapi-anpr-full.xml").replaceAll("B1234XYZ", "unknown");
    expect(told("hikvision", "application/xml", body)).toEqual({ ok: true, value: { type: "readings", readings: [] } });
  });
});

describe("messages that are none", () => {
  it.each([
    ["hikvision", "application/xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><EventNotificationAlert/>", "declaration"],
    ["hikvision", "application/xml", "<a>".repeat(30), "tooDeep"], ["hikvision", "application/xml", "<a><b></a></b>", "notXml"],
    ["hikvision", "application/xml", "<Other/>", "/"], ["gatehouse", "application/json", "{\"plate\":\"A\"}", "/readAt"],
    ["gatehouse", "application/json", "{", "json"], ["dahua", "text/plain", "Code=x", "data"],
    ["gatehouse", "application/json", "{\"plate\":\"A\",\"readAt\":\"2021-11-01T 13:05:00Z\"}", "/readAt"],
    ["openalpr", "application/json", "{\"data_type\":\"alpr_group\"}", "/best_plate_number"],
  ] as const)("%s %s %j: %s", (family, media, body, where) => {
    expect(told(family, media, body)).toEqual({ ok: false, error: { type: "messageNotUnderstood", where } });
  });

  it("no text makes a parser throw", () => {
    const media = fc.constantFrom("application/json", "application/xml", "text/plain", "multipart/form-data; boundary=b", "multipart/form-data");
    const body = fc.oneof(fc.string({ maxLength: 200 }), fc.json(), fc.string({ maxLength: 80, unit: fc.constantFrom(..."<>/ab=\"'&!?- ") }));
    fc.assert(fc.property(fc.constantFrom(...CAMERA_FAMILIES), media, body, (family, of, text) => {
      expect(typeof told(family, of, text).ok).toBe("boolean");
      expect(typeof readXml(text).ok).toBe("boolean");
    }), { numRuns: 1500 });
  });

  it("scales and clocks", () => {
    expect([0.5, 50, "0.868800", 1, 101, "", null, Number.NaN].map(confidenceOf)).toEqual([0.5, 0.5, 0.8688, 1, null, null, null, null]);
    expect(instantOf("2023-06-16 04:21:04", zone)).toBe(Date.parse("2023-06-15T18:21:04Z"));
    expect(instantOf("PTM3M", zone)).toBeNull();
  });
});
