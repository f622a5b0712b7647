/** The shape of one route of the site API, from which server, documentation and role table are made. */
import { z } from "zod";
import type { Role } from "./login.ts";

/**
 * `public`: nobody need be logged in. `anyone`: any staff login. `device`: the token of the
 * facility's devices. `holder`: the login of an account holder, which is no staff login. Otherwise one of
 * the roles.
 */
export type Access = "public" | "anyone" | "device" | "holder" | readonly Role[];

export type RouteShape = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** What else than JSON it answers: a download, a drawing, a stream of events. */
  readonly media?: readonly ("text/csv" | "application/pdf" | "image/svg+xml" | "text/html" | "text/event-stream")[];
  /** Exists in the demo only. */
  readonly demo?: true;
};

export type Params<R extends RouteShape> = R["params"] extends z.ZodType ? z.output<R["params"]> : Record<string, never>;
export type Query<R extends RouteShape> = R["query"] extends z.ZodType ? z.output<R["query"]> : Record<string, never>;
export type Body<R extends RouteShape> = R["body"] extends z.ZodType ? z.output<R["body"]> : undefined;
export type Answer<R extends RouteShape> = z.input<R["answer"]>;

/** The body of a route that needs none. */
export const emptyBody = z.strictObject({}).optional();
