/** What a route's handler is given and what it gives back; HTTP itself stays in register.ts. */
import type { Answer, Body, Params, Query, RouteShape } from "../contract/route.ts";
import type { Locale } from "../contract/words.ts";
import type { HolderWho } from "../logins/holder-logins.ts";
import type { Who } from "../logins/logins.ts";
import type { Trouble } from "./problem.ts";

export type Asked<R extends RouteShape> = {
  readonly params: Params<R>;
  readonly query: Query<R>;
  readonly body: Body<R>;
  /** Null on public routes when nobody is logged in. */
  readonly who: Who | null;
  /** Who is logged in to My parking; on routes of account holders never null. */
  readonly holder: HolderWho | null;
  /** Recorded with every act: the login's name, or the account that acts for itself. Null on public routes. */
  readonly actor: string | null;
  readonly address: string;
  /** `Idempotency-Key`: the same key with the same body has one effect and one answer. */
  readonly key: string | null;
  readonly locale: Locale;
  readonly token: string | null;
  readonly lastEventId: string | null;
};

/** Where a live stream writes; `send` answers false once the reader is gone or too slow. */
export type Sink = {
  send(event: string, data: unknown, id?: string): boolean;
  onClose(callback: () => void): void;
};

export type Reply<R extends RouteShape> =
  | { readonly answer: Answer<R>; readonly cookie?: string }
  | { readonly document: { readonly media: string; readonly body: string | Uint8Array; readonly fileName?: string } }
  | { readonly stream: (sink: Sink) => void }
  | { readonly trouble: Trouble };

export type RouteHandler<R extends RouteShape> = (asked: Asked<R>) => Promise<Reply<R>> | Reply<R>;
