/** Cameras over HTTP, in their makers' formats: who may report, what it causes, what it does not. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LaneId } from "../../src/carpark/facility/config.ts";
import { CAMERA_BODY_BYTES_MAX } from "../../src/api/cameras/endpoint.ts";
import { type TestSite, startTestSite } from "./harness.ts";

const SECRET = "camera-secret-of-the-test";
const PATH = "/api/v1/devices/airport-link/cameras/terminal-in";
let site: TestSite;
beforeAll(async () => {
  const digest = createHash("sha256").update(SECRET).digest("hex");
  site = await startTestSite((yaml) => yaml.replace("{ id: terminal-in, family: hikvision }", `{ id: terminal-in, family: hikvision, secretSha256: ${digest} }`));
}, 60_000);
afterAll(() => site.stop());

const owner = () => {
  const found = site.running.owners.find(({ stream }) => stream === "facility/airport-link");
  if (!found) throw new Error("no owner");
  return found;
};
const E1 = "E1" as LaneId;
const arrive = async (): Promise<void> => {
  for (const loop of ["arming", "underArm", "closing"] as const) await owner().execute({ type: "SenseLoop", lane: E1, loop, occupied: false });
  await owner().execute({ type: "SenseLoop", lane: E1, loop: "arming", occupied: true });
};
const leave = async (): Promise<void> => {
  await owner().execute({ type: "SenseLoop", lane: E1, loop: "arming", occupied: false });
  site.pass(20_000);
  await owner().execute({ type: "Tick" });
};
const message = (plate: string, ageMs = 0): string => readFileSync("test/devices/payloads/hikvision-isapi-anpr-full.xml", "utf8")
  .replaceAll("B1234XYZ", plate).replace(/<dateTime>[^<]*/, `<dateTime>${new Date(site.running.site.now() - ageMs).toISOString()}`);
const post = async (payload: string, headers: Record<string, string> = {}, url = PATH) => {
  const answer = await site.app.inject({ method: "POST", url, payload, headers: { "content-type": "application/xml", authorization: `Bearer ${SECRET}`, ...headers } });
  return { status: answer.statusCode, body: answer.json() as { code?: string; readings?: { outcome: string; tier: string | null }[] }, text: answer.body };
};
const outcomes = async (payload: string, headers?: Record<string, string>): Promise<unknown> => (await post(payload, headers)).body.readings?.map(({ outcome }) => outcome);

describe("who may report", () => {
  it("nobody without the camera's own secret, whatever else it knows", async () => {
    for (const authorization of ["", "Bearer ", "Bearer wrong-secret-of-the-test", "Basic !!", `Digest ${SECRET}`]) {
      const { status, body } = await post(message("W12345X"), { authorization });
      expect([status, body.code]).toEqual([401, "deviceUnknown"]);
    }
    for (const url of [PATH.replace("terminal-in", "coach-in"), PATH.replace("terminal-in", "none"), PATH.replace("airport-link", "central")]) {
      expect((await post(message("W12345X"), {}, url)).status).toBe(401);
    }
  });

  it("the secret may come as the password of Basic", async () => {
    const basic = `Basic ${Buffer.from(`admin:${SECRET}`).toString("base64")}`;
    expect(await outcomes(message("W12345X"), { authorization: basic })).toEqual(["noVehicle"]);
  });
});

describe("what a reading causes", () => {
  it("names the vehicle on the loop; the plate is in the vault and in no event", async () => {
    site.pass(60_000);
    await arrive();
    const seq = owner().seq;
    const done = await post(message("W-12345X"));
    expect([done.status, done.body.readings?.map(({ outcome }) => outcome)]).toEqual([200, ["presented"]]);
    expect(done.text).not.toContain("12345");
    const ref = owner().core.state.lanes.get(E1)?.movement?.plate ?? "";
    expect(await site.running.vault.open(ref)).toBe("plate//W12345X");
    expect(owner().seq).toBe(seq + 1);
    expect(await outcomes(message("W12345X"))).toEqual(["duplicate"]);
    expect(owner().seq).toBe(seq + 1);
    await leave();
  });

  it("stale, from the future, no plate, alive: nothing", async () => {
    await arrive();
    const seq = owner().seq;
    expect(await outcomes(message("W99999X", 60_000))).toEqual(["stale"]);
    expect(await outcomes(message("W99999X", -60_000))).toEqual(["clockAhead"]);
    expect(await outcomes(message("unknown"))).toEqual([]);
    expect(await outcomes(message("W-\u041099"))).toEqual(["notAPlate"]);
    expect(await outcomes("<EventNotificationAlert><eventType>videoloss</eventType></EventNotificationAlert>")).toEqual([]);
    expect(owner().seq).toBe(seq);
    await leave();
  });
});

describe("what is refused", () => {
  it("a body that is no message of this family, or too large", async () => {
    for (const payload of ["", "{", "<a>", "<!DOCTYPE x><EventNotificationAlert/>", "\u0000", message("W12345X").slice(0, 300)]) {
      const { status, body } = await post(payload);
      expect([status, body.code], payload.slice(0, 20)).toEqual([400, "bodyNotUnderstood"]);
    }
    expect((await post("x".repeat(CAMERA_BODY_BYTES_MAX + 1))).status).toBe(413);
  });

  it("more readings a second than a camera makes, with the time to wait", async () => {
    const answers = await Promise.all(Array.from({ length: 90 }, () => post("<EventNotificationAlert><eventType>a</eventType></EventNotificationAlert>")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]?.body.code).toBe("tooManyReadings");
  });

  it("guessing the secret of a camera", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => post("", { authorization: `Bearer guess-guess-guess-guess-${i}` })));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(5);
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  });
});
