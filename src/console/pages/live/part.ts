/** What every part of the live page is given. */
import type { SiteWords } from "../../../messages/site.ts";
import type { LiveActs } from "./acts.ts";

export type LivePart = {
  readonly facility: string;
  readonly site: SiteWords;
  /** The car park's clock, running on between updates. */
  readonly now: number;
  /** How long ago something was seen, for the person looking. */
  readonly age: (seenAt: number) => number;
  /** Null for those who may look but not act. */
  readonly acts: LiveActs | null;
};
