/** Live streams over a real socket: snapshots, resume by Last-Event-ID, and slow connections cut off. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cursorText, readCursor } from "../../src/api/live/cursor.ts";
import { HEADERS_TIMEOUT_MS, REQUEST_TIMEOUT_MS } from "../../src/api/http/limits.ts";
import { json, startTestSite, type TestSite } from "./harness.ts";

let site: TestSite;
let url: string;
beforeAll(async () => {
  site = await startTestSite();
  url = await site.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => site.stop());

type StreamEvent = { readonly event: string; readonly id: string; readonly data: unknown };

/** Reads the stream until `enough`, then hangs up. */
async function read(path: string, enough: (events: readonly StreamEvent[]) => boolean, lastEventId?: string): Promise<readonly StreamEvent[]> {
  const hangUp = new AbortController();
  const headers = { cookie: await site.cookie("attendant"), ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }) };
  const response = await fetch(url + path, { headers, signal: hangUp.signal });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const events: StreamEvent[] = [];
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string): string => block.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
      if (field("event") !== "") events.push({ event: field("event"), id: field("id"), data: JSON.parse(field("data")) });
    }
    if (enough(events)) break;
  }
  hangUp.abort();
  return events;
}

const note = async (facility: string, text: string) =>
  site.app.inject({ method: "POST", url: `/api/v1/facilities/${facility}/notes`, headers: json(await site.cookie("attendant")), payload: { text } });
const linesOf = (events: readonly StreamEvent[]): string[] =>
  events.filter(({ event }) => event === "logbook").map(({ data }) => (data as { text: string }).text);

describe("a live stream", () => {
  test("begins with a snapshot and sends another when something happens", async () => {
    const snapshots = (events: readonly StreamEvent[]) => events.filter(({ event }) => event === "facility").map(({ data }) => data as { seq: number; lanes: { id: string; step: string }[] });
    const reading = read("/api/v1/events?facility=hospital", (events) => snapshots(events).some((view) => view.lanes.some(({ step }) => step !== "idle")));
    const owner = site.running.owners.find(({ stream }) => stream === "facility/hospital");
    for (const loop of ["arming", "underArm", "closing"] as const) await owner?.execute({ type: "SenseLoop", lane: "E1" as never, loop, occupied: false });
    await owner?.execute({ type: "SenseLoop", lane: "E1" as never, loop: "arming", occupied: true });
    const views = snapshots(await reading);
    expect(views[0]?.lanes.map(({ id }) => id)).toEqual(["E1", "X1", "X2"]);
    expect(views.at(-1)?.lanes[0]?.step).toBe("approached");
  });

  test("comes back with Last-Event-ID and gets what it missed, once", async () => {
    const first = await read("/api/v1/events?facility=stadium", (events) => events.some(({ event }) => event === "facility"));
    const last = first.at(-1)?.id ?? "";
    expect(readCursor(last).get("stadium")).toBeGreaterThan(0);
    await note("stadium", "missed one");
    await note("central", "of another car park");
    await note("stadium", "missed two");
    const again = await read("/api/v1/events?facility=stadium", (events) => events.some(({ event }) => event === "facility"), last);
    expect(linesOf(again).map((text) => text.match(/missed \w+/)?.[0])).toEqual(["missed one", "missed two"]);
    const third = await read("/api/v1/events?facility=stadium", (events) => events.some(({ event }) => event === "facility"), again.at(-1)?.id);
    expect(linesOf(third)).toEqual([]);
  });

  test("what is too long ago is told as resync", async () => {
    const events = await read("/api/v1/events?facility=market", (all) => all.some(({ event }) => event === "facility"), "market.1");
    expect(events[0]).toMatchObject({ event: "resync", data: { facility: "market" } });
  });

  test("an id that is not ours is no error", async () => {
    const events = await read("/api/v1/events", (all) => all.some(({ event }) => event === "overview"), "'; drop table~x.y~central.");
    expect(events[0]?.event).toBe("overview");
  });

  test("the public stream has no calls and needs no login", async () => {
    const events = await read("/api/v1/public/facilities/central/events", (all) => all.length > 0);
    expect(events[0]).toMatchObject({ event: "public", data: { id: "central", sign: "spaces" } });
    expect(Object.keys(events[0]?.data as object)).not.toContain("calls");
  });

  test("a cursor is read as it was written", () => {
    const cursor = new Map([["central", 12], ["airport-link", 7]]);
    expect(readCursor(cursorText(cursor))).toEqual(cursor);
  });
});

describe("slow connections (0.8)", () => {
  const port = (): number => Number(new URL(url).port);
  /** How long until the server hangs up on somebody who sends this and then nothing. */
  const heldFor = (sent: string): Promise<number> => new Promise((resolve, reject) => {
    const began = performance.now();
    const socket = connect(port(), "127.0.0.1", () => socket.write(sent));
    socket.on("error", reject);
    socket.on("data", () => {});
    socket.on("close", () => resolve(performance.now() - began));
  });
  /** Looked at every second, on a busy machine. */
  const SLACK_MS = 6_000;

  test("half a header and half a body are cut off in time", async () => {
    const [header, body] = await Promise.all([
      heldFor("GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: "),
      heldFor("POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"),
    ]);
    expect(header).toBeLessThan(HEADERS_TIMEOUT_MS + SLACK_MS);
    expect(body).toBeLessThan(REQUEST_TIMEOUT_MS + SLACK_MS);
  });

  test("a header that is too large is refused", async () => {
    const response = await fetch(`${url}/api/v1/health`, { headers: { "x-large": "x".repeat(10_000) } });
    expect(response.status).toBe(431);
  });
});
