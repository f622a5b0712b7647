/**
 * One owner for one data folder. On Linux the lock is an abstract socket: the kernel drops it with the
 * process, so a killed owner leaves nothing stale behind. Elsewhere it is a socket file, and a file nobody
 * answers on is taken over.
 *
 * It holds for one host and one network namespace; between hosts the epoch of each stream is the fence.
 */
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Result, err, ok } from "../kernel/result.ts";

export type Lock = { release(): Promise<void> };

export async function takeLock(folder: string): Promise<Result<Lock, "held">> {
  const name = `gatehouse-${createHash("sha256").update(folder).digest("hex").slice(0, 24)}`;
  if (process.platform === "linux") return await listen(`\0${name}`);
  const file = join(tmpdir(), `${name}.lock`);
  const first = await listen(file);
  if (first.ok || (await answers(file))) return first;
  rmSync(file, { force: true });
  return await listen(file);
}

function listen(path: string): Promise<Result<Lock, "held">> {
  return new Promise((resolve, reject) => {
    const server: Server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(err("held"));
      else reject(error);
    });
    server.listen({ path }, () => {
      server.unref();
      resolve(ok({ release: () => new Promise((done) => server.close(() => done())) }));
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
