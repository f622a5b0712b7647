/** Bodies of the site API, read strictly within this edge's limits. */
import type { Result } from "../../kernel/result.ts";
import { type JsonProblem, readStrictJson } from "../../kernel/strictJson.ts";
import { JSON_DEPTH_MAX, JSON_ITEMS_MAX } from "./limits.ts";

export type { JsonProblem };

export const readJson = (text: string): Result<unknown, JsonProblem> =>
  readStrictJson(text, { depth: JSON_DEPTH_MAX, items: JSON_ITEMS_MAX });
