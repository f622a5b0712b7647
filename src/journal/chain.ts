/**
 * The hash chain of a stream: each event's digest covers its content and the digest before it, so a changed,
 * missing or exchanged event shows in every digest after it.
 *
 *   digest(n) = SHA-256( digest(n-1) \n stream \n seq \n at \n type \n version \n payload text )
 */
import { hash } from "node:crypto";
import { present } from "../kernel/assert.ts";
import type { NewEvent } from "./journal.ts";

/** The digest before the first event. */
export const GENESIS = "0".repeat(64);

export type ChainedEvent = {
  readonly stream: string;
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly version: number;
  /** The payload exactly as stored. */
  readonly payload: string;
  readonly digest: string;
};

export function digestAfter(previous: string, event: Omit<ChainedEvent, "digest">): string {
  const { stream, seq, at, type, version, payload } = event;
  return hash("sha256", `${previous}\n${stream}\n${seq}\n${at}\n${type}\n${version}\n${payload}`, "hex");
}

/** `texts` are the payloads of the events as they will be stored. */
export function chain(
  stream: string, seqBefore: number, digestBefore: string, events: readonly NewEvent[], texts: readonly string[],
): readonly ChainedEvent[] {
  let digest = digestBefore;
  return events.map(({ at, type, version = 1 }, index) => {
    const content = { stream, seq: seqBefore + 1 + index, at, type, version, payload: present(texts[index], "payload text") };
    digest = digestAfter(digest, content);
    return { ...content, digest };
  });
}
