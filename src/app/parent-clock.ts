/**
 * The demo's exchange lives in the demo city's time: the parent process tells it, and when the parent is gone it ends.
 *
 *   demo --{ at, speed } every half second--> exchange      demo <--{ listening }-- exchange
 */
import type { Clock } from "./clock.ts";

/** What the parent says: its city's time now, and how fast it runs; 0 while paused. */
export type ClockMessage = { readonly at: number; readonly speed: number };

const isClockMessage = (message: unknown): message is ClockMessage =>
  typeof message === "object" && message !== null && "at" in message && typeof message.at === "number" && "speed" in message && typeof message.speed === "number";

/** Runs on between what the parent says, and never back. Resolves with its first word. */
export async function parentClock(onGone: () => void): Promise<Clock> {
  let [at, speed, heardAt, last] = [0, 0, 0, 0];
  process.once("disconnect", onGone);
  await new Promise<void>((started) => {
    process.on("message", (message) => {
      if (!isClockMessage(message)) return;
      [at, speed, heardAt] = [message.at, message.speed, performance.now()];
      started();
    });
  });
  return {
    now: () => {
      last = Math.max(last, Math.floor(at + (performance.now() - heardAt) * speed));
      return last;
    },
    elapsed: () => performance.now(),
  };
}

export type ListeningMessage = { readonly listening: string };

export const tellParent = (message: ListeningMessage): void => void process.send?.(message);

export const isListening = (message: unknown): message is ListeningMessage =>
  typeof message === "object" && message !== null && "listening" in message && typeof message.listening === "string";
