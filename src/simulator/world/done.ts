/** How an act of a driver ended: done, or what it needs. */
import { type Result, err, ok } from "../../kernel/result.ts";
import type { ActionRefusal } from "./action.ts";

export type Done = Result<null, ActionRefusal>;
export const done: Done = ok(null);
export const needs = (place: Extract<ActionRefusal, { type: "notHere" }>["needs"]): Done => err({ type: "notHere", needs: place });
export const nothing = (what: "ticket" | "card" | "tray"): Done => err({ type: "nothingThere", what });
export const emptyHanded = (what: "ticket" | "card"): Done => err({ type: "handsEmpty", what });
