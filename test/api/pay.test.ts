/** Pay by plate on the phone: the driver who knows plate and day, and everybody else who must learn nothing. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LaneId } from "../../src/carpark/facility/config.ts";
import { DEVICE_TOKEN, type TestSite, startTestSite } from "./harness.ts";

let site: TestSite;
beforeAll(async () => { site = await startTestSite(); }, 60_000);
afterAll(() => site.stop());

const E1 = "E1" as LaneId;
const owner = (facility: string) => {
  const found = site.running.owners.find(({ stream }) => stream === `facility/${facility}`);
  if (!found) throw new Error(facility);
  return found;
};
const sense = (facility: string, loop: "arming" | "underArm" | "closing", occupied: boolean) =>
  owner(facility).execute({ type: "SenseLoop", lane: E1, loop, occupied });
const seen = (facility: string, text: string) =>
  site.running.cameras.take(facility, E1, { text, confidence: 0.95, country: "AUS", direction: null, readAt: site.running.site.now() }, site.running.site.now());
/** In through the ticketless museum, known by its plate alone. */
async function enter(text: string): Promise<void> {
  for (const loop of ["arming", "underArm", "closing"] as const) await sense("museum", loop, false);
  await sense("museum", "arming", true);
  expect((await seen("museum", text)).outcome).toBe("presented");
  for (const [loop, on] of [["underArm", true], ["arming", false], ["closing", true], ["underArm", false], ["closing", false]] as const) await sense("museum", loop, on);
  await site.running.cameras.settled();
  site.pass(120_000);
}
let address = 1;
const post = async (path: string, fields: Record<string, string>, from = `10.0.0.${address++}`) => {
  const answer = await site.app.inject({
    method: "POST", url: path, remoteAddress: from, payload: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  return { status: answer.statusCode, text: answer.body };
};
const find = (plate: string, day = "2026-03-02", facility = "museum") => post("/pay", { facility, plate, day });
const offerIn = (text: string): string => /name="offer" value="([^"]+)"/.exec(text)?.[1] ?? "";
const NO = "No stay to pay was found";

describe("paying by plate on the phone", () => {
  it("plate and day, the amount, the receipt, the grace; paid again it takes nothing", async () => {
    await enter("PAY-123");
    site.pass(3_600_000);
    const found = await find("pay 123");
    expect([found.status, found.text]).toEqual([200, expect.stringContaining("To pay")]);
    expect(found.text).not.toMatch(/PAY.?123/i);
    const paid = await post("/pay/confirm", { offer: offerIn(found.text) });
    expect(paid.text).toContain("Paid. Thank you.");
    expect(paid.text).toMatch(/Leave the car park by/);
    expect(paid.text).toContain("51 824 753 556");
    const again = await post("/pay/confirm", { offer: offerIn(found.text) });
    expect(again.text).toContain("Nothing is to pay now");
    expect((await find("PAY123")).text).toContain("Nothing is to pay now");
    const taken = [];
    for await (const batch of site.running.journal.read("facility/museum", 1)) taken.push(...batch.filter(({ type }) => type === "StayPaymentTaken"));
    expect(taken).toHaveLength(1);
    expect(JSON.stringify(taken)).not.toContain("PAY123");
  });

  it("two phones at once: one pays; while an app has asked what is due, the phone waits", async () => {
    await enter("TWO-001");
    site.pass(1_800_000);
    const offer = offerIn((await find("TWO001")).text);
    const answers = await Promise.all([post("/pay/confirm", { offer }), post("/pay/confirm", { offer })]);
    expect(answers.filter(({ text }) => text.includes("Paid. Thank you."))).toHaveLength(1);
    expect(answers.filter(({ text }) => text.includes("Somebody is paying for this stay right now"))).toHaveLength(1);
    await enter("TWO-002");
    site.pass(600_000);
    const other = offerIn((await find("TWO002")).text);
    const stay = [...owner("museum").core.state.rights.visitors.keys()].at(-1) ?? "";
    await owner("museum").execute({ type: "ClaimStay", stay, by: { kind: "app", id: "exchange" } });
    expect((await post("/pay/confirm", { offer: other })).text).toContain("Somebody is paying for this stay right now");
  });

  it("every no is the same no: wrong day, wrong plate, somebody whose account pays, one character off", async () => {
    await enter("NOT-001");
    const bodies = await Promise.all([find("NOT001", "2026-03-01"), find("NOT 009"), find("ZZZ999"), find("NOT00")]);
    expect(new Set(bodies.map(({ status, text }) => `${status} ${text.includes(NO)}`))).toEqual(new Set(["200 true"]));
  });

  it("an amount that has grown since is shown before it is taken", async () => {
    await enter("GROW-1");
    site.pass(600_000);
    const found = await find("GROW1");
    site.pass(4 * 60_000);
    const later = await post("/pay/confirm", { offer: offerIn(found.text) });
    expect(later.text).toMatch(/Paid\. Thank you\.|The amount has changed/);
    site.pass(3_600_000);
    const late = await post("/pay/confirm", { offer: offerIn(found.text) });
    expect(late.text).toContain(NO);
  });

  it("an offer that was not made here is none", async () => {
    const forged = `${Buffer.from("museum|s1|1|99999999999999").toString("base64url")}.${"x".repeat(43)}`;
    expect((await post("/pay/confirm", { offer: forged })).text).toContain(NO);
    for (const offer of ["", ".", "a.b", "\u0000", "x".repeat(1_500)]) expect((await post("/pay/confirm", { offer })).status).toBe(200);
  });

  it("guessing is slow, from one address and for one plate", async () => {
    const fromOne = await Promise.all(Array.from({ length: 30 }, (_, i) => post("/pay", { facility: "museum", plate: `GUE${i}SS`, day: "2026-03-02" }, "10.9.9.9")));
    expect(fromOne.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
    const onePlate = await Promise.all(Array.from({ length: 20 }, () => find("ONE-PLATE")));
    expect(onePlate.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
  });

  it("what is no plate and no form is told, never a 5xx", async () => {
    for (const plate of ["", "'; DROP TABLE", "A".repeat(200), "\u202E", "<script>"]) {
      const { status, text } = await find(plate);
      expect([status, text.includes("<script>")]).toEqual([200, false]);
    }
    expect((await post("/pay", { facility: "central", plate: "A1", day: "2026-03-02" })).text).toContain("check the plate");
    expect((await site.app.inject({ method: "GET", url: "/pay?locale=de" })).body).toContain("Kennzeichen");
  });
});

describe("paying by plate at the machine", () => {
  const type = async (path: string, payload: object, token: string | null = DEVICE_TOKEN) => site.app.inject({
    method: "POST", url: `/api/v1${path}`, payload, headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  });

  it("the machine's own screen finds the stay and shows its charge; anybody else's does not", async () => {
    await enter("KIO-001");
    site.pass(1_800_000);
    const path = "/devices/museum/stations/P1/plates";
    const [{ stay }] = (await type(path, { plate: "kio 001" })).json<{ choices: { stay: string }[] }>().choices as [{ stay: string }];
    expect([(await type(path, { plate: "KIO001" }, null)).statusCode, (await type(path, { plate: "KIO001" }, "x".repeat(30))).statusCode]).toEqual([401, 401]);
    expect((await type("/demo/facilities/museum/stations/P1/plates", { plate: "KIO001" }, null)).statusCode).toBe(404);
    expect((await type("/devices/museum/station-inputs", { type: "ChooseStay", station: "P1", stay })).json()).toMatchObject({ events: ["ChargeShown"] });
    const shown = async (facility: string) => (await site.app.inject({ method: "GET", url: `/api/v1/public/facilities/${facility}/live` })).json<{ payByPlate: boolean }>().payByPlate;
    expect([await shown("museum"), await shown("harbour")]).toEqual([true, false]);
  });
});
