/** The five resources as one table, for items that hold of each: who writes it, a valid body, and the nth change of it. */
import { HOUR, instant, placeBody, rateBody, rightBody, segmentBody, sessionBody, specBody, text } from "./bodies.ts";
import type { Role } from "./fixture.ts";
import { type Body, listAt } from "./json.ts";
import type { Trial } from "./trial.ts";

export type Kind = {
  readonly path: "/places" | "/rights/specs" | "/rates" | "/rights/assigned" | "/sessions";
  readonly className: RegExp;
  readonly role: Extract<Role, "op1" | "sp1">;
  readonly body: (trial: Trial, id: string) => Promise<Body>;
  /** Members for a PUT; each n another content. */
  readonly change: (body: Body, n: number) => Body;
};

export const KINDS: readonly Kind[] = [
  {
    path: "/places", className: /^(Place|HierarchyElement)$/, role: "op1",
    body: (_, id) => Promise.resolve(placeBody(id)), change: (_, n) => ({ description: text(`Change ${n}`) }),
  },
  {
    path: "/rights/specs", className: /^RightSpecification$/, role: "op1",
    body: async (trial, id) => specBody(id, [(await trial.world()).street]), change: (_, n) => ({ description: text(`Change ${n}`) }),
  },
  {
    path: "/rates", className: /^RateTable$/, role: "op1",
    body: (_, id) => Promise.resolve(rateBody(id)), change: (_, n) => ({ rateTableName: text(`Change ${n}`) }),
  },
  {
    path: "/rights/assigned", className: /^AssignedRight$/, role: "sp1",
    body: async (trial, id) => rightBody(id, (await trial.world()).streetSpec, trial.names.plate(), trial.now(), trial.now() + HOUR),
    change: (body, n) => ({ expiry: later(body["expiry"], n) }),
  },
  {
    path: "/sessions", className: /^Session$/, role: "sp1",
    body: async (trial, id) => sessionBody(id, (await trial.world()).street, trial.names.plate(), trial.now(), trial.now() + HOUR),
    change: (body, n) => {
      const from = Date.parse(String(body["actualStart"]));
      const to = Date.parse(later(body["actualEnd"], n));
      return { actualEnd: instant(to), segments: listAt(body, "segments").map((_, index) => segmentBody(`${String(body["id"])}-s${index + 1}`, from, to)) };
    },
  },
];

/** So many minutes later than the instant given. */
function later(from: unknown, minutes: number): string {
  return instant(Date.parse(String(from)) + minutes * 60_000);
}
