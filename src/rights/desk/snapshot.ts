/**
 * The rights of a facility as JSON, for the period that is closed: read back, they decide as they did (property F7).
 * They may lie inside a larger state that is written the same way; nothing in them is lost by it.
 */
import { type Tagged, decodeTagged, encodeTagged } from "../../kernel/tagged.ts";
import type { ReadonlyRights, Rights } from "./state.ts";

/** Raised whenever the shape of `Rights` changes; an older snapshot is not read, its events are. */
export const RIGHTS_STATE_VERSION = 3;

export type RightsSnapshot = { readonly version: number; readonly state: Tagged };

export const snapshotOf = (state: ReadonlyRights): RightsSnapshot => ({ version: RIGHTS_STATE_VERSION, state: encodeTagged(state) });

/** Null: another version wrote it. */
export const restoreRights = ({ version, state }: RightsSnapshot): Rights | null =>
  version === RIGHTS_STATE_VERSION ? (decodeTagged(state) as Rights) : null;
