/** What a write answers, before HTTP. */
import type { Result } from "../../kernel/result.ts";
import type { Problem } from "../problem.ts";

export type Done = {
  readonly id: string;
  readonly what: "created" | "updated" | "deleted" | "unchanged";
  /** The same request was answered before; this is that answer again. */
  readonly replayed: boolean;
  readonly version: number;
  readonly message?: string;
};

export type Outcome = Result<Done, Problem>;
