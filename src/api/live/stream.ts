/**
 * One live stream: server-sent events over a plain response.
 *
 * A reader that does not keep up is dropped rather than buffered for; it comes back with Last-Event-ID and
 * gets a fresh snapshot. A comment line every HEARTBEAT_MS keeps proxies and the reader sure of us.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { HEARTBEAT_MS } from "../contract/stream.ts";
import { STREAMS_MAX } from "../http/limits.ts";
import { trouble } from "../http/problem.ts";
import { sendTrouble } from "../http/send-trouble.ts";
import type { Sink } from "../http/reply.ts";

/** Bytes waiting for one slow reader: a few full snapshots of the largest car park. */
const UNSENT_BYTES_MAX = 1_000_000;
/** The browser waits this long before it connects again. */
const RETRY_MS = 1_000;

let open = 0;
export const openStreams = (): number => open;

export function openStream(request: FastifyRequest, reply: FastifyReply, start: (sink: Sink) => void): FastifyReply {
  if (open >= STREAMS_MAX) return sendTrouble(reply, trouble("tooBusy", "too many live streams", { retryAfterSeconds: 5 }));
  reply.hijack();
  const raw = reply.raw;
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no", connection: "keep-alive",
  });
  request.raw.socket.setTimeout(0);
  raw.write(`retry: ${RETRY_MS}\n\n`);
  open += 1;
  const closers: (() => void)[] = [];
  const heartbeat = setInterval(() => raw.write(": still here\n\n"), HEARTBEAT_MS);
  heartbeat.unref();
  raw.on("close", () => {
    open -= 1;
    clearInterval(heartbeat);
    for (const close of closers) close();
  });
  start({
    send: (event, data, id) => {
      if (raw.destroyed || raw.writableEnded) return false;
      if (raw.writableLength > UNSENT_BYTES_MAX) {
        raw.destroy();
        return false;
      }
      raw.write(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      return true;
    },
    onClose: (callback) => void closers.push(callback),
  });
  return reply;
}
