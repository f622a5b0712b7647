/** Each kind with what it brings. */
import { assignedRight } from "./assignedright/assignedright.ts";
import type { Kind } from "./kind.ts";
import type { Noun } from "./noun.ts";
import { place } from "./place/place.ts";
import { rateTable } from "./ratetable/ratetable.ts";
import { rightSpecification } from "./rightspec/rightspec.ts";
import { session } from "./session/session.ts";

export const NOUNS: Readonly<Record<Kind, Noun>> = { place, rightSpecification, rateTable, assignedRight, session };
