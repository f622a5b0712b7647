/** The messages of the sandbox in the order they were sent, as the stream tells them. */
import { useCallback, useState } from "react";
import { type Line, useStream } from "../kiosk/shared/stream.ts";
import { type Message, MESSAGES_PATH } from "../sandbox/contract.ts";

/** A diagram longer than this is read by nobody. */
const SHOWN_MAX = 200;

export type Messages = { readonly messages: readonly Message[]; readonly line: Line; clear(): void };

export function useMessages(): Messages {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const receive = useCallback((message: Message) => setMessages((before) => added(before, message)), []);
  const line = useStream<Message>(MESSAGES_PATH, "message", receive);
  return { messages, line, clear: () => setMessages([]) };
}

/** In order of `at` and then `seq`: a message is told when its answer is there, which need not be the order of asking. */
export function added(before: readonly Message[], message: Message): readonly Message[] {
  if (before.some(({ seq }) => seq === message.seq)) return before;
  return [...before, message].toSorted((a, b) => a.at - b.at || a.seq - b.seq).slice(-SHOWN_MAX);
}

/** Those of one flow, or of all; token requests are left out unless wanted. */
export function ofFlow(messages: readonly Message[], flow: string | null, tokens: boolean): readonly Message[] {
  return messages.filter((message) => (flow === null || message.flow === flow) && (tokens || message.route !== "/auth"));
}
