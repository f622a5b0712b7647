/** Whether the exchange is there, as seen by whoever asked it last: the same client, each answer noted. */
import type { Instant } from "../kernel/instant.ts";
import { type ExchangeClient, failureText, type LinkFailure } from "./client.ts";

export type Reachability =
  | { readonly type: "notAsked" }
  | { readonly type: "reachable"; readonly since: Instant }
  /** `why` names no plate. */
  | { readonly type: "notReachable"; readonly since: Instant; readonly why: string };

export type WatchedClient = ExchangeClient & { readonly reachability: () => Reachability };

/** One request in trouble (500) or refused is not the exchange's absence; a refused client is: nothing gets through. */
export function isAbsence(failure: LinkFailure): boolean {
  switch (failure.type) {
    case "unreachable": return failure.why !== "failing" && failure.why !== "closed";
    case "refused": return failure.at === "token" || failure.status === 401;
    case "notUnderstood": return failure.why === "redirect";
  }
}

/** @param changed told when it comes and goes */
export function watched(client: ExchangeClient, now: () => Instant, changed: (to: Reachability) => void): WatchedClient {
  let state: Reachability = { type: "notAsked" };
  const become = (next: Reachability): void => {
    const news = next.type !== state.type;
    state = next;
    if (news) changed(next);
  };
  return {
    url: client.url,
    async ask(ask) {
      const answer = await client.ask(ask);
      if (answer.ok || !isAbsence(answer.error)) {
        const closed = !answer.ok && answer.error.type === "unreachable" && answer.error.why === "closed";
        if (!closed && state.type !== "reachable") become({ type: "reachable", since: now() });
      } else become({ type: "notReachable", since: state.type === "notReachable" ? state.since : now(), why: failureText(answer.error) });
      return answer;
    },
    close: () => client.close(),
    reachability: () => state,
  };
}
