import fc from "fast-check";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type ServerEvent, eventParser, subscribe } from "./sse.ts";

test.each([
  ["id: 7\nevent: facility\ndata: {\"a\":1}\n\n", [{ id: "7", type: "facility", data: '{"a":1}' }]],
  [": still here\n\n", []],
  ["data: one\ndata: two\n\n", [{ id: null, type: "message", data: "one\ntwo" }]],
  ["data: cut off", []],
  ["id: 1\r\ndata: x\r\n\r\ndata: y\r\n\r\n", [{ id: "1", type: "message", data: "x" }, { id: "1", type: "message", data: "y" }]],
])("%j", (text, wanted) => {
  expect(eventParser()(text)).toEqual(wanted);
});

test("the same events come out however the stream is cut", () => {
  const text = Array.from({ length: 20 }, (_, n) => `: hb\n\nid: ${n}\nevent: e\ndata: {"n":${n}}\ndata: é\n\n`).join("");
  const whole = eventParser()(text);
  fc.assert(fc.property(fc.array(fc.nat(text.length), { maxLength: 30 }), (cuts) => {
    const parse = eventParser();
    const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    const found = at.slice(1).flatMap((end, n) => parse(text.slice(at[n], end)));
    expect(found).toEqual(whole);
  }));
});

test("after a cut it comes back with the last id it saw, and stops when told", async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers["last-event-id"] as string | undefined);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`id: ${seen.length * 10}\ndata: x\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const events: ServerEvent[] = [];
  await new Promise<void>((resolve) => {
    const stop = subscribe({ url, onLine: () => undefined, onEvent: (event) => {
      events.push(event);
      if (events.length === 2) { stop(); resolve(); }
    } });
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(seen.slice(0, 2)).toEqual([undefined, "10"]);
  expect(events.map((event) => event.id)).toEqual(["10", "20"]);
});

test("a refused connection is not tried again", async () => {
  let asked = 0;
  const server = createServer((_, response) => { asked += 1; response.writeHead(401).end(); });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await new Promise<void>((resolve) => {
    subscribe({ url, onEvent: () => undefined, onLine: (line) => { if (line === "refused") resolve(); } });
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(asked).toBe(1);
});
