/** The messages of the sandbox in their order: the latest are kept, and whoever listens is told. */
import type { Message } from "./contract.ts";

/** A delivery follows what caused it so closely. */
const CAUSED_WITHIN_MS = 3_000;
/** A page that opens later sees so many of the messages before. */
const KEPT_MAX = 300;

export class Tap {
  readonly #kept: Message[] = [];
  readonly #listeners = new Set<(message: Message) => void>();
  #seq = 0;
  /** The flow that spoke last, also while its answer is not there yet. */
  #spoke: { readonly flow: string; readonly at: number } | null = null;

  /** A party begins to speak. */
  heard(flow: string | null, at: number): void {
    if (flow !== null) this.#spoke = { flow, at };
  }

  record(message: Omit<Message, "seq">): void {
    const numbered = { ...message, seq: ++this.#seq };
    if (message.from !== "exchange" && message.at >= (this.#spoke?.at ?? 0)) this.heard(message.flow, message.at);
    this.#kept.push(numbered);
    if (this.#kept.length > KEPT_MAX) this.#kept.shift();
    for (const listener of this.#listeners) listener(numbered);
  }

  /** What the exchange says names no flow: it is filed under the one that spoke last, when that was just now. */
  flowAt(at: number): string | null {
    return this.#spoke !== null && at - this.#spoke.at < CAUSED_WITHIN_MS ? this.#spoke.flow : null;
  }

  /** Those after `seq` that are still kept. */
  since(seq: number): readonly Message[] {
    return this.#kept.filter((message) => message.seq > seq);
  }

  /** @returns a function that ends it */
  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }
}
