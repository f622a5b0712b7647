/**
 * What coverage is computed in and what it answers.
 *
 *   scene (policy, contracts, bookings) + presences --> segments, each a maximal run of one cover
 */
import type { Instant } from "../../kernel/instant.ts";
import type { Zone } from "../../kernel/zone.ts";
import { type Dated, type OverflowTerms, type Policy, inForce } from "../policy.ts";
import type { BookedSpan } from "../timeline/booked.ts";
import { type BookingId, type Contract, type ContractId, type GrantedSpan, type ParkerId, type StayId, admits } from "../timeline/facts.ts";
import { grantedAt } from "../timeline/granted.ts";
import type { Presence } from "../timeline/presence.ts";

/**
 * `kept`: the contract or season ticket named ended or its window closed, and policy lets the begun stay go on free.
 * `external`: a service provider's right; the provider pays for this time.
 */
export type Cover =
  | { readonly type: "booking"; readonly booking: BookingId }
  | { readonly type: "seasonTicket"; readonly right: string }
  | { readonly type: "contract"; readonly contract: ContractId }
  | { readonly type: "kept"; readonly contract: ContractId; readonly because: "expiredRight" | "windowEnd" }
  | { readonly type: "external"; readonly provider: string; readonly right: string }
  | { readonly type: "service"; readonly right: string }
  | { readonly type: "reported" }
  | { readonly type: "uncovered" };

/** A maximal run of one coverage, half-open. */
export type Segment = { readonly from: Instant; readonly to: Instant; readonly cover: Cover };

/** What coverage of one account's stays needs beside them. Contracts by id. */
export type Scene = {
  readonly zone: Zone;
  readonly policy: readonly Dated<Policy>[];
  readonly overflow: readonly Dated<OverflowTerms>[];
  readonly contracts: readonly Contract[];
  readonly booked: readonly BookedSpan[];
};

export type Kept = { readonly contract: ContractId; readonly because: "expiredRight" | "windowEnd" };
export type Live = { readonly presence: Presence; readonly cover: Cover; readonly since: Instant; readonly kept: Kept | null };

/** Coverage just before `at`; `live` in entry order, `valid` the contracts valid since the last step, by id. */
export type Sweep = { readonly at: Instant; readonly live: ReadonlyMap<StayId, Live>; readonly valid: readonly ContractId[] };
export type Ended = (stay: StayId, segment: Segment) => void;

/** Before every fact. */
export const BEGINNING: Sweep = { at: Number.MIN_SAFE_INTEGER, live: new Map(), valid: [] };

export function sameCover(a: Cover, b: Cover): boolean {
  switch (a.type) {
    case "booking": return b.type === "booking" && a.booking === b.booking;
    case "contract": return b.type === "contract" && a.contract === b.contract;
    case "seasonTicket": case "service": return b.type === a.type && a.right === b.right;
    case "external": return b.type === "external" && a.provider === b.provider && a.right === b.right;
    case "kept": return b.type === "kept" && a.contract === b.contract && a.because === b.because;
    case "reported": case "uncovered": return a.type === b.type;
  }
}

const UNCOVERED: Cover = { type: "uncovered" };
const REPORTED: Cover = { type: "reported" };

/** What covers a stay that has no booking, season ticket or contract: what it keeps, its own right, or nothing. */
export function coverWithout(
  { granted, parker }: Presence, kept: Kept | null, scene: Scene, valid: readonly Contract[], at: Instant,
): Cover {
  if (kept !== null) return { type: "kept", ...kept };
  return providedCover(granted, scene, at) ?? (isReported(scene, valid, parker, at) ? REPORTED : UNCOVERED);
}

/** A provider's right, else a service card. */
function providedCover(granted: readonly GrantedSpan[], scene: Scene, at: Instant): Cover | null {
  if (granted.length === 0) return null;
  const external = grantedAt(granted, "external", at, scene.zone);
  if (external) return { type: "external", provider: external.provider ?? "", right: external.right };
  const service = grantedAt(granted, "service", at, scene.zone);
  return service ? { type: "service", right: service.right } : null;
}

/** The terms of overflow for a parker: of the first contract that sets one, then the account's, then the facility's. */
export function overflowOf(
  scene: Scene, valid: readonly Contract[], parker: ParkerId, at: Instant,
): { readonly overflow: Policy["overflow"]; readonly overflowLimit: number | null; readonly setBy: "contract" | "account" | "facility" } {
  const account = inForce(scene.overflow, at);
  const facility = inForce(scene.policy, at);
  const own = (one: Contract): boolean => admits(one, parker);
  const byContract = valid.find((one) => one.overflow !== null && own(one))?.overflow ?? null;
  const limit = valid.find((one) => one.overflowLimit !== null && own(one))?.overflowLimit ?? account.overflowLimit ?? facility.overflowLimit;
  return {
    overflow: byContract ?? account.overflow ?? facility.overflow, overflowLimit: limit,
    setBy: byContract !== null ? "contract" : account.overflow !== null ? "account" : "facility",
  };
}

const isReported = (scene: Scene, valid: readonly Contract[], parker: ParkerId, at: Instant): boolean =>
  valid.length > 0 && overflowOf(scene, valid, parker, at).overflow === "report";
